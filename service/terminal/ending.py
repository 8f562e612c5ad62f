"""Every command ends with one of the documented codes, whatever happens inside it."""

from __future__ import annotations

import os
import sys
import traceback
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

import typer

from service.errors import ApiError
from service.terminal.console import ExitCode, errors
from service.terminal.faults import faults

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")


class WrongUseError(Exception):
    """Something on the command line that cannot be used; the message says what would be right."""


def ends_plainly(command: Callable[P, ExitCode]) -> Callable[P, None]:
    """Turn the code a command returns, and whatever it raises, into the exit of the process."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = command(*args, **kwargs)
            sys.stdout.flush()
        except ApiError as error:
            errors().print(faults(error))
            code = ExitCode.WRONG_REQUEST
        except WrongUseError as error:
            errors().print(str(error), style="bold red")
            code = ExitCode.WRONG_REQUEST
        except BrokenPipeError:
            # The reader has seen enough (`| head`): no fault of anyone. Keeps the interpreter's last flush quiet, too.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = ExitCode.OK
        except KeyboardInterrupt:
            code = ExitCode.INTERRUPTED
        except typer.Exit:
            raise
        except Exception:
            traceback.print_exc()
            errors().print("This is a fault of ours, not of the request.")
            code = ExitCode.OUR_FAULT
        raise typer.Exit(code)

    return run
