"""The rows of an index: what each stands for, and an id that is the same in every build."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from index.embedding import Role
from knowledge.corpus import Corpus
from knowledge.language import Language


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        id: 63 bits of a SHA-256 over what the row stands for: 0 or more, the same in every build.
        role: Passage for a rendering, query for a question that the passage answers.
        text: What is embedded; empty in a loaded index, which does not need it.
    """

    id: int
    passage_id: str
    language: Language
    role: Role
    text: str = ""


def rendering_rows(corpus: Corpus) -> Iterator[Row]:
    """A row for each rendering of each passage."""
    for rendering in corpus.renderings:
        key = row_id(rendering.passage_id, rendering.language)
        yield Row(key, rendering.passage_id, rendering.language, Role.PASSAGE, rendering.embedded)


def question_rows(corpus: Corpus) -> Iterator[Row]:
    """A row for each question that a passage says it answers."""
    for asked in corpus.questions:
        key = row_id(asked.passage_id, asked.language, asked.n)
        yield Row(key, asked.passage_id, asked.language, Role.QUERY, asked.text)


def row_id(passage_id: str, language: Language, question: int | None = None) -> int:
    """The id of a rendering's row, or of a question's."""
    name = f"{passage_id}\0{language}" if question is None else f"{passage_id}\0{language}\0{question}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write what each row stands for, as JSON."""
    data = [[row.id, row.passage_id, row.language.value, row.role.value] for row in rows]
    path.write_text(json.dumps(data, indent=0), encoding="utf-8")


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read what `write_rows` wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return tuple(Row(key, passage, Language(language), Role(role)) for key, passage, language, role in data)
