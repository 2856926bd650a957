"""What survives a restart, behind one door."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from bot.errors import StateError
from bot.state import conversations, inbox, questions, retention
from bot.state.database import Database
from bot.state.model import Arrival, ContextKey, Memory, Recalled, Report, Sent, Turn, Unanswered

log = structlog.get_logger(__name__)

HOUSEKEEPING_SECONDS = 3600.0


class StateStore:
    """The state of one bot; an asynchronous context manager. While it is open, what is too old goes every hour.

    Args:
        path: The state file, prepared.
        now: The clock, with a time zone, which also says when a day begins.
    """

    def __init__(self, path: Path, now: Callable[[], datetime]) -> None:
        self._path = path
        self._now = now
        self._database = Database(path)
        self._housekeeping: asyncio.Task[None] | None = None
        self._to_purge = False

    async def __aenter__(self) -> Self:
        await self.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Open the file and delete what is too old, and every byte of what a killed process deleted.

        Raises:
            StateError: The file cannot be used.
        """
        await self._database.open()
        await self.expire()
        await self._database.purge()
        self._housekeeping = asyncio.create_task(self._keep_house())

    async def close(self) -> None:
        """Close the file; what was remembered is in it already."""
        if self._housekeeping is not None:
            self._housekeeping.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._housekeeping
        await self._database.close()

    async def claim(self, bot_id: int) -> None:
        """Make the file this bot's.

        Raises:
            StateError: It is another bot's, whose updates and messages have numbers of their own.
        """
        async with self._database.writing() as connection:
            owners = [row[0] for row in await connection.execute_fetchall("SELECT bot_id FROM owner")]
            if not owners:
                await connection.execute("INSERT INTO owner VALUES (?)", (bot_id,))
        if owners and owners != [bot_id]:
            raise StateError(
                f"{self._path} belongs to the bot {owners[0]}, and this token to the bot {bot_id}. Give each bot a "
                "folder of its own: DALIL_STATE_DIR"
            )

    # The inbox.

    async def receive(self, arrivals: Sequence[Arrival]) -> frozenset[int]:
        """Keep updates, on the disk once this returns; the ids of those that were not known."""
        if not arrivals:
            return frozenset()
        async with self._database.writing(durable=True) as connection:
            return await inbox.receive(connection, arrivals, self._seconds())

    async def pending(self) -> tuple[str, ...]:
        """The updates that are not answered, as JSON, in the order of their coming."""
        async with self._database.reading() as connection:
            return await inbox.pending(connection)

    async def finish(self, update_id: int) -> None:
        """Keep of an answered update its number alone."""
        async with self._database.writing() as connection:
            await inbox.finish(connection, update_id)
        if self._to_purge:
            await self._database.purge()
            self._to_purge = False

    # Conversations.

    async def recall(self, key: ContextKey, message_id: int | None = None) -> Recalled:
        """What is known of a context, and of one message in it."""
        async with self._database.reading() as connection:
            since = int((self._now() - retention.CONVERSATIONS).timestamp())
            return await conversations.recall(connection, key, message_id, since)

    async def remember(
        self,
        key: ContextKey,
        memory: Memory,
        message_id: int | None = None,
        turn: Turn | None = None,
        unanswered: Unanswered | None = None,
    ) -> None:
        """Keep a context, with the turn that changed it and the question that it left unanswered, if any."""
        now = self._now()
        async with self._database.writing() as connection:
            await conversations.remember(connection, key, memory, int(now.timestamp()))
            if message_id is not None and turn is not None:
                await conversations.remember_turn(connection, key, message_id, turn, int(now.timestamp()))
            if unanswered is not None:
                await questions.note_unanswered(connection, unanswered, now.date())

    async def sent(self, chat_id: int, message_id: int) -> Sent | None:
        """A message of the bot's, if it is remembered."""
        async with self._database.reading() as connection:
            return await conversations.sent_message(connection, chat_id, message_id)

    async def replace_sent(self, chat_id: int, changed: Sent) -> None:
        """Remember that a message of the bot's was edited."""
        async with self._database.writing() as connection:
            await conversations.replace_sent(connection, chat_id, changed)

    # For the editor.

    async def report(self, report: Report) -> None:
        """Keep what a reader says is wrong, without who says it."""
        async with self._database.writing() as connection:
            await questions.note_report(connection, report, self._now().date())

    # Forgetting.

    async def forget(self, user_id: int, update_id: int) -> None:
        """Delete everything about a person; no byte is left once the update that asks for it is finished."""
        async with self._database.writing() as connection:
            await retention.forget(connection, user_id, update_id)
        self._to_purge = True

    async def expire(self) -> None:
        """Delete what is too old, and leave no byte of it, nor of the texts of answered updates."""
        async with self._database.writing() as connection:
            deleted = await retention.expire(connection, self._now())
        await self._database.purge(rewrite=deleted > 0)
        if deleted:
            log.info("expired", rows=deleted)

    async def _keep_house(self) -> None:
        while True:
            await asyncio.sleep(HOUSEKEEPING_SECONDS)
            try:
                await self.expire()
            except StateError as error:
                log.error("not_expired", reason=str(error))  # noqa: TRY400 - the message says it all

    def _seconds(self) -> int:
        return int(self._now().timestamp())
