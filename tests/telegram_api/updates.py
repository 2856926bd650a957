"""The queue of updates that getUpdates reads, and its rules of confirmation."""

import threading
import time
from collections import deque
from collections.abc import Iterable

from telegram_api.rules import UPDATES_ON_REQUEST, Refused

FIRST_UPDATE_ID = 700_000_001
LONGEST_POLL_SECONDS = 50.0
LARGEST_BATCH = 100


class ServerClosed(Exception):  # noqa: N818 - an event, no error
    """The server went away while a long poll was waiting."""


class UpdateQueue:
    """Updates wait here until the bot confirms them by asking for a higher offset.

    Args:
        changed: notified at every change; its lock guards the queue.
    """

    def __init__(self, changed: threading.Condition) -> None:
        self._changed = changed
        self._pending: deque[tuple[int, object]] = deque()
        self._next_id = FIRST_UPDATE_ID
        self._allowed: frozenset[str] = frozenset()
        self._poll = 0
        self._closed = False

    def push(self, kind: str, content: object) -> int:
        """Add an update unless the bot did not ask for its kind; its id either way.

        As with Telegram, what the bot asks for counts when the update is made, not when it is fetched.
        """
        with self._changed:
            update_id = self._next_id
            self._next_id += 1
            if kind in self._allowed or (not self._allowed and kind not in UPDATES_ON_REQUEST):
                self._pending.append((update_id, {"update_id": update_id, kind: content}))
                self._changed.notify_all()
            return update_id

    def push_raw(self, update: object) -> int:
        """Add anything at all; an object without `update_id` is given the next one."""
        with self._changed:
            given = update.get("update_id") if isinstance(update, dict) else None
            if isinstance(given, int):
                update_id = given
                self._next_id = max(self._next_id, update_id + 1)
            else:
                update_id = self._next_id
                self._next_id += 1
                if isinstance(update, dict):
                    update = {"update_id": update_id, **update}
            self._pending.append((update_id, update))
            self._changed.notify_all()
            return update_id

    def poll(self, *, offset: int, limit: int, timeout: float, allowed: Iterable[str] | None) -> list[object]:
        """Wait for updates and return them, unconfirmed.

        Args:
            offset: updates with lower ids are confirmed and forgotten; a negative one keeps that many of the
                last and forgets the others; 0 confirms nothing.
            limit: the most updates to return, brought to 1..100.
            timeout: the longest wait in seconds, brought to 0..50.
            allowed: the kinds of update asked for from now on; empty for the usual ones, None for no change.

        Raises:
            Refused: 409 where another poll began while this one waited. The older one loses.
            ServerClosed: the server was closed.
        """
        deadline = time.monotonic() + min(max(timeout, 0.0), LONGEST_POLL_SECONDS)
        limit = min(max(limit, 1), LARGEST_BATCH)
        with self._changed:
            self._poll += 1
            mine = self._poll
            if allowed is not None:
                self._allowed = frozenset(allowed)
            self._confirm(offset)
            self._changed.notify_all()
            while True:
                if self._closed:
                    raise ServerClosed
                if self._poll != mine:
                    raise Refused(
                        "terminated by other getUpdates request; make sure that only one bot instance is running",
                        409,
                    )
                left = deadline - time.monotonic()
                if self._pending or left <= 0:
                    return [update for _, update in list(self._pending)[:limit]]
                self._changed.wait(left)

    def __len__(self) -> int:
        """How many updates are unconfirmed."""
        with self._changed:
            return len(self._pending)

    @property
    def allowed(self) -> list[str]:
        """The kinds of update asked for; empty for the usual ones."""
        return sorted(self._allowed)

    def clear(self) -> None:
        """Forget all unconfirmed updates."""
        with self._changed:
            self._pending.clear()
            self._changed.notify_all()

    def close(self) -> None:
        """End every waiting poll."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._pending) > -offset:
                self._pending.popleft()
        else:
            while self._pending and self._pending[0][0] < offset:
                self._pending.popleft()
