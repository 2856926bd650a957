"""Arithmetic over figures."""

from __future__ import annotations

from decimal import Decimal

import pytest

from bot.answering.calculations import Calculation, Operation, compare
from bot.answering.figures import FigureBook
from knowledge.model import Unit
from made_corpus import make_article, make_corpus, make_figure, make_summary


def computed(earlier: float, later: float, unit: Unit = Unit.JOBS) -> tuple[Calculation, ...]:
    figures = (
        make_figure("jobs", earlier, start="2023", unit=unit),
        make_figure("jobs", later, start="2024", unit=unit),
    )
    return compare(*FigureBook(make_corpus(make_article(make_summary(figures=figures)))).of("jobs"))


@pytest.mark.parametrize(
    ("earlier", "later", "difference", "change"),
    [(80, 100, "20", "25"), (100, 80, "-20", "-20"), (5, 5, "0", "0"), (3, 4, "1", "33.3"), (0.1, 0.3, "0.2", "200")],
)
def test_a_comparison_gives_the_difference_and_the_change_in_percent_to_one_decimal(
    earlier: float, later: float, difference: str, change: str
) -> None:
    first, second = computed(earlier, later)
    assert (first.operation, first.result) == (Operation.DIFFERENCE, Decimal(difference))
    assert (second.operation, second.result) == (Operation.CHANGE, Decimal(change))


@pytest.mark.parametrize("unit", [Unit.RANK, Unit.PLACES, Unit.PERCENT, Unit.SCORE_0_TO_1])
def test_of_ranks_shares_and_scores_only_the_difference_is_given(unit: Unit) -> None:
    (only,) = computed(4, 2, unit)
    assert (only.operation, only.result) == (Operation.DIFFERENCE, Decimal(-2))


def test_there_is_no_change_in_percent_of_nothing() -> None:
    assert [each.operation for each in computed(0, 5)] == [Operation.DIFFERENCE]


def test_the_expression_can_be_repeated() -> None:
    difference, change = computed(26_200_000_000, 30_000_000_000)
    assert difference.expression == "30000000000 - 26200000000"
    assert change.expression == "(30000000000 - 26200000000) / 26200000000 * 100"
