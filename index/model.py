"""What retrieval takes and returns, and what an index says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from knowledge.language import Language

INDEX_SCHEMA = 1
"""Raised whenever the files of an index change their meaning; older ones then refuse to load."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for.

    Attributes:
        text: The question, or the part of it that is to be embedded.
        language: Its language; None when it is none of the three, which centres it with the mean of all three.
    """

    text: str
    language: Language | None


@dataclass(frozen=True, slots=True, eq=False)
class EmbeddedQuery:
    """A question as the model sees it, from one run.

    Attributes:
        vector: float32, shape (dim,), centred, unit length.
        tokens: float32, shape (tokens, dim), centred, rows of unit length; None for a model without token vectors.
    """

    vector: NDArray[np.float32]
    tokens: NDArray[np.float32] | None


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found.

    Attributes:
        passage_id: Global id, ``article#p3``; a passage stands in a result once.
        language: The rendering that matched best.
        score: Inner product of centred unit vectors, -1 to 1, higher is better.
        late: Late-interaction score, -1 to 1; equal to ``score`` for a model without token vectors.
        weak: The same over the quarter of the question's tokens that found least.
        rank: 1 for the highest ``late``.
    """

    passage_id: str
    language: Language
    score: float
    late: float
    weak: float
    rank: int


class Manifest(BaseModel):
    """What an index was built from; it loads only where all of this still holds.

    Attributes:
        files: File name to its SHA-256, as hexadecimal.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    index_schema: int
    model_name: str
    model_digest: str
    reference_digest: str
    corpus_digest: str
    dimension: int
    token_vectors: bool
    passages: int
    renderings: int
    files: Mapping[str, str]
