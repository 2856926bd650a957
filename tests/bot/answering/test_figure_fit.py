"""Which figures fit an entity, a status, a speaker and a period, and which say the same."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.figure_fit import PeriodFit, about, in_period, lines, of_status, period_fit, said_by
from bot.answering.figures import DatedFigure, FigureBook
from bot.answering.frame import Frame
from knowledge.language import Language
from knowledge.model import Bound, Figure, FigureStatus, PeriodBasis
from knowledge.periods import Span, year_span
from made_corpus import make_article, make_corpus, make_figure, make_summary

ACTUAL, ESTIMATE, TARGET, GROWTH = FigureStatus
STATEMENT = PeriodBasis.STATEMENT
HALF = Span(date(2024, 1, 1), date(2024, 6, 30))
MAY = Span(date(2024, 5, 1), date(2024, 5, 31))


def dated(*figures: Figure) -> tuple[DatedFigure, ...]:
    """The figures, all of one metric, each in an article of its own, published one month after the other."""
    articles = (
        make_article(make_summary(figures=(figure,)), id=f"a{n}", published=f"2025-{n:02}")
        for n, figure in enumerate(figures, start=1)
    )
    return FigureBook(make_corpus(*articles)).of(figures[0].metric)


def values(figures: tuple[DatedFigure, ...]) -> list[float]:
    return [each.figure.value for each in figures]


def jobs(value: float, start: str | None = None, end: str | None = None) -> Figure:
    return make_figure("jobs", value, start=start, end=end)


def test_figures_of_an_entity_are_meant_only_where_it_is_asked_for() -> None:
    figures = dated(jobs(5), make_figure("jobs", 1, entity="cgem"), make_figure("jobs", 2, entity="apebi"))
    assert values(about(figures, ())) == [5]
    assert values(about(figures, ("cgem",))) == [1]
    assert values(about(figures, ("cgem", "apebi"))) == [1, 2]


def test_figures_of_the_sector_stand_in_for_an_entity_without_any() -> None:
    assert values(about(dated(jobs(5), make_figure("jobs", 1, entity="cgem")), ("apebi",))) == [5]


def test_without_a_figure_of_the_sector_those_of_every_entity_are_meant() -> None:
    figures = dated(make_figure("jobs", 1, entity="cgem"), make_figure("jobs", 2, entity="apebi"))
    assert values(about(figures, ())) == [1, 2]


def test_targets_are_never_together_with_what_is_or_was() -> None:
    figures = dated(*(make_figure("jobs", n, status=each) for n, each in enumerate(FigureStatus)))
    assert [each.figure.status for each in of_status(figures, target=True)] == [TARGET]
    assert [each.figure.status for each in of_status(figures, target=False)] == [ACTUAL, ESTIMATE, GROWTH]


def test_a_speaker_who_is_named_restricts_the_figures_to_theirs_if_there_are_any() -> None:
    figures = dated(make_figure("jobs", 1, said_by="cgem"), make_figure("jobs", 2, said_by="apebi"))
    assert values(said_by(figures, Frame("q", Language.EN, entities=("apebi",)))) == [2]
    assert values(said_by(figures, Frame("q", Language.EN, entities=("gitex",)))) == [1, 2]
    assert values(said_by(figures, Frame("q", Language.EN))) == [1, 2]


@pytest.mark.parametrize(
    ("figure", "asked", "expected"),
    [
        pytest.param(jobs(5, "2024"), year_span(2024), PeriodFit.EXACT, id="the year"),
        pytest.param(jobs(5, "2024-12-31"), year_span(2024), PeriodFit.EXACT, id="a day of the year"),
        pytest.param(jobs(5, "2024-05"), year_span(2024), PeriodFit.EXACT, id="a month of the year"),
        pytest.param(jobs(5, "2024-01", "2024-06"), year_span(2024), PeriodFit.INSIDE, id="half of the year"),
        pytest.param(jobs(5, "2024-01", "2024-06"), HALF, PeriodFit.EXACT, id="the half-year asked for"),
        pytest.param(jobs(5, "2024"), HALF, PeriodFit.AROUND, id="the year of the half-year"),
        pytest.param(jobs(5, "2024"), MAY, PeriodFit.AROUND, id="the year of the month"),
        pytest.param(make_figure("exports", 5, start="2024"), MAY, PeriodFit.NONE, id="a sum of the month's year"),
        pytest.param(
            make_figure("exports", 5, start="2024-01", end="2024-05"), MAY, PeriodFit.AROUND,
            id="a sum up to the end of the month",
        ),
        pytest.param(jobs(5, "2024-12-31"), year_span(2020, 2024), PeriodFit.INSIDE, id="a day of several years"),
        pytest.param(jobs(5, "2023"), year_span(2024), PeriodFit.NONE, id="another year"),
        pytest.param(jobs(5, "2020", "2024"), year_span(2024), PeriodFit.NONE, id="several years for one"),
        pytest.param(jobs(5), year_span(2024), PeriodFit.NONE, id="no period known"),
        pytest.param(
            make_figure("jobs", 5, start="2024-05", basis=STATEMENT), year_span(2024), PeriodFit.STATEMENT,
            id="said in the year",
        ),
        pytest.param(
            make_figure("jobs", 5, start="2020", end="2024", status=TARGET), year_span(2024), PeriodFit.SAME_END,
            id="the target of a plan that ends in the year",
        ),
        pytest.param(
            make_figure("jobs", 5, start="2020", end="2024", status=TARGET), year_span(2022), PeriodFit.NONE,
            id="the target of a plan amid its years",
        ),
    ],
)  # fmt: skip
def test_the_period_fit_says_how_a_figures_days_meet_those_asked_for(
    figure: Figure, asked: Span, expected: PeriodFit
) -> None:
    (one,) = dated(figure)
    assert period_fit(one, asked) is expected


def test_only_what_fits_best_is_kept_so_that_a_half_year_does_not_pass_for_the_year() -> None:
    figures = dated(jobs(1, "2024-01", "2024-06"), jobs(2, "2024"), jobs(3, "2023"))
    assert values(in_period(figures, [year_span(2024)])) == [2]
    assert values(in_period(figures, [HALF])) == [1]
    assert values(in_period(figures, [year_span(2019)])) == []
    assert values(in_period(figures, [])) == [1, 2, 3]


def test_a_statements_date_is_weaker_than_a_stated_period() -> None:
    said = make_figure("jobs", 1, start="2024-05", basis=STATEMENT)
    assert values(in_period(dated(said, jobs(2, "2024")), [year_span(2024)])) == [2]
    assert values(in_period(dated(said, jobs(2, "2023")), [year_span(2024)])) == [1]


def test_figures_that_agree_on_one_period_make_one_line() -> None:
    (line,) = lines(dated(jobs(17_900, "2024"), jobs(18_000, "2024"), jobs(17_900, "2024")), None)
    assert line.shown.figure.value == 17_900
    assert [each.figure.value for each in line.also] == [17_900, 18_000]
    assert set(line.figures) == {line.shown, *line.also}


def test_the_end_of_a_year_and_the_year_are_one_time() -> None:
    assert len(lines(dated(jobs(5, "2024-12-31"), jobs(5, "2024")), None)) == 1
    assert len(lines(dated(jobs(5, "2024-01", "2024-06"), jobs(5, "2024")), None)) == 2


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(jobs(7, "2024"), id="another value"),
        pytest.param(jobs(5, "2023"), id="another period"),
        pytest.param(make_figure("jobs", 5, start="2024", entity="cgem"), id="another entity"),
        pytest.param(make_figure("jobs", 5, start="2024", status=TARGET), id="a target"),
    ],
)
def test_figures_that_differ_in_value_period_entity_or_status_stand_on_lines_of_their_own(other: Figure) -> None:
    assert len(lines(dated(jobs(5, "2024"), other), None)) == 2


def test_lines_stand_by_period_then_publication_and_undated_ones_last() -> None:
    figures = dated(jobs(1), jobs(2, "2024"), jobs(9, "2024"), jobs(3, "2020"))
    assert [line.shown.figure.value for line in lines(reversed(figures), None)] == [3, 2, 9, 1]


def test_a_range_is_one_line_with_both_ends() -> None:
    ends = (
        make_figure("jobs", 5, start="2024", bound=Bound.RANGE_LOW),
        make_figure("jobs", 8, start="2024", bound=Bound.RANGE_HIGH),
    )
    (line,) = lines(FigureBook(make_corpus(make_article(make_summary(figures=ends)))).of("jobs"), None)
    assert line.upper is not None
    assert (line.shown.figure.value, line.upper.figure.value) == (5, 8)
    assert line.figures == (line.shown, line.upper)
