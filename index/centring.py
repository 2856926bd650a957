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
from enum import StrEnum
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

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


class Level(StrEnum):
    """What a vector stands for; the two have means of their own."""

    TEXT = "text"
    TOKEN = "token"  # noqa: S105 - a token of text


Key = tuple[Level, Role, Language]


class Centring:
    """Subtracts the mean of a level, role and language, and brings rows back to unit length."""

    def __init__(self, means: Mapping[Key, Vectors]) -> None:
        """Take means, each float32 of shape (dim,); those of tokens are absent for a model without token vectors."""
        self._means = dict(means)

    @classmethod
    def fit(
        cls, embedder: Embedder, reference: ReferenceSet, advance: Callable[[int], None] = lambda _count: None
    ) -> Centring:
        """Compute the mean vector of each role and language over the reference set.

        Args:
            embedder: The model in use.
            reference: The fixed texts.
            advance: Called with how many more texts are embedded.
        """
        means: dict[Key, Vectors] = {}
        for (role, language), texts in reference.texts.items():
            encoding = embedder.encode(texts, role)
            means[Level.TEXT, role, language] = encoding.vectors.mean(axis=0)
            if encoding.token_vectors is not None:
                tokens = np.concatenate(encoding.token_vectors)
                means[Level.TOKEN, role, language] = _unit(tokens).mean(axis=0)
            advance(len(texts))
        return cls(means)

    def apply(self, vectors: Vectors, level: Level, role: Role, language: Language | None) -> Vectors:
        """Centre vectors of one level, role and language.

        Args:
            vectors: float32, shape (n, dim), no row of zeros.
            level: Whether the rows stand for texts or for tokens.
            role: What the texts are for.
            language: Their language; None takes the mean over the three.

        Returns:
            float32, shape (n, dim), rows of unit length.
        """
        if language is None:
            mean = np.mean([self._means[level, role, each] for each in Language], axis=0)
        else:
            mean = self._means[level, role, language]
        return _unit(_unit(vectors) - mean)

    def save(self, path: Path) -> None:
        """Write the means as safetensors."""
        path.write_bytes(save({".".join(key): mean for key, mean in self._means.items()}))

    @classmethod
    def load(cls, path: Path) -> Centring:
        """Read means.

        Raises:
            IndexingError: The file does not hold a mean for each level, role and language.
        """
        try:
            tensors = load_file(path)
        except SafetensorError as error:
            raise IndexingError(f"{path} is damaged. Rebuild the index: dalil build --force") from error
        keys = [(level, role, language) for level in Level for role in Role for language in Language]
        means = {key: tensors[".".join(key)] for key in keys if ".".join(key) in tensors}
        levels = [sum(key[0] is level for key in means) for level in Level]
        if levels not in ([len(keys) // 2] * 2, [len(keys) // 2, 0]):  # tokens: all or none
            raise IndexingError(f"{path} lacks means. Rebuild the index: dalil build --force")
        return cls(means)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
