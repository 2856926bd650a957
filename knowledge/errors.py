"""What can be wrong with the knowledge, said so that an editor can mend it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to mend in one file.

    Attributes:
        file: Path as the editor knows it, relative to the knowledge folder.
        line: 1-based line, 0 where the problem concerns the file as a whole.
        field: Dotted path of the field, such as ``passages[2].text.ar``.
        message: What is wrong and what was expected.
        fix: What to do about it.
    """

    file: str
    line: int
    field: str
    message: str
    fix: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        field = f" {self.field}:" if self.field else ""
        return f"{place}:{field} {self.message} Fix: {self.fix}"


class KnowledgeError(Exception):
    """The knowledge cannot be used as it stands.

    Attributes:
        problems: Every problem found, never empty, sorted by file and line.
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        super().__init__("\n".join(str(problem) for problem in self.problems))


class DocumentError(KnowledgeError):
    """A file cannot be read as an article; its one problem says which file, why, and what to do."""

    def __init__(self, path: Path, message: str, fix: str) -> None:
        super().__init__([Problem(printable(str(path)), 0, "", message, fix)])


def printable(text: str) -> str:
    """A text on one line, as a console may show it: line breaks, directional marks and such are written as escapes."""
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )
