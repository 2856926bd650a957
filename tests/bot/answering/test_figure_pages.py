"""The pages behind /figures, /chart and /latest."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.composing import Composer
from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_pages import NEWEST, FigurePage, FigurePages
from bot.answering.figures import FigureBook
from bot.answering.model import Answer, AnswerKind
from bot.localisation import localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from made_corpus import make_article, make_corpus, make_figure, make_summary

EN = Language.EN
TODAY = date(2026, 11, 21)
FIGURES = (
    make_figure("jobs", 1, start="2023"),
    make_figure("jobs", 2, start="2024"),
    make_figure("exports", 5, start="2024"),
)
MADE = make_corpus(make_article(make_summary(figures=FIGURES)))


def made_pages(corpus: Corpus = MADE) -> FigurePages:
    return FigurePages(corpus, FigureChooser(corpus, FigureBook(corpus)), Composer(corpus))


def show(page: FigurePage, argument: str = "", language: Language = EN) -> Answer:
    return made_pages().show(page, argument, language, TODAY)


def actions(answer: Answer) -> list[str]:
    return [option.action for option in answer.options]


def test_figures_lists_the_topics_then_their_metrics_then_a_value() -> None:
    assert sorted(actions(show(FigurePage.FIGURES))) == ["figures:exports", "figures:jobs"]
    assert actions(show(FigurePage.FIGURES, "jobs")) == ["figure:jobs", "figures"]
    answer = show(FigurePage.FIGURE, "jobs")
    assert (answer.kind, answer.lead) == (AnswerKind.ANSWER, "Jobs, latest known (2024): 2 jobs")
    assert actions(answer) == ["evolution:jobs"]


def test_an_evolution_leads_to_its_chart() -> None:
    answer = show(FigurePage.EVOLUTION, "jobs")
    assert answer.lead.startswith("Jobs, over time:")
    assert actions(answer) == ["chart:jobs"]
    assert show(FigurePage.CHART, "jobs").chart is not None


def test_a_metric_may_be_named_in_words() -> None:
    assert show(FigurePage.CHART, "the jobs, please") == show(FigurePage.CHART, "jobs")


@pytest.mark.parametrize("argument", ["", "unknown", "jobs and exports", "growth growths"])
def test_a_chart_of_no_one_metric_or_of_none_that_has_figures_offers_those_that_can_be_drawn(argument: str) -> None:
    answer = show(FigurePage.CHART, argument)
    assert (answer.lead, actions(answer)) == (localiser(EN).text("chart-choose"), ["chart:jobs"])


def test_a_chart_of_one_value_is_refused_with_the_reason_and_the_value() -> None:
    answer = show(FigurePage.CHART, "exports")
    assert answer.chart is None
    assert answer.reply.blocks[0].text == localiser(EN).text("chart-one-point")
    assert "5 dirhams" in answer.reply.text


@pytest.mark.parametrize("page", FigurePage)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "argument", ["", ":", "jobs:nobody", "nothing:cgem", "jobs:::", "\x00", "../../etc", "x" * 500]
)
def test_forged_arguments_get_a_polite_page(page: FigurePage, language: Language, argument: str) -> None:
    answer = show(page, argument, language)
    assert answer.language is language
    assert answer.kind in {AnswerKind.HELP, AnswerKind.ANSWER}
    assert answer.reply.text.strip()


def test_latest_shows_the_newest_dated_articles() -> None:
    dates = ["2020", "2025-03", None, "2026-01-02", "2024-05"]
    articles = [make_article(id=f"a{n}", published=each) for n, each in enumerate(dates)]
    answer = made_pages(make_corpus(*articles)).show(FigurePage.LATEST, "", EN, TODAY)
    assert [each.article.id for each in answer.citations] == ["a3", "a1", "a4"]
    assert len(answer.citations) == NEWEST
    assert answer.reply.blocks[0].text == localiser(EN).text("latest-title")


@pytest.mark.parametrize("language", Language)
def test_every_page_of_the_shipped_knowledge_can_be_reached_by_buttons_that_telegram_takes(
    corpus: Corpus, language: Language
) -> None:
    pages = made_pages(corpus)
    topics = [f"{page}:{metric}" for metric in corpus.metrics for page in ("figure", "evolution", "chart")]
    book = FigureBook(corpus)
    topics += [f"figure:{metric}:{entity}" for entity, metrics in book.subjects.items() for metric in metrics]
    waiting, seen = ["figures", "chart", "latest", *topics], set[str]()
    while waiting:
        action = waiting.pop()
        if action in seen:
            continue
        seen.add(action)
        assert len(action.encode()) <= 64, action
        name, _, argument = action.partition(":")
        answer = pages.show(FigurePage(name), argument, language, TODAY)
        assert answer.reply.text.strip()
        waiting += actions(answer)
    assert {f"figures:{metric.topic}" for metric in corpus.metrics.values()} & seen
