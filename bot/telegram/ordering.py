"""Which updates are processed at the same time: one of a chat or topic, many of different ones."""

from __future__ import annotations

import asyncio
import inspect
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.telegram.contexts import thread_of

Place = tuple[int, int]
"""A chat and a topic of it; the topic is 0 outside topics."""


@dataclass(slots=True)
class _Lane:
    """A place's turn; asyncio's lock serves in the order of asking."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class ChatOrder(BaseUpdateProcessor):
    """Processes the updates of a place in their order, and different places side by side.

    Of inline queries, which come at every pause in typing, only the newest of a user is worth an answer.

    python-telegram-bot takes one of its slots before it asks here, so that the waiting messages of one
    place could take them all. Its slots are therefore without number, and ours are taken only by an update
    whose turn in its place has come.

    Args:
        slots: How many places are served at the same time.
        finish: Called with an update's id once it is processed, before the next of its place.
    """

    def __init__(self, slots: int, finish: Callable[[int], Awaitable[None]]) -> None:
        super().__init__(sys.maxsize)
        self._slots = asyncio.Semaphore(slots)
        self._finish = finish
        self._lanes: dict[Place, _Lane] = {}
        self._typing: dict[int, asyncio.Task[Any]] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the place's turn, then for a slot, and process."""
        if isinstance(update, Update) and update.inline_query is not None:
            await self._newest_only(update.inline_query.from_user.id, coroutine)
            return
        place = place_of(update) if isinstance(update, Update) else None
        if not isinstance(update, Update) or place is None:
            async with self._slots:
                await coroutine
            return
        lane = self._lanes.setdefault(place, _Lane())
        lane.users += 1
        try:
            async with lane.lock, self._slots:
                await coroutine
                await self._finish(update.update_id)
        finally:
            lane.users -= 1
            if not lane.users:
                del self._lanes[place]

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


def place_of(update: Update) -> Place | None:
    """Where an update belongs; for what has no chat, the user's private chat, which has the same id.

    None for one that nobody sent: nothing is answered, and nothing kept of it.
    """
    if update.effective_chat is not None:
        return update.effective_chat.id, thread_of(update)
    return (update.effective_user.id, 0) if update.effective_user is not None else None
