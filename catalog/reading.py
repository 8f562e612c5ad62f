"""Reads the catalog's files: JSON that parses, no key twice, every record true to its schema."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

from pydantic import ValidationError

from catalog.faults import Fault, pointer_of
from catalog.records import Located, Records, Shelf
from catalog.schema import (
    Defaults,
    Equipment,
    EquipmentPreset,
    Exercise,
    Ladder,
    Muscle,
    Record,
    Retired,
    Source,
    Term,
    TrainingGoal,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

R = TypeVar("R", bound=Record)
Path = tuple[str | int, ...]

FOLDERS = ("exercises", "ladders", "vocab")
ROOT_FILES = ("defaults.json", "goals.json", "retired.json", "sources.json")
VOCABULARIES = ("equipment", "movement_families", "muscles", "patterns", "presets", "stress_tags")


class _Object(dict[str, object]):
    """A JSON object that remembers which keys it was given more than once."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        keys = [key for key, _ in pairs]
        self.repeated = sorted({key for key in keys if keys.count(key) > 1})


def _repeated_keys(value: object, path: Path = ()) -> Iterator[tuple[Path, str]]:
    if isinstance(value, _Object):
        yield from ((path, key) for key in value.repeated)
        for key, inner in value.items():
            yield from _repeated_keys(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _repeated_keys(inner, (*path, index))


class _Reader:
    """Reads files under one root and collects what is wrong with them."""

    def __init__(self, root: Traversable) -> None:
        self._root = root
        self.faults: list[Fault] = []

    def _fault(self, file: str, path: Path, message: str) -> None:
        self.faults.append(Fault(file, pointer_of(path), message))

    def _parse(self, file: str) -> object | None:
        """The file's JSON, or None (with a fault) when there is none."""
        try:
            document: object = json.loads(self._root.joinpath(file).read_bytes(), object_pairs_hook=_Object)
        except OSError:
            self._fault(file, (), "the file is missing or cannot be read")
            return None
        except ValueError as error:
            self._fault(file, (), f"not valid JSON: {error}")
            return None
        for path, key in _repeated_keys(document):
            self._fault(file, (*path, key), f"the key {key} is given more than once")
        return document

    def _validate(self, model: type[R], value: object, file: str, place: Path) -> Located[R] | None:
        # Strict validation takes tuples and sets from JSON lists only when it reads JSON itself.
        try:
            return Located(model.model_validate_json(json.dumps(value)), file, place)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                self._fault(file, (*place, *detail["loc"]), detail["msg"])
            return None

    def one(self, model: type[R], file: str) -> Located[R] | None:
        """The single record of a file."""
        document = self._parse(file)
        return None if document is None else self._validate(model, document, file, ())

    def many(self, model: type[R], file: str, key: str = "id") -> Shelf[R]:
        """The records of a file that holds a list."""
        document = self._parse(file)
        if document is None:
            return Shelf((), frozenset())
        if not isinstance(document, list):
            self._fault(file, (), "a list of records is expected")
            return Shelf((), frozenset())
        read = (self._validate(model, value, file, (index,)) for index, value in enumerate(document))
        ids = (value.get(key) for value in document if isinstance(value, dict))
        return Shelf(tuple(item for item in read if item), frozenset(i for i in ids if isinstance(i, str)))

    def folder(self, model: type[R], folder: str) -> Shelf[R]:
        """The records of a folder with one file each, named after its id, in the order of the names."""
        names = sorted(self.names(folder))
        for name in names:
            if not name.endswith(".json"):
                self._fault(f"{folder}/{name}", (), "no file of this kind belongs here")
        files = [f"{folder}/{name}" for name in names if name.endswith(".json")]
        read = [item for item in (self.one(model, file) for file in files) if item]
        for item in read:
            stem = item.file.removeprefix(f"{folder}/").removesuffix(".json")
            given = getattr(item.record, "id", None)
            if given != stem:
                self.faults.append(item.fault(f"the id {given} differs from the file's name {stem}", "id"))
        stems = {file.removeprefix(f"{folder}/").removesuffix(".json") for file in files}
        return Shelf(tuple(read), frozenset(stems))

    def names(self, folder: str) -> list[str]:
        """Names of what lies in `folder` (empty: the root), without what the interpreter leaves behind."""
        place = self._root.joinpath(folder) if folder else self._root
        if not place.is_dir():
            self._fault(folder, (), "the folder is missing")
            return []
        return [item.name for item in place.iterdir() if item.name not in ("__pycache__", "__init__.py")]

    def strangers(self) -> None:
        """Reports files that no reader asks for: a misspelt name must not go unnoticed."""
        expected = {"": {*FOLDERS, *ROOT_FILES}, "vocab": {f"{name}.json" for name in VOCABULARIES}}
        for folder, known in expected.items():
            for name in sorted(set(self.names(folder)) - known):
                self._fault(f"{folder}/{name}".lstrip("/"), (), "no file of this name belongs here")


def read_records(root: Traversable) -> tuple[Records, list[Fault]]:
    """Everything under `root`, and all faults of reading; a record with a fault is left out. Raises nothing."""
    reader = _Reader(root)
    reader.strangers()
    records = Records(
        exercises=reader.folder(Exercise, "exercises"),
        muscles=reader.many(Muscle, "vocab/muscles.json"),
        equipment=reader.many(Equipment, "vocab/equipment.json"),
        presets=reader.many(EquipmentPreset, "vocab/presets.json"),
        patterns=reader.many(Term, "vocab/patterns.json"),
        movement_families=reader.many(Term, "vocab/movement_families.json"),
        stress_tags=reader.many(Term, "vocab/stress_tags.json"),
        ladders=reader.folder(Ladder, "ladders"),
        goals=reader.many(TrainingGoal, "goals.json"),
        sources=reader.many(Source, "sources.json", key="code"),
        retired=reader.many(Retired, "retired.json"),
        defaults=reader.one(Defaults, "defaults.json"),
    )
    return records, reader.faults
