"""Times that are open on one side."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.cues import load_cues
from bot.answering.open_times import is_open, opened
from knowledge.periods import Span, find_period_mentions, year_span

TODAY = date(2026, 11, 21)


def meant(text: str) -> list[Span]:
    return [mention.span for mention in opened(text, find_period_mentions(text), load_cues(), TODAY)]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("depuis 2015", Span(date(2015, 1, 1), date.max)),
        ("depuis la fin de l'année 2015", Span(date(2015, 1, 1), date.max)),
        ("since 2015", Span(date(2015, 1, 1), date.max)),
        ("منذ سنة 2015", Span(date(2015, 1, 1), date.max)),
        ("since June 2015", Span(date(2015, 6, 1), date.max)),
        ("après 2020", Span(date(2021, 1, 1), date.max)),
        ("after 2020", Span(date(2021, 1, 1), date.max)),
        ("بعد 2020", Span(date(2021, 1, 1), date.max)),
        ("jusqu'en 2024", Span(date.min, date(2024, 12, 31))),
        ("until 2024", Span(date.min, date(2024, 12, 31))),
        ("حتى نهاية 2024", Span(date.min, date(2024, 12, 31))),
        ("avant 2020", Span(date.min, date(2019, 12, 31))),
        ("before 2020", Span(date.min, date(2019, 12, 31))),
        ("قبل سنة 2020", Span(date.min, date(2019, 12, 31))),
        ("avant fin 2024", Span(date.min, date(2024, 12, 31))),
        ("before the end of 2024", Span(date.min, date(2024, 12, 31))),
        ("قبل نهاية 2024", Span(date.min, date(2024, 12, 31))),
        ("avant le début de 2024", Span(date.min, date(2023, 12, 31))),
        ("après début 2020", Span(date(2020, 1, 1), date.max)),
        ("after the beginning of 2020", Span(date(2020, 1, 1), date.max)),
        ("بعد بداية 2020", Span(date(2020, 1, 1), date.max)),
        ("après la fin de 2020", Span(date(2021, 1, 1), date.max)),
    ],
)
def test_a_word_opens_the_time_behind_it(text: str, span: Span) -> None:
    assert meant(text) == [span]
    assert is_open(span)


@pytest.mark.parametrize(
    "text",
    [
        "jusqu'en 2030",
        "until 2026",
        "حتى 2030",
        "before 2030",
        "avant fin 2026",
        "بعد 2030",
        "en 2015",
        "as of 2024",
        "as of June 2024",
        "عن بعد 2024",
        "العمل عن بعد سنة 2024",
        "عن بُعد في 2024",
    ],
)
def test_what_lies_ahead_or_stands_alone_is_the_year_itself(text: str) -> None:
    assert meant(text) == [mention.span for mention in find_period_mentions(text)]


@pytest.mark.parametrize("text", ["depuis 2015 jusqu'en 2018", "since 2015 until 2018", "منذ 2015 حتى 2018"])
def test_a_time_with_both_ends_is_not_opened(text: str) -> None:
    assert meant(text) == [year_span(2015, 2018)]


def test_a_day_behind_the_word_for_remote_work_may_still_be_opened() -> None:
    assert meant("العمل عن بعد بعد 2020") == [Span(date(2021, 1, 1), date.max)]


def test_a_time_begins_at_the_word_that_opens_it() -> None:
    (mention,) = opened("and since 2015?", find_period_mentions("and since 2015?"), load_cues(), TODAY)
    assert ("and since 2015?"[mention.start : mention.end], mention.end) == ("since 2015", 14)
