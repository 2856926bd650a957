"""How well a passage fits a Frame, as numbers that the confidence model weighs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, fields, replace

from bot.answering.cues import Cues
from bot.answering.frame import NUMERIC, Frame, Intent, Quantity
from bot.answering.passage_facts import PassageFacts, read_passage_facts
from bot.answering.sentence import SentenceFinder
from bot.answering.verifier import LARGEST_LOGIT
from index.lexical import LexicalIndex, Term, terms
from index.model import Hit
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import FigureStatus
from knowledge.names import NameIndex
from knowledge.periods import Span
from knowledge.sentences import Stretch

NAMED = frozenset({Quantity.DATE, Quantity.PERSON, Quantity.PLACE, Quantity.REASON})

NOT_ASKED = 0.5
"""The value of a fit that the question does not ask for: halfway between fitting and not."""


@dataclass(frozen=True, slots=True)
class Features:
    """One passage against one Frame. All values lie between -1 and 1; higher fits better, but for ``unknown``.

    Attributes:
        dense: Likeness of the text vectors.
        late: Late-interaction score with the text.
        weak: The same over the question's worst matched quarter: low where a subject is missing.
        asked: Late-interaction score with the nearest question that the passage says it answers.
        asked_weak: The same over the question's worst matched quarter.
        covered: Weighted share of the question's words that the passage or its names hold.
        unknown: Weighted share of the question's words that no passage holds.
        metric: Whether a figure is of a metric asked for (1), of a related one, or not (0).
        period: How exactly a period of the passage meets the one asked for.
        stranger: Whether the question names, in capital or Latin letters, something that no passage knows.
        entity: Share of the entities asked for that the passage is about.
        number: Whether the passage holds the kind of number asked for.
        counted: Whether it speaks of the thing that the question asks the number of.
        named: Whether it holds a date, person, place or reason, where one is asked for.
        target: Whether targets meet a question about targets, and actuals one about actuals.
        place: Whether it names the countries asked for itself, and not only its article.
        detail: Whether it speaks of the branches and details that the question names.
        rest: Share of the question's words beside its metrics, names and cues that the passage holds; 1 without any.
        sure_figure: The same where a figure of the passage is what the question pins down, else 0.
        verified: The verifier's logit over the largest one.
        decided: The square of that: how decided the verifier is, whichever way. It is less often right where it is not.
        figure: Whether one of its figures is what the question pins down, or no figure is; halfway without a metric.
    """

    dense: float
    late: float
    weak: float
    asked: float
    asked_weak: float
    covered: float
    unknown: float
    stranger: float
    metric: float
    period: float
    entity: float
    number: float
    counted: float
    named: float
    target: float
    place: float
    detail: float
    figure: float
    rest: float
    sure_figure: float
    verified: float
    decided: float

    def values(self) -> tuple[float, ...]:
        """The features in the order of `names`."""
        return astuple(self)

    def unjudged(self) -> Features:
        """The same where the verifier has no opinion."""
        return replace(self, verified=0.0, decided=0.0)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """The features' names, in order."""
        return tuple(each.name for each in fields(cls))


@dataclass(frozen=True, slots=True)
class _Asked:
    """What of a question is the same for every hit: correcting a misspelt word is slow."""

    terms: tuple[Term, ...]
    rest: tuple[Term, ...]
    unknown: float
    stranger: float


class FeatureReader:
    """Compares Frames with passages."""

    def __init__(
        self, corpus: Corpus, lexical: LexicalIndex, cues: Cues, facts: Mapping[str, PassageFacts] | None = None
    ) -> None:
        """Take a corpus, and the facts of its passages where they are known already."""
        self._corpus = corpus
        self._lexical = lexical
        self._facts = read_passage_facts(corpus, cues) if facts is None else facts
        self._sentences = SentenceFinder(corpus, lexical, cues, NameIndex.of(corpus.entities))

    def facts(self, passage_id: str) -> PassageFacts:
        """What is known of a passage."""
        return self._facts[passage_id]

    def answering(self, frame: Frame, passage_id: str) -> Mapping[Language, Stretch]:
        """The sentence of a passage that answers, in each language that it has."""
        _, passage = self._corpus.passages[passage_id]
        return self._sentences.find(frame, self.question_terms(frame), passage)

    def question_terms(self, frame: Frame) -> tuple[Term, ...]:
        """The content words of a question, misspelt ones corrected; words that only name a period left out."""
        years = {form for span in frame.periods for form in (f"#{span.start.year}", f"#{span.end.year}")}
        found = (self._lexical.correct(term) for term in frame.terms)
        return tuple(term for term in found if term.isdisjoint(years))

    def read(
        self,
        frame: Frame,
        question: Sequence[Term],
        hits: Sequence[Hit],
        fitting: frozenset[str],
        verdicts: Sequence[float],
    ) -> tuple[Features, ...]:
        """The features of each hit.

        Args:
            frame: The question, read.
            question: Its terms, as `question_terms` gives them.
            hits: The passages.
            fitting: Ids of the passages that hold a figure which the Frame pins down.
            verdicts: What `Verifier.judge` says of each.
        """
        named = frozenset(form for term in self._named_terms(frame) for form in term)
        asked = _Asked(
            terms=tuple(question),
            rest=tuple(self._lexical.correct(term) for term in frame.rest),
            unknown=self._lexical.unknown(question, named),
            stranger=float(any(self._lexical.is_unknown(term, named) for term in frame.names)),
        )
        return tuple(
            self._read_one(frame, asked, hit, verdict, fits=hit.passage_id in fitting)
            for hit, verdict in zip(hits, verdicts, strict=True)
        )

    def _read_one(self, frame: Frame, asked: _Asked, hit: Hit, verdict: float, *, fits: bool) -> Features:
        facts = self._facts[hit.passage_id]
        rest = self._lexical.covered(asked.rest, hit.passage_id, facts.names) if asked.rest else 1.0
        return Features(
            dense=hit.text.dense,
            late=hit.text.late,
            weak=hit.text.weak,
            asked=hit.asked.late,
            asked_weak=hit.asked.weak,
            covered=self._lexical.covered(asked.terms, hit.passage_id, facts.names),
            unknown=asked.unknown,
            stranger=asked.stranger,
            metric=_metric_fit(frame, facts),
            period=period_fit(frame, facts),
            entity=_entity_fit(frame, facts),
            number=_fit(frame.quantity, NUMERIC | {Quantity.NUMBER}, facts),
            counted=_counted_fit(frame, facts),
            named=_fit(frame.quantity, NAMED, facts),
            target=_target_fit(frame, facts),
            place=float(frame.countries <= facts.countries) if frame.countries else NOT_ASKED,
            detail=_share(tuple(frame.constraints), facts.constraints),
            figure=float(fits) if frame.metrics else NOT_ASKED,
            rest=rest,
            sure_figure=rest if fits else 0.0,
            verified=verdict / LARGEST_LOGIT,
            decided=(verdict / LARGEST_LOGIT) ** 2,
        )

    def _named_terms(self, frame: Frame) -> list[Term]:
        """The words of every name of what the Frame recognised: known, though no passage may hold them."""
        groups = [self._corpus.metrics[m] for m in frame.metrics] + [self._corpus.entities[e] for e in frame.entities]
        return [term for item in groups for name in item.all_names for term in terms(name, keep_stopwords=True)]


def _share(asked: Sequence[str], held: frozenset[str]) -> float:
    return sum(each in held for each in asked) / len(asked) if asked else NOT_ASKED


RELATED_METRIC = 0.7


def _entity_fit(frame: Frame, facts: PassageFacts) -> float:
    """The share of the entities asked for; asked what one is, a passage that only uses its name fits half."""
    share = _share(frame.entities, facts.entities)
    if frame.intent is Intent.DEFINITION and frame.entities and not facts.introduced.intersection(frame.entities):
        return share / 2
    return share


def _metric_fit(frame: Frame, facts: PassageFacts) -> float:
    if not frame.metrics:
        return NOT_ASKED
    if not (facts.metrics | facts.spoken).isdisjoint(frame.metrics):
        return 1.0
    return RELATED_METRIC if facts.related.intersection(frame.metrics) else 0.0


ONLY_APPEARED = 0.5
"""Period fit where the passage names no period, but appeared in the one asked for."""
WITHIN = 0.6
"""Least period fit where the question names a month of the passage's year, or the end of a target's period."""
A_YEAR = 366


def period_fit(frame: Frame, facts: PassageFacts) -> float:
    """How exactly a passage's periods meet those asked for.

    1 where a period of the passage lies within the one asked for; for a longer one, the share of it that was asked
    for, or at least `WITHIN`; `ONLY_APPEARED` where only the article's
    date fits; 0 where nothing does; `NOT_ASKED` without a period.
    """
    if not frame.periods:
        return NOT_ASKED
    is_target = FigureStatus.TARGET in facts.statuses
    fits = (_overlap(asked, held, is_target=is_target) for asked in frame.periods for held in facts.periods)
    fit = max(fits, default=0.0)
    if fit == 0 and facts.appeared is not None and any(asked.overlaps(facts.appeared) for asked in frame.periods):
        return ONLY_APPEARED
    return fit


def _overlap(asked: Span, held: Span, *, is_target: bool) -> float:
    share = asked.overlap(held) / held.days
    near = held.days <= A_YEAR or (is_target and asked.end == held.end)
    return max(share, WITHIN) if share and near else share


def _fit(asked: Quantity | None, kinds: frozenset[Quantity], facts: PassageFacts) -> float:
    if asked is None or asked not in kinds:
        return NOT_ASKED
    return float(asked in facts.quantities)


def _counted_fit(frame: Frame, facts: PassageFacts) -> float:
    return NOT_ASKED if frame.counted is None else float(not facts.forms.isdisjoint(frame.counted))


def _target_fit(frame: Frame, facts: PassageFacts) -> float:
    if not facts.statuses:
        return NOT_ASKED
    return float(frame.targets == (FigureStatus.TARGET in facts.statuses))
