"""Which quote and which summary of one article say the same, so that they are shown as one source."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from index.lexical import terms
from knowledge.corpus import Corpus, passage_id
from knowledge.model import Article, Passage, PassageKind

LEAST_SHARED = 0.3
"""The share of a summary's words in the source's language that its quote must hold: summaries are in other words, but
names and numbers stay. Chosen by eye, not measured."""


class Pairs:
    """The quote of a summary and the summary of a quote, for articles that have both."""

    def __init__(self, corpus: Corpus) -> None:
        self._partners: dict[str, str] = {}
        self._summaries: set[str] = set()
        self._told_twice: dict[str, frozenset[tuple[str, str]]] = {}
        for article in corpus.articles.values():
            if article.source is not None:
                self._pair(article)

    def partner(self, passage: str) -> str | None:
        """The passage that says the same in the other kind; None where there is none."""
        return self._partners.get(passage)

    def told_twice(self, passage: str) -> frozenset[tuple[str, str]]:
        """What a passage shares with its partner; the two are no rivals for an answer."""
        return self._told_twice.get(passage, frozenset())

    def side_by_side(self, passages: Iterable[str], most: int) -> tuple[str, ...]:
        """The passages, each behind or before its partner, the summary first; no more than so many.

        Args:
            passages: Global ids, best first.
            most: How many may be shown; the passages themselves come before partners of later ones.
        """
        shown: list[str] = []
        for passage in passages:
            partner = self.partner(passage)
            if passage in shown or len(shown) >= most:
                continue
            both = [passage] if partner is None or len(shown) + 1 >= most else [passage, partner]
            shown += sorted(both, key=lambda each: each not in self._summaries)
        return tuple(shown)

    def _pair(self, article: Article) -> None:
        of_kind = {kind: [each for each in article.passages if each.kind is kind] for kind in PassageKind}
        quotes = [(each, _forms(each, article)) for each in of_kind[PassageKind.VERBATIM]]
        summaries = [(each, _forms(each, article)) for each in of_kind[PassageKind.SUMMARY]]
        self._summaries |= {passage_id(article, each) for each, _ in summaries}
        for quote, held in quotes:
            self._note(article, quote, [(summary, _shared(said, held)) for summary, said in summaries])
        for summary, said in summaries:
            self._note(article, summary, [(quote, _shared(said, held)) for quote, held in quotes])

    def _note(self, article: Article, passage: Passage, others: Sequence[tuple[Passage, float]]) -> None:
        best, share = max(others, key=lambda each: each[1], default=(passage, 0.0))
        if share >= LEAST_SHARED:
            one, other = passage_id(article, passage), passage_id(article, best)
            self._partners[one] = other
            pair = frozenset({(min(one, other), max(one, other))})
            for each in (one, other):
                self._told_twice[each] = self._told_twice.get(each, frozenset()) | pair


def _forms(passage: Passage, article: Article) -> list[frozenset[str]]:
    return list(terms(passage.text.get(article.language, "")))


def _shared(said: Sequence[frozenset[str]], held: Sequence[frozenset[str]]) -> float:
    """The share of a summary's terms that a quote holds."""
    forms = frozenset().union(*held)
    return sum(not forms.isdisjoint(term) for term in said) / len(said) if said else 0.0
