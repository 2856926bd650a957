"""Scores golden questions through the whole Answerer, as a person would ask them."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from bot.answering.answerer import Answerer
from bot.answering.calculations import Calculation, Operation
from bot.answering.figures import agree
from bot.answering.model import Answer, AnswerKind, Citation, Conversation, Question
from bot.answering.reply import BlockKind
from bot.golden import ANSWERABLE, ExpectedFigure, ExpectedFigures, ExpectedPeriod, GoldenKind, GoldenQuestion, meets
from bot.ranking import RightPassages, reciprocal_rank
from knowledge.corpus import Corpus
from knowledge.model import Figure, FigureStatus, Unit
from knowledge.numbers import Number, find_numbers

CITATIONS_AT_MOST = 3
"""In one reply, so that length buys nothing; lists, disagreements and two questions in one may have more."""
_LONGER = frozenset(
    {
        GoldenKind.LIST,
        GoldenKind.DISAGREEMENT,
        GoldenKind.TWO_IN_ONE,
        GoldenKind.EVOLUTION,
        GoldenKind.COMPARISON,
    }
)
_PERCENT_UNITS = frozenset({Unit.PERCENT, Unit.PERCENT_OF_GROSS_TAXABLE_PAY})
_CITATION_MARK = re.compile(r"\s*\[\d+\]")


class Outcome(StrEnum):
    """How a question went.

    Attributes:
        RIGHT: The fact came, or nothing came where nothing is known, or small talk got a friendly word.
        WRONG: An answer without the expected fact, or small talk that was searched for.
        REFUSED: A known fact was not given.
        FALSE_ANSWER: An answer came where none is known.
    """

    RIGHT = "right"
    WRONG = "wrong"
    REFUSED = "refused"
    FALSE_ANSWER = "false_answer"


class Fault(StrEnum):
    """A promise that a reply breaks, right or wrong."""

    CITATION = "citation"
    NUMBERS = "numbers"
    LANGUAGE = "language"
    LENGTH = "length"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One question, what came back, and how that is judged.

    Attributes:
        reciprocal_rank: Of the right passage among those weighed, as `bot.ranking.reciprocal_rank` says.
    """

    question: GoldenQuestion
    answer: Answer
    outcome: Outcome
    faults: frozenset[Fault]
    seconds: float
    reciprocal_rank: float | None = None


def evaluate(questions: Iterable[GoldenQuestion], answerer: Answerer, corpus: Corpus, today: date) -> Iterator[Verdict]:
    """Ask each question in a conversation of its own and judge the answer.

    Args:
        questions: What to ask.
        answerer: What answers.
        corpus: The knowledge that it answers from.
        today: The date of questions that name none.
    """
    right = RightPassages(corpus)
    for question in questions:
        day = date.fromisoformat(question.today) if question.today else today
        start = time.perf_counter()
        answer, _ = answerer.answer(Question(question.question, day), Conversation())
        seconds = time.perf_counter() - start
        faults, rank = find_faults(question, answer, corpus), reciprocal_rank(answer.ranked, right.of(question))
        yield Verdict(question, answer, judge(question, answer), faults, seconds, rank)


def judge(question: GoldenQuestion, answer: Answer) -> Outcome:
    """Compare an answer with what was expected.

    A fact counts only where it stands in the lead or the first citation; both halves of a two-in-one question
    may stand anywhere in the reply.
    """
    answered = answer.kind is AnswerKind.ANSWER
    if question.kind is GoldenKind.SMALLTALK:
        friendly = answer.kind in {AnswerKind.SMALLTALK, AnswerKind.HELP}
        return Outcome.RIGHT if friendly else Outcome.WRONG
    if question.kind not in ANSWERABLE:
        return Outcome.FALSE_ANSWER if answered else Outcome.RIGHT
    if not answered:
        return Outcome.REFUSED
    if question.kind is GoldenKind.TWO_IN_ONE:
        searched: tuple[str, ...] = (answer.reply.text,)
    else:
        searched = (answer.lead, *(citation.text for citation in answer.citations[:1]))
    right = meets(question.expect, *searched) and _gives_figures(question.figure, answer)
    return Outcome.RIGHT if right else Outcome.WRONG


def _gives_figures(expected: ExpectedFigure | ExpectedFigures | None, answer: Answer) -> bool:
    """Whether an answer's first value is the one expected, with its period; or holds all that are expected."""
    if expected is None:
        return True
    given = [figure for figure, _ in answer.figures]
    if isinstance(expected, ExpectedFigures):
        return all(any(_is_figure(each, figure) for figure in given) for each in expected.all)
    first = answer.citations[0]
    if answer.lead in first.text:  # a passage leads, with all that it says
        return any(cited is first and _is_figure(expected, figure) for figure, cited in answer.figures)
    return any(agree(given[0], figure) and _is_figure(expected, figure) for figure in given)


def _is_figure(expected: ExpectedFigure, figure: Figure) -> bool:
    period = expected.period
    if isinstance(period, ExpectedPeriod):
        same_start = figure.period.start == period.start or figure.status is FigureStatus.TARGET  # "by 2026"
        if figure.period.end != period.end or not same_start:
            return False
    return agree(figure, figure.model_copy(update={"value": expected.value}))


def find_faults(question: GoldenQuestion, answer: Answer, corpus: Corpus) -> frozenset[Fault]:
    """The promises that a reply breaks."""
    broken = {
        Fault.CITATION: not citations_valid(answer, corpus),
        Fault.NUMBERS: bool(unsupported_numbers(answer)),
        Fault.LANGUAGE: answer.language is not question.language,
        Fault.LENGTH: len(answer.citations) > CITATIONS_AT_MOST
        and question.kind not in _LONGER
        and not answer.disagreements,
    }
    return frozenset(fault for fault, found in broken.items() if found)


def citations_valid(answer: Answer, corpus: Corpus) -> bool:
    """Whether an answer cites passages, each of which exists and is shown word for word."""
    if answer.kind is AnswerKind.ANSWER and not answer.citations:
        return False
    for citation in answer.citations:
        article, passage = corpus.passages.get(citation.passage_id, (None, None))
        if passage is None or article is None or article.id != citation.article.id:
            return False
        if passage.text.get(citation.language) != citation.text or not _is_used(citation, answer):
            return False
    return True


def _is_used(citation: Citation, answer: Answer) -> bool:
    """Whether a reply shows what it cites: the passage itself, or a figure of it."""
    if citation.text in answer.reply.text:
        return True
    marked = f"[{citation.n}]" in "".join(b.text for b in answer.reply.blocks if b.kind is BlockKind.STATEMENT)
    return marked and any(cited is citation for _, cited in answer.figures)


def unsupported_numbers(answer: Answer) -> tuple[Decimal, ...]:
    """The numbers of a reply's statements that neither a cited passage nor a figure of the answer holds.

    A number counts with its percent sign: 26 is not held by a passage that says 26%. What Dalil says for
    itself (its notes and source lines) repeats the question or a date, and is not looked at.
    """
    if answer.kind is not AnswerKind.ANSWER:
        return ()
    held = {(n.value, n.percent) for citation in answer.citations for n in find_numbers(citation.text)}
    held |= {(abs(Decimal(str(figure.value))), figure.unit in _PERCENT_UNITS) for figure, _ in answer.figures}
    held |= {(n.value, n.percent) for figure, _ in answer.figures for n in _period_numbers(figure, answer)}
    held |= {number for calculation in answer.calculations for number in _results(calculation)}
    blocks = (block for block in answer.reply.blocks if block.kind is BlockKind.STATEMENT)
    statements = ("".join(span.text for span in block.spans) for block in blocks)
    said = [n for text in (answer.lead, *statements) for n in find_numbers(_CITATION_MARK.sub("", text))]
    return tuple(dict.fromkeys(n.value for n in said if (n.value, n.percent) not in held))


def _period_numbers(figure: Figure, answer: Answer) -> tuple[Number, ...]:
    """The numbers in a figure's period as the reply words it."""
    words = figure.period.words
    return find_numbers(words.in_language(answer.language)) if words else ()


def _results(calculation: Calculation) -> tuple[tuple[Decimal, bool], ...]:
    """What a calculation may be written as; of two shares the difference is in points."""
    result = abs(calculation.result)
    return ((result, calculation.operation is Operation.CHANGE), (result, False))
