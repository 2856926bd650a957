"""What the bot does about each kind of message."""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

import structlog
from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest
from telegram.ext import Application, CallbackContext, CallbackQueryHandler, CommandHandler, MessageHandler, filters

from bot.answering.model import Answer
from bot.answering.pages import Media, Page
from bot.errors import BotError
from bot.session import Session
from bot.telegram.bridge import AnswerBridge
from bot.telegram.delivery import Bot, Part, edit, notice, parts, send, typing
from bot.telegram.state import ChatState, Sent, Turn, notice_language

log = structlog.get_logger(__name__)

Context = CallbackContext[Bot, dict[Any, Any], ChatState, dict[Any, Any]]
TelegramApplication = Application[Bot, Context, dict[Any, Any], ChatState, dict[Any, Any], None]
Answering = Callable[[Session], Awaitable[Answer]]

# Pages that replace the message under which they were asked for.
_IN_PLACE = frozenset({Page.LANG.value, Page.SOURCES.value})
_WITH_ARGUMENT = frozenset({Page.LANG, Page.SOURCES})


class Handlers:
    """The handlers of every update that the bot asks for.

    Args:
        bridge: Answers.
        today: The date.
    """

    def __init__(self, bridge: AnswerBridge, today: Callable[[], date]) -> None:
        self._bridge = bridge
        self._today = today

    def register(self, application: TelegramApplication) -> None:
        """Add the handlers; the first that takes an update is the only one."""
        for page in Page:
            application.add_handler(CommandHandler(page.value, functools.partial(self._page, page)))
        messages = filters.UpdateType.MESSAGES
        application.add_handler(MessageHandler(messages & filters.COMMAND, self._unknown_command))
        application.add_handler(MessageHandler(messages & (filters.TEXT | filters.CAPTION), self._question))
        application.add_handler(
            MessageHandler(messages & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, self._media)
        )
        application.add_handler(CallbackQueryHandler(self._button))

    async def _page(self, page: Page, update: Update, context: Context) -> None:
        argument = context.args[0].lower() if context.args and page in _WITH_ARGUMENT else ""
        await self._reply(update, context, self._action(f"{page}:{argument}" if argument else page))

    async def _unknown_command(self, update: Update, context: Context) -> None:
        message = _message(update)
        if message.chat.type != ChatType.PRIVATE:  # it may be meant for another bot
            return
        state = _state(context)
        messages = notice("unknown-command", notice_language(state.session, _user_language(update)))
        turn = state.turns.get(message.message_id)
        sent = await _deliver(context.bot, message, messages, turn)
        state.remember(message.message_id, Turn(turn.before if turn else state.session.conversation, sent))

    async def _question(self, update: Update, context: Context) -> None:
        message = _message(update)
        text = _addressed_text(message, context.bot.username)
        if text is None:
            return
        _state(context).album = message.media_group_id

        async def ask(session: Session) -> Answer:
            return await self._bridge.ask(session, text, self._today())

        await self._reply(update, context, ask)

    async def _media(self, update: Update, context: Context) -> None:
        message, state = _message(update), _state(context)
        if message.media_group_id is not None and message.media_group_id == state.album:
            return
        state.album = message.media_group_id
        await self._reply(update, context, self._action(f"media:{_media_kind(message)}"))

    async def _button(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None or query.message is None:  # from an inline message; Dalil sends none
            return
        try:
            await query.answer()
        except BadRequest as error:  # pressed long ago, while the bot was down; the page is shown all the same
            log.info("press_not_answered", reason=error.message)
        state, chat_id, action = _state(context), query.message.chat.id, query.data or ""
        session = dataclasses.replace(state.session, user_language=_user_language(update))
        async with typing(context.bot, chat_id) as answered:
            answer = await self._bridge.act(session, action, self._today())
            answered.set()
            messages = parts(answer)
            state.session = session
            in_place = action.partition(":")[0] in _IN_PLACE and len(messages) == 1
            if in_place and query.message.is_accessible:
                old = state.sent(query.message.message_id) or Sent(query.message.message_id, b"")
                for sent in await edit(context.bot, chat_id, messages, (old,)):
                    state.replace_sent(sent)
            else:
                await send(context.bot, chat_id, messages)

    def _action(self, action: str) -> Answering:
        async def act(session: Session) -> Answer:
            return await self._bridge.act(session, action, self._today())

        return act

    async def _reply(self, update: Update, context: Context, answering: Answering) -> None:
        """Answer a message; a message answered before is answered anew, as at its time, in its old reply."""
        message, state = _message(update), _state(context)
        turn = state.turns.get(message.message_id)
        before = turn.before if turn else state.session.conversation
        # A copy: nothing is remembered of an answer that fails.
        session = dataclasses.replace(state.session, conversation=before, user_language=_user_language(update))
        async with typing(context.bot, message.chat.id) as answered:
            answer = await answering(session)
            answered.set()
            sent = await _deliver(context.bot, message, parts(answer), turn)
        if turn and not state.is_newest(message.message_id):
            session.conversation = state.session.conversation
        state.session = session
        state.remember(message.message_id, Turn(before, sent))
        log.info("answered", kind=answer.kind.value, language=answer.language.value, messages=len(sent))


async def _deliver(bot: Bot, message: Message, messages: Sequence[Part], turn: Turn | None) -> tuple[Sent, ...]:
    if turn:
        return await edit(bot, message.chat.id, messages, turn.sent)
    # In a group it must be seen to whom the bot speaks.
    reply_to = None if message.chat.type == ChatType.PRIVATE else message.message_id
    return await send(bot, message.chat.id, messages, reply_to)


def _addressed_text(message: Message, username: str) -> str | None:
    """A message's text or caption; in a group only if it names the bot, and without the name."""
    text = message.text or message.caption or ""
    if message.chat.type == ChatType.PRIVATE:
        return text
    name = re.compile(rf"(?i)@{re.escape(username)}\b")
    return name.sub("", text).strip() if name.search(text) else None


def _media_kind(message: Message) -> Media:
    if message.sticker:
        return Media.STICKER
    if message.photo:
        return Media.PHOTO
    if message.voice or message.video_note or message.audio:
        return Media.VOICE
    return Media.OTHER


def _message(update: Update) -> Message:
    message = update.message or update.edited_message
    if message is None:
        raise BotError("A handler for messages got an update without one.")
    return message


def _state(context: Context) -> ChatState:
    if context.chat_data is None:
        raise BotError("A handler got an update without a chat.")
    return context.chat_data


def _user_language(update: Update) -> str | None:
    return update.effective_user.language_code if update.effective_user else None
