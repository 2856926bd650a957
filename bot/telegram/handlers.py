"""What the bot does about each kind of message."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Awaitable, Callable, Sequence
from datetime import date
from typing import Any

import structlog
from telegram import MaybeInaccessibleMessage, Message, Update
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

from bot.answering.answer_pages import AnswerPage
from bot.answering.model import AbstentionReason, Answer, AnswerKind
from bot.answering.pages import Media
from bot.answering.shortening import shortened
from bot.errors import BotError
from bot.session import Session
from bot.state.model import Memory, Report, Sent, Turn, Unanswered
from bot.state.store import StateStore
from bot.telegram.addressing import addressed_text, is_command_for, is_private
from bot.telegram.bridge import AnswerBridge
from bot.telegram.commands import COMMANDS, IN_PLACE, Command, action_of, is_chart, is_forget
from bot.telegram.contexts import key_of, notice_language
from bot.telegram.delivery import Bot, Part, Recipient, busy, edit, notice, parts, send
from bot.telegram.inline import InlineCards
from bot.telegram.keyboards import actions
from bot.telegram.pictures import Pictures
from bot.telegram.reports import asks_for_report, reported, with_report

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
        if is_command_for(_message(update), context.bot):
            await self._notify(update, context, "unknown-command")

    async def _notify(self, update: Update, context: Context, key: str) -> None:
        """Answer a message with a word from the bot itself."""
        message, owner, to = _message(update), key_of(update), _recipient(update)
        recalled = await self._store.recall(owner, message.message_id)
        memory, turn = recalled.memory, recalled.turn
        messages = notice(key, notice_language(memory, _user_language(update)))
        sent = await _deliver(context.bot, to, messages, turn)
        if turn:
            await self._pictures.replace(context.bot, to, turn.picture, None)
        before = turn.before if turn else memory.conversation
        await self._store.remember(owner, memory, message.message_id, Turn(before, sent))

    async def _question(self, update: Update, context: Context) -> None:
        message = _message(update)
        text = addressed_text(message, context.bot)
        if text is None:
            return
        if (references := reported(message, context.bot)) is not None:
            await self._take_report(update, context, text, references)
            return

        async def ask(session: Session) -> Answer:
            return await self._bridge.ask(session, text, self._today())

        await self._reply(update, context, ask, question=text)

    async def _take_report(self, update: Update, context: Context, text: str, references: str) -> None:
        """Keep what a reader says is wrong; what is changed later is another report."""
        recalled = await self._store.recall(key_of(update), _message(update).message_id)
        if recalled.turn is None or update.edited_message is not None:
            language = notice_language(recalled.memory, _user_language(update))
            # Which question was asked is not known: no texts are kept.
            passages, question = self._bridge.reported(references, language)
            await self._store.report(Report(text, question or text, language, passages))
        await self._notify(update, context, "report-thanks")

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
        key, to, action = key_of(update), _recipient(update), query.data or ""
        if is_forget(action):  # Dalil offers no such button, but a changed client may send it
            await self._forget(update, context, action)
            return
        memory = (await self._store.recall(key)).memory
        session = Session(memory.preferred, _user_language(update), memory.conversation)
        async with busy(context.bot, to) as answered:
            answer = await self._bridge.act(session, action, self._today())
            answered.set()
            chart = answer.chart if is_chart(action) else None
            private = query.message.chat.type == ChatType.PRIVATE
            messages = _written(_before_its_picture(answer) if chart else answer, short=not private)
            if asks_for_report(action) and private:
                messages = (*messages[:-1], dataclasses.replace(messages[-1], asks=True))
            await self._store.remember(key, _after(session, memory.album))
            in_place = action.partition(":")[0] in IN_PLACE and len(messages) == 1
            if in_place and isinstance(query.message, Message) and query.message.is_accessible:
                await self._turn_page(context.bot, to, query.message, messages[0])
            elif not (chart and [each for each in actions(query.message) if is_chart(each)] == [action]):
                # An evolution offers one chart, and its values stand there; a page to choose from offers several.
                about = action.partition(":")[0] in set(AnswerPage)
                await send(context.bot, _replying(to, query.message) if about else to, messages)
        if chart:
            await self._pictures.send(context.bot, _replying(to, query.message), chart)

    async def _turn_page(self, bot: Bot, to: Recipient, message: Message, page: Part) -> None:
        if page.is_shown_by(message):
            return
        old = await self._store.sent(to.chat_id, message.message_id) or Sent(message.message_id, b"")
        for sent in await edit(bot, to, (page,), (old,)):
            await self._store.replace_sent(to.chat_id, sent)

    async def _forget(self, update: Update, context: Context, action: str) -> None:
        """Erase everything about the sender, and say so in a message that is not remembered either."""
        key = key_of(update)
        memory = (await self._store.recall(key)).memory
        session = Session(memory.preferred, _user_language(update), memory.conversation)
        answer = await self._bridge.act(session, action, self._today())
        await self._store.forget(key.user_id, update.update_id)
        await send(context.bot, _recipient(update), parts(answer))
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
        message, key, to = _message(update), key_of(update), _recipient(update)
        recalled = await self._store.recall(key, message.message_id)
        memory, turn = recalled.memory, recalled.turn
        before = turn.before if turn else memory.conversation
        session = Session(memory.preferred, _user_language(update), before)
        picture = turn.picture if turn else None
        async with busy(context.bot, to) as answered:
            answer = await answering(session)
            answered.set()
            chart = answer.chart if illustrated else None
            shown = _before_its_picture(answer) if chart else answer
            sent = await _deliver(context.bot, to, _written(shown, short=not is_private(message)), turn)
        if turn and not recalled.newest:
            session.conversation = memory.conversation
        after = _after(session, message.media_group_id)
        unanswered = _unanswered(answer, question) if question else None
        await self._store.remember(key, after, message.message_id, Turn(before, sent, picture), unanswered)
        if chart or picture:
            # The text is remembered by now, so that a chart that cannot be drawn does not make it another's.
            picture = await self._pictures.replace(context.bot, to, picture, chart)
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


def _written(answer: Answer, *, short: bool) -> tuple[Part, ...]:
    """The messages of an answer with every button; short in a group, where others read along."""
    return parts(with_report(shortened(answer) if short else answer))


async def _deliver(bot: Bot, to: Recipient, messages: Sequence[Part], turn: Turn | None) -> tuple[Sent, ...]:
    return await edit(bot, to, messages, turn.sent) if turn else await send(bot, to, messages)


def _recipient(update: Update) -> Recipient:
    """Where an update came from; in a group a message is replied to, so that it is seen to whom the bot speaks."""
    key, message = key_of(update), update.message or update.edited_message
    answered = message.message_id if message is not None and not is_private(message) else None
    return Recipient(key.chat_id, key.thread_id, answered)


def _replying(to: Recipient, message: MaybeInaccessibleMessage) -> Recipient:
    return dataclasses.replace(to, reply_to=message.message_id)


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
