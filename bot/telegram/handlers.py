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

from bot.answering.model import AbstentionReason, Answer, AnswerKind
from bot.answering.pages import Media
from bot.errors import BotError
from bot.session import Session
from bot.state.model import Memory, Sent, Turn, Unanswered
from bot.state.store import StateStore
from bot.telegram.bridge import AnswerBridge
from bot.telegram.commands import COMMANDS, IN_PLACE, Command, action_of, is_chart, is_forget
from bot.telegram.contexts import key_of, notice_language
from bot.telegram.delivery import Bot, Part, busy, edit, notice, parts, send
from bot.telegram.inline import InlineCards
from bot.telegram.keyboards import actions
from bot.telegram.pictures import Pictures

log = structlog.get_logger(__name__)

Context = CallbackContext[Bot, dict[Any, Any], dict[Any, Any], dict[Any, Any]]
TelegramApplication = Application[Bot, Context, dict[Any, Any], dict[Any, Any], dict[Any, Any], None]
Answering = Callable[[Session], Awaitable[Answer]]


class Handlers:
    """The handlers of every update that the bot asks for.

    Args:
        bridge: Answers.
        pictures: Draws and sends charts.
        store: Remembers.
        today: The date.
    """

    def __init__(self, bridge: AnswerBridge, pictures: Pictures, store: StateStore, today: Callable[[], date]) -> None:
        self._bridge = bridge
        self._pictures = pictures
        self._store = store
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
        action = action_of(command, context.args or ())
        if is_forget(action):
            await self._forget(update, context, action)
        else:
            await self._act(update, context, action)

    async def _unknown_command(self, update: Update, context: Context) -> None:
        message = _message(update)
        if message.chat.type != ChatType.PRIVATE:  # it may be meant for another bot
            return
        key = key_of(update)
        recalled = await self._store.recall(key, message.message_id)
        memory, turn = recalled.memory, recalled.turn
        messages = notice("unknown-command", notice_language(memory, _user_language(update)))
        sent = await _deliver(context.bot, message, messages, turn)
        if turn:
            await self._pictures.replace(context.bot, message.chat.id, turn.picture, None)
        before = turn.before if turn else memory.conversation
        await self._store.remember(key, memory, message.message_id, Turn(before, sent))

    async def _question(self, update: Update, context: Context) -> None:
        message = _message(update)
        text = _addressed_text(message, context.bot.username)
        if text is None:
            return

        async def ask(session: Session) -> Answer:
            return await self._bridge.ask(session, text, self._today())

        await self._reply(update, context, ask, question=text)

    async def _media(self, update: Update, context: Context) -> None:
        message = _message(update)
        if message.media_group_id is not None:
            recalled = await self._store.recall(key_of(update))
            if message.media_group_id == recalled.memory.album:
                return
        await self._act(update, context, f"media:{_media_kind(message)}")

    async def _button(self, update: Update, context: Context) -> None:
        query = update.callback_query
        if query is None or query.message is None:  # from an inline message; Dalil sends none
            return
        try:
            await query.answer()
        except BadRequest as error:  # pressed long ago, while the bot was down; the page is shown all the same
            log.info("press_not_answered", reason=error.message)
        key, chat_id, action = key_of(update), query.message.chat.id, query.data or ""
        if is_forget(action):  # Dalil offers no such button, but a changed client may send it
            await self._forget(update, context, action)
            return
        memory = (await self._store.recall(key)).memory
        session = Session(memory.preferred, _user_language(update), memory.conversation)
        async with busy(context.bot, chat_id) as answered:
            answer = await self._bridge.act(session, action, self._today())
            answered.set()
            chart = answer.chart if is_chart(action) else None
            messages = parts(_before_its_picture(answer) if chart else answer)
            await self._store.remember(key, _after(session, memory.album))
            in_place = action.partition(":")[0] in IN_PLACE and len(messages) == 1
            if in_place and query.message.is_accessible:
                await self._turn_page(context.bot, chat_id, query.message.message_id, messages)
            elif not (chart and [each for each in actions(query.message) if is_chart(each)] == [action]):
                # An evolution offers one chart, and its values stand there; a page to choose from offers several.
                await send(context.bot, chat_id, messages)
        if chart:
            await self._pictures.send(context.bot, chat_id, chart, query.message.message_id)

    async def _turn_page(self, bot: Bot, chat_id: int, message_id: int, messages: Sequence[Part]) -> None:
        old = await self._store.sent(chat_id, message_id) or Sent(message_id, b"")
        for sent in await edit(bot, chat_id, messages, (old,)):
            await self._store.replace_sent(chat_id, sent)

    async def _forget(self, update: Update, context: Context, action: str) -> None:
        """Erase everything about the sender, and say so in a message that is not remembered either."""
        key = key_of(update)
        memory = (await self._store.recall(key)).memory
        session = Session(memory.preferred, _user_language(update), memory.conversation)
        answer = await self._bridge.act(session, action, self._today())
        await self._store.forget(key.user_id, update.update_id)
        message = update.effective_message
        await send(context.bot, key.chat_id, parts(answer), _answered(message) if message else None)
        log.info("forgotten")

    async def _act(self, update: Update, context: Context, action: str) -> None:
        async def act(session: Session) -> Answer:
            return await self._bridge.act(session, action, self._today())

        await self._reply(update, context, act, illustrated=is_chart(action))

    async def _reply(
        self,
        update: Update,
        context: Context,
        answering: Answering,
        *,
        question: str | None = None,
        illustrated: bool = False,
    ) -> None:
        """Answer a message; a message answered before is answered anew, as at its time, in its old reply.

        Args:
            update: Holds the message.
            context: Its chat's.
            answering: Answers it.
            question: What is noted for the editor where there is no answer.
            illustrated: Whether the answer's chart, if it has one, follows as a photo.
        """
        message, key = _message(update), key_of(update)
        recalled = await self._store.recall(key, message.message_id)
        memory, turn = recalled.memory, recalled.turn
        before = turn.before if turn else memory.conversation
        session = Session(memory.preferred, _user_language(update), before)
        picture = turn.picture if turn else None
        async with busy(context.bot, message.chat.id) as answered:
            answer = await answering(session)
            answered.set()
            chart = answer.chart if illustrated else None
            messages = parts(_before_its_picture(answer) if chart else answer)
            sent = await _deliver(context.bot, message, messages, turn)
        if turn and not recalled.newest:
            session.conversation = memory.conversation
        after = _after(session, message.media_group_id)
        unanswered = _unanswered(answer, question) if question else None
        await self._store.remember(key, after, message.message_id, Turn(before, sent, picture), unanswered)
        if chart or picture:
            # The text is remembered by now, so that a chart that cannot be drawn does not make it another's.
            picture = await self._pictures.replace(context.bot, message.chat.id, picture, chart, _answered(message))
            await self._store.remember(key, after, message.message_id, Turn(before, sent, picture))
        log.info("answered", kind=answer.kind.value, language=answer.language.value, messages=len(sent))


def _after(session: Session, album: str | None) -> Memory:
    return Memory(session.conversation, session.preferred, album)


def _unanswered(answer: Answer, question: str) -> Unanswered | None:
    """What the editor learns from an abstention; from a question that is too long, nothing."""
    if answer.kind is not AnswerKind.ABSTENTION or answer.reason in {None, AbstentionReason.TOO_LONG}:
        return None
    return Unanswered(answer.resolved_question or question, answer.language, str(answer.reason))


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


def _user_language(update: Update) -> str | None:
    return update.effective_user.language_code if update.effective_user else None
