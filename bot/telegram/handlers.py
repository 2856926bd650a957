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
from telegram.ext import (
    Application,
    CallbackContext,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.answering.model import Answer
from bot.answering.pages import Media
from bot.errors import BotError
from bot.session import Session
from bot.telegram.bridge import AnswerBridge
from bot.telegram.commands import COMMANDS, IN_PLACE, Command, action_of, is_chart
from bot.telegram.delivery import Bot, Part, busy, edit, notice, parts, send
from bot.telegram.inline import InlineCards
from bot.telegram.keyboards import actions
from bot.telegram.pictures import Pictures
from bot.telegram.state import ChatState, Sent, Turn, notice_language

log = structlog.get_logger(__name__)

Context = CallbackContext[Bot, dict[Any, Any], ChatState, dict[Any, Any]]
TelegramApplication = Application[Bot, Context, dict[Any, Any], ChatState, dict[Any, Any], None]
Answering = Callable[[Session], Awaitable[Answer]]


class Handlers:
    """The handlers of every update that the bot asks for.

    Args:
        bridge: Answers.
        pictures: Draws and sends charts.
        today: The date.
    """

    def __init__(self, bridge: AnswerBridge, pictures: Pictures, today: Callable[[], date]) -> None:
        self._bridge = bridge
        self._pictures = pictures
        self._today = today
        self._cards = InlineCards(bridge, today)

    def register(self, application: TelegramApplication) -> None:
        """Add the handlers; the first that takes an update is the only one."""
        for command in COMMANDS:
            application.add_handler(CommandHandler(command.value, functools.partial(self._command, command)))
        messages = filters.UpdateType.MESSAGES
        application.add_handler(MessageHandler(messages & filters.COMMAND, self._unknown_command))
        application.add_handler(MessageHandler(messages & (filters.TEXT | filters.CAPTION), self._question))
        application.add_handler(
            MessageHandler(messages & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, self._media)
        )
        application.add_handler(CallbackQueryHandler(self._button))
        application.add_handler(InlineQueryHandler(self._inline))

    async def _inline(self, update: Update, context: Context) -> None:
        if update.inline_query is not None:
            await self._cards.answer(context.bot, update.inline_query)

    async def _command(self, command: Command, update: Update, context: Context) -> None:
        await self._act(update, context, action_of(command, context.args or ()))

    async def _unknown_command(self, update: Update, context: Context) -> None:
        message = _message(update)
        if message.chat.type != ChatType.PRIVATE:  # it may be meant for another bot
            return
        state = _state(context)
        messages = notice("unknown-command", notice_language(state.session, _user_language(update)))
        turn = state.turns.get(message.message_id)
        sent = await _deliver(context.bot, message, messages, turn)
        if turn:
            await self._pictures.replace(context.bot, message.chat.id, turn.picture, None)
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
        await self._act(update, context, f"media:{_media_kind(message)}")

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
        async with busy(context.bot, chat_id) as answered:
            answer = await self._bridge.act(session, action, self._today())
            answered.set()
            chart = answer.chart if is_chart(action) else None
            messages = parts(_before_its_picture(answer) if chart else answer)
            state.session = session
            in_place = action.partition(":")[0] in IN_PLACE and len(messages) == 1
            if in_place and query.message.is_accessible:
                old = state.sent(query.message.message_id) or Sent(query.message.message_id, b"")
                for sent in await edit(context.bot, chat_id, messages, (old,)):
                    state.replace_sent(sent)
            elif not (chart and [each for each in actions(query.message) if is_chart(each)] == [action]):
                # An evolution offers one chart, and its values stand there; a page to choose from offers several.
                await send(context.bot, chat_id, messages)
        if chart:
            await self._pictures.send(context.bot, chat_id, chart, query.message.message_id)

    async def _act(self, update: Update, context: Context, action: str) -> None:
        async def act(session: Session) -> Answer:
            return await self._bridge.act(session, action, self._today())

        await self._reply(update, context, act, illustrated=is_chart(action))

    async def _reply(
        self, update: Update, context: Context, answering: Answering, *, illustrated: bool = False
    ) -> None:
        """Answer a message; a message answered before is answered anew, as at its time, in its old reply.

        Args:
            update: Holds the message.
            context: Its chat's.
            answering: Answers it.
            illustrated: Whether the answer's chart, if it has one, follows as a photo.
        """
        message, state = _message(update), _state(context)
        turn = state.turns.get(message.message_id)
        before = turn.before if turn else state.session.conversation
        # A copy: nothing is remembered of an answer that fails.
        session = dataclasses.replace(state.session, conversation=before, user_language=_user_language(update))
        picture = turn.picture if turn else None
        async with busy(context.bot, message.chat.id) as answered:
            answer = await answering(session)
            answered.set()
            chart = answer.chart if illustrated else None
            messages = parts(_before_its_picture(answer) if chart else answer)
            sent = await _deliver(context.bot, message, messages, turn)
        if turn and not state.is_newest(message.message_id):
            session.conversation = state.session.conversation
        state.session = session
        state.remember(message.message_id, Turn(before, sent, picture))
        if chart or picture:
            # The text is remembered by now, so that a chart that cannot be drawn does not make it another's.
            picture = await self._pictures.replace(context.bot, message.chat.id, picture, chart, _answered(message))
            state.remember(message.message_id, Turn(before, sent, picture))
        log.info("answered", kind=answer.kind.value, language=answer.language.value, messages=len(sent))


def _before_its_picture(answer: Answer) -> Answer:
    """The answer without a button for the chart that follows it."""
    return dataclasses.replace(answer, options=tuple(each for each in answer.options if not is_chart(each.action)))


async def _deliver(bot: Bot, message: Message, messages: Sequence[Part], turn: Turn | None) -> tuple[Sent, ...]:
    if turn:
        return await edit(bot, message.chat.id, messages, turn.sent)
    return await send(bot, message.chat.id, messages, _answered(message))


def _answered(message: Message) -> int | None:
    """The message that a reply names as answered: in a group it must be seen to whom the bot speaks."""
    return None if message.chat.type == ChatType.PRIVATE else message.message_id


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
