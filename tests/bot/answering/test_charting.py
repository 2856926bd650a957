"""What a chart shows, and when there is none."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.answering.charting import CAPTION_LENGTH, Chart, ChartRefusal, draw_up
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_fit import lines
from bot.answering.figure_wording import FigureWording
from bot.answering.figures import FigureBook
from bot.localisation import localiser
from knowledge.language import Language
from knowledge.model import Figure, FigureStatus, Unit
from made_corpus import make_article, make_corpus, make_figure, make_summary, same

EN = Language.EN


def chart_of(*figures: Figure, language: Language = EN) -> Chart | ChartRefusal:
    """The chart of everything known of a metric."""
    articles = [
        make_article(make_summary(figures=(figure,)), id=f"a{n}", publisher=f"P{n % 2}")
        for n, figure in enumerate(figures)
    ]
    corpus = make_corpus(*articles)
    metric = figures[0].metric
    chooser = FigureChooser(corpus, FigureBook(corpus))
    evolution = chooser.evolution(metric, None, date(2026, 11, 21), language) or FigureAnswer(
        Shape.EVOLUTION, metric, lines(FigureBook(corpus).of(metric), language)
    )
    return draw_up(evolution, FigureWording(corpus), localiser(language))


def drawn(*figures: Figure, language: Language = EN) -> Chart:
    chart = chart_of(*figures, language=language)
    assert isinstance(chart, Chart)
    return chart


def exports(value: float, start: str, end: str | None = None, **fields: Any) -> Figure:
    return make_figure("exports", value, start=start, end=end, **fields)


def test_one_point_is_not_drawn() -> None:
    assert chart_of(exports(5, "2024")) is ChartRefusal.ONE_POINT


def test_values_of_two_units_are_not_drawn_together() -> None:
    assert chart_of(exports(5, "2023"), exports(5, "2024", unit=Unit.USD)) is ChartRefusal.MIXED_UNITS


@pytest.mark.parametrize("refusal", ChartRefusal)
@pytest.mark.parametrize("language", Language)
def test_every_refusal_has_words(refusal: ChartRefusal, language: Language) -> None:
    assert localiser(language).text(refusal)


def test_points_stand_oldest_first_scaled_and_targets_are_told_apart() -> None:
    target = exports(40e9, "2030", status=FigureStatus.TARGET)
    chart = drawn(exports(26.2e9, "2024"), target, exports(900e6, "2019"))
    assert [(point.label, point.value, point.written, point.target) for point in chart.points] == [
        ("2019", 0.9, "0.9", False),
        ("2024", 26.2, "26.2", False),
        ("2030", 40.0, "40", True),
    ]
    assert chart.unit == localiser(EN).text("unit-mad", scale="billion")
    assert (chart.title, chart.reached, chart.targets) == ("Exports", "Reached", "Target")
    assert chart.source == "Sources: P0, P1"


def test_a_half_year_is_no_bar_among_years() -> None:
    chart = drawn(exports(1, "2022"), exports(2, "2023"), exports(1, "2024-01", "2024-06"))
    assert [point.label for point in chart.points] == ["2022", "2023"]


def test_half_years_alone_are_drawn_with_their_months() -> None:
    chart = drawn(exports(1, "2023-01", "2023-06"), exports(2, "2024-01", "2024-06"))
    assert [point.label for point in chart.points] == ["01–06/2023", "01–06/2024"]


@pytest.mark.parametrize("language", Language)
def test_the_chart_in_words_holds_every_value(language: Language) -> None:
    chart = drawn(exports(26.2e9, "2023"), exports(28e9, "2024"), language=language)
    assert chart.language is language
    assert all(part in chart.alt for part in (chart.title, "2023", "2024", "28"))


def test_the_chart_in_words_is_no_longer_than_a_caption() -> None:
    chart = drawn(*(exports(n * 1e9, str(n), words=same(f"in the long year {n}")) for n in range(1980, 2025)))
    assert (len(chart.alt), chart.alt[-1]) == (CAPTION_LENGTH, "…")


def test_the_chart_in_words_is_cut_as_telegram_counts() -> None:
    chart = drawn(*(exports(n * 1e9, str(n), words=same("\N{BAR CHART}" * 20)) for n in range(1980, 2025)))
    assert len(chart.alt.encode("utf-16-le")) // 2 <= CAPTION_LENGTH
