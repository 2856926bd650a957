"""Makes likenesses comparable across languages.

A text is nearer to a question in its own language than its translation is, so that in one pool of several languages a
neighbour in the question's language beats the right passage in another. How much nearer is measured once, on the
reference set: a question there is compared with itself, with its translations, and with what is not about it.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.centring import Centring, Level
from index.embedding import Encoding, Role
from index.errors import IndexingError
from index.vectors import Vectors
from knowledge.language import Language

TRUST = 0.6
"""How much of the gap between a text and its translation is closed: 0 nothing, 1 all.

Tried by hand on xquad-dev in one pool (record 8): all of it makes another language's neighbours win, own-language cells
lose 6 to 8 points; with 0.6 every cell of "halves" in docs/retrieval.md stays within 1 point of its separate pool."""

Likenesses = Callable[[Language, Language, Role], Vectors]
"""Late interaction of the reference questions of one language with the reference texts of another and a role: float32,
shape (questions, texts)."""


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: what a likeness across two languages is worth within one."""

    factor: float
    constant: float


UNCHANGED = Line(1.0, 0.0)
Key = tuple[Language, Language, Role]


class Balance:
    """Translates likenesses across languages into likenesses within one."""

    def __init__(self, lines: Mapping[Key, Line]) -> None:
        """Take a line for each pair of languages (question, row) and role of the row; none leaves all as it is."""
        self._lines = dict(lines)

    @classmethod
    def fit(cls, likenesses: Likenesses) -> Balance:
        """Measure on the reference set."""
        lines: dict[Key, Line] = {}
        strangers: dict[Key, float] = {}
        translations: dict[tuple[Language, Language], float] = {}
        for question, row in itertools.product(Language, Language):
            matrix = likenesses(question, row, Role.QUERY)
            same = np.eye(len(matrix), dtype=bool)
            strangers[question, row, Role.QUERY] = float(matrix[~same].mean())
            strangers[question, row, Role.PASSAGE] = float(likenesses(question, row, Role.PASSAGE).mean())
            translations[question, row] = float(matrix[same].mean()) - strangers[question, row, Role.QUERY]
        for question, row, role in itertools.product(Language, Language, Role):
            gap = translations[question, question] / translations[question, row]
            factor = gap**TRUST if gap > 0 else 1.0
            within, across = strangers[question, question, role], strangers[question, row, role]
            lines[question, row, role] = Line(factor, within - factor * across)
        return cls(lines)

    def line(self, question: Language | None, row: Language, role: Role) -> Line:
        """What to do with likenesses between a question and rows; nothing where the question's language is unknown."""
        if question is None or question is row:
            return UNCHANGED
        return self._lines.get((question, row, role), UNCHANGED)

    def save(self, path: Path) -> None:
        """Write as JSON."""
        data = [[*map(str, key), line.factor, line.constant] for key, line in self._lines.items()]
        path.write_text(json.dumps(data, indent=0), encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Balance:
        """Read what `save` wrote.

        Raises:
            IndexingError: The file is damaged.
        """
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            lines = {
                (Language(question), Language(row), Role(role)): Line(float(factor), float(constant))
                for question, row, role, factor, constant in data
            }
        except (ValueError, TypeError) as error:
            raise IndexingError(f"{path} is damaged. Rebuild the index: dalil build --force") from error
        return cls(lines)


def fit_balance(encodings: Mapping[tuple[Role, Language], Encoding], centring: Centring) -> Balance:
    """Measure on the reference set: by token vectors, or by whole texts for a model without them."""
    whole: dict[tuple[Role, Language], Vectors] = {}
    late: dict[tuple[Role, Language], list[Vectors]] = {}
    for (role, language), encoding in encodings.items():
        whole[role, language] = centring.apply(encoding.vectors, Level.TEXT, role, language)
        if encoding.token_vectors is not None:
            late[role, language] = [
                centring.apply(tokens, Level.TOKEN, role, language) for tokens in encoding.token_vectors
            ]

    def likenesses(question: Language, row: Language, role: Role) -> Vectors:
        if not late:
            return whole[Role.QUERY, question] @ whole[role, row].T
        return _late_interaction(late[Role.QUERY, question], late[role, row])

    return Balance.fit(likenesses)


def _late_interaction(questions: Sequence[Vectors], texts: Sequence[Vectors]) -> Vectors:
    """Every question with every text, as `TokenIndex.max_sim` scores them, but in one product."""
    lengths = np.array([len(tokens) for tokens in questions])
    best = np.maximum.reduceat(np.concatenate(questions) @ np.concatenate(texts).T, _starts(texts), axis=1)
    return np.asarray(np.add.reduceat(best, _starts(questions), axis=0) / lengths[:, None], dtype=np.float32)


def _starts(blocks: Sequence[Vectors]) -> NDArray[np.intp]:
    return np.cumsum([0, *(len(block) for block in blocks[:-1])])
