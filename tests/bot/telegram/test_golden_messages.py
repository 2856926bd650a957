"""Telegram takes every message that a golden question or a page gives rise to."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.answerer import Answerer
from bot.answering.figure_pages import FigurePage
from bot.answering.model import Answer
from bot.answering.pages import Media, Page
from bot.evaluation import Verdict
from bot.session import Session
from bot.telegram.bidi import strip_controls
from bot.telegram.delivery import parts
from knowledge.language import Language
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
