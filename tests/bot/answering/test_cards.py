"""Cards: each statement with its date and link, figures first, and nothing that was refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answering.answerer import LONGEST_MESSAGE, Answerer
from bot.answering.cards import LONGEST_TITLE, Card, CardDealer, Deck
from bot.answering.composing import Composer
from bot.answering.figure_choice import FigureChooser
from bot.answering.figures import FigureBook
from bot.answering.frame import Frame, Intent
from bot.answering.model import Evidence, Finding, Question
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Disagreement, FigureReference, FigureStatus
from made_corpus import KnownHits, make_article, make_corpus, make_figure, make_summary

FR, AR, EN = Language.FR, Language.AR, Language.EN
TODAY = date(2026, 11, 21)
JOBS = make_article(
    make_summary("Jobs rose to 500 in 2023. Nobody knows why.", figures=(make_figure("jobs", 500, start="2023"),)),
    make_summary("Jobs rose to 600 in 2024.", id="p2", figures=(make_figure("jobs", 600, start="2024"),)),
    make_summary(
        "900 jobs by 2030.", id="p3", figures=(make_figure("jobs", 900, start="2030", status=FigureStatus.TARGET),)
    ),
)
CORPUS = make_corpus(JOBS)


def deal(frame: Frame, *passing: str, corpus: Corpus = CORPUS, language: Language = EN, answers: bool = True) -> Deck:
    figures = FigureChooser(corpus, FigureBook(corpus)).choose(frame) if answers else ()
    ids = dict.fromkeys([*(f.passage_id for each in figures for f in each.shown), *passing])
    evidence = tuple(Evidence(each, *corpus.passages[each], 0.9) for each in ids) if answers else ()
    finding = Finding(frame, KnownHits().embed(frame), evidence, figures=figures, passing=passing)
    return CardDealer(corpus, Composer(corpus)).deal([finding], language)


def jobs(**fields: object) -> Frame:
    return replace(Frame("jobs", EN, metrics=("jobs",), today=TODAY), **fields)  # type: ignore[arg-type]


def test_a_value_is_titled_by_its_number_and_pasted_with_what_it_is_of_and_its_source() -> None:
    first, *_ = deal(jobs()).cards
    assert (first.title, first.description) == ("600 jobs", "Jobs (2024) · H24 · May 2024")
    assert first.reply.text == (
        "Jobs, latest known (2024): 600 jobs [1]\n[1] H24 · “Le titre” (https://example.org/a) · May 2024 · "
        "Dalil's summary of an article in French"
    ), "without the passage, which a long reply adds"


def test_passages_follow_the_figures_titled_by_their_first_sentence() -> None:
    cards = deal(jobs(), "a#p1").cards
    assert [card.title for card in cards] == ["600 jobs", "Jobs rose to 600 in 2024.", "Jobs rose to 500 in 2023."]
    assert cards[-1].description == "H24 · May 2024"
    assert cards[-1].reply.text.startswith("Jobs rose to 500 in 2023. Nobody knows why. [1]\n[1] H24 · ")


def test_an_evolution_is_one_card_and_each_of_its_values_another() -> None:
    cards = deal(jobs(intent=Intent.EVOLUTION)).cards
    assert [card.title for card in cards[:4]] == ["Jobs, over time:", "500 jobs", "600 jobs", "900 jobs"]
    assert "target (2030)" in cards[3].reply.text


def test_of_values_that_differ_none_is_offered_without_the_others() -> None:
    one = make_summary("500.", figures=(make_figure("jobs", 500, start="2023"),))
    other = make_summary("700.", id="p2", figures=(make_figure("jobs", 700, start="2023"),))
    named = tuple(FigureReference(passage=f"a#{p}", metric="jobs", value=v) for p, v in (("p1", 500), ("p2", 700)))
    for known in ({}, {"d": Disagreement(figures=named)}):
        corpus = make_corpus(make_article(one, other), disagreements=known)
        of_figures = [card for card in deal(jobs(), corpus=corpus).cards if card.title.endswith("jobs")]
        assert of_figures
        assert all("500 jobs" in card.reply.text and "700 jobs" in card.reply.text for card in of_figures)


def test_beside_values_that_differ_an_undisputed_one_is_offered_alone() -> None:
    first = make_summary("5.", figures=(make_figure("exports", 5, start="2023-01-01", end="2023-12-31"),))
    other = make_summary("9.", id="p2", figures=(make_figure("exports", 9, start="2023-01-01", end="2023-12-31"),))
    later = make_summary("3.", id="p3", figures=(make_figure("exports", 3, start="2024-01-01", end="2024-06-30"),))
    corpus = make_corpus(make_article(first, other, later))
    cards = deal(jobs(metrics=("exports",)), corpus=corpus).cards
    alone = [card.title for card in cards if card.title.endswith("dirhams") and "differ" not in card.reply.text]
    assert "9 dirhams" in cards[0].reply.text
    assert "5 dirhams" in cards[0].reply.text
    assert [title for title in alone if title != cards[0].title] == ["3 dirhams"]
    assert alone.count("5 dirhams") + alone.count("9 dirhams") <= 1, "the card of all"


def test_of_an_evolution_whose_sources_disagree_no_value_is_offered_alone() -> None:
    named = tuple(FigureReference(passage=f"a#{p}", metric="jobs", value=v) for p, v in (("p1", 500), ("p2", 600)))
    corpus = make_corpus(JOBS, disagreements={"d": Disagreement(figures=named)})
    cards = deal(jobs(intent=Intent.EVOLUTION), corpus=corpus).cards
    assert [card.title for card in cards if "jobs" in card.title.lower() and card.title[0].isdigit()] == [
        "900 jobs by 2030."
    ]


def test_what_was_refused_gives_no_card() -> None:
    assert deal(jobs(), "a#p1", answers=False) == Deck(EN)


def test_a_long_first_sentence_is_cut_between_words() -> None:
    corpus = make_corpus(make_article(make_summary("word " * 60 + "end.")))
    (card,) = deal(Frame("q", EN), "a#p1", corpus=corpus).cards
    assert len(card.title) <= LONGEST_TITLE + 1
    assert card.title.endswith("word…")


@pytest.mark.model
@pytest.mark.parametrize(
    ("query", "language", "value"),
    [
        ("offshoring jobs 2024", EN, "148,500"),
        ("emplois offshoring 2024", FR, "148\u00a0500"),
        ("مناصب الشغل في ترحيل الخدمات 2024", AR, "148.500"),
    ],
)
def test_a_few_words_are_answered_in_their_language(
    answerer: Answerer, query: str, language: Language, value: str
) -> None:
    deck = answerer.cards(Question(query, TODAY, user_language="de"))
    assert deck.language is language
    assert value in deck.cards[0].title
    assert all(published(card) for card in deck.cards)


def published(card: Card) -> bool:
    """Whether a card names a source with its date or that it has none."""
    return "[1] " in card.reply.text and " · " in card.reply.text


@pytest.mark.model
@pytest.mark.parametrize(
    "query", ["", "   ", "hello", "recette du couscous", "jobs in Senegal", "x" * (LONGEST_MESSAGE + 1), "1 " * 2000]
)
def test_nothing_that_answers_gives_no_card(answerer: Answerer, query: str) -> None:
    assert answerer.cards(Question(query, TODAY)).cards == ()
