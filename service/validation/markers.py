"""Marks on request fields. All describe themselves in the JSON schema.

`Size` is enforced before a list's items are looked at, so that an oversized body costs little. The others are left to
`service.validation.walk`, so that out-of-range numbers, unknown ids and contradictions are reported together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from pydantic_core import CoreSchema, PydanticCustomError, core_schema

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidatorFunctionWrapHandler

Kind = Literal["exercises", "muscles", "equipment", "patterns", "stress_tags", "ladders"]


@dataclass(frozen=True)
class Bounds:
    """An inclusive range of numbers, in `unit`."""

    minimum: float
    maximum: float
    unit: str = ""

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "minimum": self.minimum, "maximum": self.maximum}


@dataclass(frozen=True)
class AsWritten:
    """A decimal number that stays the way the caller wrote it: 5 does not come back as 5.0."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(
            self._check, handler(source), serialization=core_schema.plain_serializer_function_ser_schema(self._same)
        )

    @staticmethod
    def _check(value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        handler(value)
        return value

    @staticmethod
    def _same(value: Any) -> Any:
        return value


@dataclass(frozen=True)
class Size:
    """How many items a list or an object holds."""

    minimum: int
    maximum: int

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_before_validator_function(self._check, handler(source))

    def _check(self, value: Any) -> Any:
        if isinstance(value, list | dict) and not self.minimum <= len(value) <= self.maximum:
            allowed = {"minimum": self.minimum, "maximum": self.maximum, "given": len(value)}
            raise PydanticCustomError("wrong_size", "wrong number of items", allowed)
        return value

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler(schema)
        many = "Properties" if described.get("type") == "object" else "Items"
        return {**described, f"min{many}": self.minimum, f"max{many}": self.maximum}


@dataclass(frozen=True)
class Known:
    """An id of the catalog."""

    kind: Kind

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "maxLength": 64}


@dataclass(frozen=True)
class Shape:
    """A text of a certain form: a regular expression and the same in words."""

    pattern: str
    words: str

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": f"^{self.pattern}$"}
