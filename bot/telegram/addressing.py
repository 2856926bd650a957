"""Which messages are meant for the bot: in a group those that name it, reply to it, or are commands of its own."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity
from telegram.constants import ChatType

from bot.telegram.delivery import Bot


def addressed_text(message: Message, bot: Bot) -> str | None:
    """A message's text or caption, without the bot's name; None where it is meant for others.

    Cards that someone pastes from inline mode are answers already.
    """
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return None
    text = message.text or message.caption or ""
    if is_private(message):
        return text
    named = re.compile(rf"(?i)@{re.escape(bot.username)}\b")
    if named.search(text) or _mentions(message, bot) or is_reply_to(message, bot):
        return named.sub("", text).strip()
    return None


def is_command_for(message: Message, bot: Bot) -> bool:
    """Whether a command, known or not, is meant for the bot: in a group ``/help@DalilBot``, which names it."""
    return is_private(message) or is_command(message, bot, frozenset())


def is_command(message: Message, bot: Bot, known: frozenset[str]) -> bool:
    """Whether a message begins with a command of the bot's.

    Args:
        message: Any.
        bot: The bot.
        known: The commands that are its own also where they do not name it.
    """
    words = (message.text or "").lower().split(maxsplit=1)
    if not words or not words[0].startswith("/"):
        return False
    command, at, name = words[0][1:].partition("@")
    return name == bot.username.lower() if at else command in known


def is_private(message: Message) -> bool:
    """Whether only one person reads along."""
    return message.chat.type == ChatType.PRIVATE


def is_reply_to(message: Message, bot: Bot) -> bool:
    """Whether a message replies to one of the bot's; in a topic every message replies to the one that opened it."""
    answered = message.reply_to_message
    if answered is None or answered.from_user is None or answered.forum_topic_created is not None:
        return False
    return answered.from_user.id == bot.id


def _mentions(message: Message, bot: Bot) -> bool:
    """Whether a message names the bot by a link in place of ``@DalilBot``."""
    entities = message.entities or message.caption_entities
    return any(
        entity.type == MessageEntity.TEXT_MENTION and entity.user is not None and entity.user.id == bot.id
        for entity in entities
    )
