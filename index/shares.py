"""One vector index a language, so that each language gives as many candidates as the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from index.errors import IndexingError
from index.rows import Row
from index.vectors import FaissIndex, Ids, VectorIndex, Vectors
from knowledge.language import Language


class LanguageShares:
    """The rows of all languages, searched language by language."""

    def __init__(self, indexes: Mapping[Language, VectorIndex]) -> None:
        self.indexes = {language: index for language, index in indexes.items() if len(index)}

    @classmethod
    def of(cls, rows: Sequence[Row], vectors: Vectors) -> LanguageShares:
        """Index rows.

        Args:
            rows: What the vectors stand for.
            vectors: float32, shape (rows, dim), rows of unit length.
        """
        return cls(_split(rows, vectors))

    @classmethod
    def load(cls, folder: Path, sizes: Mapping[Language, int]) -> LanguageShares:
        """Read what was saved into a folder.

        Args:
            folder: A version of the index.
            sizes: How many rows each language has.

        Raises:
            IndexingError: A file is damaged, or has not as many rows.
        """
        indexes: dict[Language, VectorIndex] = {}
        for language in Language:
            path = folder / vectors_file(language)
            indexes[language] = FaissIndex.load(path)
            if len(indexes[language]) != sizes.get(language, 0):
                held, wanted = len(indexes[language]), sizes.get(language, 0)
                raise IndexingError(
                    f"{path} holds {held} vectors for {wanted} rows. Rebuild the index: dalil build --force"
                )
        return cls(indexes)

    def nearest(self, vector: Vectors, rows: int) -> tuple[Ids, ...]:
        """For each language that has rows the ids of the nearest ones, best first.

        Args:
            vector: float32, shape (dim,), unit length.
            rows: How many of each language, 1 or more.
        """
        return tuple(index.search(vector, rows)[1] for index in self.indexes.values())

    def scores(self, vector: Vectors, rows: Sequence[Row]) -> Vectors:
        """The inner products with some rows: float32, shape (rows,)."""
        scores = np.empty(len(rows), dtype=np.float32)
        for language, index in self.indexes.items():
            places = [place for place, row in enumerate(rows) if row.language is language]
            scores[places] = index.scores(vector, np.array([rows[place].id for place in places], dtype=np.int64))
        return scores

    def stored(self, rows: Sequence[Row]) -> Vectors:
        """The vectors of some rows, bit for bit as they came: float32, shape (rows, dim)."""
        dimension = next((index.dimension for index in self.indexes.values()), 0)
        vectors = np.empty((len(rows), dimension), dtype=np.float32)
        for language, index in self.indexes.items():
            places = [place for place, row in enumerate(rows) if row.language is language]
            vectors[places] = index.stored(np.array([rows[place].id for place in places], dtype=np.int64))
        return vectors


def vectors_file(language: Language) -> str:
    """The name of a language's file."""
    return f"vectors.{language}.faiss"


def save_shares(rows: Sequence[Row], vectors: Vectors, folder: Path) -> None:
    """Index rows, as `LanguageShares.of` does, and write one file a language."""
    for language, index in _split(rows, vectors).items():
        index.save(folder / vectors_file(language))


def _split(rows: Sequence[Row], vectors: Vectors) -> dict[Language, FaissIndex]:
    indexes: dict[Language, FaissIndex] = {}
    for language in Language:
        places = [place for place, row in enumerate(rows) if row.language is language]
        ids = np.array([rows[place].id for place in places], dtype=np.int64)
        indexes[language] = FaissIndex.of(vectors[places], ids)
    return indexes
