"""Sends a reply, or edits the messages of an earlier one into it."""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, replace
from html import unescape

import structlog
from telegram import ForceReply, InlineKeyboardMarkup, LinkPreviewOptions, Message, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ExtBot

from bot.answering.model import Answer
from bot.answering.reply import Reply, note
from bot.localisation import localiser
from bot.state.model import Sent
from bot.telegram.html import render
from bot.telegram.keyboards import keyboard
from knowledge.language import Language

log = structlog.get_logger(__name__)

_TAG = re.compile(r"<[^>]*>")
Bot = ExtBot[int]

# Telegram shows the indicator for five seconds.
SHOWN_SECONDS = 4.5
# A preview of one source would push the answer and the other sources aside.
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Where messages go.

    Attributes:
        thread_id: The topic, 0 outside topics.
        reply_to: The message that the first one replies to, if it still stands.
    """

    chat_id: int
    thread_id: int = 0
    reply_to: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One message of a reply.

    Attributes:
        asks: Whether the reader is to reply to it, for which the input field opens.
    """

    html: str
    markup: InlineKeyboardMarkup | None = None
    asks: bool = False

    @property
    def fingerprint(self) -> bytes:
        """A digest of all that a reader sees."""
        return hashlib.sha256(f"{self.html}\0{self.markup.to_json() if self.markup else ''}".encode()).digest()

    def is_shown_by(self, message: Message) -> bool:
        """Whether a message shows this already, by its words and buttons: a button may be pressed twice."""
        words = unescape(_TAG.sub("", self.html)).strip()
        return (message.text or "").strip() == words and message.reply_markup == self.markup


def parts(answer: Answer) -> tuple[Part, ...]:
    """The messages of an answer; its buttons stand under the last."""
    *first, last = render(answer.reply, answer.language)
    return (*map(Part, first), Part(last, keyboard(answer.options, answer.language)))


def notice(key: str, language: Language, **arguments: str) -> tuple[Part, ...]:
    """A word from the bot itself."""
    reply = Reply((note(localiser(language).text(key, **arguments)),))
    return tuple(map(Part, render(reply, language)))


async def send(bot: Bot, to: Recipient, messages: Sequence[Part]) -> tuple[Sent, ...]:
    """Send messages, in order."""
    sent: list[Sent] = []
    for part in messages:
        message = await bot.send_message(
            to.chat_id,
            part.html,
            ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=ForceReply() if part.asks else part.markup,
            reply_parameters=None if sent else reply_parameters(to),
            message_thread_id=to.thread_id or None,
        )
        sent.append(Sent(message.message_id, part.fingerprint))
    return tuple(sent)


async def edit(bot: Bot, to: Recipient, messages: Sequence[Part], earlier: Sequence[Sent]) -> tuple[Sent, ...]:
    """Turn an earlier reply into another: edit what changed, delete what is too much, send what is missing."""
    kept: list[Sent] = []
    missing = list(messages[len(earlier) :])
    for part, old in zip(messages, earlier, strict=False):
        if part.fingerprint == old.fingerprint or await _edited(bot, to.chat_id, part, old.message_id):
            kept.append(Sent(old.message_id, part.fingerprint))
        else:
            missing.insert(0, part)
    for old in earlier[len(messages) :]:
        await delete(bot, to.chat_id, old.message_id)
    return (*kept, *await send(bot, replace(to, reply_to=None), missing))


async def delete(bot: Bot, chat_id: int, message_id: int) -> None:
    """Delete a message of the bot's, if that is still possible."""
    try:
        await bot.delete_message(chat_id, message_id)
    except BadRequest as error:  # the user deleted it, or it is too old to be deleted
        log.info("message_not_deleted", reason=error.message)


def reply_parameters(to: Recipient) -> ReplyParameters | None:
    """What makes a message a reply to another, if that still stands."""
    return ReplyParameters(to.reply_to, allow_sending_without_reply=True) if to.reply_to else None


async def _edited(bot: Bot, chat_id: int, part: Part, message_id: int) -> bool:
    """Edit a message; False where it can no longer be edited."""
    try:
        await bot.edit_message_text(
            part.html,
            chat_id,
            message_id,
            parse_mode=ParseMode.HTML,
            link_preview_options=_NO_PREVIEW,
            reply_markup=part.markup,
        )
    except BadRequest as error:
        # Also the answer to an edit that is repeated because the connection broke after it was done.
        if "not modified" in error.message:
            return True
        log.info("message_not_edited", reason=error.message)
        return False
    return True


@contextlib.asynccontextmanager
async def busy(bot: Bot, to: Recipient, action: ChatAction = ChatAction.TYPING) -> AsyncIterator[asyncio.Event]:
    """Show what the bot is doing until the event is set or the context left.

    The reply does not wait for the indicator, and a failure to show it harms nothing.
    """
    done = asyncio.Event()
    task = asyncio.create_task(_show(bot, to, action, done))
    try:
        yield done
    finally:
        done.set()
        await task


async def _show(bot: Bot, to: Recipient, action: ChatAction, done: asyncio.Event) -> None:
    while not done.is_set():
        try:
            await bot.send_chat_action(to.chat_id, action, to.thread_id or None)
        except TelegramError as error:
            log.info("action_not_shown", action=action, reason=error.message)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(done.wait(), SHOWN_SECONDS)
