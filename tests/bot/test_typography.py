"""What Dalil words itself is typeset as its language is: numbers, dates, separators, quotation marks."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from babel.dates import get_month_names

import knowledge
from bot.answering.citing import citation_to_copy
from bot.answering.composing import Composer
from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_pages import FigurePage, FigurePages
from bot.answering.figures import FigureBook
from bot.answering.pages import Page, Pages
from bot.localisation import localiser
from knowledge.language import Language
from knowledge.loading import load_corpus
from knowledge.periods import BABEL_LOCALES

FR, AR, EN = Language.FR, Language.AR, Language.EN
TODAY = date(2026, 11, 21)
_URL = re.compile(r"https?://\S+")
# As published or as the editors named it: not Dalil's words.
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”")


@functools.cache
def worded(language: Language) -> tuple[str, ...]:
    """Texts of Dalil's own about everything that the knowledge holds: values, evolutions, charts, citations, pages."""
    corpus = load_corpus(Path(knowledge.__file__).parent)
    chooser = FigureChooser(corpus, FigureBook(corpus))
    composer = Composer(corpus)
    pages = FigurePages(corpus, chooser, composer)
    texts: list[str] = []
    for metric in corpus.metrics:
        for page in (FigurePage.FIGURE, FigurePage.EVOLUTION, FigurePage.CHART):
            answer = pages.show(page, metric, language, TODAY)
            texts.append(answer.lead)
            if answer.chart is not None:
                texts.append(answer.chart.alt)
    locale = localiser(language)
    texts += [
        citation_to_copy(article, locale, TODAY).replace(article.publisher, "H24")
        for article in corpus.articles.values()
        if article.title is not None
    ]
    texts.append(Pages(corpus, None).show(Page.ABOUT, "", language).reply.text)
    names = [name for each in corpus.entities.values() for name in each.all_names if re.search(r"[:;,.!?]", name)]
    named = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))))
    return tuple(_URL.sub("", named.sub("N", _QUOTED.sub("Q", text))) for text in texts)


def violations(language: Language, pattern: str) -> Iterator[str]:
    return (f"{found.group()!r} in {text!r}" for text in worded(language) for found in re.finditer(pattern, text))


# In French 148 500 and 26,2; in Moroccan Arabic 148.500 and 26,2; in English 148,500 and 26.2.
@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        (FR, r"[0-9]\.[0-9]"),
        (FR, r"[0-9] [0-9]{3}(?![0-9])"),
        (FR, r"[0-9],[0-9]{3},"),
        (EN, r"[0-9],[0-9]{1,2}(?![0-9])"),
        (EN, r"[0-9][\u00a0\u202f ][0-9]{3}(?![0-9])"),
        (AR, r"[0-9]\.[0-9]{1,2}(?![0-9])"),
        (AR, r"[0-9][\u00a0\u202f ][0-9]{3}(?![0-9])"),
        (AR, r"[٠-٩]"),
    ],
)
def test_numbers_are_written_as_in_the_language(language: Language, pattern: str) -> None:
    assert list(violations(language, pattern)) == []


@pytest.mark.parametrize("language", Language)
def test_dates_name_months_as_in_the_language(language: Language) -> None:
    def months(each: Language) -> set[str]:
        return {str(name).lower() for name in get_month_names("wide", locale=BABEL_LOCALES[each]).values()}

    foreign = set().union(*(months(each) for each in Language)) - months(language)
    words = {word.lower() for text in worded(language) for word in re.findall(r"\w+", text)}
    assert not words & foreign
    assert words & months(language)


@pytest.mark.parametrize(
    ("language", "pattern"),
    [
        (FR, r"[^\u00a0\u202f][;:?!»]"),
        (FR, r"«[^\u00a0\u202f]"),
        (FR, r"[“”\"]"),
        (EN, r"\s[;:?!,.]"),
        (EN, r"[«»\"]"),
        (AR, r"[?;“”\"]"),
        (AR, r",(?![0-9])"),
        (AR, r"\s[،؛؟.!:]"),
    ],
)
def test_punctuation_is_that_of_the_language(language: Language, pattern: str) -> None:
    assert list(violations(language, pattern)) == []


@pytest.mark.parametrize(("language", "separators"), [(FR, ("\u00a0; ", ", ")), (AR, ("؛ ", "، ")), (EN, ("; ", ", "))])
def test_lists_are_separated_as_in_the_language(language: Language, separators: tuple[str, ...]) -> None:
    everything = "\n".join(worded(language))
    assert all(separator in everything for separator in separators)


def test_nothing_is_looked_at_in_vain() -> None:
    assert all(len(worded(language)) > 200 for language in Language)
    assert any("148" in text for text in worded(FR))
