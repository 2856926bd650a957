"""What a passage speaks of, worked out from its text, figures and article."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.cues import load_cues
from bot.answering.frame import Quantity
from bot.answering.passage_facts import PassageFacts, read_passage_facts
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Article, FigureStatus, Review
from knowledge.periods import Span, year_span
from made_corpus import make_article, make_corpus, make_figure, make_quote, make_summary


def facts_of(article: Article, passage: str = "p1") -> PassageFacts:
    return read_passage_facts(make_corpus(article), load_cues())[f"{article.id}#{passage}"]


def facts_of_text(text: str) -> PassageFacts:
    return facts_of(make_article(make_quote(text, Language.EN), published=None))


@pytest.mark.parametrize(
    ("metric", "quantity"),
    [("exports", Quantity.AMOUNT), ("jobs", Quantity.COUNT), ("growth", Quantity.SHARE)],
)
def test_a_figures_unit_says_what_kind_of_number_a_passage_holds(metric: str, quantity: Quantity) -> None:
    facts = facts_of(make_article(make_summary(figures=(make_figure(metric, 12),))))
    assert facts.quantities & {Quantity.AMOUNT, Quantity.COUNT, Quantity.SHARE, Quantity.RANK} == {quantity}
    assert Quantity.NUMBER in facts.quantities


@pytest.mark.parametrize(
    ("text", "quantities"),
    [
        pytest.param("It earned 10 billion dirhams.", {Quantity.AMOUNT, Quantity.COUNT}, id="money"),
        pytest.param("بلغت 10 ملايير درهم.", {Quantity.AMOUNT, Quantity.COUNT}, id="money in Arabic"),
        pytest.param("The dirham. Then 10 came.", {Quantity.COUNT}, id="the currency before the number"),
        pytest.param("It rose 12%.", {Quantity.SHARE}, id="a percentage is no count"),
        pytest.param("There were 1,500 of them.", {Quantity.COUNT}, id="a number"),
        pytest.param("There were three of them.", {Quantity.COUNT}, id="a number in letters"),
        pytest.param("It was launched in 2022.", {Quantity.DATE}, id="a year is no count"),
        pytest.param("It was launched on 14 January 2022.", {Quantity.DATE}, id="nor the day of a date"),
        pytest.param("In 2022 there were 14.", {Quantity.DATE, Quantity.COUNT}, id="a number beside a year"),
        pytest.param("It succeeds thanks to them.", {Quantity.REASON}, id="a reason"),
        pytest.param("It stands in Rabat.", {Quantity.PLACE}, id="a city"),
        pytest.param("It comes from France.", {Quantity.PLACE}, id="a country"),
        pytest.param("Ghita Mezzour came.", {Quantity.PERSON}, id="a person"),
        pytest.param("CGEM came.", {Quantity.PERSON}, id="an organisation"),
        pytest.param("GITEX came.", set(), id="an event is nobody"),
        pytest.param("It came.", set(), id="nothing"),
    ],
)
def test_the_words_of_a_passage_say_what_it_holds(text: str, quantities: set[Quantity]) -> None:
    assert facts_of_text(text).quantities - {Quantity.NUMBER} == quantities


def test_any_kind_of_number_is_a_number_and_nothing_else_is() -> None:
    assert Quantity.NUMBER in facts_of_text("It rose 12%.").quantities
    assert Quantity.NUMBER not in facts_of_text("It was launched in 2022.").quantities


def test_periods_come_from_text_and_figures_in_order() -> None:
    figures = (make_figure("jobs", 5, start="2018", end="2019"), make_figure("jobs", 6))
    facts = facts_of(make_article(make_summary("By 2030, as in 2014.", figures=figures)))
    assert facts.periods == (year_span(2014), year_span(2018, 2019), year_span(2030))


def test_a_date_that_only_repeats_when_the_article_appeared_is_no_period() -> None:
    facts = facts_of(make_article(make_summary("H24 published this in May 2024, on 3 May 2024.")))
    assert facts.periods == ()
    assert facts.appeared == Span(date(2024, 5, 1), date(2024, 5, 31))


def test_the_year_in_which_an_article_appeared_is_a_period_where_the_text_names_it() -> None:
    assert facts_of(make_article(make_summary("In 2024 it grew."))).periods == (year_span(2024),)


def test_another_months_date_is_a_period() -> None:
    facts = facts_of(make_article(make_summary("Signed in April 2024.")))
    assert facts.periods == (Span(date(2024, 4, 1), date(2024, 4, 30)),)


def test_a_figures_period_counts_though_the_article_appeared_in_it() -> None:
    figure = make_figure("jobs", 5, start="2024-05")
    facts = facts_of(make_article(make_summary("Now.", figures=(figure,))))
    assert facts.periods == (Span(date(2024, 5, 1), date(2024, 5, 31)),)


def test_an_undated_article_has_appeared_at_no_known_time() -> None:
    facts = facts_of(make_article(make_summary("Signed in April 2024."), published=None, about="2023"))
    assert facts.appeared is None
    assert facts.periods == (Span(date(2024, 4, 1), date(2024, 4, 30)),)


def test_entities_are_those_listed_named_speaking_and_publishing() -> None:
    figure = make_figure("jobs", 5, said_by="apebi")
    passage = make_summary("GITEX opens.", entities=("morocco",), said_by="mezzour", figures=(figure,))
    facts = facts_of(make_article(passage, publisher="Le Matin"))
    assert facts.entities == {"gitex", "morocco", "mezzour", "apebi", "le-matin"}


def test_an_entity_is_introduced_where_one_text_names_it_in_two_ways() -> None:
    assert facts_of_text("The APEBI, the Federation of technology.").introduced == {"apebi"}
    assert facts_of_text("The APEBI, that is the apebi.").introduced == frozenset()
    texts = {Language.FR: "APEBI", Language.AR: "APEBI", Language.EN: "Federation of technology"}
    assert facts_of(make_article(make_summary(texts=texts))).introduced == frozenset()


def test_an_articles_cities_hold_for_all_its_passages_but_its_countries_do_not() -> None:
    passages = (make_summary("Signed in Rabat with France."), make_summary("It grew.", id="p2"))
    facts = facts_of(make_article(*passages), "p2")
    assert facts.cities == {"rabat"}
    assert facts.countries == frozenset()
    assert facts_of(make_article(*passages)).countries == {"FR"}


def test_figures_give_metrics_related_metrics_and_statuses() -> None:
    figures = (make_figure("exports", 5), make_figure("jobs", 6, status=FigureStatus.TARGET))
    facts = facts_of(make_article(make_summary(figures=figures)))
    assert facts.metrics == {"exports", "jobs"}
    assert facts.related == {"turnover"}
    assert facts.statuses == {FigureStatus.ACTUAL, FigureStatus.TARGET}


def test_a_quotes_metrics_are_read_from_its_words_until_it_has_figures() -> None:
    quote = make_quote("Exports grew again.", Language.EN)
    read = facts_of(make_article(quote))
    assert read.metrics == frozenset()
    assert read.spoken == {"exports"}
    with_figure = facts_of(make_article(quote.model_copy(update={"figures": (make_figure("jobs", 12),)})))
    assert with_figure.metrics == {"jobs"}
    assert with_figure.spoken == frozenset()


def test_a_summarys_metrics_are_those_of_its_figures_alone() -> None:
    assert facts_of(make_article(make_summary("Exports grew again."))).spoken == frozenset()


def test_constraints_are_the_branches_and_details_spoken_of() -> None:
    assert facts_of_text("Wages in the automotive industry.").constraints == {"salary", "automotive"}
    assert facts_of_text("Des salariés travaillent.").constraints == frozenset(), "they are people, and no pay"


def test_names_hold_the_words_of_every_name_of_what_a_passage_is_about() -> None:
    facts = facts_of_text("The APEBI came.")
    assert {"apebi", "federation"} <= facts.names
    assert "cgem" not in facts.names


def test_every_shipped_passage_has_facts_and_its_figures_metrics_among_them(corpus: Corpus) -> None:
    facts = read_passage_facts(corpus, load_cues())
    assert facts.keys() == corpus.passages.keys()
    for passage_id, (_, passage) in corpus.passages.items():
        assert facts[passage_id].metrics == {figure.metric for figure in passage.figures}


def test_a_figure_that_is_only_proposed_says_nothing() -> None:
    proposed = make_figure("jobs", 12, start="2023", said_by="cgem", review=Review.PROPOSED)
    facts = facts_of(make_article(make_summary(figures=(proposed,))))
    assert (facts.metrics, facts.claims, facts.speakers, facts.periods) == (frozenset(), frozenset(), frozenset(), ())
