"""Removes each language's mean direction from embeddings.

Multilingual E5 prefers its own language; subtracting, per role and language, the mean vector of a fixed
reference set brings the languages together (Libovický, Rosa and Fraser, 2020, "On the Language Neutrality of
Pre-trained Multilingual Representations"). The reference texts in ``reference/`` are parallel and of varied
subjects, and never come from the corpus, so that the means do not shift with each article.

What is left of a language after that is the directions in which a text and its translations still differ. The same
reference set shows them, and a metric shrinks each by how much translations differ along it (within-class covariance
normalisation, Hatch, Kajarekar and Stolcke, 2006, with translations as the class).
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load_file, save

from index.embedding import Embedder, Encoding, Role
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


def encode_reference(
    embedder: Embedder, reference: ReferenceSet, advance: Callable[[int], None] = lambda _count: None
) -> dict[tuple[Role, Language], Encoding]:
    """Encode the reference texts, once for all that is measured on them.

    Args:
        embedder: The model in use.
        reference: The fixed texts.
        advance: Called with how many more texts are embedded.
    """
    encodings: dict[tuple[Role, Language], Encoding] = {}
    for (role, language), texts in reference.texts.items():
        encodings[role, language] = embedder.encode(texts, role)
        advance(len(texts))
    return encodings


class Level(StrEnum):
    """What a vector stands for; the two have means of their own."""

    TEXT = "text"
    TOKEN = "token"  # noqa: S105 - a token of text


Key = tuple[Level, Role, Language]

METRIC = "metric"
SHRINKAGE = 3.0
"""Multiples of the mean variance added to each direction before it is divided out: 300 texts do not show 384 directions
well. Tried by hand on xquad-dev (record 8): 2 to 5 are alike."""


class Centring:
    """Subtracts the mean of a level, role and language, applies the metric, and brings rows back to unit length."""

    def __init__(self, means: Mapping[Key, Vectors], metric: Vectors | None = None) -> None:
        """Take what `fit` measured.

        Args:
            means: float32, shape (dim,); those of tokens are absent for a model without token vectors.
            metric: float32, shape (dim, dim), symmetric; None leaves all directions as they are.
        """
        self.means = dict(means)
        self.metric = metric

    @classmethod
    def fit(cls, encodings: Mapping[tuple[Role, Language], Encoding]) -> Centring:
        """Measure means and metric on the reference set, as `encode_reference` returns it.

        Raises:
            IndexingError: The model gives vectors that are not finite.
        """
        means: dict[Key, Vectors] = {}
        centred: dict[Role, list[Vectors]] = {role: [] for role in Role}
        for (role, language), encoding in encodings.items():
            means[Level.TEXT, role, language] = encoding.vectors.mean(axis=0)
            centred[role].append(_unit(encoding.vectors - means[Level.TEXT, role, language]))
            if encoding.token_vectors is not None:
                tokens = np.concatenate(encoding.token_vectors)
                means[Level.TOKEN, role, language] = _unit(tokens).mean(axis=0)
        if not all(np.isfinite(mean).all() for mean in means.values()):
            raise IndexingError("a reference text has a vector that is not finite: the model gave no usable vector.")
        pairs = [pair for texts in centred.values() for pair in itertools.combinations(texts, 2)]
        return cls(means, _metric(np.concatenate([one - other for one, other in pairs])))

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
            mean = np.mean([self.means[level, role, each] for each in Language], axis=0)
        else:
            mean = self.means[level, role, language]
        centred = _unit(vectors) - mean
        return _unit(centred if self.metric is None else centred @ self.metric)

    def save(self, path: Path) -> None:
        """Write means and metric as safetensors."""
        tensors = {".".join(key): mean for key, mean in self.means.items()}
        dimension = len(next(iter(self.means.values())))
        tensors[METRIC] = np.eye(dimension, dtype=np.float32) if self.metric is None else self.metric
        path.write_bytes(save(tensors))

    @classmethod
    def load(cls, path: Path) -> Centring:
        """Read means.

        Raises:
            IndexingError: The file does not hold a finite mean for each level, role and language.
        """
        try:
            tensors = load_file(path)
        except SafetensorError as error:
            raise IndexingError(f"{path} is damaged. Rebuild the index: dalil build --force") from error
        keys = [(level, role, language) for level in Level for role in Role for language in Language]
        means = {key: tensors[".".join(key)] for key in keys if ".".join(key) in tensors}
        levels = [sum(key[0] is level for key in means) for level in Level]
        if levels not in ([len(keys) // 2] * 2, [len(keys) // 2, 0]) or METRIC not in tensors:  # tokens: all or none
            raise IndexingError(f"{path} lacks means or metric. Rebuild the index: dalil build --force")
        if not all(np.isfinite(tensor).all() for tensor in tensors.values()):
            raise IndexingError(f"{path} holds numbers that are not finite. Rebuild the index: dalil build --force")
        return cls(means, tensors[METRIC])


def _metric(differences: Vectors) -> Vectors | None:
    """The inverse square root of the covariance of the differences between translations; None where there are none."""
    variances, directions = np.linalg.eigh(differences.T.astype(np.float64) @ differences / len(differences))
    mean = variances.mean()
    if mean <= 0:
        return None
    weights = ((variances.clip(0) + SHRINKAGE * mean) / ((1 + SHRINKAGE) * mean)) ** -0.5
    return np.ascontiguousarray((directions * weights) @ directions.T, dtype=np.float32)


def _unit(vectors: Vectors) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
