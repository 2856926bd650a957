"""Chooses the passages that answer a question, or the reason why none does."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace

from bot.answering.confidence import ConfidenceModel, quote_confidence
from bot.answering.features import NAMED, NOT_ASKED, FeatureReader, Features
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_choice import FigureChooser
from bot.answering.frame import NUMERIC, Frame, Intent, Quantity
from bot.answering.model import AbstentionReason, Evidence, Finding
from bot.answering.pairs import Pairs
from bot.answering.quantities import CURRENCIES, quantity_of
from bot.answering.verifier import Verifier
from bot.answering.vetoes import veto
from index.model import EmbeddedQuery, Hit, Query
from index.retrieval import Retriever
from knowledge.corpus import Corpus
from knowledge.model import PassageKind

CANDIDATES = 24
"""Passages that are weighed for a question; recall on the golden questions no longer grows behind 20."""

CITATIONS_AT_MOST = 3

PINNED_DOWN = 0.5
"""How much of the threshold the passage of a figure must reach that meets all a question pins down. Of 330 golden
figure questions 1.0 answers 96.1% rightly, 0.7 96.4%, 0.5 97.0%, 0.4 no more; near misses pass 4.7, 4.7, 4.7, 5.0%."""

WORTH_READING = 0.4
"""How much of the threshold a further passage must reach to be offered behind an answer. Of 206 golden answers 44%
then offer one; at 0.3 (54%) and below, passages about other subjects come."""

FURTHER_AT_MOST = 3

UNDECIDED = 0.0
"""The verifier's logit for a passage that is as likely to answer as not."""

FIGURE_QUANTITIES = NUMERIC | {Quantity.NUMBER}
COUNTED = frozenset({Quantity.AMOUNT, Quantity.COUNT})
FIGURE_INTENTS = frozenset({Intent.EVOLUTION, Intent.COMPARISON, Intent.GROWTH})

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

    @property
    def passage_id(self) -> str:
        """The passage weighed."""
        return self.candidate.hit.passage_id


class EvidenceFinder:
    """Retrieves, weighs and decides; figures and passages pass the same decision."""

    def __init__(
        self,
        corpus: Corpus,
        retriever: Retriever,
        *,
        reader: FeatureReader,
        verifier: Verifier,
        confidence: ConfidenceModel,
        figures: FigureChooser,
    ) -> None:
        self._figures = figures
        self._corpus = corpus
        self._pairs = Pairs(corpus)
        self._retriever = retriever
        self._reader = reader
        self._confidence = confidence
        self._verifier = verifier

    def candidates(
        self, frame: Frame, query: EmbeddedQuery, figures: Sequence[FigureAnswer] = ()
    ) -> tuple[Candidate, ...]:
        """The passages that come into question for a Frame: the nearest, and those that hold figures that fit."""
        fitting = frozenset(dated.passage_id for answer in figures for dated in answer.shown)
        hits = self._retriever.search(query, CANDIDATES, fitting)
        tokens = [self._retriever.token_vectors(hit.passage_id, hit.language) for hit in hits]
        verdicts = self._verifier.judge(query.tokens, tokens)
        features = self._reader.read(frame, self._reader.question_terms(frame), hits, fitting, verdicts)
        # Of another country no figure can fit, and a passage must be about it anyway.
        unmet = asks_for_figure(frame) and not figures and not frame.countries
        meant = self._figures.meant(frame) if unmet else frozenset[str]()
        return tuple(
            Candidate(hit, each, self._veto(frame, hit.passage_id, meant, believed=verdict > UNDECIDED))
            for hit, each, verdict in zip(hits, features, verdicts, strict=True)
        )

    def _veto(self, frame: Frame, passage_id: str, meant: frozenset[str], *, believed: bool) -> AbstentionReason | None:
        """Why a passage cannot answer; also where its figures are of metrics of which none fits, or of other kinds.

        Args:
            frame: The question.
            passage_id: The passage.
            meant: The metrics that the question means, where it asks for a figure and none fits; else none.
            believed: Whether the verifier thinks that the passage rather answers. Metrics are then not insisted on:
                they are read from names, and "how much did start-ups raise" names a number of start-ups.
        """
        facts = self._reader.facts(passage_id)
        reason = veto(frame, facts)
        if reason is not None or believed or not meant:
            return reason
        kinds = {quantity_of(self._corpus.metrics[metric].unit) for metric in meant}
        held = {quantity_of(self._corpus.metrics[metric].unit) for metric in facts.metrics} or facts.quantities
        if facts.metrics & meant or held.isdisjoint(kinds):
            return AbstentionReason.OTHER_PERIOD if frame.periods else AbstentionReason.NO_PASSAGE
        return None

    def find(self, frame: Frame) -> Finding:
        """Choose evidence for one question, or say why there is none.

        Raises:
            TextRefusedError: The question is blank or too long.
        """
        query = self._retriever.embed(Query(frame.text, frame.language))
        figures = self._figures.choose(frame)
        candidates = self.candidates(frame, query, figures)
        weighed = self._weigh([candidate for candidate in candidates if candidate.veto is None])
        ranked = tuple(each.passage_id for each in weighed)
        confidence = weighed[0].confidence if weighed else 0.0
        sure = [each for each in weighed if each.confidence >= self._confidence.threshold]
        # What takes several values, an evolution say, no passage answers alone, as the verifier knows.
        several = len(frame.times) > 1 or any(each.shape is not Shape.VALUE for each in figures)
        grounds = self._weigh_unjudged([each.candidate for each in weighed]) if several else weighed
        figures = self._supported(frame, figures, grounds) or self._inferred(frame, sure)
        if sure and self._said_in_currency(frame, figures, sure[0].passage_id):
            figures = ()
        passing = tuple(each.passage_id for each in sure)
        if figures:
            return replace(self._figure_finding(frame, query, figures, grounds), passing=passing)
        if confidence < self._confidence.threshold:
            return Finding(frame, query, reason=self._reason(candidates), confidence=confidence, ranked=ranked)
        first, *others = (self._evidence(e.passage_id, e.confidence) for e in (weighed[0], *self._further(weighed)))
        first = replace(first, answering=self._reader.answering(frame, first.passage_id))
        return Finding(
            frame,
            query,
            (first, *others),
            confidence=confidence,
            incomplete=frame.intent is Intent.LIST,
            further=self._worth_reading(weighed, {first.passage_id, *(each.passage_id for each in others)}),
            passing=passing,
            ranked=ranked,
        )

    def _supported(
        self, frame: Frame, figures: Sequence[FigureAnswer], weighed: Sequence[Weighed]
    ) -> tuple[FigureAnswer, ...]:
        """Of the figures that fit, those whose passages pass the decision that every passage must pass.

        A question that asks outright for a figure, and that the figure meets in all it pins down, has said most of
        what makes a passage likely to answer: less likeness is then enough. A figure of another metric that may be
        meant, or of others than those named, does not meet it in all.
        """
        if not weighed or not figures or frame.quantity in NAMED:
            return ()
        outright = asks_for_figure(frame)
        if not outright:
            # "How often is the bonus paid?" asks something else about it; "offshoring jobs 2024" nothing else.
            figures = () if frame.rest else [each for each in figures if each.holds(weighed[0].passage_id)]

        def least(figure: FigureAnswer, holder: Weighed) -> float:
            met = outright and figure.metric in frame.metrics and _meets_names(holder.candidate.features)
            return self._confidence.threshold * (PINNED_DOWN if met else 1)

        return tuple(
            figure
            for figure in figures
            if any(figure.holds(each.passage_id) and each.confidence >= least(figure, each) for each in weighed)
        )

    def _said_in_currency(self, frame: Frame, figures: Sequence[FigureAnswer], passage_id: str) -> bool:
        """Whether a passage speaks of the currency asked for, which no figure has."""
        asked = frame.constraints & CURRENCIES.keys()
        units = {line.shown.figure.unit for each in figures for line in each.lines}
        other = units.isdisjoint(CURRENCIES[currency] for currency in asked)
        return bool(asked) and other and asked <= self._reader.facts(passage_id).constraints

    def _inferred(self, frame: Frame, sure: Sequence[Weighed]) -> tuple[FigureAnswer, ...]:
        """The figures of the metric that the best passage is about, where a number is asked for without a metric."""
        if not sure or frame.quantity not in FIGURE_QUANTITIES:
            return ()
        best = sure[0].passage_id
        metrics = self._reader.facts(best).metrics
        kinds = {quantity_of(self._corpus.metrics[metric].unit) for metric in metrics}
        # "How much" and "how many" alone ask for no rank and no share.
        wanted = COUNTED if frame.quantity is Quantity.NUMBER else {frame.quantity}
        if len(metrics) != 1 or kinds.isdisjoint(wanted):
            return ()
        figures = self._figures.choose(replace(frame, metrics=tuple(metrics)))
        return tuple(each for each in figures if each.holds(best))

    def _figure_finding(
        self, frame: Frame, query: EmbeddedQuery, figures: tuple[FigureAnswer, ...], weighed: Sequence[Weighed]
    ) -> Finding:
        known = {each.passage_id: each.confidence for each in weighed}
        shown = dict.fromkeys(dated.passage_id for answer in figures for dated in answer.shown)
        confidence = max((known[passage_id] for passage_id in shown if passage_id in known), default=0.0)
        evidence = tuple(self._evidence(passage_id, known.get(passage_id, confidence)) for passage_id in shown)
        ranked = tuple(each.passage_id for each in weighed)
        further = self._worth_reading(weighed, shown)
        return Finding(frame, query, evidence, confidence=confidence, figures=figures, ranked=ranked, further=further)

    def _worth_reading(self, weighed: Sequence[Weighed], shown: Container[str]) -> tuple[str, ...]:
        """Passages that are not shown and may interest a reader of those that are."""
        least = WORTH_READING * self._confidence.threshold
        others = (each for each in weighed if each.confidence >= least and each.passage_id not in shown)
        return tuple(each.passage_id for each in others)[:FURTHER_AT_MOST]

    def _weigh_unjudged(self, candidates: Sequence[Candidate]) -> list[Weighed]:
        """As `_weigh`, without what the verifier says: it doubts, rightly, a passage of another place or time too."""
        return self._weigh([replace(each, features=each.features.unjudged()) for each in candidates])

    def _weigh(self, candidates: Sequence[Candidate]) -> list[Weighed]:
        ids = [candidate.hit.passage_id for candidate in candidates]
        claims = [self._reader.facts(each).claims | self._pairs.told_twice(each) for each in ids]
        weights = self._confidence.weigh([candidate.features for candidate in candidates], claims)
        weighed = [
            Weighed(candidate, score, quote_confidence(confidence) if self._is_quote(candidate) else confidence)
            for candidate, (score, confidence) in zip(candidates, weights, strict=True)
        ]
        return sorted(weighed, key=lambda each: -each.score)

    def _is_quote(self, candidate: Candidate) -> bool:
        _, passage = self._corpus.passages[candidate.hit.passage_id]
        return passage.kind is PassageKind.VERBATIM

    def _reason(self, candidates: Sequence[Candidate]) -> AbstentionReason:
        """Another period or place, where that alone kept a passage of some promise from answering."""
        weighed = self._weigh_unjudged(candidates)
        best = weighed[0] if weighed else None
        if best is None or best.candidate.veto is None:
            return AbstentionReason.NO_PASSAGE
        promising = best.confidence >= self._confidence.threshold
        return best.candidate.veto if promising else AbstentionReason.NO_PASSAGE

    def _further(self, weighed: Sequence[Weighed]) -> list[Weighed]:
        """More sources where they add something: another article's word on the same, or another item of a list."""
        best, *others = weighed
        least = max(self._confidence.threshold, FURTHER_CONFIDENCE * best.confidence)
        return [each for each in others if each.confidence >= least][: CITATIONS_AT_MOST - 1]

    def _evidence(self, passage_id: str, confidence: float) -> Evidence:
        article, passage = self._corpus.passages[passage_id]
        return Evidence(passage_id, article, passage, confidence)


def _meets_names(features: Features) -> bool:
    """Whether a passage is about who and what a question names, as far as that is known at all."""
    return not features.stranger and features.entity >= NOT_ASKED


def asks_for_figure(frame: Frame) -> bool:
    """Whether a question asks for a figure outright, and not for anything that a passage says of it."""
    return frame.quantity in FIGURE_QUANTITIES or frame.intent in FIGURE_INTENTS or bool(frame.values)
