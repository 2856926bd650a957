"""One connection to the state file, for one transaction at a time."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from pathlib import Path

import aiosqlite

from bot.errors import StateError
from bot.state.file import BUSY_SECONDS, explained

# What is deleted is overwritten, and no copy of it is left in a temporary file.
_SETTINGS = (
    "PRAGMA foreign_keys = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA synchronous = NORMAL",
)


class Database:
    """The state file, prepared, and open between `open` and `close`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._connection: aiosqlite.Connection | None = None
        self._turn = asyncio.Lock()

    async def open(self, *, read_only: bool = False) -> None:
        """Open it.

        Raises:
            StateError: It cannot be opened.
        """
        uri = f"{self._path.as_uri()}?mode={'ro' if read_only else 'rw'}"
        with explained(self._path):
            self._connection = await aiosqlite.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
            for setting in _SETTINGS:
                await self._connection.execute(setting)

    async def close(self) -> None:
        """Close it; the last one to do so folds the write-ahead log into the file."""
        if self._connection is not None:
            await self._connection.close()
            self._connection = None

    @contextlib.asynccontextmanager
    async def reading(self) -> AsyncIterator[aiosqlite.Connection]:
        """Read one state of the file.

        Raises:
            StateError: Reading failed.
        """
        async with self._transaction("BEGIN") as connection:
            yield connection

    @contextlib.asynccontextmanager
    async def writing(self, *, durable: bool = False) -> AsyncIterator[aiosqlite.Connection]:
        """Write all that is done inside, or nothing of it.

        Args:
            durable: Wait until the disk has it, and all that was written before. Without, a kill of the process
                loses nothing either, but a power cut may lose the last seconds.

        Raises:
            StateError: Writing failed.
        """
        async with self._transaction("BEGIN IMMEDIATE", "FULL" if durable else "NORMAL") as connection:
            yield connection

    async def purge(self, *, rewrite: bool = True) -> None:
        """Leave no byte of what was deleted, neither in the file nor in its write-ahead log.

        Args:
            rewrite: Also rewrite the file, whose pages may hold remains where SQLite moved rows about.

        Raises:
            StateError: Writing failed.
        """
        async with self._turn:
            with explained(self._path):
                if rewrite:
                    await self._opened.execute("VACUUM")
                await self._opened.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextlib.asynccontextmanager
    async def _transaction(self, begin: str, synchronous: str | None = None) -> AsyncIterator[aiosqlite.Connection]:
        async with self._turn:
            with explained(self._path):
                connection = self._opened
                if synchronous:
                    await connection.execute(f"PRAGMA synchronous = {synchronous}")
                await connection.execute(begin)
                try:
                    yield connection
                    await connection.commit()
                except BaseException:
                    await connection.rollback()
                    raise

    @property
    def _opened(self) -> aiosqlite.Connection:
        if self._connection is None:
            raise StateError(f"{self._path} is not open.")
        return self._connection
