"""Counts and gaps over corpora small enough to count by hand."""

from __future__ import annotations

import io
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from rich.console import Console

from bot import statistics
from bot.statistics import Statistics, gather
from bot.statistics_tables import show_statistics
from knowledge.corpus import Corpus
from knowledge.loading import load_corpus
from knowledge.model import Disagreement, Figure, FigureReference, FigureStatus, Reliability, Review
from made_corpus import make_article, make_corpus, make_figure, make_summary, same

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 21)


def figures_of(*figures: Figure) -> Statistics:
    """The statistics of a corpus with one passage."""
    return gather(make_corpus(make_article(make_summary(figures=figures))), TODAY)


def shown(statistics: Statistics, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width, markup=False, emoji=False, highlight=False)
    show_statistics(statistics, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


# Counting.


def test_articles_are_counted_by_year_language_publisher_and_reliability() -> None:
    corpus = make_corpus(
        make_article(id="a", published="2024-05-31"),
        make_article(id="b", published="2024", language="ar", publisher="Ministry", reliability=Reliability.OFFICIAL),
        make_article(id="c", published=None, about="2019"),
    )
    articles = gather(corpus, TODAY).articles
    assert (articles.total, articles.by_year, articles.undated) == (3, {"2024": 2}, 1)
    assert articles.by_language == {"fr": 2, "ar": 1}
    assert articles.by_publisher == {"H24": 2, "Ministry": 1}
    assert articles.by_reliability == {"press": 2, "official": 1}


def test_figures_are_counted_by_the_year_in_which_their_period_ends() -> None:
    found = figures_of(
        make_figure("exports", 1, start="2018-01-01", end="2023-12-31"),
        make_figure("jobs", 2, start="2023"),
        make_figure("jobs", 3),
    )
    assert (found.figures, found.figures_by_year, found.figures_undated) == (3, {"2023": 2}, 1)
    exports, jobs = found.metrics["exports"], found.metrics["jobs"]
    assert (exports.first_year, exports.last_year) == (2023, 2023)
    assert (jobs.figures, jobs.undated, jobs.first_year) == (2, 1, 2023)


def test_a_figure_that_is_only_proposed_is_counted_apart() -> None:
    proposed = make_figure("jobs", 3, start="2025").model_copy(update={"review": Review.PROPOSED})
    found = figures_of(make_figure("jobs", 2, start="2024"), proposed)
    assert (found.figures, found.figures_proposed, found.metrics["jobs"].last_year) == (1, 1, 2024)


def test_the_latest_value_is_reached_and_not_aimed_at_or_forecast() -> None:
    found = figures_of(
        make_figure("exports", 10, start="2022"),
        make_figure("exports", 12, start="2023"),
        make_figure("exports", 40, start="2030", status=FigureStatus.TARGET),
        make_figure("exports", 30, start="2028", status=FigureStatus.ESTIMATE),
        make_figure("exports", 99),
    ).metrics["exports"]
    assert found.latest is not None
    assert (found.latest.value, found.latest.start, found.latest.end) == (Decimal(12), "2023-01-01", "2023-12-31")
    assert (found.figures, found.targets, found.first_year, found.last_year) == (5, 1, 2022, 2030)


def test_of_one_period_the_value_of_the_whole_is_the_latest() -> None:
    part = make_figure("exports", 3, start="2023").model_copy(update={"entity": "cgem"})
    found = figures_of(part, make_figure("exports", 10, start="2023")).metrics["exports"]
    assert found.latest is not None
    assert (found.latest.value, found.latest.entity) == (Decimal(10), None)


# Gaps.


def test_metrics_without_a_figure_or_with_targets_alone_are_named() -> None:
    gaps = figures_of(
        make_figure("exports", 1, start="2026"),
        make_figure("jobs", 2, start="2030", status=FigureStatus.TARGET),
        make_figure("growth", 3, start="2025", status=FigureStatus.GROWTH),
    ).gaps
    assert gaps.metrics_without_figure == ("turnover",)
    assert gaps.metrics_only_targets == ("jobs",)


@pytest.mark.parametrize(("end", "old"), [("2024-11-21", False), ("2024-11-20", True), ("2024", False)])
def test_a_metric_is_old_when_its_latest_value_ended_more_than_two_years_ago(end: str, old: bool) -> None:
    target = make_figure("jobs", 9, start="2030", status=FigureStatus.TARGET)
    gaps = figures_of(make_figure("jobs", 1, start="2020", end=end), target).gaps
    assert gaps.metrics_old == ({"jobs": end} if old else {})


def test_a_metric_whose_values_have_no_period_is_named_and_not_called_old() -> None:
    gaps = figures_of(make_figure("jobs", 1), make_figure("jobs", 2, start="2030", status=FigureStatus.TARGET)).gaps
    assert (gaps.metrics_only_undated, gaps.metrics_old, gaps.metrics_only_targets) == (("jobs",), {}, ())


def test_years_without_a_value_are_those_after_the_first_up_to_the_last_whole_year(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Half a year's exports are not the year's, but jobs counted on any day are; a branch is not the sector."""
    monkeypatch.setattr(statistics, "YEARLY", ("exports", "jobs", "no-such-metric"))
    branch = make_figure("exports", 3, start="2023").model_copy(update={"entity": "cgem"})
    gaps = figures_of(
        make_figure("exports", 1, start="2021"),
        make_figure("exports", 2, start="2022-01-01", end="2022-06-30"),
        branch,
        make_figure("exports", 9, start="2024", status=FigureStatus.TARGET),
        make_figure("exports", 4, start="2025-01-01", end="2025-12-31"),
        make_figure("jobs", 5, start="2023-12-31"),
        make_figure("jobs", 6, start="2024-05"),
    ).gaps
    assert gaps.years_without_value == {"exports": (2022, 2023, 2024), "jobs": (2025,)}


def test_articles_without_a_date_or_a_title_are_named() -> None:
    gaps = gather(
        make_corpus(
            make_article(id="a", published=None),
            make_article(id="b", title=None, label=same("?")),
            make_article(id="c"),
        ),
        TODAY,
    ).gaps
    assert (gaps.articles_without_date, gaps.articles_without_title) == (("a",), ("b",))


def test_a_topic_with_fewer_than_two_articles_is_thin() -> None:
    corpus = make_corpus(
        make_article(id="a", topics=("jobs", "parks")), make_article(id="b", topics=("jobs", "exports", "training"))
    )
    assert gather(corpus, TODAY).gaps.topics_thin == {"exports": 1, "ranks": 0, "parks": 1, "training": 1}


def test_disagreements_that_nothing_explains_are_named() -> None:
    figures = (FigureReference(passage="a#p1", metric="jobs", value=1),)
    made = make_corpus(make_article(make_summary(figures=(make_figure("jobs", 1, start="2025"),))))
    disagreements = {
        "explained": Disagreement(figures=figures, reason=same("Other scope.")),
        "open": Disagreement(figures=figures),
    }
    corpus = Corpus(made.articles, made.metrics, made.entities, made.topics, disagreements)
    assert gather(corpus, TODAY).gaps.disagreements_without_reason == ("open",)


# What is shown.


def test_json_gives_values_as_numbers() -> None:
    whole, fraction = make_figure("exports", 26_200_000_000, start="2024"), make_figure("growth", 12.5, start="2024")
    read = json.loads(figures_of(whole, fraction).to_json())
    assert repr(read["metrics"]["exports"]["latest"]["value"]) == "26200000000"
    assert read["metrics"]["growth"]["latest"]["value"] == 12.5
    assert read["gaps"]["years_without_value"] == {}


@pytest.mark.parametrize(
    ("start", "end", "written"),
    [
        ("2024", "2024", "(2024)"),
        ("2022", "2024", "(2022–2024)"),
        ("2024-12-31", "2024-12-31", "(2024-12-31)"),
        ("2024-01-01", "2024-06-30", "(2024-01–06)"),
        ("2024-05", "2024-05", "(2024-05)"),
        (None, None, "(undated)"),
    ],
)
def test_a_table_never_passes_half_a_year_off_as_one(start: str | None, end: str | None, written: str) -> None:
    assert f"13,400,000,000 MAD {written}" in shown(figures_of(make_figure("exports", 1.34e10, start=start, end=end)))


def test_tables_name_every_gap_and_leave_out_metrics_without_figures() -> None:
    text = shown(figures_of(make_figure("jobs", 2, start="2030", status=FigureStatus.TARGET)))
    assert "3 metrics without any figure: exports, turnover, growth" in text
    assert "1 metrics with targets alone: jobs" in text
    assert "\n exports " not in text


def test_the_shipped_metrics_keep_their_whole_ids_in_eighty_columns() -> None:
    found = gather(load_corpus(ROOT / "knowledge"), TODAY)
    lines = shown(found, width=80).split("Figures by metric")[1].splitlines()
    ids = {line.split()[0] for line in lines if line.strip()}
    assert {name for name, each in found.metrics.items() if each.figures} <= ids
