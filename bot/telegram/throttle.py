"""What is too much: updates beyond a user's rate, or everyone's, are passed over with one word in a burst."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import structlog
from telegram import CallbackQuery, Update
from telegram.error import BadRequest
from telegram.ext import ApplicationHandlerStop

from bot.localisation import localiser
from bot.state.store import StateStore
from bot.telegram.addressing import addressed_text, is_command, is_private
from bot.telegram.bidi import isolate
from bot.telegram.commands import COMMANDS
from bot.telegram.contexts import key_of, notice_language, sender_of
from bot.telegram.delivery import Bot, Recipient, notice, send
from bot.telegram.limits import Buckets, Limits

log = structlog.get_logger(__name__)

INLINE_COST = 0.25
"""Of a message: a query is sent at every pause in typing."""

_COMMANDS = frozenset(command.value for command in COMMANDS)


class Throttle:
    """Stands before the handlers.

    Args:
        limits: What is answered.
        store: Knows the user's language.
        now: Seconds on a clock that never runs backwards.
    """

    def __init__(self, limits: Limits, store: StateStore, now: Callable[[], float]) -> None:
        self._users: Buckets[int] = Buckets(limits.user, now)
        self._everyone: Buckets[None] = Buckets(limits.everyone, now)
        self._store = store

    async def check(self, update: Update, context: Any) -> None:
        """Let an update pass to its handler, or end it here.

        Raises:
            ApplicationHandlerStop: It is too much.
        """
        sender = sender_of(update)
        if sender is None or not _wants_answer(update, context.bot):
            return
        cost = INLINE_COST if update.inline_query is not None else 1.0
        key = "too-many"
        if self._users.take(sender, cost):
            if self._everyone.take(None, cost):
                return
            key = "too-busy"
        log.info("throttled", reason=key)
        if update.inline_query is None:
            await self._tell(update, context.bot, key if self._users.warn(sender) else None)
        raise ApplicationHandlerStop

    async def _tell(self, update: Update, bot: Bot, word: str | None) -> None:
        """Say so, once in a burst; a button must be answered all the same, or its clock goes on turning."""
        if word is None and update.callback_query is None:
            return
        owner = key_of(update)
        memory = (await self._store.recall(owner)).memory
        language = notice_language(memory, update.effective_user.language_code if update.effective_user else None)
        if update.callback_query is not None:
            await _answer(update.callback_query, isolate(localiser(language).text(word), language) if word else None)
        elif word is not None:
            await send(bot, Recipient(owner.chat_id, owner.thread_id), notice(word, language))


async def _answer(query: CallbackQuery, text: str | None) -> None:
    try:
        await query.answer(text)
    except BadRequest as error:  # pressed long ago
        log.info("press_not_answered", reason=error.message)


def _wants_answer(update: Update, bot: Bot) -> bool:
    """Whether an update would be answered; what is said to others in a group costs its author nothing."""
    message = update.message or update.edited_message
    if message is None:
        return update.inline_query is not None or (
            update.callback_query is not None and update.effective_chat is not None
        )
    return is_private(message) or addressed_text(message, bot) is not None or is_command(message, bot, _COMMANDS)
