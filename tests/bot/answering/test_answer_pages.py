"""The pages behind the buttons of an answer, and which of them are offered under it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.answering.answer_pages import AnswerPage, AnswerPages
from bot.answering.composing import Composer
from bot.answering.model import Answer, AnswerKind, Option
from bot.answering.references import refer
from bot.answering.reply import BlockKind, Style
from bot.localisation import localiser
from knowledge.language import Language
from made_corpus import make_article, make_corpus, make_quote, make_summary

FR, AR, EN = Language.FR, Language.AR, Language.EN
TODAY = date(2026, 11, 21)
SUMMARY = make_article(make_summary("First."), make_summary("Second.", id="p2"), id="summary")
QUOTE = make_article(make_quote("Dit-elle.", FR), id="quote", publisher="Le Matin", url=None, published=None)
CORPUS = make_corpus(SUMMARY, QUOTE)
FIRST, SECOND, QUOTED = "summary#p1", "summary#p2", "quote#p1"


def pages() -> AnswerPages:
    return AnswerPages(CORPUS, Composer(CORPUS))


def show(page: AnswerPage, *passage_ids: str, language: Language = EN) -> Answer:
    answer = pages().show(page, refer(passage_ids), language, TODAY)
    assert answer is not None
    return answer


def answered(*passage_ids: str, language: Language = EN) -> Answer:
    return Composer(CORPUS).passages(passage_ids, language)


def test_an_answer_offers_its_sources_and_a_citation_to_copy() -> None:
    options = pages().offer(answered(FIRST, QUOTED), (), TODAY).options
    both = refer([FIRST, QUOTED])
    assert [option.action for option in options] == [f"quotes:{both}", f"copy:{both}"]
    assert [option.label for option in options] == ["Sources", "Copy citation"]


def test_more_is_offered_where_there_is_more() -> None:
    options = pages().offer(answered(FIRST), (FIRST, QUOTED), TODAY).options
    assert Option("More", f"more:{refer([QUOTED])}") in options
    options = pages().offer(answered(FIRST), (FIRST,), TODAY).options
    assert not any(option.action.startswith("more") for option in options)


def test_what_an_answer_offers_by_itself_stands_first() -> None:
    answer = replace(answered(FIRST), options=(Option("Chart", "chart:jobs"),))
    options = pages().offer(answer, (), TODAY).options
    assert [option.label for option in options] == ["Chart", "Sources", "Copy citation"]


def test_more_sources_than_one_button_names_stand_behind_two_and_keep_their_numbers() -> None:
    corpus = make_corpus(*(make_article(id=f"a{n}") for n in range(8)))
    of_eight = AnswerPages(corpus, Composer(corpus))
    answer = Composer(corpus).passages(list(corpus.passages), EN)
    first, second, _ = of_eight.offer(answer, (), TODAY).options
    assert (first.label, second.label) == ("Sources 1–6", "Sources 7–8")
    shown: list[int] = []
    for option in (first, second):
        assert len(option.action.encode()) <= 64
        name, _, argument = option.action.partition(":")
        page = of_eight.show(AnswerPage(name), argument, EN, TODAY)
        assert page is not None
        shown += [citation.n for citation in page.citations]
    assert shown == [citation.n for citation in answer.citations]


def test_an_answer_without_sources_is_offered_nothing() -> None:
    refused = Answer(AnswerKind.ABSTENTION, EN, answered(FIRST).reply, "", options=(Option("Jobs", "topic:jobs"),))
    assert pages().offer(refused, (FIRST,), TODAY) == refused


@pytest.mark.parametrize("language", Language)
def test_the_sources_page_shows_each_passage_over_its_source_numbered_as_in_the_answer(language: Language) -> None:
    answer = show(AnswerPage.QUOTES, QUOTED, FIRST, language=language)
    assert [block.kind for block in answer.reply.blocks] == [BlockKind.FOLDED, BlockKind.SOURCE] * 2
    assert [citation.passage_id for citation in answer.citations] == [QUOTED, FIRST]
    original, of_original, summary, of_summary = (block.text for block in answer.reply.blocks)
    assert localiser(FR).text("quoted", text="Dit-elle.") in original
    assert summary == "First."
    assert of_original.startswith("[1] Le Matin")
    assert of_summary.startswith("[2] H24")
    assert "https://example.org/a" in of_summary


def test_more_shows_passages_and_says_that_they_may_not_answer() -> None:
    answer = show(AnswerPage.MORE, SECOND)
    assert answer.reply.blocks[0].text == localiser(EN).text("more-title")
    assert "Second. [1]" in answer.reply.text
    assert [option.action for option in answer.options] == [f"copy:{refer([SECOND])}"]


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (FR, "H24, «\u00a0Le titre\u00a0», mai 2024. https://example.org/a (consulté le 21 novembre 2026)"),
        (AR, "H24، «Le titre»، ماي 2024. https://example.org/a (تم الاطلاع عليه في 21 نونبر 2026)"),
        (EN, "H24, “Le titre”, May 2024. https://example.org/a (accessed 21 November 2026)"),
    ],
)
def test_a_citation_names_publisher_title_date_link_and_the_day_it_was_read(language: Language, expected: str) -> None:
    answer = show(AnswerPage.COPY, FIRST, SECOND, language=language)
    _, line = answer.reply.blocks  # two passages of one article are cited once
    assert line.text == expected
    assert line.spans[0].style is Style.CODE


def test_a_source_without_a_link_is_cited_without_the_day_it_was_read() -> None:
    assert show(AnswerPage.COPY, QUOTED).lead == "Le Matin, “Le titre”, undated"


def test_the_button_copies_what_the_page_shows() -> None:
    (copy,) = (each for each in pages().offer(answered(FIRST, QUOTED), (), TODAY).options if each.copies)
    assert copy.copies == show(AnswerPage.COPY, FIRST, QUOTED).lead


@pytest.mark.parametrize("language", Language)
def test_a_report_asks_what_is_wrong_and_names_the_passages(language: Language) -> None:
    answer = show(AnswerPage.REPORT, FIRST, QUOTED, language=language)
    assert answer.reply.text.endswith(refer([FIRST, QUOTED]))
    assert answer.reply.text == localiser(language).text("report-ask", reference=refer([FIRST, QUOTED]))


@pytest.mark.parametrize("page", AnswerPage)
@pytest.mark.parametrize("argument", ["", "nothing", refer(["removed#p1"]), "\x00", ".." * 40])
def test_a_button_of_passages_that_are_no_more_has_no_page(page: AnswerPage, argument: str) -> None:
    assert pages().show(page, argument, EN, TODAY) is None


def test_the_question_of_a_report_is_one_that_the_first_passage_answers() -> None:
    asked = make_summary("Text.", questions={EN: ("How many?", "How much?"), FR: ("Combien ?",)})
    corpus = make_corpus(make_article(asked), QUOTE)
    of_both = AnswerPages(corpus, Composer(corpus))
    assert of_both.question_of(["a#p1", QUOTED], EN) == "How many?"
    assert of_both.question_of(["a#p1"], AR) == "Combien ?"
    assert of_both.question_of([QUOTED], AR) == "Dit-elle."
    assert of_both.question_of([], EN) is None
