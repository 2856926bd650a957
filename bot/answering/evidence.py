"""Chooses the passages that answer a question, or the reason why none does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.answering.confidence import ConfidenceModel
from bot.answering.features import FeatureReader, Features
from bot.answering.frame import Frame, Intent
from bot.answering.model import AbstentionReason, Evidence, Finding
from bot.answering.vetoes import COUNTABLE, veto
from index.model import EmbeddedQuery, Hit, Query
from index.retrieval import Retriever
from knowledge.corpus import Corpus

CANDIDATES = 24
"""Passages that are weighed for a question; recall on the golden questions no longer grows behind 20."""

CITATIONS_AT_MOST = 3

# How near the threshold a passage must come for its period or place to be named as the reason of a refusal.
PROMISING = 0.5

# A further source must be nearly as sure as the first, so that length buys nothing.
FURTHER_CONFIDENCE = 0.8


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
            Candidate(hit, each, veto(frame, self._reader.facts(hit.passage_id)))
            for hit, each in zip(hits, features, strict=True)
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
        weighed = self._latest_first(frame, weighed)
        chosen = [weighed[0], *self._further(weighed)]
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

    def _latest_first(self, frame: Frame, weighed: list[Weighed]) -> list[Weighed]:
        """Asked for a metric and no time, the latest level that was reached leads, before older and undated ones."""
        if frame.quantity not in COUNTABLE or frame.periods or frame.intent is Intent.TARGET:
            return weighed

        def reached(each: Weighed) -> date:
            levels = self._reader.facts(each.candidate.hit.passage_id).levels
            sure = each.confidence >= self._confidence.threshold
            return max((levels.get(metric, date.min) for metric in frame.metrics if sure), default=date.min)

        latest = max(weighed, key=reached)
        if reached(latest) == date.min:
            return weighed
        return [latest, *(each for each in weighed if each is not latest)]

    def _reason(self, candidates: Sequence[Candidate]) -> AbstentionReason:
        """Another period or place, where that alone kept a passage of some promise from answering."""
        weighed = self._weigh(candidates)
        best = weighed[0] if weighed else None
        if best is None or best.candidate.veto is None:
            return AbstentionReason.NO_PASSAGE
        promising = best.confidence >= PROMISING * self._confidence.threshold
        return best.candidate.veto if promising else AbstentionReason.NO_PASSAGE

    def _further(self, weighed: Sequence[Weighed]) -> list[Weighed]:
        """More sources where they add something: another article's word on the same, or another item of a list."""
        best, *others = weighed
        least = max(self._confidence.threshold, FURTHER_CONFIDENCE * best.confidence)
        return [each for each in others if each.confidence >= least][: CITATIONS_AT_MOST - 1]

    def _evidence(self, weighed: Weighed) -> Evidence:
        passage_id = weighed.candidate.hit.passage_id
        article, passage = self._corpus.passages[passage_id]
        return Evidence(passage_id, article, passage, weighed.confidence)
