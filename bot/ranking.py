"""Where the passages that a golden question is about stand among those that were weighed for it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.golden import GoldenKind, GoldenQuestion, normalised
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Passage

RANKED = frozenset({GoldenKind.FACT, GoldenKind.LIST})
"""Kinds of which one passage may hold the whole answer."""


class RightPassages:
    """Which passages of a corpus hold what golden questions expect."""

    def __init__(self, corpus: Corpus) -> None:
        self._passages = {key: (article.id, _texts(passage)) for key, (article, passage) in corpus.passages.items()}

    def meeting(self, question: GoldenQuestion) -> frozenset[str]:
        """Ids of the passages that hold all that is expected, whatever their article.

        They must hold it in the question's language, or in any where they have no text in it. None for other kinds
        than `RANKED`, and where nothing is expected.
        """
        if question.kind not in RANKED or not question.expect:
            return frozenset()
        wanted = [re.compile(each, re.IGNORECASE) for each in question.expect]
        return frozenset(
            passage_id
            for passage_id, (_, texts) in self._passages.items()
            if any(
                all(each.search(text) for each in wanted)
                for text in ([texts[question.language]] if question.language in texts else texts.values())
            )
        )

    def of(self, question: GoldenQuestion) -> frozenset[str]:
        """Those of them that are of the article named, or all where the question names none."""
        meeting = self.meeting(question)
        return frozenset(each for each in meeting if question.article in {None, self._passages[each][0]})


def reciprocal_rank(ranked: Sequence[str], right: frozenset[str]) -> float | None:
    """1 over the rank of the first right passage, 0 where none was weighed; None where no passage is right.

    Args:
        ranked: Ids of the passages weighed, best first.
        right: Ids of the right ones.
    """
    if not right:
        return None
    return next((1 / rank for rank, passage_id in enumerate(ranked, start=1) if passage_id in right), 0.0)


def _texts(passage: Passage) -> dict[Language, str]:
    return {language: normalised(text) for language, text in passage.text.items()}
