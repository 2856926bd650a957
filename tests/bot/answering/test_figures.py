"""Which figures the book holds, when two agree, and when a change between two means anything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.figures import DatedFigure, FigureBook, agree, best_of
from knowledge.language import Language
from knowledge.model import Article, Bound, Disagreement, Figure, FigureReference, PeriodBasis, Review, Unit
from made_corpus import make_article, make_corpus, make_figure, make_summary

VALUES = st.floats(min_value=-1e12, max_value=1e12, allow_nan=False)


def source(name: str, *figures: Figure, **fields: object) -> Article:
    return make_article(make_summary(figures=figures), id=name, **fields)


def book(*articles: Article, disagreements: dict[str, Disagreement] | None = None) -> FigureBook:
    return FigureBook(make_corpus(*articles, disagreements=disagreements))


def disagreement(**values: float) -> Disagreement:
    """A disagreement about exports: the value that each article gives."""
    references = (FigureReference(passage=f"{name}#p1", metric="exports", value=each) for name, each in values.items())
    return Disagreement(figures=tuple(references))


def exports(value: float, unit: Unit | None = None) -> Figure:
    return make_figure("exports", value, start="2023", unit=unit)


@pytest.mark.parametrize(
    ("one", "other", "unit", "expected"),
    [
        pytest.param(17.9e9, 18e9, Unit.MAD, True, id="rounded to two digits"),
        pytest.param(26.219e9, 26.2e9, Unit.MAD, True, id="rounded to three digits"),
        pytest.param(26.219e9, 26.3e9, Unit.MAD, False, id="not what it rounds to"),
        pytest.param(10e9, 10.5e9, Unit.MAD, False, id="ten and ten and a half"),
        pytest.param(9.96, 10, Unit.PERCENT, True, id="rounded across a power of ten"),
        pytest.param(148_500, 148_500, Unit.JOBS, True, id="equal"),
        pytest.param(140_000, 148_500, Unit.JOBS, False, id="two digits differ"),
        pytest.param(0, 0.1, Unit.PERCENT, False, id="nothing and a little"),
        pytest.param(-6, 6, Unit.PERCENT, False, id="a fall and a rise"),
        pytest.param(28, 28, Unit.RANK, True, id="one rank"),
        pytest.param(128, 128.4, Unit.RANK, False, id="ranks must be equal"),
        pytest.param(100, 101, Unit.DEALS, False, id="so must deals"),
    ],
)
def test_values_agree_that_differ_by_no_more_than_rounding(
    one: float, other: float, unit: Unit, expected: bool
) -> None:
    assert agree(exports(one, unit), exports(other, unit)) is expected
    assert agree(exports(other, unit), exports(one, unit)) is expected


def test_equal_values_of_two_units_do_not_agree() -> None:
    assert not agree(exports(5, Unit.MAD), exports(5, Unit.USD))


@given(VALUES, VALUES)
def test_agreement_goes_both_ways_and_every_value_agrees_with_itself(one: float, other: float) -> None:
    assert agree(exports(one), exports(other)) == agree(exports(other), exports(one))
    assert agree(exports(one), exports(one))


def best(*articles: Article, language: Language | None = Language.FR) -> DatedFigure:
    return best_of(book(*articles).of("exports"), language)


def test_of_values_that_agree_the_one_that_most_sources_give_is_shown() -> None:
    chosen = best(source("a", exports(18e9)), source("b", exports(17.9e9)), source("c", exports(18e9)))
    assert chosen.figure.value == 18e9


def test_of_values_given_as_often_the_finest_is_shown() -> None:
    assert best(source("a", exports(18e9), published="2026"), source("b", exports(17.9e9))).figure.value == 17.9e9


def test_of_sources_for_one_value_the_one_that_gives_its_period_comes_before_one_that_hedges() -> None:
    hedged = exports(5).model_copy(update={"bound": Bound.ABOUT})
    vague = make_figure("exports", 5, start="2023", basis=PeriodBasis.STATEMENT)
    assert best(source("a", vague, published="2026"), source("b", hedged, published="2025")).article.id == "b"
    assert best(source("b", hedged, published="2025"), source("c", exports(5))).article.id == "c"


def test_of_equal_sources_one_in_the_readers_language_is_shown_then_the_latest() -> None:
    english = source("a", exports(5), language=Language.EN, published="2020")
    old, new = source("b", exports(5), published="2021"), source("c", exports(5), published="2022")
    assert best(english, old, new, language=Language.EN).article.id == "a"
    assert best(english, old, new, language=Language.FR).article.id == "c"


def test_a_figure_that_no_editor_has_accepted_is_not_in_the_book() -> None:
    proposed = make_figure("exports", 5, start="2023", review=Review.PROPOSED)
    assert book(source("a", proposed)).of("exports") == ()
    assert book().of("unknown") == ()


def test_a_figure_can_be_attributed_to_its_speaker_the_passages_and_the_publisher() -> None:
    figure = make_figure("exports", 5, said_by="apebi")
    article = make_article(make_summary(said_by="cgem", figures=(figure,)), publisher="Le Matin")
    (dated,) = book(article).of("exports")
    assert dated.speakers == {"apebi", "cgem", "le-matin"}


def test_the_subjects_are_the_metrics_in_which_an_entity_has_figures_of_its_own() -> None:
    figures = (make_figure("exports", 5, entity="cgem"), make_figure("jobs", 5, entity="cgem"), exports(7))
    assert book(source("a", *figures)).subjects == {"cgem": {"exports", "jobs"}}


def test_a_disagreement_is_found_by_each_of_its_figures_and_by_no_other() -> None:
    known = disagreement(a=5.0, b=7.0)
    held = book(*(source(name, exports(n)) for name, n in (("a", 5), ("b", 7), ("c", 9))), disagreements={"d": known})
    one, other, stranger = held.of("exports")
    assert held.disagreements_of([one]) == held.disagreements_of([other]) == (("d", known),)
    assert held.disagreements_of([stranger]) == ()
    assert held.members(known) == (one, other)


def pair(first: Article, second: Article, **values: float) -> bool:
    """Whether the last figure of one article compares with the first of another, given what disagrees."""
    articles = {article.id: article for article in (first, second)}.values()
    held = book(*articles, disagreements={"d": disagreement(**values)} if values else None)
    figures = held.of("exports")
    return held.comparable(figures[0], figures[-1])


def test_undisputed_values_of_one_unit_compare_and_disputed_ones_of_two_sources_do_not() -> None:
    assert pair(source("a", exports(5)), source("b", exports(7)))
    assert not pair(source("a", exports(5)), source("b", exports(7)), a=5.0, c=9.0)
    assert not pair(source("a", exports(5)), source("b", exports(7, Unit.USD)))


def test_disputed_values_of_one_article_or_one_speaker_compare() -> None:
    article = source("a", exports(5), exports(7))
    assert pair(article, article, a=5.0, b=9.0)
    said = [exports(n).model_copy(update={"said_by": "apebi"}) for n in (5, 7)]
    assert pair(source("a", said[0]), source("b", said[1]), a=5.0, b=7.0)


def test_a_later_period_is_more_recent_then_a_stated_one_then_a_later_article() -> None:
    statement = make_figure("exports", 5, start="2023", basis=PeriodBasis.STATEMENT)
    undated = make_figure("exports", 5)
    articles = [
        source("undated", undated, published="2026"),
        source("statement", statement, published="2026"),
        source("early", exports(5), published="2024"),
        source("late", exports(5), published="2025"),
        source("next", make_figure("exports", 5, start="2024"), published="2020"),
    ]
    found = sorted(book(*articles[::-1]).of("exports"), key=lambda dated: dated.recency)
    assert [dated.article.id for dated in found] == [article.id for article in articles]
    assert replace(found[0], span=found[-1].span).recency > found[-2].recency
