"""Dates as exactly as they are known, and the periods that a text names."""

from __future__ import annotations

import calendar
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.language import Language
from knowledge.periods import (
    Span,
    find_period_mentions,
    find_periods,
    format_partial_date,
    parse_partial_date,
    year_span,
)

DATES = st.dates(date(1900, 1, 1), date(2099, 12, 31))
PARTIAL_DATES = st.one_of(
    DATES.map(lambda day: f"{day:%Y}"), DATES.map(lambda day: f"{day:%Y-%m}"), DATES.map(date.isoformat)
)
SPANS = st.tuples(DATES, DATES).map(lambda days: Span(min(days), max(days)))
LANGUAGES = st.sampled_from(Language)


def whole(text: str) -> Span:
    return parse_partial_date(text)


@given(PARTIAL_DATES, LANGUAGES)
def test_a_date_written_for_a_reader_reads_back_as_the_same_days(text: str, language: Language) -> None:
    assert find_periods(format_partial_date(text, language)) == (parse_partial_date(text),)


@given(PARTIAL_DATES)
def test_a_partial_date_covers_every_day_that_it_may_mean(text: str) -> None:
    span = parse_partial_date(text)
    first, last = f"{span.start:%Y-%m-%d}", f"{span.end:%Y-%m-%d}"
    assert first.startswith(text)
    assert last.startswith(text)
    assert not f"{span.start - timedelta(1):%Y-%m-%d}".startswith(text)
    assert not f"{span.end + timedelta(1):%Y-%m-%d}".startswith(text)


@pytest.mark.parametrize(
    "text", ["", "24", "2024-13", "2024-00", "2024-02-30", "2023-02-29", "2024-5", "2024-05-31 ", "mai 2024", "0000"]
)
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_partial_date(text)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2024", Language.FR, "2024"),
        ("2024-05", Language.FR, "mai 2024"),
        ("2024-05", Language.AR, "ماي 2024"),
        ("2024-07", Language.AR, "يوليوز 2024"),
        ("2024-08", Language.AR, "غشت 2024"),
        ("2024-05", Language.EN, "May 2024"),
        ("2024-05-01", Language.FR, "1er mai 2024"),
        ("2024-05-11", Language.FR, "11 mai 2024"),
        ("2024-05-31", Language.EN, "31 May 2024"),
        ("2024-05-31", Language.AR, "31 ماي 2024"),
    ],
)
def test_dates_are_written_as_in_morocco(text: str, language: Language, expected: str) -> None:
    assert format_partial_date(text, language) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en 2018", year_span(2018)),
        ("سنة ٢٠١٨", year_span(2018)),
        ("fin 2024 ?", year_span(2024)),
        ("2030.", year_span(2030)),
        ("2014-2020", year_span(2014, 2020)),
        ("2014 – 2020", year_span(2014, 2020)),
        ("de 2014 à 2020", year_span(2014, 2020)),
        ("entre 2014 et fin 2020", year_span(2014, 2020)),
        ("from 2014 to 2020", year_span(2014, 2020)),
        ("من 2014 إلى 2020", year_span(2014, 2020)),
        ("offshoring 2024 jobs", year_span(2024)),
        ("2018 emplois offshoring", year_span(2018)),
        ("الأوفشورينغ 2024 مناصب الشغل", year_span(2024)),
        ("من 2014 حتى ل2020", year_span(2014, 2020)),
        ("mn 2014 l 2020", year_span(2014, 2020)),
        ("2014-20", year_span(2014, 2020)),
        ("au milieu des années 2010", year_span(2010, 2019)),
        ("in the mid-2010s", year_span(2010, 2019)),
        ("January-June 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("from January to the end of June 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("de janvier à fin juin 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("octobre décembre 2024", Span(date(2024, 10, 1), date(2024, 12, 31))),
        ("ما بين يناير ويونيو 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("منذ يناير إلى متم يونيو 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("2014 إلى غاية 2020", year_span(2014, 2020)),
        ("بين 2014 و2020", year_span(2014, 2020)),
        ("premier semestre 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("1er semestre de 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("the first half of 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("النصف الأول من سنة 2025", Span(date(2025, 1, 1), date(2025, 6, 30))),
        ("second half of 2025", Span(date(2025, 7, 1), date(2025, 12, 31))),
        ("S2 2025", Span(date(2025, 7, 1), date(2025, 12, 31))),
        ("au mois de février 2024", whole("2024-02")),
        ("Sept. 2024", whole("2024-09")),
        ("في ماي 2024", whole("2024-05")),
        ("في مايو 2024", whole("2024-05")),
        ("14 janvier 2022", whole("2022-01-14")),
        ("le 14 janv. 2022", whole("2022-01-14")),
        ("January 14th, 2022", whole("2022-01-14")),
        ("Jan. 14, 2022", whole("2022-01-14")),
        ("14 يناير 2022", whole("2022-01-14")),
        ("le 2022-01-14", whole("2022-01-14")),
        ("2022-01", whole("2022-01")),
    ],
)
def test_a_period_is_read_as_people_write_it(text: str, expected: Span) -> None:
    assert find_periods(text) == (expected,)


@pytest.mark.parametrize(
    "text",
    ["", "2 024 emplois", "20240", "2,024", "2024.5", "148 500", "en mai", "1850", "2150", "2000 emplois", "2000 منصب"],
)
def test_other_numbers_are_no_years(text: str) -> None:
    assert find_periods(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("31 février 2024", [whole("2024-02")]),
        ("2024-02-31", [year_span(2024)]),
        ("de 2020 à 2014", [year_span(2020), year_span(2014)]),
        ("2020-2020", [year_span(2020), year_span(2020)]),
        ("2020-14", [year_span(2020)]),
        ("juin-mars 2024", [whole("2024-03")]),
    ],
)
def test_an_impossible_period_gives_what_is_possible_in_it(text: str, expected: list[Span]) -> None:
    assert list(find_periods(text)) == expected


def test_several_periods_come_in_the_order_of_the_text() -> None:
    found = find_periods("en 2018, puis le 14 janvier 2022, de 2014 à 2016, et au S1 2025")
    assert [span.start.year for span in found] == [2018, 2022, 2014, 2025]


@given(SPANS, SPANS)
def test_overlap_counts_the_shared_days_either_way(one: Span, other: Span) -> None:
    assert one.overlap(other) == other.overlap(one)
    assert one.overlaps(other) == (one.overlap(other) > 0)
    assert one.overlap(one) == one.days
    assert one.overlap(other) <= min(one.days, other.days)


def test_days_that_touch_count_and_days_apart_do_not() -> None:
    january, february = whole("2024-01"), whole("2024-02")
    assert (january.days, february.days, year_span(2024).days) == (31, 29, 366)
    assert not january.overlaps(february)
    assert january.overlap(Span(date(2024, 1, 31), date(2024, 3, 1))) == 1
    assert year_span(2024).overlap(february) == calendar.monthrange(2024, 2)[1]


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("0123456789- maiو")), max_size=25))
def test_any_text_is_read_into_periods_that_run_forwards(text: str) -> None:
    assert all(span.start <= span.end for span in find_periods(text))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Combien à fin 2024 ?", ["2024"]),
        ("in the first half of 2025, and 2019-2021", ["first half of 2025", "2019-2021"]),
        ("في النِّصف الأول من سنة ٢٠٢٥ وفي 2018", ["النِّصف الأول من سنة ٢٠٢٥", "2018"]),
        ("début décembre 2022", ["décembre 2022"]),
    ],
)
def test_a_period_is_found_where_the_text_names_it_however_it_is_spelt(text: str, named: list[str]) -> None:
    mentions = find_period_mentions(text)
    assert [text[mention.start : mention.end] for mention in mentions] == named
    assert tuple(mention.span for mention in mentions) == find_periods(text)
