"""The topics nearest to a question that has no answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pytest

from bot.answering.topics import NEAREST, TopicFinder
from bot.composition import Foundations, load_retriever
from index.model import Query
from index.retrieval import Retriever
from index.vectors import Vectors
from knowledge.language import Language
from made_corpus import TOPICS, make_corpus


class OneAxisATopic:
    """Embeds the n-th text as the n-th axis, and keeps what it was given."""

    def __init__(self) -> None:
        self.given: list[tuple[list[str], Language]] = []

    def embed_passages(self, texts: Sequence[str], language: Language) -> Vectors:
        self.given.append((list(texts), language))
        return np.eye(len(texts), dtype=np.float32)


def made_finder() -> tuple[TopicFinder, OneAxisATopic]:
    retriever = OneAxisATopic()
    return TopicFinder(make_corpus(), cast("Retriever", retriever)), retriever


def test_the_three_nearest_topics_come_nearest_first() -> None:
    finder, _ = made_finder()
    vector = np.array([0.1, 0.5, -0.2, 0.9, 0.3], dtype=np.float32)
    assert finder.nearest(vector, Language.EN) == ("parks", "exports", "training")
    assert NEAREST == 3


def test_topics_equally_near_keep_the_order_of_the_file() -> None:
    finder, _ = made_finder()
    assert finder.nearest(np.zeros(5, dtype=np.float32), Language.EN) == tuple(TOPICS)[:3]


def test_names_and_examples_are_compared_in_the_language_asked_for_and_embedded_once() -> None:
    finder, retriever = made_finder()
    for language in (Language.FR, Language.AR, Language.FR):
        finder.nearest(np.zeros(5, dtype=np.float32), language)
    (french, first), (arabic, second) = retriever.given
    assert (first, second) == (Language.FR, Language.AR)
    assert french[0] == "jobs en français. Combien, jobs ?"
    assert arabic[0] == "jobs بالعربية. كم jobs؟"


@pytest.mark.model
@pytest.mark.parametrize("language", Language)
def test_the_example_of_a_shipped_topic_lies_near_its_own_topic(foundations: Foundations, language: Language) -> None:
    retriever = load_retriever(foundations)
    finder = TopicFinder(foundations.corpus, retriever)
    for topic in ("jobs", "exports", "morocco-tech", "gitex-africa"):
        example = foundations.corpus.topics[topic].examples.in_language(language)
        vector = retriever.embed(Query(example, language)).vector
        assert finder.nearest(vector, language)[0] == topic
