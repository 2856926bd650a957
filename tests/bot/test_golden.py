"""The quality of the answers, on every golden question through the whole Answerer.

The confidence model was fitted on these questions; ``make calibrate`` prints what it does on held-back folds, and
docs/decisions/0006-confidence-and-refusal.md says it.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.evaluation import Fault, Outcome, Verdict
from bot.golden import GoldenKind, read_golden_set
from bot.scorecard import score
from bot.session import Session
from knowledge.language import Language

pytestmark = [pytest.mark.model, pytest.mark.slow]

DARIJA = "dar-"
"""The beginning of the ids of ``darija.jsonl``."""

FIGURES = "fig-"
"""The beginning of the facts of ``figures.jsonl``."""

GOLDEN = Path(__file__).parents[1] / "golden"
TODAY = date(2026, 11, 21)
UNRELATED = (
    "Combien Maroc Telecom paie-t-il pour sa licence 5G ?",
    "How many countries took part in GITEX Africa 2024?",
    "كم كان عدد مناصب الشغل في قطاع ترحيل الخدمات بالمغرب نهاية 2024؟",
)

HARD = "-2"
"""The end of the ids of paraphrases, which were made to be far from the passage: measured, and no bar."""


def of_kinds(verdicts: tuple[Verdict, ...], language: Language, *kinds: GoldenKind) -> list[Verdict]:
    return [
        verdict
        for verdict in verdicts
        if verdict.question.language is language
        and verdict.question.kind in kinds
        and not verdict.question.id.endswith(HARD)
    ]


def failures(verdicts: list[Verdict]) -> str:
    return "\n".join(
        f"{v.question.id} {v.outcome} {v.question.question}" for v in verdicts if v.outcome != Outcome.RIGHT
    )


def share_right(asked: list[Verdict]) -> float:
    accuracy = score(asked).accuracy
    assert accuracy is not None
    return accuracy


@pytest.mark.parametrize("language", Language)
def test_most_facts_stand_in_the_lead_or_the_first_citation(
    golden_verdicts: tuple[Verdict, ...], language: Language
) -> None:
    asked = of_kinds(golden_verdicts, language, GoldenKind.FACT, GoldenKind.LIST)
    assert len({verdict.question.fact for verdict in asked}) >= 120
    assert share_right(asked) >= 0.92, failures(asked)


@pytest.mark.parametrize("language", Language)
def test_nine_figure_questions_in_ten_get_the_right_value_and_period(
    golden_verdicts: tuple[Verdict, ...], language: Language
) -> None:
    asked = [v for v in golden_verdicts if v.question.fact.startswith(FIGURES) and v.question.language is language]
    assert len(asked) >= 100
    assert share_right(asked) >= 0.90, failures(asked)


def test_most_questions_in_darija_are_answered(golden_verdicts: tuple[Verdict, ...]) -> None:
    asked = [v for v in golden_verdicts if v.question.id.startswith(DARIJA) and v.question.kind is GoldenKind.FACT]
    assert len(asked) >= 55
    assert share_right(asked) >= 0.88, failures(asked)


@pytest.mark.parametrize("language", Language)
def test_most_messages_with_two_questions_get_both_answers(
    golden_verdicts: tuple[Verdict, ...], language: Language
) -> None:
    asked = of_kinds(golden_verdicts, language, GoldenKind.TWO_IN_ONE)
    assert share_right(asked) >= 0.60, failures(asked)


@pytest.mark.parametrize("language", Language)
def test_near_misses_are_refused(golden_verdicts: tuple[Verdict, ...], language: Language) -> None:
    asked = of_kinds(golden_verdicts, language, GoldenKind.NEAR_MISS)
    answered = score(asked).near_misses_answered
    assert answered is not None
    assert answered <= 0.07, failures(asked)


@pytest.mark.parametrize("language", Language)
def test_no_off_topic_question_is_answered(golden_verdicts: tuple[Verdict, ...], language: Language) -> None:
    asked = of_kinds(golden_verdicts, language, GoldenKind.OFF_TOPIC)
    assert asked
    assert failures(asked) == ""


@pytest.mark.parametrize("language", Language)
def test_small_talk_gets_a_friendly_word_and_no_search(
    golden_verdicts: tuple[Verdict, ...], language: Language
) -> None:
    asked = of_kinds(golden_verdicts, language, GoldenKind.SMALLTALK)
    assert asked
    assert failures(asked) == ""


@pytest.mark.parametrize("language", Language)
def test_follow_ups_are_understood(golden_verdicts: tuple[Verdict, ...], language: Language) -> None:
    turns = [v for v in golden_verdicts if v.turn and v.turn.follow_up and v.turn.language is language]
    assert len(turns) >= 80
    follow_ups = score(turns).follow_ups
    assert follow_ups is not None
    assert follow_ups >= 0.90, failures(turns)


def test_most_follow_ups_are_understood_over_all_languages(golden_verdicts: tuple[Verdict, ...]) -> None:
    follow_ups = score(golden_verdicts).follow_ups
    assert follow_ups is not None
    assert follow_ups >= 0.93


def test_no_turn_that_stands_alone_is_taken_as_a_follow_up(golden_verdicts: tuple[Verdict, ...]) -> None:
    turns = [v for v in golden_verdicts if v.turn and not v.turn.follow_up]
    assert len(turns) >= 100
    assert [v.question.question for v in turns if v.completed] == []
    standalone = score(turns).standalone_turns
    assert standalone is not None
    assert standalone >= 0.90, failures(turns)


def test_questions_that_stand_alone_are_seldom_taken_as_follow_ups_of_an_unrelated_one(answerer: Answerer) -> None:
    """Every third golden question, as the second turn behind a question about something else."""
    asked = [each for each in read_golden_set(GOLDEN) if each.kind is not GoldenKind.DIALOGUE][::3]
    taken = []
    for place, question in enumerate(asked):
        session = Session()
        session.ask(answerer, UNRELATED[place % len(UNRELATED)], TODAY)
        session.ask(answerer, question.question, date.fromisoformat(question.today) if question.today else TODAY)
        last = session.conversation.last
        if last and last.completed:
            taken.append(question.question)
    assert len(asked) >= 600
    assert len(taken) <= 0.02 * len(asked), taken


@pytest.mark.parametrize("fault", [Fault.CITATION, Fault.NUMBERS, Fault.LENGTH])
def test_no_reply_breaks_a_promise(golden_verdicts: tuple[Verdict, ...], fault: Fault) -> None:
    assert [verdict.question.id for verdict in golden_verdicts if fault in verdict.faults] == []


def test_replies_are_in_the_language_of_the_question(golden_verdicts: tuple[Verdict, ...]) -> None:
    """A handful of keyword questions hold nothing but names and words that two languages share."""
    wrong = [verdict.question.question for verdict in golden_verdicts if Fault.LANGUAGE in verdict.faults]
    assert len(wrong) <= 0.01 * len(golden_verdicts), wrong
