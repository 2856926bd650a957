"""How long each thing is kept, and the deletion of what belongs to a person. /privacy says the same to readers."""

from __future__ import annotations

from datetime import datetime, timedelta

import aiosqlite

CONVERSATIONS = timedelta(hours=24)
"""Conversations, turns, and updates that could not be answered: Telegram itself keeps updates no longer."""
UPDATE_NUMBERS = timedelta(hours=48)
"""Numbers of answered updates: longer than Telegram could deliver one again."""
QUESTIONS = timedelta(days=365)
"""Unanswered questions and reports, which belong to nobody."""


async def expire(connection: aiosqlite.Connection, now: datetime) -> int:
    """Delete what is too old; how many rows that were."""
    conversations = int((now - CONVERSATIONS).timestamp())
    numbers = int((now - UPDATE_NUMBERS).timestamp())
    first_day = (now - QUESTIONS).date().isoformat()
    deleted = 0
    for statement, limit in (
        ("DELETE FROM conversations WHERE updated_at < ?", conversations),
        ("DELETE FROM turns WHERE answered_at < ?", conversations),
        (
            "UPDATE inbox SET content = NULL, user_id = NULL WHERE content IS NOT NULL AND received_at < ?",
            conversations,
        ),
        ("DELETE FROM inbox WHERE received_at < ?", numbers),
        ("DELETE FROM unanswered WHERE day < ?", first_day),
        ("DELETE FROM feedback WHERE day < ?", first_day),
    ):
        deleted += (await connection.execute(statement, (limit,))).rowcount
    return deleted


async def forget(connection: aiosqlite.Connection, user_id: int, update_id: int) -> None:
    """Delete everything about a person, in all chats.

    Args:
        connection: In a transaction.
        user_id: The person.
        update_id: The update that asks for it. It stays until it is answered, as do later ones.
    """
    for statement in (
        "DELETE FROM conversations WHERE user_id = ?",
        "DELETE FROM preferences WHERE user_id = ?",
        "DELETE FROM turns WHERE user_id = ?",  # what was sent goes with its turn
    ):
        await connection.execute(statement, (user_id,))
    await connection.execute(
        "UPDATE inbox SET content = NULL, user_id = NULL WHERE user_id = ? AND update_id < ?", (user_id, update_id)
    )
