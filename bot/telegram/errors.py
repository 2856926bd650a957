"""What happens when a handler fails: the user is told, the operator finds it, the bot lives on."""

from __future__ import annotations

import secrets
import traceback

import structlog
from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot.errors import BotError, StateError
from bot.state.model import Memory
from bot.state.store import StateStore
from bot.telegram.contexts import key_of, notice_language, sender_of, thread_of
from bot.telegram.delivery import Recipient, notice, send
from bot.telegram.handlers import Context
from index.errors import IndexingError
from knowledge.errors import KnowledgeError

log = structlog.get_logger(__name__)

# Their messages are written by us or by Telegram; those of other errors may repeat what the user wrote.
_SAFE = (BotError, IndexingError, KnowledgeError, TelegramError)


class ErrorReport:
    """Logs an error under an incident number, and tells the number to the user.

    Args:
        store: Knows the user's language.
    """

    def __init__(self, store: StateStore) -> None:
        self._store = store

    async def report(self, update: object, context: Context) -> None:
        """Report the context's error."""
        error = context.error
        if error is None:
            return
        if not isinstance(update, Update) or update.effective_chat is None:
            log.warning("telegram_failed", error=describe(error))
            return
        if isinstance(error, Forbidden):  # the user blocked the bot
            log.info("not_allowed_to_write", reason=error.message)
            return
        incident = secrets.token_hex(4)
        log.error("incident", incident=incident, update_id=update.update_id, error=describe(error))
        user = update.effective_user
        language = notice_language(await self._memory(update), user.language_code if user else None)
        try:
            to = Recipient(update.effective_chat.id, thread_of(update))
            await send(context.bot, to, notice("incident", language, id=incident))
        except TelegramError as failure:
            log.warning("incident_not_told", incident=incident, error=describe(failure))

    async def _memory(self, update: Update) -> Memory:
        """What is remembered; nothing where that is what failed."""
        try:
            return (await self._store.recall(key_of(update))).memory if sender_of(update) is not None else Memory()
        except StateError as error:
            log.warning("not_recalled", error=describe(error))
            return Memory()


def describe(error: BaseException) -> str:
    """An error and its causes: class, place, and the message where it cannot hold a user's words."""
    causes: list[str] = []
    current: BaseException | None = error
    while current is not None:
        frames = traceback.extract_tb(current.__traceback__)
        places = " < ".join(f"{frame.filename}:{frame.lineno} {frame.name}" for frame in reversed(frames))
        message = f": {current}" if isinstance(current, _SAFE) else ""
        causes.append(f"{type(current).__name__}{message}" + (f" at {places}" if places else ""))
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return " || because of ".join(causes)
