"""Whose context an update belongs to."""

from __future__ import annotations

from telegram import Message, Update

from bot.errors import BotError
from bot.state.model import ContextKey, Memory
from knowledge.language import Language, parse_language


def key_of(update: Update) -> ContextKey:
    """The context of an update: the sender's in this chat or topic."""
    sender = sender_of(update)
    if update.effective_chat is None or sender is None:
        raise BotError("A handler got an update without a chat or a sender.")
    return ContextKey(update.effective_chat.id, thread_of(update), sender)


def sender_of(update: Update) -> int | None:
    """Who sent an update: a user, or the chat in whose name an anonymous administrator writes."""
    return update.effective_sender.id if update.effective_sender is not None else None


def thread_of(update: Update) -> int:
    """The topic, 0 outside topics: a thread of replies in an ordinary group is none."""
    message = update.effective_message
    topic = isinstance(message, Message) and message.is_topic_message
    return (message.message_thread_id or 0) if message is not None and topic else 0


def notice_language(memory: Memory, user_language: str | None) -> Language:
    """The language of a word from the bot that answers no question."""
    return memory.preferred or memory.conversation.language or parse_language(user_language) or Language.EN
