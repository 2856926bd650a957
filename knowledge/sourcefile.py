"""Reads a YAML file so that every value still knows its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import KnowledgeError, Problem

FieldPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A parsed file.

    Attributes:
        name: Path relative to the knowledge folder, as errors show it.
        content: The file's bytes, for the digest.
        data: The parsed mapping.
        lines: 1-based line of every field.
        plain: Fields whose scalar stands without quotation marks, null excepted.
    """

    name: str
    content: bytes
    data: Mapping[str, Any]
    lines: Mapping[FieldPath, int]
    plain: frozenset[FieldPath]

    def problem(self, path: FieldPath, message: str, fix: str) -> Problem:
        """A problem at a field, or at its nearest parent that stands in the file."""
        known = path
        while known and known not in self.lines:
            known = known[:-1]
        return Problem(self.name, self.lines.get(known, 1), field_name(path), message, fix)


class SourceFiles(Mapping[str, SourceFile]):
    """Files by the id of what they hold; one that was left unread is read when something is to be said of it."""

    def __init__(self, read: Mapping[str, SourceFile]) -> None:
        self._read = dict(read)
        self._unread: dict[str, tuple[Path, Path]] = {}

    def add(self, name: str, source: SourceFile) -> None:
        """Add a file that was read."""
        self._read[name] = source

    def leave(self, name: str, path: Path, folder: Path) -> None:
        """Add a file that need not be read yet.

        Args:
            name: The id of what it holds.
            path: The file.
            folder: What its name is relative to.
        """
        self._unread[name] = (path, folder)

    def __getitem__(self, name: str) -> SourceFile:
        if name not in self._read and name in self._unread:
            self._read[name] = read_source_file(*self._unread[name])
        return self._read[name]

    def __contains__(self, name: object) -> bool:
        return name in self._read or name in self._unread

    def __iter__(self) -> Iterator[str]:
        return iter({**self._read, **self._unread})

    def __len__(self) -> int:
        return len(self._read.keys() | self._unread.keys())


class _Loader(yaml.CSafeLoader):
    """Leaves dates as they are written: the schema wants them as text, and YAML's own type refuses 31 February."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - the type that PyYAML gives it
        first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
        for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
    }


def field_name(path: FieldPath) -> str:
    """Write a path the way editors read it: ``passages[2].text.ar``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name


def read_source_file(path: Path, folder: Path) -> SourceFile:
    """Read one YAML mapping.

    Raises:
        KnowledgeError: The file cannot be read, is not UTF-8 or YAML, is no mapping, or names a key twice.
    """
    name = path.relative_to(folder).as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KnowledgeError([_whole(name, f"cannot be read: {error.strerror}.", "check the file.")]) from error
    return parse_source_file(name, content)


def parse_source_file(name: str, content: bytes) -> SourceFile:
    """Parse one YAML mapping, under the name that its problems show.

    Raises:
        KnowledgeError: The content is not UTF-8 or YAML, is no mapping, or names a key twice.
    """
    try:
        content.decode()
    except UnicodeDecodeError as error:
        message = f"is not UTF-8: byte {content[error.start]:#x} stands there."
        raise KnowledgeError([_at(name, content, error.start, message, "save it as UTF-8.")]) from error
    lines: dict[FieldPath, int] = {}
    plain: set[FieldPath] = set()
    try:
        _refuse_aliases(name, content)
        loader = _Loader(content)
        try:
            node = loader.get_single_node()
            data = loader.construct_document(node) if node is not None else None
            repeated = _walk(node, (), lines, plain) if node is not None else []
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        message = f"is not valid YAML: {error.problem or error.context}."
        raise KnowledgeError([Problem(name, line, "", message, "correct the syntax at this line.")]) from error
    except yaml.reader.ReaderError as error:
        message = f"is not valid YAML: {error.reason}."
        raise KnowledgeError([_at(name, content, error.position, message, "remove the character.")]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        message = f"is not valid YAML: {error}."
        fix = "correct it; a value that only looks like a number is quoted, and anchors are not used."
        raise KnowledgeError([_whole(name, message, fix)]) from error
    if not isinstance(node, yaml.MappingNode) or not isinstance(data, dict):
        raise KnowledgeError([_whole(name, "holds no mapping.", "start from docs/editing.md's template.")])
    source = SourceFile(name, content, data, lines, frozenset(plain))
    if repeated:
        raise KnowledgeError(
            [
                Problem(name, line, field_name(field), "is given twice.", "keep one of the two.")
                for field, line in repeated
            ]
        )
    return source


def _refuse_aliases(name: str, content: bytes) -> None:
    """Aliases of aliases grow a short file without end, and an article has no use for one."""
    if b"*" not in content or b"&" not in content:
        return
    for event in yaml.parse(content, Loader=_Loader):
        if isinstance(event, yaml.AliasEvent):
            line = event.start_mark.line + 1 if event.start_mark else 0
            raise KnowledgeError([Problem(name, line, "", f"uses the alias *{event.anchor}.", "write the value out.")])


def _whole(name: str, message: str, fix: str) -> Problem:
    return Problem(name, 0, "", message, fix)


def _at(name: str, content: bytes, position: int, message: str, fix: str) -> Problem:
    return Problem(name, content.count(b"\n", 0, position) + 1, "", message, fix)


def _walk(
    node: yaml.Node, path: FieldPath, lines: dict[FieldPath, int], plain: set[FieldPath]
) -> list[tuple[FieldPath, int]]:
    """Note the line of every field below a node; return the keys that occur twice."""
    lines.setdefault(path, node.start_mark.line + 1)
    repeated: list[tuple[FieldPath, int]] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            field = (*path, str(key.value))
            if field in lines:
                repeated.append((field, key.start_mark.line + 1))
            lines[field] = key.start_mark.line + 1
            repeated += _walk(value, field, lines, plain)
    elif isinstance(node, yaml.SequenceNode):
        for position, value in enumerate(node.value):
            repeated += _walk(value, (*path, position), lines, plain)
    elif isinstance(node, yaml.ScalarNode) and not node.style and node.tag != "tag:yaml.org,2002:null":
        plain.add(path)
    return repeated
