"""The topics nearest to a question that has no answer."""

from __future__ import annotations

import functools

import numpy as np

from index.retrieval import Retriever
from index.vectors import Vectors
from knowledge.corpus import Corpus
from knowledge.language import Language

NEAREST = 3


class TopicFinder:
    """Ranks topics by how near their name and example lie to a question."""

    def __init__(self, corpus: Corpus, retriever: Retriever) -> None:
        self._topics = corpus.topics
        self._retriever = retriever

    def nearest(self, vector: Vectors, language: Language) -> tuple[str, ...]:
        """The ids of the three nearest topics, nearest first.

        Args:
            vector: A question's embedding, float32, shape (dim,), centred, unit length.
            language: The language whose topic names it is compared with.
        """
        scores = self._vectors(language) @ vector
        ids = list(self._topics)
        return tuple(ids[i] for i in np.argsort(-scores, kind="stable")[:NEAREST])

    @functools.cache  # noqa: B019 - one finder lives as long as the process, and there are three languages
    def _vectors(self, language: Language) -> Vectors:
        texts = [
            f"{topic.names.in_language(language)}. {topic.examples.in_language(language)}"
            for topic in self._topics.values()
        ]
        return self._retriever.embed_passages(texts, language)
