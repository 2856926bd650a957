"""Times that are told by those of an earlier question."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.cues import load_cues
from bot.answering.fragments import FragmentReader
from bot.answering.frame_reading import FrameReader
from bot.answering.model import AnswerKind, PastTurn, ShownFigure, Slots
from bot.answering.pointed_times import pointed_spans, worded
from knowledge.language import Language
from knowledge.periods import Span, year_span

TODAY = date(2026, 11, 21)
HALF = Span(date(2025, 1, 1), date(2025, 6, 30))


@pytest.fixture(scope="module")
def fragments(frame_reader: FrameReader) -> FragmentReader:
    return FragmentReader(frame_reader, load_cues())


def turn(*spans: Span, asked: str = "") -> PastTurn:
    return PastTurn(AnswerKind.ANSWER, asked, Language.EN, slots=Slots(periods=spans))


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("and in 2018?", year_span(2024), year_span(2018)),
        ("and jobs that year?", year_span(2004), year_span(2004)),
        ("the year before?", year_span(2024), year_span(2023)),
        ("et l'année d'après ?", year_span(2023), year_span(2024)),
        ("same period of 2024?", HALF, Span(date(2024, 1, 1), date(2024, 6, 30))),
        (
            "the same period of 2023?",
            Span(date(2024, 2, 1), date(2024, 2, 29)),
            Span(date(2023, 2, 1), date(2023, 2, 28)),
        ),
    ],
)
def test_a_time_is_told_by_the_one_before(fragments: FragmentReader, text: str, before: Span, after: Span) -> None:
    assert pointed_spans(fragments.read(text, TODAY), turn(before)) == (after,)


@pytest.mark.parametrize(
    ("text", "before", "after"),
    [
        ("et l'année suivante ?", Span(date(2020, 1, 1), date.max), year_span(2021)),
        ("and the year after?", Span(date(2020, 1, 1), date.max), year_span(2021)),
        ("والسنة الموالية؟", Span(date(2020, 1, 1), date.max), year_span(2021)),
        ("et l'année d'avant ?", Span(date(2020, 1, 1), date.max), year_span(2019)),
        ("et la même période en 2024 ?", Span(date(2020, 1, 1), date.max), year_span(2024)),
        ("and the year after?", Span(date.min, date(2024, 12, 31)), year_span(2025)),
        ("the year before?", Span(date.min, date(2024, 12, 31)), year_span(2023)),
        ("same period of 2023?", Span(date.min, date(2024, 12, 31)), year_span(2023)),
    ],
)
def test_of_a_time_that_is_open_on_one_side_the_other_side_tells_the_year(
    fragments: FragmentReader, text: str, before: Span, after: Span
) -> None:
    assert pointed_spans(fragments.read(text, TODAY), turn(before)) == (after,)


def test_where_no_time_was_asked_for_that_of_the_figure_shown_counts(fragments: FragmentReader) -> None:
    shown = PastTurn(AnswerKind.ANSWER, figures=(ShownFigure("offshoring_jobs", None, year_span(2024)),))
    assert pointed_spans(fragments.read("the year before?", TODAY), shown) == (year_span(2023),)


def test_a_part_of_another_year_is_worded_as_before(fragments: FragmentReader) -> None:
    base = turn(HALF, asked="What did offshoring earn in the first half of 2025?")
    fragment = fragments.read("same period of 2024?", TODAY)
    assert worded(fragment, pointed_spans(fragment, base), base, Language.EN) == ["first half of 2024"]
