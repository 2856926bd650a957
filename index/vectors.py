"""Nearest neighbours among vectors. The only module that imports FAISS."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import faiss
import numpy as np
from numpy.typing import NDArray

from index.errors import IndexingError

Vectors = NDArray[np.float32]
Ids = NDArray[np.int64]

UNIT_TOLERANCE = 1e-3

EXACT_UP_TO = 10_000
"""Vectors that are all compared with a question: 0.35 ms on one core, 384 dimensions. More are searched by cells."""

CELLS_SEARCHED = 8
"""One cell in so many is looked into: 0.3 ms over 40,000 vectors instead of 2.5."""


class VectorIndex(Protocol):
    """Finds the stored vectors with the largest inner product."""

    dimension: int

    def __len__(self) -> int:
        """How many vectors are stored."""

    def search(self, vector: Vectors, k: int) -> tuple[Vectors, Ids]:
        """Find the nearest vectors.

        Args:
            vector: float32, shape (dim,), unit length.
            k: How many to find, 1 or more; may exceed the number stored.

        Returns:
            Scores (float32) and ids (int64), best first, each of shape (min(k, len(self)),).

        Raises:
            IndexingError: The vector is not finite.
        """

    def scores(self, vector: Vectors, ids: Ids) -> Vectors:
        """The inner products with stored vectors.

        Args:
            vector: float32, shape (dim,), unit length.
            ids: int64, shape (n,), each stored; n = 0 allowed.

        Returns:
            float32, shape (n,).
        """

    def stored(self, ids: Ids) -> Vectors:
        """Stored vectors, bit for bit as they came.

        Args:
            ids: int64, shape (n,), each stored; n = 0 allowed.

        Returns:
            float32, shape (n, dim).
        """


class FaissIndex:
    """Inner-product search over unit vectors with ids that stay stable across rebuilds; exact up to `EXACT_UP_TO`."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index
        self.dimension: int = index.d

    @classmethod
    def of(cls, vectors: Vectors, ids: Ids) -> FaissIndex:
        """Index vectors.

        Args:
            vectors: float32, shape (n, dim), rows of unit length; n = 0 allowed.
            ids: int64, shape (n,), 0 or more, each once.

        Raises:
            IndexingError: A row is not of unit length (NaN included), or an id is negative or repeated.
        """
        require_unit(vectors)
        if len(np.unique(ids)) != len(ids) or (len(ids) and ids.min() < 0):
            raise IndexingError("row ids must be non-negative and occur once.")
        index = faiss.IndexIDMap2(_empty_index(vectors))
        index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), ids)
        return cls(index)

    @classmethod
    def load(cls, path: Path) -> FaissIndex:
        """Read an index.

        Raises:
            IndexingError: The file is no FAISS index of the kind that `save` writes, or holds what is no number.
        """
        try:
            index = faiss.read_index(str(path))
        except (RuntimeError, MemoryError) as error:  # a damaged length asks for more memory than there is
            raise IndexingError(f"{path} is no FAISS index. Rebuild it: dalil build --force") from error
        if not isinstance(index, faiss.IndexIDMap2):
            raise IndexingError(
                f"{path} is a {type(index).__name__}, expected IndexIDMap2. Rebuild it: dalil build --force"
            )
        if index.ntotal and not _are_unit(index.index.reconstruct_n(0, index.ntotal)).all():
            raise IndexingError(f"{path} holds vectors that are not of length 1. Rebuild it: dalil build --force")
        return cls(index)

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        # FAISS's own writer does not notice a full disk.
        path.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, vector: Vectors, k: int) -> tuple[Vectors, Ids]:
        """See `VectorIndex.search`; FAISS's -1 for "no further vector" never leaves this module."""
        k = min(k, len(self))
        if k < 1:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        if not np.isfinite(vector).all():
            raise IndexingError("the question's vector is not finite: the model gave no usable vector.")
        scores, ids = self._index.search(np.ascontiguousarray(vector[None, :], dtype=np.float32), k)
        return scores[0], ids[0]

    def scores(self, vector: Vectors, ids: Ids) -> Vectors:
        """See `VectorIndex.scores`."""
        if not len(ids):
            return np.empty(0, np.float32)
        return self.stored(ids) @ vector

    def stored(self, ids: Ids) -> Vectors:
        """See `VectorIndex.stored`."""
        if not len(ids):
            return np.empty((0, self.dimension), np.float32)
        vectors: Vectors = self._index.reconstruct_batch(ids)
        return vectors


def require_unit(vectors: Vectors) -> None:
    """Check vectors, shape (n, dim), before they are kept.

    Raises:
        IndexingError: A row is not of unit length; NaN is not.
    """
    unit = _are_unit(vectors)
    if not unit.all():
        worst = int(np.argmin(unit))
        raise IndexingError(
            f"vector {worst} has length {np.linalg.norm(vectors[worst])}, expected 1: the model gave no usable vector."
        )


def _empty_index(vectors: Vectors) -> faiss.Index:
    """The index that fits so many vectors, trained on them."""
    count, dimension = vectors.shape
    flat = faiss.IndexFlatIP(dimension)
    if count <= EXACT_UP_TO:
        return flat
    cells = int(count**0.5)
    index = faiss.IndexIVFFlat(flat, dimension, cells, faiss.METRIC_INNER_PRODUCT)
    index.nprobe = cells // CELLS_SEARCHED
    index.train(np.ascontiguousarray(vectors, dtype=np.float32))
    index.make_direct_map()  # `scores` looks vectors up
    return index


def _are_unit(vectors: Vectors) -> NDArray[np.bool_]:
    """Whether each row has length 1; NaN has not."""
    lengths = np.linalg.norm(vectors, axis=1)
    unit: NDArray[np.bool_] = np.abs(lengths - 1) <= UNIT_TOLERANCE
    return unit
