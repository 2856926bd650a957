"""Inline mode: cards for what someone types behind the bot's name in any chat."""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable
from datetime import date

import structlog
from telegram import (
    InlineQuery,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    LinkPreviewOptions,
)
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.answering.cards import Card, Deck
from bot.answering.model import Question
from bot.localisation import localiser
from bot.telegram.bidi import isolate
from bot.telegram.bridge import AnswerBridge
from bot.telegram.delivery import Bot
from bot.telegram.html import clean, render
from knowledge.language import Language

log = structlog.get_logger(__name__)

PAGE = 10
CACHE_SECONDS = 300
"""How long the same cards may be given for a query, here and by Telegram, though the knowledge may have changed."""

REMEMBERED_QUERIES = 500

# Telegram takes an answer for ten seconds or so, and nobody who types waits longer.
PATIENCE_SECONDS = 8.0

_START_PARAMETER = "inline"
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class InlineCards:
    """Answers inline queries.

    Args:
        bridge: Answers.
        today: The date.
    """

    def __init__(self, bridge: AnswerBridge, today: Callable[[], date]) -> None:
        self._bridge = bridge
        self._today = today
        self._found: OrderedDict[bytes, tuple[float, Deck]] = OrderedDict()

    async def answer(self, bot: Bot, query: InlineQuery) -> None:
        """Offer the cards of a query, ten at a time; a query that waits too long is left unanswered."""
        question = Question(" ".join(query.query.split()), self._today(), None, query.from_user.language_code)
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                deck = await self._deck(question)
        except TimeoutError:
            log.warning("inline_query_too_late")
            return
        first = int(query.offset) if query.offset.isdecimal() and len(query.offset) < len("1000") else 0
        offered = articles(deck)
        shown = offered[first : first + PAGE]
        following = first + PAGE
        try:
            await bot.answer_inline_query(
                query.id,
                shown,
                cache_time=CACHE_SECONDS,
                is_personal=True,
                next_offset=str(following) if following < len(offered) else "",
                button=None if offered else _ask_in_private(deck.language),
            )
        except BadRequest as error:  # it took longer than Telegram waits
            log.info("inline_query_not_answered", reason=error.message)
            return
        log.info("inline_query_answered", language=deck.language.value, cards=len(shown))

    async def _deck(self, question: Question) -> Deck:
        """The cards of a question, found once in a while; of the question itself a digest is kept."""
        key = hashlib.sha256(repr(question).encode(errors="replace")).digest()
        clock = asyncio.get_running_loop().time
        found = self._found.get(key)
        if found is None or clock() - found[0] >= CACHE_SECONDS:
            found = self._found[key] = clock(), await self._bridge.cards(question)
            while len(self._found) > REMEMBERED_QUERIES:
                self._found.popitem(last=False)
        self._found.move_to_end(key)
        return found[1]


def articles(deck: Deck) -> list[InlineQueryResultArticle]:
    """The cards that fit one message each, numbered by their place."""
    written = [(card, render(card.reply, deck.language)) for card in deck.cards]
    return [
        _article(str(place), card, messages[0], deck.language)
        for place, (card, messages) in enumerate(written)
        if len(messages) == 1
    ]


def _article(identifier: str, card: Card, message: str, language: Language) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        identifier,
        isolate(clean(card.title), language),
        InputTextMessageContent(message, ParseMode.HTML, link_preview_options=_NO_PREVIEW),
        description=isolate(clean(card.description), language),
    )


def _ask_in_private(language: Language) -> InlineQueryResultsButton:
    return InlineQueryResultsButton(
        isolate(localiser(language).text("cards-none"), language), start_parameter=_START_PARAMETER
    )
