"""Which updates are processed at the same time: one of a chat, many of different chats."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Awaitable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor


@dataclass(slots=True)
class _Lane:
    """A chat's turn; asyncio's lock serves in the order of asking."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class ChatOrder(BaseUpdateProcessor):
    """Processes the updates of a chat in their order, and different chats side by side.

    Of inline queries, which come at every pause in typing, only the newest of a user is worth an answer.

    python-telegram-bot takes one of its slots before it asks here, so that the waiting messages of one
    chat could take them all. Its slots are therefore without number, and ours are taken only by an update
    whose turn in its chat has come.

    Args:
        slots: How many chats are served at the same time.
    """

    def __init__(self, slots: int) -> None:
        super().__init__(sys.maxsize)
        self._slots = asyncio.Semaphore(slots)
        self._typing: dict[int, asyncio.Task[Any]] = {}
        self._lanes: dict[int, _Lane] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn, then for a slot, and process."""
        if isinstance(update, Update) and update.inline_query is not None:
            await self._newest_only(update.inline_query.from_user.id, coroutine)
            return
        chat = _chat_of(update)
        if chat is None:
            async with self._slots:
                await coroutine
            return
        lane = self._lanes.setdefault(chat, _Lane())
        lane.users += 1
        try:
            async with lane.lock, self._slots:
                await coroutine
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[chat]

    async def _newest_only(self, user: int, coroutine: Awaitable[Any]) -> None:
        """Process an inline query at once, unless its author types on, which makes it void: it waits for no chat."""
        if (earlier := self._typing.get(user)) is not None:
            earlier.cancel()
        task = self._typing[user] = asyncio.ensure_future(self._in_a_slot(coroutine))
        try:
            await asyncio.wait([task])
        finally:
            task.cancel()
            if self._typing.get(user) is task:
                del self._typing[user]
            if inspect.iscoroutine(coroutine):
                coroutine.close()  # it may never have begun
        if not task.cancelled():
            task.result()

    async def _in_a_slot(self, coroutine: Awaitable[Any]) -> None:
        async with self._slots:
            await coroutine

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to free."""


def _chat_of(update: object) -> int | None:
    """The chat; for what has none, the user, whose private chat has the same id."""
    if not isinstance(update, Update):
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else None
