"""What can go wrong between a bot and Telegram through no mistake of the bot."""

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TypeAlias

from telegram_api.rules import METHODS, JsonObject

_REASONS = {
    400: "Bad Request: injected fault",
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An error that replaces the answer; a 429 says to wait for a second unless told."""

    status: int = 429
    retry_after: int | None = None
    description: str | None = None

    def to_json(self) -> JsonObject:
        """The answer as Telegram writes it."""
        seconds = 1 if self.status == 429 and self.retry_after is None else self.retry_after
        reason = self.description or _REASONS.get(self.status, "Injected fault")
        if self.status == 429 and self.description is None:
            reason = f"Too Many Requests: retry after {seconds}"
        answer: JsonObject = {"ok": False, "error_code": self.status, "description": reason}
        return answer if seconds is None else answer | {"parameters": {"retry_after": seconds}}


@dataclass(frozen=True, slots=True)
class Drop:
    """A connection closed without an answer, before or after the call did its work."""

    performed: bool


@dataclass(frozen=True, slots=True)
class Delay:
    """An answer that comes late."""

    seconds: float


Fault: TypeAlias = Failure | Drop | Delay


class FaultPlan:
    """The faults that wait for calls, by method. Whoever holds one guards it with a lock."""

    def __init__(self) -> None:
        self._waiting: dict[str, deque[Fault]] = defaultdict(deque)

    def add(self, method: str, fault: Fault, times: int) -> None:
        """Let a fault strike the next calls of a method, after those that wait already.

        Raises:
            LookupError: the fake knows no such method, so that the fault would never strike.
        """
        if method not in METHODS:
            raise LookupError(f"no method {method!r} among {sorted(METHODS)}")
        self._waiting[method].extend([fault] * times)

    def take(self, method: str) -> Fault | None:
        """The fault that strikes this call, if any."""
        waiting = self._waiting.get(method)
        return waiting.popleft() if waiting else None
