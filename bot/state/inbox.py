"""The inbox: updates from the moment that they arrive until they are answered."""

from __future__ import annotations

from collections.abc import Sequence

import aiosqlite

from bot.state.model import Arrival


async def receive(connection: aiosqlite.Connection, arrivals: Sequence[Arrival], now: int) -> frozenset[int]:
    """Keep the updates that are not known yet.

    Returns:
        The ids of those kept; the others came before.
    """
    kept: set[int] = set()
    for arrival in arrivals:
        cursor = await connection.execute(
            "INSERT OR IGNORE INTO inbox VALUES (?, ?, ?, ?)",
            (arrival.update_id, arrival.user_id, arrival.content, now),
        )
        if cursor.rowcount:
            kept.add(arrival.update_id)
    return frozenset(kept)


async def pending(connection: aiosqlite.Connection) -> tuple[str, ...]:
    """The updates that are not answered, as JSON, in the order of their coming."""
    rows = await connection.execute_fetchall(
        "SELECT content FROM inbox WHERE content IS NOT NULL ORDER BY received_at, update_id"
    )
    return tuple(content for (content,) in rows)


async def finish(connection: aiosqlite.Connection, update_id: int) -> None:
    """Keep of an answered update its number alone."""
    await connection.execute("UPDATE inbox SET content = NULL, user_id = NULL WHERE update_id = ?", (update_id,))
