"""Which figures answer a Frame: a value, a comparison, an evolution, or one value for each entity."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from bot.answering.calculations import Operation
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_choice import FigureChooser
from bot.answering.figures import FigureBook
from bot.answering.frame import Frame, Intent, Quantity
from knowledge.language import Language
from knowledge.model import (
    Article,
    Bound,
    Disagreement,
    Figure,
    FigureReference,
    FigureStatus,
    Metric,
    MetricKind,
    PeriodBasis,
    Unit,
)
from knowledge.periods import year_span
from made_corpus import METRICS, make_article, make_corpus, make_figure, make_summary, same

TODAY = date(2026, 11, 21)
TARGET = FigureStatus.TARGET
SHARE = Metric(topic="jobs", unit=Unit.PERCENT, kind=MetricKind.SHARE, names=same("women"), definitions=same("."))
SHARED = {**METRICS, "jobs": METRICS["jobs"].model_copy(update={"related": ("women",)}), "women": SHARE}


def sources(*figures: Figure) -> tuple[Article, ...]:
    """Articles a1, a2 and so on, with one figure each, published one month after the other."""
    return tuple(
        make_article(make_summary(figures=(figure,)), id=f"a{n}", published=f"2025-{n:02}")
        for n, figure in enumerate(figures, start=1)
    )


def asked(*figures: Figure, articles: tuple[Article, ...] = (), metric: str = "jobs", **fields: Any) -> FigureAnswer:
    """The one answer to a Frame about a metric."""
    disagreements = fields.pop("disagreements", None)
    corpus = make_corpus(*sources(*figures), *articles, disagreements=disagreements)
    frame = Frame("q", Language.EN, **{"metrics": (metric,), "today": TODAY, **fields})
    (answer,) = FigureChooser(corpus, FigureBook(corpus)).choose(frame)
    return answer


def found(*figures: Figure, **fields: Any) -> tuple[FigureAnswer, ...]:
    corpus = make_corpus(*sources(*figures), metrics=SHARED)
    frame = Frame("q", Language.EN, **{"metrics": ("jobs",), "today": TODAY, **fields})
    return FigureChooser(corpus, FigureBook(corpus)).choose(frame)


def values(answer: FigureAnswer) -> list[float]:
    return [line.shown.figure.value for line in answer.lines]


def differing(answer: FigureAnswer) -> list[float]:
    return [line.shown.figure.value for line in answer.differing]


def jobs(value: float, start: str | None = None, end: str | None = None, **fields: Any) -> Figure:
    return make_figure("jobs", value, start=start, end=end, **fields)


def disputed(**values: float) -> dict[str, Disagreement]:
    references = (FigureReference(passage=f"{name}#p1", metric="jobs", value=each) for name, each in values.items())
    return {"d": Disagreement(figures=tuple(references))}


def test_without_a_metric_or_a_figure_nothing_is_chosen() -> None:
    assert found(jobs(5, "2024"), metrics=()) == ()
    assert found() == ()
    assert found(jobs(5, "2024"), periods=(year_span(2019),)) == ()


def test_the_latest_value_comes_before_older_and_undated_ones() -> None:
    answer = asked(jobs(1, "2024"), jobs(2, "2020"), jobs(3))
    assert (answer.shape, values(answer), answer.latest) == (Shape.VALUE, [1], True)


def test_an_undated_value_answers_where_nothing_else_does() -> None:
    assert values(asked(jobs(3))) == [3]


def test_the_value_that_most_sources_give_is_shown_with_those_that_agree() -> None:
    answer = asked(jobs(18_000, "2024"), jobs(17_900, "2024"), jobs(18_000, "2024"))
    assert values(answer) == [18_000]
    assert sorted(each.figure.value for each in answer.lines[0].also) == [17_900, 18_000]
    assert answer.differing == ()


def test_a_target_never_answers_a_question_about_what_is_nor_the_other_way_round() -> None:
    both = (jobs(1, "2024"), jobs(2, "2030", status=TARGET))
    assert values(asked(*both)) == [1]
    assert values(asked(*both, intent=Intent.TARGET, targets=True)) == [2]
    assert found(jobs(1, "2024"), intent=Intent.TARGET, targets=True) == ()


def test_where_only_a_target_is_known_it_is_shown_as_one() -> None:
    answer = asked(jobs(2, "2030", status=TARGET))
    assert answer.lines[0].shown.figure.status is TARGET


def test_the_target_of_a_plan_answers_for_the_year_in_which_it_ends() -> None:
    plan = jobs(2, "2026", "2030", status=TARGET)
    answer = asked(plan, jobs(1, "2024"), targets=True, ahead=True, periods=(year_span(2030),))
    assert values(answer) == [2]


def test_of_a_year_that_is_not_over_a_target_may_be_all_that_is_known() -> None:
    both = (jobs(1, "2024"), jobs(2, "2026", status=TARGET))
    assert values(asked(*both, ahead=True, periods=(year_span(2026),))) == [2]
    assert found(*both, periods=(year_span(2026),)) == ()


def test_targets_ahead_stand_beside_each_other_and_past_ones_do_not() -> None:
    figures = [jobs(n, year, status=TARGET) for n, year in ((1, "2020"), (2, "2027"), (3, "2030"))]
    assert values(asked(*figures, targets=True, intent=Intent.TARGET)) == [3, 2]


def test_a_half_year_does_not_pass_for_a_year_but_is_given_as_a_newer_part() -> None:
    year, half = (
        make_figure("exports", 10, start="2023"),
        make_figure("exports", 6, start="2024-01", end="2024-06"),
    )
    assert values(asked(half, year, metric="exports")) == [10, 6]
    assert values(asked(half, year, metric="exports", periods=(year_span(2023),))) == [10]


def test_a_statements_date_is_weaker_than_a_stated_period() -> None:
    said = jobs(1, "2024-05", basis=PeriodBasis.STATEMENT)
    assert values(asked(said, jobs(2, "2024"), periods=(year_span(2024),))) == [2]


def test_figures_of_an_entity_answer_only_where_it_is_asked_for() -> None:
    figures = (jobs(9, "2020"), jobs(1, "2024", entity="cgem"))
    assert values(asked(*figures)) == [9]
    assert values(asked(*figures, entities=("cgem",))) == [1]
    assert asked(*figures, entities=("cgem",)).topic == "jobs:cgem"


def test_a_metric_known_by_entity_alone_is_broken_down_largest_first_and_latest_each() -> None:
    figures = (jobs(1, "2024", entity="cgem"), jobs(9, "2020", entity="cgem"), jobs(5, "2022", entity="apebi"))
    answer = asked(*figures)
    assert (answer.shape, values(answer)) == (Shape.BREAKDOWN, [5, 1])


def test_a_speaker_who_is_named_restricts_the_values_to_theirs() -> None:
    figures = (jobs(1, "2023", said_by="apebi"), jobs(2, "2024", said_by="cgem"))
    assert values(asked(*figures)) == [2]
    assert values(asked(*figures, entities=("apebi",))) == [1]


def test_the_very_year_of_a_related_metric_comes_before_a_part_of_it() -> None:
    half = make_figure("exports", 1, start="2024-01", end="2024-06")
    turnover = make_figure("turnover", 2, start="2024")
    answer = asked(half, turnover, metric="exports", periods=(year_span(2024),))
    assert (answer.lines[0].shown.figure.metric, values(answer)) == ("turnover", [2])
    whole = make_figure("exports", 3, start="2024")
    assert values(asked(whole, turnover, metric="exports", periods=(year_span(2024),))) == [3]


def test_a_share_of_jobs_is_no_number_of_jobs() -> None:
    women = make_figure("women", 40, start="2024", unit=Unit.PERCENT)
    assert found(women, quantity=Quantity.COUNT) == ()
    (answer,) = found(women, quantity=Quantity.SHARE)
    assert values(answer) == [40]


def test_two_years_are_compared_with_difference_and_percent() -> None:
    answer = asked(jobs(80, "2019"), jobs(100, "2024"), periods=(year_span(2019), year_span(2024)))
    assert (answer.shape, values(answer), answer.incomparable) == (Shape.COMPARISON, [80, 100], False)
    assert [(each.operation, each.result) for each in answer.calculations] == [
        (Operation.DIFFERENCE, Decimal(20)),
        (Operation.CHANGE, Decimal(25)),
    ]


def test_a_target_is_compared_with_what_is_by_subtracting_the_latter() -> None:
    figures = (jobs(50, "2020"), jobs(100, "2024"), jobs(250, "2030", status=TARGET))
    answer = asked(*figures, intent=Intent.COMPARISON, targets=True)
    assert values(answer) == [100, 250]
    assert answer.calculations[0].result == 150


def test_no_change_is_computed_across_a_disagreement() -> None:
    figures, years = (jobs(80, "2019"), jobs(100, "2024")), (year_span(2019), year_span(2024))
    answer = asked(*figures, periods=years, disagreements=disputed(a1=80, a2=100))
    assert (values(answer), answer.calculations, answer.incomparable) == ([80, 100], (), True)


def test_a_change_within_one_article_or_of_one_speaker_is_computed_all_the_same() -> None:
    years = (year_span(2019), year_span(2024))
    both = make_article(make_summary(figures=(jobs(80, "2019"), jobs(100, "2024"))), id="b")
    within = asked(articles=(both,), periods=years, disagreements=disputed(b=80, c=100))
    said = [jobs(n, year, said_by="apebi") for n, year in ((80, "2019"), (100, "2024"))]
    spoken = asked(*said, periods=years, disagreements=disputed(a1=80, a2=100))
    for answer in (within, spoken):
        assert (len(answer.calculations), answer.incomparable) == (2, False)


def test_no_change_is_computed_between_two_units() -> None:
    exports = make_figure("exports", 80, start="2024")
    answer = asked(exports, jobs(5, "2024"), metrics=("exports", "jobs"), intent=Intent.COMPARISON)
    assert (answer.calculations, answer.incomparable) == ((), True)


def test_an_evolution_leads_from_the_oldest_to_the_newest_with_the_targets_apart() -> None:
    figures = (jobs(3, "2024"), jobs(1, "2019"), jobs(9, "2030", status=TARGET), jobs(2, "2021"), jobs(7))
    answer = asked(*figures, intent=Intent.EVOLUTION)
    assert (answer.shape, values(answer)) == (Shape.EVOLUTION, [1, 2, 3])
    assert [line.shown.figure.value for line in answer.targets] == [9]


def test_parts_of_a_year_are_no_points_among_years_unless_they_are_newer() -> None:
    years = [make_figure("exports", n, start=year) for n, year in ((10, "2022"), (20, "2023"))]
    within = make_figure("exports", 6, start="2023-01", end="2023-06")
    newer = make_figure("exports", 12, start="2024-01", end="2024-06")
    assert values(asked(*years, within, newer, metric="exports", intent=Intent.EVOLUTION)) == [10, 20, 12]


def test_one_point_is_no_evolution_and_the_value_is_given() -> None:
    assert asked(jobs(1, "2024"), intent=Intent.EVOLUTION).shape is Shape.VALUE


def test_a_value_says_whether_there_is_an_evolution_to_show() -> None:
    assert asked(jobs(1, "2024"), jobs(2, "2023")).evolves
    assert not asked(jobs(1, "2024")).evolves


def test_values_that_differ_for_one_time_are_all_held() -> None:
    answer = asked(jobs(10, "2024"), jobs(12, "2024"), jobs(14, "2024"))
    assert sorted(values(answer) + differing(answer)) == [10, 12, 14]
    assert answer.disagreements == ()


def test_what_the_knowledge_says_of_values_that_differ_comes_with_them() -> None:
    known = disputed(a1=10, a2=12)
    answer = asked(jobs(10, "2024-12-31"), jobs(12, "2024"), periods=(year_span(2024),), disagreements=known)
    assert sorted(values(answer) + differing(answer)) == [10, 12]
    assert answer.disagreements == (("d", known["d"]),)


def test_a_comparison_is_not_buried_under_other_metrics_that_a_value_is_shown_with() -> None:
    """A target of turnover is worth knowing beside one of exports, and noise beside a difference of exports."""
    now = make_figure("exports", 50, start="2024", said_by="apebi")
    target = make_figure("exports", 100, start="2030", status=TARGET, said_by="apebi")
    other = make_figure("turnover", 120, start="2030", status=TARGET)
    pair = (("a2#p1", "exports", 100), ("a3#p1", "turnover", 120))
    references = tuple(FigureReference(passage=name, metric=metric, value=value) for name, metric, value in pair)
    known = {"d": Disagreement(figures=references)}
    asks: dict[str, Any] = {"metric": "exports", "targets": True, "disagreements": known}
    alone = asked(now, target, other, **asks)
    assert (values(alone), differing(alone), alone.disagreements) == ([100], [120], (("d", known["d"]),))
    compared = asked(now, target, other, intent=Intent.COMPARISON, **asks)
    assert (values(compared), differing(compared), compared.disagreements) == ([50, 100], [], ())


def test_of_a_comparison_only_the_value_of_the_disputed_time_stands_among_those_that_differ() -> None:
    figures = (jobs(80, "2019"), jobs(90, "2019"), jobs(100, "2024"))
    answer = asked(*figures, periods=(year_span(2019), year_span(2024)), disagreements=disputed(a1=80, a2=90))
    assert {each.shown.span for each in (*answer.disputed, *answer.differing)} == {year_span(2019)}


def test_a_disagreement_about_another_year_is_left_out() -> None:
    answer = asked(jobs(10, "2024"), jobs(12, "2019"), disagreements=disputed(a1=10, a2=12))
    assert (differing(answer), answer.disagreements) == ([], ())


def test_a_value_is_old_two_years_after_its_period_as_the_clock_has_it() -> None:
    figure = jobs(5, "2024")
    assert not asked(figure, today=date(2026, 12, 31)).old
    assert asked(figure, today=date(2027, 1, 1)).old
    assert not asked(figure, today=date(2030, 1, 1), periods=(year_span(2024),)).old


def test_a_range_is_one_value_with_both_ends() -> None:
    ends = (jobs(5, "2024", bound=Bound.RANGE_LOW), jobs(8, "2024", bound=Bound.RANGE_HIGH))
    answer = asked(articles=(make_article(make_summary(figures=ends)),))
    (line,) = answer.lines
    assert line.upper is not None
    assert (line.shown.figure.value, line.upper.figure.value) == (5, 8)


def test_a_value_that_the_question_gives_itself_is_looked_up_whatever_its_status() -> None:
    figures = (jobs(1, "2024"), jobs(2, "2030", status=TARGET))
    assert values(asked(*figures, values=frozenset({2.0}))) == [2]


PLAN = jobs(60, "2016", "2020", status=TARGET)
AIM = jobs(270, "2030", status=TARGET)


def test_of_two_times_a_past_one_is_not_known_by_what_was_aimed_at_for_it() -> None:
    times = (year_span(2020), year_span(2030))
    answer = asked(PLAN, jobs(80, "2018"), AIM, periods=times, targets=True, ahead=True)
    assert (values(answer), answer.missing) == ([270], (year_span(2020),))


def test_a_comparison_of_which_one_time_is_left_is_with_no_time_that_nobody_named() -> None:
    times = (year_span(2018), year_span(2020))
    answer = asked(jobs(80, "2018"), jobs(148, "2024"), periods=times, intent=Intent.COMPARISON)
    assert (answer.shape, values(answer), answer.missing) == (Shape.VALUE, [80], (year_span(2020),))


def test_in_a_row_of_times_what_is_aimed_at_stands_apart_from_what_was_reached() -> None:
    times = (year_span(2018), year_span(2024), year_span(2030))
    answer = asked(jobs(80, "2018"), jobs(148, "2024"), AIM, periods=times, targets=True, ahead=True)
    assert (answer.shape, values(answer)) == (Shape.EVOLUTION, [80, 148])
    assert [line.shown.figure.value for line in answer.targets] == [270]


def test_a_row_with_one_value_that_was_reached_is_no_evolution() -> None:
    times = (year_span(2024), year_span(2027), year_span(2030))
    aims = (jobs(200, "2027", status=TARGET), AIM)
    answer = asked(jobs(148, "2024"), *aims, periods=times, targets=True, ahead=True)
    assert (answer.shape, values(answer)) == (Shape.VALUE, [148, 200, 270])


def test_what_came_before_a_value_is_looked_up_in_the_passage_that_gives_both() -> None:
    both = make_article(make_summary(figures=(make_figure("jobs", 147), make_figure("jobs", 179))), id="both")
    other = make_article(make_summary(figures=(make_figure("jobs", 200, start="2025"),)), id="other")
    assert values(asked(articles=(both, other), outgrown=frozenset({179.0}))) == [147]
