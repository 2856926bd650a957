"""Sums up verdicts on golden questions: a table for people, an object for programs, thresholds for both."""

from __future__ import annotations

import json
import statistics
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.evaluation import Fault, Outcome, Verdict
from bot.golden import ANSWERABLE, GoldenKind, meets
from knowledge.language import Language

ALL = "all"
PROMISES = (Fault.CITATION, Fault.NUMBERS)
"""Faults that fail an evaluation whatever the thresholds say."""
RECALL_AT = 5


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares between 0 and 1, None where no question of that kind was asked; times in seconds.

    Attributes:
        accuracy: Of the facts that are known, answered rightly.
        wrong: Of the same, answered without the fact.
        false_refusals: Of the same, refused; the three sum to 1.
        lead_right: Of the facts answered rightly, those whose lead alone says what is expected.
        recall_at_1: Of the questions that one passage answers, those where it was ranked first, answered or not.
        recall_at_5: The same among the first five.
        mrr: Mean reciprocal rank of that passage; 0 where it was not weighed, or a veto forbids it.
        false_answers: Of near misses and off-topic questions, answered.
    """

    questions: int
    accuracy: float | None
    wrong: float | None
    false_refusals: float | None
    lead_right: float | None
    recall_at_1: float | None
    recall_at_5: float | None
    mrr: float | None
    false_answers: float | None
    near_misses_answered: float | None
    off_topic_answered: float | None
    small_talk: float | None
    citations_valid: float | None
    numbers_supported: float | None
    language_right: float | None
    length_right: float | None
    seconds_median: float
    seconds_p95: float


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What each language must reach on its own; None asks for nothing."""

    min_accuracy: float | None = None
    max_false_answers: float | None = None
    max_false_refusals: float | None = None


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Everything about one evaluation.

    Attributes:
        scores: By language code, and for all together.
        misses: One line for each threshold missed and each promise broken; empty where all is well.
        failures: The verdicts with a bad outcome or a fault.
    """

    scores: Mapping[str, Scores]
    misses: tuple[str, ...]
    failures: tuple[Verdict, ...]

    def to_json(self) -> str:
        """The scores, misses and failures as one line of JSON."""
        return json.dumps(
            {
                "scores": {name: asdict(scores) for name, scores in self.scores.items()},
                "misses": self.misses,
                "failures": [_failure(verdict) for verdict in self.failures],
            },
            ensure_ascii=False,
        )

    def show(self, console: Console, *, verbose: bool) -> None:
        """Print the scores as a table, then what was missed and, if asked for, every failure."""
        table = Table("", *self.scores)
        for field in fields(Scores):
            values = (getattr(scores, field.name) for scores in self.scores.values())
            table.add_row(field.name.replace("_", " "), *(_written(field.name, value) for value in values))
        console.print(table)
        if verbose:
            for verdict in self.failures:
                console.print(Text(_one_line(verdict)), soft_wrap=True)
        for miss in self.misses:
            console.print(Text(miss, style="bold red"), soft_wrap=True)


def scorecard(verdicts: Sequence[Verdict], thresholds: Thresholds) -> Scorecard:
    """Sum up verdicts, at least one."""
    asked = [each for each in Language if any(v.question.language is each for v in verdicts)]
    scores = {each.value: score([v for v in verdicts if v.question.language is each]) for each in asked}
    misses = [miss for name, each in scores.items() for miss in _missed(name, each, thresholds)]
    misses += [
        f"{verdict.question.id}: {fault} broken, which no reply may do"
        for verdict in verdicts
        for fault in PROMISES
        if fault in verdict.faults
    ]
    failures = tuple(v for v in verdicts if v.outcome is not Outcome.RIGHT or v.faults)
    return Scorecard({**scores, ALL: score(verdicts)}, tuple(misses), failures)


def score(verdicts: Sequence[Verdict]) -> Scores:
    """The scores of some verdicts, at least one."""

    def share(kinds: Iterable[GoldenKind], counts: Callable[[Verdict], bool]) -> float | None:
        chosen = [verdict for verdict in verdicts if verdict.question.kind in kinds]
        return sum(map(counts, chosen)) / len(chosen) if chosen else None

    def came(outcome: Outcome) -> Callable[[Verdict], bool]:
        return lambda verdict: verdict.outcome is outcome

    def free_of(fault: Fault) -> Callable[[Verdict], bool]:
        return lambda verdict: fault not in verdict.faults

    seconds = sorted(verdict.seconds for verdict in verdicts)
    ranks = [verdict.reciprocal_rank for verdict in verdicts if verdict.reciprocal_rank is not None]
    facts = [v for v in verdicts if v.question.kind is GoldenKind.FACT and v.outcome is Outcome.RIGHT]
    return Scores(
        questions=len(verdicts),
        accuracy=share(ANSWERABLE, came(Outcome.RIGHT)),
        wrong=share(ANSWERABLE, came(Outcome.WRONG)),
        false_refusals=share(ANSWERABLE, came(Outcome.REFUSED)),
        lead_right=_mean([meets(fact.question.expect, fact.answer.lead) for fact in facts]),
        recall_at_1=_mean([rank == 1 for rank in ranks]),
        recall_at_5=_mean([rank >= 1 / RECALL_AT for rank in ranks]),
        mrr=_mean(ranks),
        false_answers=share({GoldenKind.NEAR_MISS, GoldenKind.OFF_TOPIC}, came(Outcome.FALSE_ANSWER)),
        near_misses_answered=share({GoldenKind.NEAR_MISS}, came(Outcome.FALSE_ANSWER)),
        off_topic_answered=share({GoldenKind.OFF_TOPIC}, came(Outcome.FALSE_ANSWER)),
        small_talk=share({GoldenKind.SMALLTALK}, came(Outcome.RIGHT)),
        citations_valid=share(GoldenKind, free_of(Fault.CITATION)),
        numbers_supported=share(GoldenKind, free_of(Fault.NUMBERS)),
        language_right=share(GoldenKind, free_of(Fault.LANGUAGE)),
        length_right=share(GoldenKind, free_of(Fault.LENGTH)),
        seconds_median=statistics.median(seconds),
        seconds_p95=seconds[round(0.95 * (len(seconds) - 1))],
    )


def _mean(values: Sequence[float]) -> float | None:
    return statistics.fmean(values) if values else None


def _missed(language: str, scores: Scores, wanted: Thresholds) -> Iterable[str]:
    least, share = wanted.min_accuracy, scores.accuracy
    if least is not None and share is not None and share < least:
        yield f"{language}: accuracy {share:.1%}, at least {least:.1%} wanted"
    for name, share, most in (
        ("false answers", scores.false_answers, wanted.max_false_answers),
        ("false refusals", scores.false_refusals, wanted.max_false_refusals),
    ):
        if most is not None and share is not None and share > most:
            yield f"{language}: {name} {share:.1%}, at most {most:.1%} wanted"


def _written(name: str, value: float | None) -> str:
    if value is None:
        return "–"
    if name == "questions":
        return str(value)
    if name == "mrr":
        return f"{value:.3f}"
    return f"{value * 1000:.0f} ms" if name.startswith("seconds") else f"{value:.1%}"


def _failure(verdict: Verdict) -> dict[str, object]:
    answer = verdict.answer
    return {
        "id": verdict.question.id,
        "question": verdict.question.question,
        "expect": verdict.question.expect,
        "outcome": verdict.outcome.value,
        "faults": sorted(verdict.faults),
        "kind": answer.kind.value,
        "reason": answer.reason.value if answer.reason else None,
        "language": answer.language.value,
        "lead": answer.lead,
        "cited": [citation.passage_id for citation in answer.citations],
        "confidence": answer.confidence,
    }


def _one_line(verdict: Verdict) -> str:
    question, answer = verdict.question, verdict.answer
    what = " ".join([verdict.outcome.value, *sorted(verdict.faults)])
    confidence = "" if answer.confidence is None else f" {answer.confidence:.2f}"
    cited = ", ".join(citation.passage_id for citation in answer.citations)
    came = cited or answer.reason or answer.kind
    return f"{question.id} {what}{confidence} {question.question!r} → {came}"
