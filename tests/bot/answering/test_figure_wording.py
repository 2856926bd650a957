"""How values and lines of them are worded in the three languages."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from bot.answering.calculations import compare
from bot.answering.figure_fit import lines
from bot.answering.figure_wording import FigureWording, amount
from bot.answering.figures import FigureBook
from bot.localisation import localiser
from knowledge.language import Language
from knowledge.model import Bound, Figure, FigureStatus, Localized, Unit
from knowledge.numbers import format_number
from made_corpus import make_article, make_corpus, make_figure, make_summary

FR, AR, EN = Language.FR, Language.AR, Language.EN


@pytest.mark.parametrize(
    ("value", "unit", "language", "expected"),
    [
        ("26.2e9", Unit.MAD, FR, "26,2\u00a0milliards de dirhams"),
        ("26.2e9", Unit.MAD, AR, "26,2 مليار درهم"),
        ("26.2e9", Unit.MAD, EN, "26.2 billion dirhams"),
        ("1e9", Unit.MAD, FR, "1\u00a0milliard de dirhams"),
        ("1.9e9", Unit.MAD, FR, "1,9\u00a0milliard de dirhams"),
        ("2e9", Unit.MAD, FR, "2\u00a0milliards de dirhams"),
        ("3e9", Unit.MAD, AR, "3 ملايير درهم"),
        ("3e6", Unit.MAD, AR, "3 ملايين درهم"),
        ("5e6", Unit.PEOPLE, EN, "5 million people"),
        ("148500", Unit.JOBS, FR, "148\u00a0500\u00a0emplois"),
        ("148500", Unit.JOBS, AR, "148.500 منصب شغل"),
        ("148500", Unit.JOBS, EN, "148,500 jobs"),
        ("1", Unit.JOBS, EN, "1 job"),
        ("28", Unit.RANK, FR, "28e"),
        ("1", Unit.RANK, FR, "1er"),
        ("28", Unit.RANK, AR, "المرتبة 28"),
        ("28", Unit.RANK, EN, "No. 28"),
        ("-6", Unit.PERCENT, FR, "\u22126\u00a0%"),
        ("-6", Unit.PERCENT, EN, "\u22126%"),
    ],
)
def test_a_value_is_written_with_its_unit_as_the_language_has_it(
    value: str, unit: Unit, language: Language, expected: str
) -> None:
    assert amount(Decimal(value), unit, localiser(language)) == expected


@pytest.mark.parametrize(("value", "expected"), [("3.5", "+3,5\u00a0%"), ("-6", "\u22126\u00a0%"), ("0", "0\u00a0%")])
def test_a_change_carries_its_sign(value: str, expected: str) -> None:
    assert amount(Decimal(value), Unit.PERCENT, localiser(FR), signed=True) == expected


@pytest.mark.parametrize("unit", Unit)
@pytest.mark.parametrize("language", Language)
def test_every_unit_has_words_in_every_language(unit: Unit, language: Language) -> None:
    assert "1" in amount(Decimal(1), unit, localiser(language))


@pytest.mark.parametrize(
    ("value", "french", "arabic", "english"),
    [
        ("148500", "148\u00a0500", "148.500", "148,500"),
        ("26.2", "26,2", "26,2", "26.2"),
        ("-6.50", "\u22126,5", "\u22126,5", "\u22126.5"),
        ("0.66800", "0,668", "0,668", "0.668"),
        ("1.234567", "1,2346", "1,2346", "1.2346"),
        ("1000000", "1\u00a0000\u00a0000", "1.000.000", "1,000,000"),
    ],
)
def test_a_number_is_grouped_and_cut_as_the_language_has_it(value: str, french: str, arabic: str, english: str) -> None:
    written = tuple(format_number(Decimal(value), language) for language in (FR, AR, EN))
    assert written == (french, arabic, english)


def worded(*figures: Figure, language: Language = EN, latest: bool = False, **article: Any) -> str:
    """The first line of these figures, worded."""
    corpus = make_corpus(make_article(make_summary(figures=figures), **article))
    dated = FigureBook(corpus).of(figures[0].metric)
    return FigureWording(corpus).line(lines(dated, language)[0], localiser(language), latest=latest)


@pytest.mark.parametrize(
    ("bound", "expected"),
    [
        (Bound.ABOUT, "about 5 jobs"),
        (Bound.MORE_THAN, "more than 5 jobs"),
        (Bound.NEARLY, "nearly 5 jobs"),
        (Bound.UP_TO, "up to 5 jobs"),
        (Bound.AT_LEAST, "at least 5 jobs"),
        (Bound.RANGE_LOW, "at least 5 jobs"),
        (None, "5 jobs"),
    ],
)
def test_a_value_is_hedged_as_its_source_hedges_it(bound: Bound | None, expected: str) -> None:
    assert worded(make_figure("jobs", 5, start="2024", bound=bound)) == f"Jobs (2024): {expected}"


def test_a_range_is_shown_with_both_ends() -> None:
    ends = [
        make_figure("jobs", n, start="2024", bound=bound)
        for n, bound in ((5000, Bound.RANGE_LOW), (6000, Bound.RANGE_HIGH))
    ]
    assert worded(*ends) == "Jobs (2024): 5,000 to 6,000 jobs"
    assert worded(*ends, language=FR) == "Jobs (2024)\u00a0: de 5\u00a0000 à 6\u00a0000\u00a0emplois"


def test_both_ends_of_a_range_of_billions_are_written_in_billions() -> None:
    ends = [
        make_figure("exports", n, start="2024", bound=bound)
        for n, bound in ((5e9, Bound.RANGE_LOW), (6e9, Bound.RANGE_HIGH))
    ]
    assert "000" not in worded(*ends)


def test_a_line_says_whether_it_is_a_target_an_estimate_or_the_latest_known() -> None:
    target, estimate = FigureStatus.TARGET, FigureStatus.ESTIMATE
    assert worded(make_figure("jobs", 5, start="2030", status=target)) == "Jobs, target (2030): 5 jobs"
    assert worded(make_figure("jobs", 5, start="2024", status=estimate)) == "Jobs, estimate (2024): 5 jobs"
    assert worded(make_figure("jobs", 5, start="2024"), latest=True) == "Jobs, latest known (2024): 5 jobs"
    assert worded(make_figure("jobs", 5), latest=True) == "Jobs (period not stated): 5 jobs"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (FR, "Jobs (objectif pour 2030)\u00a0: 5\u00a0emplois"),
        (AR, "Jobs (هدف سنة 2030): 5 مناصب شغل"),
        (EN, "Jobs (target for 2030): 5 jobs"),
    ],
)
def test_a_target_that_the_editors_call_one_is_not_called_the_latest_known(language: Language, expected: str) -> None:
    words = Localized(fr="objectif pour 2030", ar="هدف سنة 2030", en="target for 2030")
    figure = make_figure("jobs", 5, start="2030", status=FigureStatus.TARGET, words=words)
    assert worded(figure, language=language, latest=True) == expected


def test_a_line_names_the_entity_and_the_speaker_unless_that_is_the_publisher() -> None:
    figure = make_figure("jobs", 5, start="2024", entity="cgem", said_by="le-matin")
    assert worded(figure) == "Jobs – CGEM (2024): 5 jobs — Le Matin"
    assert worded(figure, publisher="Le Matin") == "Jobs – CGEM (2024): 5 jobs"


def test_an_occasion_says_nothing() -> None:
    assert worded(make_figure("jobs", 5, start="2024", said_by="gitex")) == "Jobs (2024): 5 jobs"


def test_a_period_stands_as_the_editors_worded_it() -> None:
    words = Localized(fr="depuis mai", ar="منذ ماي", en="since May")
    assert worded(make_figure("jobs", 5, start="2024-05", words=words)) == "Jobs (since May): 5 jobs"
    assert worded(make_figure("jobs", 5, start="2024-05", words=words), language=FR).startswith("Jobs (depuis mai)")


def test_a_growth_carries_its_sign_and_a_share_does_not() -> None:
    assert worded(make_figure("growth", 3.5, start="2024")) == "Growth (2024): +3.5%"
    assert worded(make_figure("jobs", 3.5, start="2024", unit=Unit.PERCENT)) == "Jobs (2024): 3.5%"


@pytest.mark.parametrize(
    ("unit", "earlier", "later", "expected"),
    [
        (Unit.JOBS, 80_000, 148_500, ["148,500 jobs − 80,000 jobs = 68,500 jobs", "that is +85.6%"]),
        (Unit.JOBS, 100, 80, ["80 jobs − 100 jobs = −20 jobs", "that is −20%"]),
        (Unit.PERCENT, 40, 42, ["42% − 40% = 2 points"]),
        (Unit.PERCENT, 42, 40, ["40% − 42% = −2 points"]),
        (Unit.RANK, 101, 90, ["No. 101 − No. 90 = 11 places"]),
        (Unit.RANK, 90, 101, ["No. 101 − No. 90 = 11 places"]),
    ],
)
def test_a_calculation_shows_its_operands(unit: Unit, earlier: float, later: float, expected: list[str]) -> None:
    figures = tuple(make_figure("jobs", n, start=y, unit=unit) for n, y in ((earlier, "2023"), (later, "2024")))
    corpus = make_corpus(make_article(make_summary(figures=figures)))
    wording = FigureWording(corpus)
    done = [wording.calculation(each, localiser(EN)) for each in compare(*FigureBook(corpus).of("jobs"))]
    assert [each.removeprefix("Dalil's calculation: ") for each in done] == expected


def test_a_publisher_is_no_speaker_under_another_name_either() -> None:
    figure = make_figure("jobs", 5, start="2024", said_by="mezzour")
    assert "غيثة مزور" in worded(figure, language=Language.AR)
    assert "غيثة مزور" not in worded(figure, language=Language.AR, publisher="Ghita Mezzour")


def test_a_period_that_is_called_a_target_is_not_called_one_twice() -> None:
    words = Localized(fr="objectif 2030", ar="هدف 2030", en="target for 2030")
    figure = make_figure("jobs", 5, start="2030", status=FigureStatus.TARGET, words=words)
    assert worded(figure) == "Jobs (target for 2030): 5 jobs"
    assert worded(figure, language=FR).startswith("Jobs (objectif 2030)")
    assert worded(figure, language=Language.AR).count("هدف") == 1
