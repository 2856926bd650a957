"""Compares a question with all rows of some passages: one matrix product, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from index.balance import Balance
from index.embedding import Role
from index.model import EmbeddedQuery, Hit, Likeness
from index.rows import Row, row_id
from index.shares import LanguageShares
from index.tokens import TokenIndex
from index.vectors import Vectors
from knowledge.language import Language


class Scoring:
    """Likenesses of questions to passages."""

    def __init__(
        self, vectors: LanguageShares, tokens: TokenIndex | None, rows: Sequence[Row], balance: Balance
    ) -> None:
        self._vectors = vectors
        self._tokens = tokens
        self._balance = balance
        self._rows: dict[str, dict[Role, list[Row]]] = defaultdict(lambda: {role: [] for role in Role})
        for row in rows:
            self._rows[row.passage_id][row.role].append(row)

    def hits(self, query: EmbeddedQuery, passages: Sequence[str], words: Mapping[str, float]) -> list[Hit]:
        """Score passages.

        Args:
            query: An embedded question.
            passages: Ids of passages, each once.
            words: How much of the question each holds, 0 to 1; those left out hold nothing.

        Returns:
            A hit for each passage, in their order, all of rank 0.
        """
        chosen = [row for passage in passages for role in Role for row in self._comparable(query, passage, role)]
        likenesses = self._likenesses(query, chosen)
        best: dict[tuple[str, Role], tuple[Row, Likeness]] = {}
        for row, likeness in zip(chosen, likenesses, strict=True):
            key = row.passage_id, row.role
            if key not in best or likeness.late > best[key][1].late:
                best[key] = row, likeness
        found = []
        for passage in passages:
            row, text = best[passage, Role.PASSAGE]
            _, asked = best.get((passage, Role.QUERY), (row, text))
            found.append(Hit(passage, row.language, text, asked, 0, words.get(passage, 0.0)))
        return found

    def token_vectors(self, passage_id: str, language: Language) -> Vectors | None:
        """The token vectors of a rendering; None without any."""
        return None if self._tokens is None else self._tokens.restored(row_id(passage_id, language))

    def _comparable(self, query: EmbeddedQuery, passage: str, role: Role) -> list[Row]:
        """A passage's rows in the question's language, or all of them where it has none in it.

        A rendering in the question's own language beats any cross-lingual step, and two thirds of the work is saved.
        """
        rows = self._rows[passage][role]
        return [row for row in rows if row.language is query.language] or rows

    def _likenesses(self, query: EmbeddedQuery, rows: Sequence[Row]) -> list[Likeness]:
        dense = self._vectors.scores(query.vector, rows)
        late, weak = dense, dense
        if self._tokens is not None and query.tokens is not None:
            late, weak = self._tokens.max_sim(query.tokens, [row.id for row in rows])
        lines = [self._balance.line(query.language, row.language, row.role) for row in rows]
        factor = np.array([line.factor for line in lines], dtype=np.float32)
        constant = np.array([line.constant for line in lines], dtype=np.float32)
        balanced = [np.clip(factor * values + constant, -1, 1).tolist() for values in (late, weak)]
        return [Likeness(*values) for values in zip(dense.tolist(), *balanced, strict=True)]
