"""Telegram takes every message that a golden question or a page gives rise to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.answerer import Answerer
from bot.answering.figure_pages import FigurePage
from bot.answering.model import Answer, AnswerKind, Question
from bot.answering.pages import Media, Page
from bot.answering.shortening import shortened
from bot.evaluation import Verdict
from bot.localisation import localiser
from bot.session import Session
from bot.telegram.bidi import strip_controls
from bot.telegram.delivery import parts
from bot.telegram.inline import articles
from bot.telegram.reports import with_report
from knowledge.language import Language
from telegram_api import rules
from telegram_api.html import parse_html
from telegram_api.rules import formatted

pytestmark = pytest.mark.model

TODAY = date(2026, 1, 31)
ACTIONS = [
    *Page,
    *FigurePage,
    *(f"media:{kind}" for kind in Media),
    *(f"lang:{each}" for each in (*Language, "auto")),
    "sources:1",
]


def assert_telegram_takes(answer: Answer) -> None:
    messages = parts(answer)
    for part in messages:
        text = formatted(part.html, "HTML").text
        assert text.count("\u2068") == text.count("\u2069")
    seen = "".join(strip_controls(parse_html(part.html).text) for part in messages)
    said = "".join(span.text for block in answer.reply.blocks for span in block.spans)
    assert "".join(seen.split()) == "".join(strip_controls(said).split())


@pytest.mark.slow
def test_every_golden_reply_is_taken(golden_verdicts: tuple[Verdict, ...]) -> None:
    for verdict in golden_verdicts:
        assert_telegram_takes(verdict.answer)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("action", ACTIONS)
def test_every_page_is_taken(answerer: Answerer, action: str, language: Language) -> None:
    assert_telegram_takes(Session().act(answerer, action, TODAY, language=language))


QUESTIONS = {
    Language.FR: ("Combien d'emplois l'offshoring vise-t-il en 2030 ?", "Comment ont évolué les emplois offshoring ?"),
    Language.AR: ("كم عدد مناصب الشغل في ترحيل الخدمات نهاية 2024؟", "كيف تطورت مناصب الشغل في الأوفشورينغ؟"),
    Language.EN: ("Which partners does MoroccoTech have?", "How did offshoring jobs evolve?"),
}


@pytest.mark.parametrize("language", Language)
def test_everything_behind_the_buttons_of_an_answer_is_taken(answerer: Answerer, language: Language) -> None:
    seen: set[str] = set()
    for question in QUESTIONS[language]:
        answer = Session().ask(answerer, question, TODAY)
        assert (answer.kind, answer.language) == (AnswerKind.ANSWER, language)
        assert_telegram_takes(answer)
        assert_telegram_takes(shortened(answer))
        for option in with_report(answer).options:
            seen.add(option.action.partition(":")[0])
            page = Session().act(answerer, option.action, TODAY, language=language)
            assert page.reply.text != localiser(language).text("unknown-action")
            assert_telegram_takes(page)
    assert seen >= {"quotes", "copy", "report"}


@pytest.mark.parametrize("language", Language)
def test_every_card_is_taken(answerer: Answerer, language: Language) -> None:
    for question in QUESTIONS[language]:
        deck = answerer.cards(Question(question, TODAY))
        written = [each.to_dict() for each in articles(deck)]
        assert len(written) == len(deck.cards) > 0
        assert rules.inline_results({"results": written}) == written


@pytest.mark.slow
def test_every_golden_answer_has_buttons_that_are_taken(golden_verdicts: tuple[Verdict, ...]) -> None:
    for verdict in golden_verdicts:
        answer = with_report(verdict.answer)
        markup = parts(answer)[-1].markup
        assert (markup is not None) == bool(answer.options)
        if markup is not None:
            rules.reply_markup({"reply_markup": markup.to_dict()}, inline_only=True)
        assert_telegram_takes(shortened(answer))
