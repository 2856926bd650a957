"""Puts a version together from what an earlier one holds and from what was embedded for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from index.journal import Journal
from index.reuse import Earlier, by_shard
from index.rows import Row
from index.token_files import SPANS_FILE, Bytes, Span, tokens_file, write_shard, write_spans
from index.vectors import Vectors


@dataclass(frozen=True, slots=True)
class Texts:
    """Vectors of texts by their digests, wherever they lie: the earlier version's before the journal's."""

    earlier: Earlier | None
    journal: Journal

    def __contains__(self, digest: str) -> bool:
        return (self.earlier is not None and digest in self.earlier) or digest in self.journal

    def vectors(self, rows: Sequence[Row], dimension: int) -> Vectors:
        """The vectors of rows, all of whose texts are held: float32, shape (rows, dimension)."""
        vectors = np.empty((len(rows), dimension), dtype=np.float32)
        held = np.array([self.earlier is not None and row.digest in self.earlier for row in rows], dtype=bool)
        if self.earlier is not None and held.any():
            vectors[held] = self.earlier.vectors(row.digest for row, is_held in zip(rows, held, strict=True) if is_held)
        vectors[~held] = self.journal.vectors(
            row.digest for row, is_held in zip(rows, held, strict=True) if not is_held
        )
        return vectors

    def tokens(self, digest: str) -> Bytes:
        """The token vectors of a text that is held: int8, shape (tokens, dimension)."""
        if self.earlier is not None and digest in self.earlier:
            return self.earlier.tokens(digest)
        return self.journal.tokens(digest)


def write_token_files(rows: Sequence[Row], texts: Texts, folder: Path, dimension: int) -> dict[str, str]:
    """Write the token vectors of all rows; those of articles that have not changed are not even copied.

    Returns:
        The files that were handed on by the earlier version, with their digests.
    """
    spans: dict[int, Span] = {}
    handed_on: dict[str, str] = {}
    for shard, held in by_shard(rows).items():
        end = 0
        for row in held:
            start, end = end, end + len(texts.tokens(row.digest))
            spans[row.id] = (shard, start, end)
        name = tokens_file(shard)
        if texts.earlier and texts.earlier.has_shard(shard, [row.digest for row in held]):
            handed_on |= texts.earlier.hand_on(name, folder)
        else:
            # One text after another, so that the largest index needs no more memory than a small one.
            write_shard(folder / name, (texts.tokens(row.digest) for row in held), end, dimension)
    write_spans(spans, folder / SPANS_FILE)
    return handed_on
