"""Which updates are processed at the same time: one of a chat, many of different chats."""

from __future__ import annotations

import asyncio
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

    python-telegram-bot takes one of its slots before it asks here, so that the waiting messages of one
    chat could take them all. Its slots are therefore without number, and ours are taken only by an update
    whose turn in its chat has come.

    Args:
        slots: How many chats are served at the same time.
    """

    def __init__(self, slots: int) -> None:
        super().__init__(sys.maxsize)
        self._slots = asyncio.Semaphore(slots)
        self._lanes: dict[int, _Lane] = {}

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Wait for the chat's turn, then for a slot, and process."""
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

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to free."""


def _chat_of(update: object) -> int | None:
    """The chat; for what has none, such as an inline query, the user, whose private chat has the same id."""
    if not isinstance(update, Update):
        return None
    if update.effective_chat is not None:
        return update.effective_chat.id
    return update.effective_user.id if update.effective_user is not None else None
