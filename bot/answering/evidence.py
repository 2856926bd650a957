"""Chooses the passages that answer a question, or the reason why none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answering.confidence import ConfidenceModel
from bot.answering.features import ONLY_APPEARED, FeatureReader, Features, period_fit
from bot.answering.frame import Frame, Intent
from bot.answering.model import AbstentionReason, Evidence, Finding
from bot.answering.passage_facts import LONGEST_REPEATED_DATE, PassageFacts
from index.model import EmbeddedQuery, Hit, Query
from index.retrieval import Retriever
from knowledge.model import Corpus

CANDIDATES = 24
"""Passages that are weighed for a question; recall on the golden questions no longer grows behind 20."""

CITATIONS_AT_MOST = 3
LIST_CITATIONS_AT_MOST = 6

# A question about one year is not answered with a total over five.
LEAST_PERIOD_FIT = 0.3

# A further source must be nearly as sure as the first, so that length buys nothing.
FURTHER_CONFIDENCE = 0.6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage weighed against a Frame.

    Attributes:
        veto: Why it cannot answer, however well it fits.
    """

    hit: Hit
    features: Features
    confidence: float
    veto: AbstentionReason | None


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
        """The passages weighed for a Frame and its embedding, most confident first."""
        hits = self._retriever.search(query, CANDIDATES)
        features = self._reader.read(frame, self._reader.question_terms(frame), hits)
        weighed = [
            Candidate(hit, each, self._confidence.probability(each), self._veto(frame, hit.passage_id))
            for hit, each in zip(hits, features, strict=True)
        ]
        return tuple(sorted(weighed, key=lambda candidate: (-candidate.confidence, candidate.hit.rank)))

    def find(self, frame: Frame) -> Finding:
        """Choose evidence for one question, or say why there is none.

        Raises:
            TextRefusedError: The question is blank or too long.
        """
        query = self._retriever.embed(Query(frame.text, frame.language))
        candidates = self.candidates(frame, query)
        allowed = [candidate for candidate in candidates if candidate.veto is None]
        confidence = allowed[0].confidence if allowed else 0.0
        if confidence < self._confidence.threshold:
            return Finding(frame, query, reason=self._reason(candidates), confidence=confidence)
        chosen = [allowed[0], *self._further(frame, allowed)]
        return Finding(
            frame,
            query,
            tuple(self._evidence(candidate) for candidate in chosen),
            confidence=confidence,
            incomplete=frame.intent is Intent.LIST,
        )

    def _reason(self, candidates: Sequence[Candidate]) -> AbstentionReason:
        """Another period or place, where that alone kept a good passage from answering."""
        best = candidates[0] if candidates else None
        if best is None or best.veto is None or best.confidence < self._confidence.threshold:
            return AbstentionReason.NO_PASSAGE
        return best.veto

    def _further(self, frame: Frame, allowed: Sequence[Candidate]) -> list[Candidate]:
        """More sources where they add something: another article's word on the same, or another item of a list."""
        best, *others = allowed
        limit = LIST_CITATIONS_AT_MOST if frame.intent is Intent.LIST else CITATIONS_AT_MOST
        chosen: list[Candidate] = []
        for candidate in others:
            if len(chosen) + 1 == limit or candidate.confidence < FURTHER_CONFIDENCE * best.confidence:
                break
            if candidate.confidence >= self._confidence.threshold:
                chosen.append(candidate)
        return chosen

    def _veto(self, frame: Frame, passage_id: str) -> AbstentionReason | None:
        facts = self._reader.facts(passage_id)
        if not (frame.countries <= facts.countries and frame.cities <= facts.cities):
            return AbstentionReason.OTHER_PLACE
        if not frame.constraints <= facts.constraints:
            return AbstentionReason.NO_PASSAGE
        if frame.periods and _other_period(frame, facts):
            return AbstentionReason.OTHER_PERIOD
        return None

    def _evidence(self, candidate: Candidate) -> Evidence:
        article, passage = self._corpus.passages[candidate.hit.passage_id]
        return Evidence(candidate.hit.passage_id, article, passage, candidate.confidence)


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
