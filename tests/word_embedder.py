"""An embedder without a model: a text's vector is the sum of its words' vectors, each drawn from the word itself."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from index.centring import ReferenceSet
from index.embedding import Encoding, Role
from index.errors import TextRefusedError
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Article, Passage, PassageKind, Reliability
from knowledge.text import words


class WordEmbedder:
    """The same text always gets the same vectors; texts that share words are near each other."""

    name = "words"
    max_tokens = 100

    def __init__(self, *, dimension: int = 48, has_token_vectors: bool = True, digest: str = "words-1") -> None:
        self.dimension = dimension
        self.has_token_vectors = has_token_vectors
        self.digest = digest

    def count_tokens(self, text: str) -> int:
        return len(words(text))

    def encode(
        self,
        texts: Sequence[str],
        role: Role,  # noqa: ARG002 - an Embedder's
        progress: Callable[[int, int], None] | None = None,  # noqa: ARG002 - an Embedder's
    ) -> Encoding:
        tokens = tuple(self._tokens(text) for text in texts)
        sums = np.array([rows.sum(axis=0) for rows in tokens], dtype=np.float32).reshape(-1, self.dimension)
        vectors = sums / np.linalg.norm(sums, axis=1, keepdims=True)
        return Encoding(vectors.astype(np.float32), tokens if self.has_token_vectors else None)

    def _tokens(self, text: str) -> NDArray[np.float32]:
        folded = [word.folded for word in words(text)]
        if not folded:
            raise TextRefusedError("the text is blank: write at least one word")
        seeds = [int.from_bytes(hashlib.sha256(word.encode()).digest()[:8], "big") for word in folded]
        rows = [np.random.default_rng(seed).standard_normal(self.dimension) for seed in seeds]
        return np.array(rows, dtype=np.float32)


REFERENCE = ReferenceSet(
    {
        (role, language): tuple(f"{role} {language} {subject}" for subject in ("river", "bread", "music", "train"))
        for role in Role
        for language in Language
    },
    digest="reference-1",
)


Questions = dict[str, dict[Language, tuple[str, ...]]]


def make_corpus(*articles: dict[str, dict[Language, str]], questions: Questions | None = None) -> Corpus:
    """A corpus with articles ``a0``, ``a1``….

    Args:
        articles: For each the passages: id to text by language.
        questions: What passages say they answer, by global id.
    """
    asked = questions or {}
    return Corpus(
        {
            f"a{number}": Article(
                id=f"a{number}",
                title="A title",
                publisher="A paper",
                published="2024",
                language=Language.FR,
                reliability=Reliability.PRESS,
                topics=("exports",),
                passages=tuple(
                    Passage(
                        id=passage,
                        kind=PassageKind.SUMMARY,
                        text=text,
                        questions=asked.get(f"a{number}#{passage}", {}),
                    )
                    for passage, text in passages.items()
                ),
            )
            for number, passages in enumerate(articles)
        },
        metrics={},
        entities={},
        topics={},
    )


def in_three(fr: str, ar: str, en: str) -> dict[Language, str]:
    """A passage's text in the three languages."""
    return {Language.FR: fr, Language.AR: ar, Language.EN: en}


EMPTY_CORPUS = make_corpus()
CORPUS = make_corpus(
    {
        "p1": in_three("exportations milliards dirhams", "صادرات مليار درهم", "exports billion dirhams"),
        "p2": in_three("emplois près mille", "مناصب الشغل ألف", "jobs nearly thousand"),
    },
    {"p1": in_three("ministre transition numérique", "وزيرة الانتقال الرقمي", "minister digital transition")},
    questions={"a0#p2": {Language.EN: ("how many people work", "employment level"), Language.FR: ("combien",)}},
)
