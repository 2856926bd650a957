"""How fast the bot writes to one chat: as Telegram asks, without holding up any other."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.telegram.limits import Buckets, Limits

_WRITING = ("send", "editMessage")
_NOT_WRITING = frozenset({"sendChatAction"})


class Pacing:
    """Makes the messages to a chat wait for each other; they leave in the order in which they came.

    Args:
        limits: How fast.
        now: Seconds on a clock that never runs backwards.
    """

    def __init__(self, limits: Limits, now: Callable[[], float]) -> None:
        self._private: Buckets[int] = Buckets(limits.private, now)
        self._groups: Buckets[int] = Buckets(limits.group, now)
        self._all: Buckets[None] = Buckets(limits.chats, now)

    async def wait(self, method: str, chat_id: object) -> None:
        """Wait until a call may be made; calls that write nothing are made at once.

        Args:
            method: The Bot API's.
            chat_id: Groups have negative ones.
        """
        if not isinstance(chat_id, int) or not method.startswith(_WRITING) or method in _NOT_WRITING:
            return
        buckets = self._private if chat_id > 0 else self._groups
        await asyncio.sleep(buckets.wait(chat_id))
        await asyncio.sleep(self._all.wait(None))
