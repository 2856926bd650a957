"""Checks data against a JSON schema: the keywords that ours uses, and no other, so that none goes unchecked."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

Schema = Mapping[str, Any]
Faults = Iterator[str]

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda data: isinstance(data, dict),
    "array": lambda data: isinstance(data, list),
    "string": lambda data: isinstance(data, str),
    "number": lambda data: isinstance(data, int | float) and not isinstance(data, bool),
    "integer": lambda data: isinstance(data, int) and not isinstance(data, bool),
    "null": lambda data: data is None,
}
_ANNOTATIONS = {"$schema", "$defs", "title", "description", "default", "enumDescriptions", "then"}


def faults(data: Any, schema: Schema, root: Schema | None = None, path: str = "") -> Faults:
    """Where data breaks a schema: the path of each fault and the keyword that it breaks.

    Raises:
        KeyError: The schema uses a keyword that is not known here.
    """
    root = schema if root is None else root
    for keyword, wanted in schema.items():
        if keyword in _ANNOTATIONS:
            continue
        if keyword in _WITHIN:
            yield from _WITHIN[keyword](data, wanted, schema, root, path)
        elif not _SIMPLE[keyword](data, wanted):
            yield f"{path}: {keyword}"


def _reference(data: Any, wanted: str, schema: Schema, root: Schema, path: str) -> Faults:
    yield from faults(data, root["$defs"][wanted.removeprefix("#/$defs/")], root, path)


def _properties(data: Any, wanted: Schema, schema: Schema, root: Schema, path: str) -> Faults:
    for name in wanted if isinstance(data, dict) else ():
        if name in data:
            yield from faults(data[name], wanted[name], root, f"{path}.{name}".lstrip("."))


def _no_others(data: Any, wanted: object, schema: Schema, root: Schema, path: str) -> Faults:
    assert wanted is False
    for name in data if isinstance(data, dict) else ():
        if name not in schema["properties"]:
            yield f"{path}.{name}: additionalProperties".lstrip(".")


def _items(data: Any, wanted: Schema, schema: Schema, root: Schema, path: str) -> Faults:
    for position, item in enumerate(data if isinstance(data, list) else ()):
        yield from faults(item, wanted, root, f"{path}[{position}]")


def _any_of(data: Any, wanted: list[Schema], schema: Schema, root: Schema, path: str) -> Faults:
    found = [list(faults(data, each, root, path)) for each in wanted]
    if all(found):
        yield f"{path}: anyOf"


def _all_of(data: Any, wanted: list[Schema], schema: Schema, root: Schema, path: str) -> Faults:
    for each in wanted:
        yield from faults(data, each, root, path)


def _if(data: Any, wanted: Schema, schema: Schema, root: Schema, path: str) -> Faults:
    if not list(faults(data, wanted, root, path)):
        yield from faults(data, schema["then"], root, path)


_WITHIN: Mapping[str, Callable[[Any, Any, Schema, Schema, str], Faults]] = {
    "$ref": _reference,
    "properties": _properties,
    "additionalProperties": _no_others,
    "items": _items,
    "anyOf": _any_of,
    "allOf": _all_of,
    "if": _if,
}
_SIMPLE: Mapping[str, Callable[[Any, Any], bool]] = {
    "type": lambda data, wanted: _TYPES[wanted](data),
    "enum": lambda data, wanted: data in wanted,
    "const": lambda data, wanted: data == wanted,
    "pattern": lambda data, wanted: not isinstance(data, str) or re.search(wanted, data) is not None,
    "required": lambda data, wanted: not isinstance(data, dict) or set(wanted) <= set(data),
    "minimum": lambda data, wanted: not isinstance(data, int | float) or data >= wanted,
    "minItems": lambda data, wanted: not isinstance(data, list) or len(data) >= wanted,
    "minLength": lambda data, wanted: not isinstance(data, str) or len(data) >= wanted,
}
