"""Removes each language's mean direction from embeddings.

Multilingual E5 prefers its own language; subtracting, per role and language, the mean vector of a fixed
reference set brings the languages together (Libovický, Rosa and Fraser, 2020, "On the Language Neutrality of
Pre-trained Multilingual Representations"). The reference texts in ``reference/`` are parallel and of varied
subjects, and never come from the corpus, so that the means do not shift with each article.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from index.embedding import Embedder, Role
from index.errors import IndexingError
from index.vectors import Vectors
from knowledge.language import Language

REFERENCE_FOLDER = Path(__file__).parent / "reference"
_FILES = {Role.QUERY: "questions.jsonl", Role.PASSAGE: "passages.jsonl"}


@dataclass(frozen=True, slots=True)
class ReferenceSet:
    """The fixed texts that the means come from, the same in each language.

    Attributes:
        digest: SHA-256 of both files, as hexadecimal.
    """

    texts: Mapping[tuple[Role, Language], tuple[str, ...]]
    digest: str


def load_reference_set(folder: Path = REFERENCE_FOLDER) -> ReferenceSet:
    """Read the reference texts."""
    texts: dict[tuple[Role, Language], tuple[str, ...]] = {}
    digest = hashlib.sha256()
    for role, name in _FILES.items():
        content = (folder / name).read_bytes()
        digest.update(content)
        rows = [json.loads(line) for line in content.decode().splitlines()]
        for language in Language:
            texts[role, language] = tuple(row[language.value] for row in rows)
    return ReferenceSet(texts, digest.hexdigest())


class Centring:
    """Subtracts the mean of a role and language, and brings rows back to unit length."""

    def __init__(self, means: Mapping[tuple[Role, Language], Vectors]) -> None:
        """Take means, each float32 of shape (dim,)."""
        self._means = dict(means)

    @classmethod
    def fit(
        cls, embedder: Embedder, reference: ReferenceSet, advance: Callable[[int], None] = lambda count: None
    ) -> Centring:
        """Compute the mean vector of each role and language over the reference set.

        Args:
            embedder: The model in use.
            reference: The fixed texts.
            advance: Called with how many more texts are embedded.
        """
        means: dict[tuple[Role, Language], Vectors] = {}
        for (role, language), texts in reference.texts.items():
            means[role, language] = embedder.encode(texts, role).vectors.mean(axis=0)
            advance(len(texts))
        return cls(means)

    def apply(self, vectors: Vectors, role: Role, language: Language | None) -> Vectors:
        """Centre vectors of one role and language.

        Args:
            vectors: float32, shape (n, dim), rows of unit length.
            role: What the vectors stand for.
            language: Their language; None takes the mean over the three.

        Returns:
            float32, shape (n, dim), rows of unit length.
        """
        if language is None:
            mean = np.mean([self._means[role, each] for each in Language], axis=0)
        else:
            mean = self._means[role, language]
        centred = vectors - mean
        return np.asarray(centred / np.linalg.norm(centred, axis=1, keepdims=True), dtype=np.float32)

    def save(self, path: Path) -> None:
        """Write the means as safetensors."""
        save_file({f"{role}.{language}": mean for (role, language), mean in self._means.items()}, path)

    @classmethod
    def load(cls, path: Path) -> Centring:
        """Read means.

        Raises:
            IndexingError: The file does not hold a mean for each role and language.
        """
        tensors = load_file(path)
        expected = {f"{role}.{language}": (role, language) for role in Role for language in Language}
        if set(tensors) != set(expected):
            raise IndexingError(f"{path} lacks means. Rebuild the index: dalil build --force")
        return cls({expected[name]: tensor for name, tensor in tensors.items()})
