"""A real PostgreSQL server for the tests: their own, in a temporary folder, reached over a socket file."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

from service.ids import new_id

if TYPE_CHECKING:
    from collections.abc import Iterator

URL_VARIABLE = "COUNTERPULL_TEST_DATABASE_URL"
HOW_TO_GET_IT = (
    "install PostgreSQL's server (on Debian and Ubuntu: apt install postgresql), "
    f"or name one in {URL_VARIABLE}, with the right to create databases"
)


def server_programs() -> Path | None:
    """The folder with `initdb` and `postgres`, of the newest version there is; None without one."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    folders = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in folders if (folder / "initdb").exists() and (folder / "postgres").exists()), None)


class Server:
    """Where databases can be made."""

    def __init__(self, base: str) -> None:
        self._base = base
        """URL with `{}` for the name of the database."""

    def url(self, name: str) -> str:
        return self._base.format(name)

    def create(self, template: str | None = None) -> str:
        """Make an empty database, or a copy of another that nobody uses; returns its name."""
        name = f"test_{new_id().replace('-', '')}"
        self._run(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
        return name

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)


class Cluster(Server):
    """A server of our own that can be killed. As root it runs as the package's user, as PostgreSQL demands."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        # Not pytest's folder: its parents are closed to other users, and a socket's path must be short.
        self._folder = Path(tempfile.mkdtemp(prefix="counterpull-pg-"))
        self._process: subprocess.Popen[bytes] | None = None
        super().__init__(f"postgresql://{self._user}@/{{}}?host={quote(str(self._folder), safe='')}")

    def make(self) -> None:
        """Initialise and start."""
        if os.geteuid() == 0:
            shutil.chown(self._folder, self._user)
        initdb = [str(self._programs / "initdb"), "-D", str(self._data), "-A", "trust", "-E", "UTF8", "--no-sync"]
        subprocess.run(initdb, check=True, capture_output=True, **self._as_user())
        self.start()

    def start(self) -> None:
        """Start, and wait until it answers."""
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "max_connections": "200",
            "shared_buffers": "16MB",
            # The machine will not lose power meanwhile; killed processes lose nothing by this.
            "fsync": "off",
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self._folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._programs / "postgres"), "-D", str(self._data), *options],
                stdout=log,
                stderr=log,
                **self._as_user(),
            )
        deadline = time.monotonic() + 30
        while True:
            try:
                self._run("SELECT 1")
                return
            except psycopg.OperationalError:
                assert self._process.poll() is None, (self._folder / "log").read_text()
                assert time.monotonic() < deadline, (self._folder / "log").read_text()
                time.sleep(0.05)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop at once, dropping every connection; SIGQUIT without so much as a checkpoint, like a crash."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(30)
            self._process = None

    def read_only(self, on: bool) -> None:
        """Let nobody write, or everybody again; those who are connected notice with their next statement or so."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER SYSTEM SET default_transaction_read_only = {'on' if on else 'off'}")
            connection.execute("SELECT pg_reload_conf()")

    def remove(self) -> None:
        """Stop, and leave nothing behind."""
        self.stop(signal.SIGQUIT)
        shutil.rmtree(self._folder)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _as_user(self) -> dict[str, str]:
        return {"user": self._user} if os.geteuid() == 0 else {}


def running_server() -> Iterator[Server | None]:
    """The server named by the environment, or one of our own, or None when there is neither."""
    named = os.environ.get(URL_VARIABLE)
    if named is not None:
        head, _, query = named.partition("?")
        yield Server(head.rpartition("/")[0] + "/{}" + (f"?{query}" if query else ""))
        return
    programs = server_programs()
    if programs is None:
        yield None
        return
    cluster = Cluster(programs)
    try:
        cluster.make()
        yield cluster
    finally:
        cluster.remove()
