"""Chooses the passages that answer a question, or the reason why none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.confidence import ConfidenceModel
from bot.answering.features import ONLY_APPEARED, FeatureReader, Features, period_fit
from bot.answering.frame import Frame, Intent, Quantity
from bot.answering.model import AbstentionReason, Evidence, Finding
from bot.answering.passage_facts import LONGEST_REPEATED_DATE, PassageFacts
from index.model import EmbeddedQuery, Hit, Query
from index.retrieval import Retriever
from knowledge.model import Corpus

CANDIDATES = 24
"""Passages that are weighed for a question; recall on the golden questions no longer grows behind 20."""

CITATIONS_AT_MOST = 3
LIST_CITATIONS_AT_MOST = 6

# Asked how many or how much, a passage without such a number has no answer, however much it is about the subject.
# Shares and ranks are left to the weights: their words also stand in questions that ask for neither.
COUNTABLE = frozenset({Quantity.COUNT, Quantity.AMOUNT, Quantity.NUMBER})

# How near the threshold a passage must come for its period or place to be named as the reason of a refusal.
PROMISING = 0.5

# A question about one year is not answered with a total over three.
LEAST_PERIOD_FIT = 0.4

# A further source must be nearly as sure as the first, so that length buys nothing.
FURTHER_CONFIDENCE = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage compared with a Frame.

    Attributes:
        veto: Why it cannot answer, however well it fits.
    """

    hit: Hit
    features: Features
    veto: AbstentionReason | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate with its rank score and P(it answers), 0 to 1."""

    candidate: Candidate
    score: float
    confidence: float


class EvidenceFinder:
    """Retrieves, weighs and decides; figures and passages pass the same decision."""

    def __init__(
        self, corpus: Corpus, retriever: Retriever, reader: FeatureReader, confidence: ConfidenceModel
    ) -> None:
        self._corpus = corpus
        self._retriever = retriever
        self._reader = reader
        self._confidence = confidence

    def candidates(self, frame: Frame, query: EmbeddedQuery) -> tuple[Candidate, ...]:
        """The passages that come into question for a Frame, in the order of retrieval."""
        hits = self._retriever.search(query, CANDIDATES)
        features = self._reader.read(frame, self._reader.question_terms(frame), hits)
        return tuple(
            Candidate(hit, each, self._veto(frame, hit.passage_id)) for hit, each in zip(hits, features, strict=True)
        )

    def find(self, frame: Frame) -> Finding:
        """Choose evidence for one question, or say why there is none.

        Raises:
            TextRefusedError: The question is blank or too long.
        """
        query = self._retriever.embed(Query(frame.text, frame.language))
        candidates = self.candidates(frame, query)
        weighed = self._weigh([candidate for candidate in candidates if candidate.veto is None])
        confidence = weighed[0].confidence if weighed else 0.0
        if confidence < self._confidence.threshold:
            return Finding(frame, query, reason=self._reason(candidates), confidence=confidence)
        chosen = [weighed[0], *self._further(frame, weighed)]
        return Finding(
            frame,
            query,
            tuple(self._evidence(each) for each in chosen),
            confidence=confidence,
            incomplete=frame.intent is Intent.LIST,
        )

    def _weigh(self, candidates: Sequence[Candidate]) -> list[Weighed]:
        weights = self._confidence.weigh([candidate.features for candidate in candidates])
        weighed = [
            Weighed(candidate, score, confidence)
            for candidate, (score, confidence) in zip(candidates, weights, strict=True)
        ]
        return sorted(weighed, key=lambda each: -each.score)

    def _reason(self, candidates: Sequence[Candidate]) -> AbstentionReason:
        """Another period or place, where that alone kept a passage of some promise from answering."""
        weighed = self._weigh(candidates)
        best = weighed[0] if weighed else None
        if best is None or best.candidate.veto is None:
            return AbstentionReason.NO_PASSAGE
        promising = best.confidence >= PROMISING * self._confidence.threshold
        return best.candidate.veto if promising else AbstentionReason.NO_PASSAGE

    def _further(self, frame: Frame, weighed: Sequence[Weighed]) -> list[Weighed]:
        """More sources where they add something: another article's word on the same, or another item of a list."""
        best, *others = weighed
        limit = LIST_CITATIONS_AT_MOST if frame.intent is Intent.LIST else CITATIONS_AT_MOST
        least = max(self._confidence.threshold, FURTHER_CONFIDENCE * best.confidence)
        return [each for each in others if each.confidence >= least][: limit - 1]

    def _veto(self, frame: Frame, passage_id: str) -> AbstentionReason | None:
        facts = self._reader.facts(passage_id)
        if not (frame.countries <= facts.countries and frame.cities <= facts.cities):
            return AbstentionReason.OTHER_PLACE
        if not frame.constraints <= facts.constraints:
            return AbstentionReason.NO_PASSAGE
        if frame.quantity in COUNTABLE and not _holds_such_a_number(frame, facts):
            return AbstentionReason.NO_PASSAGE
        if frame.periods and _other_period(frame, facts):
            return AbstentionReason.OTHER_PERIOD
        return None

    def _evidence(self, weighed: Weighed) -> Evidence:
        passage_id = weighed.candidate.hit.passage_id
        article, passage = self._corpus.passages[passage_id]
        return Evidence(passage_id, article, passage, weighed.confidence)


def _holds_such_a_number(frame: Frame, facts: PassageFacts) -> bool:
    """Whether a passage has a number of the kind asked for, of the metric and about the organisation that are named."""
    if frame.metrics and not (facts.metrics | facts.related).intersection(frame.metrics):
        return False
    if frame.organisations and not facts.entities.intersection(frame.organisations):
        return False
    return frame.quantity in facts.quantities


def _other_period(frame: Frame, facts: PassageFacts) -> bool:
    """Whether a passage is about another time than the one asked for.

    That an article appeared in the year asked for says nothing about a figure of an earlier year that it reports,
    unless the question names the source or its very date: "what did Le Matin say in 2019", "the June 2019 review".
    """
    fit = period_fit(frame, facts)
    if fit < LEAST_PERIOD_FIT:
        return True
    only_appeared = fit == ONLY_APPEARED and bool(facts.periods)
    dated_like_the_article = any(span.days <= LONGEST_REPEATED_DATE for span in frame.periods)
    return only_appeared and not dated_like_the_article and not facts.entities.intersection(frame.entities)
