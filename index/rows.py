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

ROWS_FILE = "rows.json"


@dataclass(frozen=True, slots=True)
class Row:
    """One row.

    Attributes:
        id: 63 bits of a SHA-256 over what the row stands for: 0 or more, the same in every build.
        role: Passage for a rendering, query for a question that the passage answers.
        text: What is embedded; empty in a loaded index, which does not need it.
        digest: SHA-256, as hexadecimal, over role, language and text: rows that share it have the same vectors.
    """

    id: int
    passage_id: str
    language: Language
    role: Role
    text: str = ""
    digest: str = ""


def rendering_rows(corpus: Corpus) -> Iterator[Row]:
    """A row for each rendering of each passage."""
    for rendering in corpus.renderings:
        key = row_id(rendering.passage_id, rendering.language)
        yield _row(key, rendering.passage_id, rendering.language, Role.PASSAGE, rendering.embedded)


def question_rows(corpus: Corpus) -> Iterator[Row]:
    """A row for each question that a passage says it answers."""
    for asked in corpus.questions:
        key = row_id(asked.passage_id, asked.language, asked.n)
        yield _row(key, asked.passage_id, asked.language, Role.QUERY, asked.text)


def _row(key: int, passage_id: str, language: Language, role: Role, text: str) -> Row:
    digest = hashlib.sha256(f"{role}\0{language}\0{text}".encode()).hexdigest()
    return Row(key, passage_id, language, role, text, digest)


def sorted_rows(corpus: Corpus) -> tuple[Row, ...]:
    """All rows, those of one passage side by side, so that its token vectors are read in one piece."""
    return tuple(sorted([*rendering_rows(corpus), *question_rows(corpus)], key=lambda row: row.passage_id))


def row_id(passage_id: str, language: Language, question: int | None = None) -> int:
    """The id of a rendering's row, or of a question's."""
    name = f"{passage_id}\0{language}" if question is None else f"{passage_id}\0{language}\0{question}"
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big") >> 1


def write_rows(rows: Iterable[Row], path: Path) -> None:
    """Write what each row stands for, as JSON."""
    data = [[row.id, row.passage_id, row.language.value, row.role.value, row.digest] for row in rows]
    path.write_text(json.dumps(data), encoding="utf-8")


def read_rows(path: Path) -> tuple[Row, ...]:
    """Read what `write_rows` wrote."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Row(key, passage, Language(language), Role(role), digest=digest)
        for key, passage, language, role, digest in data
    )
