"""What retrieval takes and returns, and what an index says about itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from index.lexical import Term
from knowledge.language import Language

INDEX_SCHEMA = 3
"""Raised whenever the files of an index change their meaning; older ones then refuse to load."""

WORDS_WEIGHT = 0.125
"""What sharing all words adds to a likeness. Tried by hand on xquad-dev and the golden questions: 0.1, 0.15 and 0.2
differ by less than a point on either; from 0.3 on a language's own words outweigh the subject. An eighth rather than
0.15 because in a corpus of six passages one chance word beat a likeness that was 0.06 better. Record 8."""


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
        language: The question's language; None when it is none of the three.
        terms: Its words and numbers as the passages spell them.
    """

    vector: NDArray[np.float32]
    tokens: NDArray[np.float32] | None
    language: Language | None = None
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """How near a question lies to one row of the index. All values lie between -1 and 1, higher is nearer.

    Attributes:
        dense: Inner product of the centred text vectors.
        late: Late-interaction score, balanced across languages; without token vectors the same of ``dense``.
        weak: The same over the quarter of the question's tokens that found least.
    """

    dense: float
    late: float
    weak: float


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that retrieval found.

    Attributes:
        passage_id: Global id, ``article#p3``; a passage stands in a result once.
        language: The rendering that matched best.
        text: Likeness to that rendering.
        asked: Likeness to the nearest of the questions that the passage says it answers; to the rendering where it
            says none.
        rank: 1 for the best.
        words: Weighted share of the question's words that the passage holds, 0 to 1.
    """

    passage_id: str
    language: Language
    text: Likeness
    asked: Likeness
    rank: int
    words: float = 0.0

    @property
    def score(self) -> float:
        """What hits are ranked by: late interaction with text and nearest question, and the words shared.

        -1 to 1 + `WORDS_WEIGHT`. Words only ever add: a passage that shares none keeps its likeness.
        """
        return (self.text.late + self.asked.late) / 2 + WORDS_WEIGHT * self.words


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
    questions: int
    files: Mapping[str, str]
