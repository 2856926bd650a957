"""How much the bot takes from a user, and how fast it writes to a chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Key = TypeVar("Key")

REMEMBERED_BUCKETS = 10_000
"""Beyond it, those that are full again are forgotten: they hold nothing."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many at once, and then so many a second."""

    burst: int
    a_second: float


@dataclass(frozen=True, slots=True)
class Limits:
    """The rates that the bot keeps.

    Attributes:
        user: What is answered of one user.
        everyone: What is answered of all together: what one machine can answer, after a burst that it can queue.
        private: Messages sent to a private chat; Telegram asks for one a second and allows short bursts.
        group: Messages sent to a group; Telegram allows twenty a minute. https://core.telegram.org/bots/faq
        chats: Messages sent to all chats together; Telegram allows thirty a second.
    """

    user: Rate = Rate(10, 20 / 60)
    everyone: Rate = Rate(3000, 20)
    private: Rate = Rate(3, 1)
    group: Rate = Rate(5, 15 / 60)
    chats: Rate = Rate(30, 30)


@dataclass(slots=True)
class _Bucket:
    tokens: float
    at: float
    warned: bool = False


@dataclass(slots=True)
class Buckets(Generic[Key]):
    """A token bucket for each key; a new one is full.

    Args:
        rate: How many tokens a bucket holds, and how fast it fills.
        now: Seconds on a clock that never runs backwards.
    """

    rate: Rate
    now: Callable[[], float]
    _buckets: dict[Key, _Bucket] = field(default_factory=dict)

    def take(self, key: Key, cost: float = 1.0) -> bool:
        """Take a token, or a part of one, if it is there."""
        bucket = self._filled(key)
        if bucket.tokens < cost:
            return False
        bucket.tokens -= cost
        return True

    def wait(self, key: Key) -> float:
        """Take a token, be it there or not yet; the seconds until it is."""
        bucket = self._filled(key)
        bucket.tokens -= 1
        return max(0.0, -bucket.tokens / self.rate.a_second)

    def warn(self, key: Key) -> bool:
        """Whether a bucket that is empty was not warned of since it was last full."""
        bucket = self._filled(key)
        first = not bucket.warned
        bucket.warned = True
        return first

    def _filled(self, key: Key) -> _Bucket:
        now = self.now()
        bucket = self._buckets.get(key)
        if bucket is None:
            if len(self._buckets) >= REMEMBERED_BUCKETS:
                self._forget_full(now)
            bucket = self._buckets[key] = _Bucket(self.rate.burst, now)
        bucket.tokens = self._tokens(bucket, now)
        bucket.at = now
        if bucket.tokens >= self.rate.burst:
            bucket.warned = False
        return bucket

    def _tokens(self, bucket: _Bucket, now: float) -> float:
        return min(self.rate.burst, bucket.tokens + (now - bucket.at) * self.rate.a_second)

    def _forget_full(self, now: float) -> None:
        full = [key for key, each in self._buckets.items() if self._tokens(each, now) >= self.rate.burst]
        for key in full:
            del self._buckets[key]
