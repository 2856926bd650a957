"""Conversations, chosen languages, and which reply belongs to which message."""

from __future__ import annotations

from collections.abc import Iterable

import aiosqlite
import structlog
from pydantic import TypeAdapter, ValidationError

from bot.answering.model import Conversation
from bot.state.model import ContextKey, Memory, Recalled, Sent, Turn
from knowledge.language import Language

log = structlog.get_logger(__name__)

# Editing older questions gets a new reply instead of a corrected one.
REMEMBERED_TURNS = 50

_WRITTEN = TypeAdapter(Conversation)


async def recall(connection: aiosqlite.Connection, key: ContextKey, message_id: int | None, since: int) -> Recalled:
    """What is known of a context.

    Args:
        connection: In a transaction.
        key: Which.
        message_id: The message at hand, if there is one.
        since: What is older, in Unix seconds, is forgotten, whether or not it is deleted yet.
    """
    memory = await _memory(connection, key, since)
    if message_id is None:
        return Recalled(memory)
    (later,) = await _one(
        connection,
        "SELECT EXISTS (SELECT 1 FROM turns WHERE (chat_id, thread_id, user_id) = (?, ?, ?) AND message_id > ?)",
        *_parts(key),
        message_id,
    ) or (0,)
    return Recalled(memory, await _turn(connection, key, message_id, since), newest=not later)


async def remember(connection: aiosqlite.Connection, key: ContextKey, memory: Memory, now: int) -> None:
    """Keep a context."""
    await connection.execute(
        "INSERT OR REPLACE INTO conversations VALUES (?, ?, ?, ?, ?, ?)",
        (*_parts(key), _text(memory.conversation), memory.album, now),
    )
    if memory.preferred is None:
        await connection.execute("DELETE FROM preferences WHERE (chat_id, thread_id, user_id) = (?, ?, ?)", _parts(key))
    else:
        await connection.execute(
            "INSERT OR REPLACE INTO preferences VALUES (?, ?, ?, ?)", (*_parts(key), memory.preferred.value)
        )


async def remember_turn(
    connection: aiosqlite.Connection, key: ContextKey, message_id: int, turn: Turn, now: int
) -> None:
    """Keep a turn in place of the message's earlier one, and forget the oldest where there are too many."""
    await connection.execute(
        "DELETE FROM turns WHERE (chat_id, thread_id, user_id) = (?, ?, ?) AND message_id = ?",
        (*_parts(key), message_id),
    )
    await connection.execute(
        "INSERT INTO turns VALUES (?, ?, ?, ?, ?, ?)", (*_parts(key), message_id, _text(turn.before), now)
    )
    messages: list[tuple[Sent, int | None]] = [(sent, position) for position, sent in enumerate(turn.sent)]
    messages += [(turn.picture, None)] if turn.picture else []
    await connection.executemany(
        "INSERT OR REPLACE INTO sent VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (key.chat_id, sent.message_id, sent.fingerprint, key.thread_id, key.user_id, message_id, position)
            for sent, position in messages
        ],
    )
    await connection.execute(
        "DELETE FROM turns WHERE (chat_id, thread_id, user_id) = (?, ?, ?) AND message_id <= "
        "(SELECT message_id FROM turns WHERE (chat_id, thread_id, user_id) = (?, ?, ?) "
        "ORDER BY message_id DESC LIMIT 1 OFFSET ?)",
        (*_parts(key), *_parts(key), REMEMBERED_TURNS),
    )


async def sent_message(connection: aiosqlite.Connection, chat_id: int, message_id: int) -> Sent | None:
    """A message of the bot's, if it is remembered."""
    row = await _one(
        connection, "SELECT fingerprint FROM sent WHERE chat_id = ? AND message_id = ?", chat_id, message_id
    )
    return Sent(message_id, row[0]) if row else None


async def replace_sent(connection: aiosqlite.Connection, chat_id: int, changed: Sent) -> None:
    """Remember that a message of the bot's was edited."""
    await connection.execute(
        "UPDATE sent SET fingerprint = ? WHERE chat_id = ? AND message_id = ?",
        (changed.fingerprint, chat_id, changed.message_id),
    )


async def _memory(connection: aiosqlite.Connection, key: ContextKey, since: int) -> Memory:
    preference = await _one(
        connection, "SELECT language FROM preferences WHERE (chat_id, thread_id, user_id) = (?, ?, ?)", *_parts(key)
    )
    preferred = Language(preference[0]) if preference else None
    kept = await _one(
        connection,
        "SELECT conversation, album FROM conversations "
        "WHERE (chat_id, thread_id, user_id) = (?, ?, ?) AND updated_at >= ?",
        *_parts(key),
        since,
    )
    if kept is None:
        return Memory(preferred=preferred)
    return Memory(_read(kept[0]) or Conversation(), preferred, kept[1])


async def _turn(connection: aiosqlite.Connection, key: ContextKey, message_id: int, since: int) -> Turn | None:
    kept = await _one(
        connection,
        "SELECT before FROM turns "
        "WHERE (chat_id, thread_id, user_id) = (?, ?, ?) AND message_id = ? AND answered_at >= ?",
        *_parts(key),
        message_id,
        since,
    )
    if kept is None:
        return None
    rows = await connection.execute_fetchall(
        "SELECT message_id, fingerprint, position FROM sent "
        "WHERE (chat_id, thread_id, user_id) = (?, ?, ?) AND turn_message_id = ? ORDER BY position",
        (*_parts(key), message_id),
    )
    return _turn_of(_read(kept[0]) or Conversation(), rows)


def _turn_of(before: Conversation, rows: Iterable[aiosqlite.Row]) -> Turn:
    messages = [(Sent(message_id, fingerprint), position) for message_id, fingerprint, position in rows]
    texts = tuple(sent for sent, position in messages if position is not None)
    return Turn(before, texts, next((sent for sent, position in messages if position is None), None))


def _text(conversation: Conversation) -> str:
    return _WRITTEN.dump_json(conversation).decode()


def _read(text: str) -> Conversation | None:
    try:
        return _WRITTEN.validate_json(text)
    except ValidationError as error:
        # Its message would repeat what was stored.
        log.warning("conversation_of_another_version", problems=error.error_count())
        return None


def _parts(key: ContextKey) -> tuple[int, int, int]:
    return key.chat_id, key.thread_id, key.user_id


async def _one(connection: aiosqlite.Connection, query: str, *arguments: int) -> aiosqlite.Row | None:
    async with connection.execute(query, arguments) as cursor:
        return await cursor.fetchone()
