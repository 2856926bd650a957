"""The connection to Telegram: what is tried again when it fails, and what becomes of the updates that it brings."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from http import HTTPStatus
from typing import Any

import httpx
import structlog
from telegram import Update
from telegram.error import BadRequest, NetworkError, TelegramError
from telegram.ext import AIORateLimiter
from telegram.request import HTTPXRequest, RequestData

from bot.state.model import Arrival
from bot.telegram.contexts import sender_of
from bot.telegram.ordering import place_of
from bot.telegram.pacing import Pacing

log = structlog.get_logger(__name__)

Json = bool | dict[str, Any] | list[dict[str, Any]]

# Waits before the tries after the first, in seconds: long enough to outlive a restart on Telegram's side.
BACKOFF = (0.5, 1.0, 2.0, 4.0)
FLOOD_RETRIES = 3
# A read time-out leaves open whether a message was sent, so the wait is longer than the library's five seconds.
TIMEOUT_SECONDS = 20.0

# Tried once: worth neither a wait nor, when Telegram asks for one (hours, for a profile), holding up all others.
_BEST_EFFORT = frozenset({"sendChatAction", "setMyCommands", "setMyDescription", "setMyShortDescription"})
# Telegram's ids have 52 bits at most, and a database's 64.
BEYOND_NUMBERS = 2**63
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class PatientRateLimiter(AIORateLimiter):
    """Keeps to Telegram's limits, and tries again after a failure of the network or of Telegram.

    Whether a call that lost its connection was performed cannot be known; a message is therefore sent
    again only once after such a loss, and so appears twice at most.

    Args:
        pacing: Keeps the pace, in place of the library's own limits.
    """

    def __init__(self, pacing: Pacing) -> None:
        super().__init__(overall_max_rate=0, group_max_rate=0, max_retries=FLOOD_RETRIES)
        self._pacing = pacing

    async def process_request(  # noqa: PLR0917 - the library's signature
        self,
        callback: Callable[..., Coroutine[Any, Any, Json]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Json:
        """Make a call, as often as needed and allowed."""
        if endpoint in _BEST_EFFORT:
            return await callback(*args, **kwargs)
        await self._pacing.wait(endpoint, data.get("chat_id"))
        losses = 0
        for wait in BACKOFF:
            try:
                return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
            except BadRequest:  # a NetworkError by inheritance only
                raise
            except NetworkError as error:
                losses += endpoint.startswith("send") and _perhaps_performed(error)
                if losses > 1:
                    raise
                log.warning("telegram_call_repeated", method=endpoint, reason=error.message, wait=wait)
            await asyncio.sleep(wait)
        return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)


def _perhaps_performed(error: NetworkError) -> bool:
    """Whether the connection was lost after the call may have reached Telegram; an HTTP status is an answer."""
    return isinstance(error.__cause__, httpx.HTTPError) and not isinstance(error.__cause__, _NEVER_SENT)


class UpdatesRequest(HTTPXRequest):
    """Fetches updates, and hands them over before they count as fetched.

    Telegram forgets an update once the next call asks for a higher one, which python-telegram-bot makes before
    the update is answered. Whoever keeps updates must therefore have them before this call returns.

    What cannot be read, and what was fetched before, is replaced by an empty update, which no handler takes:
    python-telegram-bot would fetch a malformed one again and again, log what it holds, and never come to the next.

    Args:
        receive: Keeps updates; returns the ids of those that it did not know. Where it fails, nothing is confirmed,
            and the same updates are fetched again.
        on_refusal: Called once when Telegram refuses the token while the bot runs. It must stop the bot:
            python-telegram-bot by itself would end polling without a word and live on, deaf.

    Attributes:
        refused: Whether that happened.
    """

    def __init__(
        self, receive: Callable[[Sequence[Arrival]], Awaitable[frozenset[int]]], on_refusal: Callable[[], None]
    ) -> None:
        super().__init__(connection_pool_size=1, read_timeout=TIMEOUT_SECONDS)
        self._receive = receive
        self._on_refusal = on_refusal
        self.refused = False

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *args: Any, **kwargs: Any
    ) -> tuple[int, bytes]:
        """Make a call; once the token is refused, wait to be cancelled, and then find nothing more to fetch."""
        if self.refused:
            return HTTPStatus.OK, b'{"ok": true, "result": []}'
        status, payload = await super().do_request(url, method, request_data, *args, **kwargs)
        if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND}:
            self.refused = True
            self._on_refusal()
            await asyncio.Event().wait()
        if status == HTTPStatus.OK:
            payload = await self._handed_over(payload)
        return status, payload

    async def _handed_over(self, payload: bytes) -> bytes:
        answer = self.parse_json_payload(payload)
        updates = answer.get("result")
        if not isinstance(updates, list) or not updates:
            return payload
        readable, arrivals = read(updates)
        known = {arrival.update_id for arrival in arrivals} - await self._receive(arrivals)
        if known:
            log.info("updates_known", count=len(known))
        answer["result"] = [_emptied(update) if update["update_id"] in known else update for update in readable]
        return json.dumps(answer).encode()


def read(updates: Sequence[Any]) -> tuple[list[dict[str, Any]], list[Arrival]]:
    """Read what getUpdates gave.

    Returns:
        The updates, those that cannot be read emptied, and those among them that may want an answer.

    Raises:
        TelegramError: No update has a number.
    """
    readable: list[dict[str, Any]] = []
    arrivals: list[Arrival] = []
    for update in updates:
        number = update.get("update_id") if isinstance(update, dict) else None
        if not isinstance(number, int) or abs(number) >= BEYOND_NUMBERS:
            log.error("update_without_number")
            continue
        try:
            understood = Update.de_json(update, None)
            _check_answerable(understood)
        except Exception as error:  # noqa: BLE001 - whatever the library trips over
            log.error("unreadable_update", update_id=number, error=type(error).__name__)  # noqa: TRY400
            readable.append(_emptied(update))
        else:
            readable.append(update)
            # What is typed inline is worth an answer for seconds only.
            if place_of(understood) is not None and understood.inline_query is None:
                arrivals.append(Arrival(number, sender_of(understood), json.dumps(update)))
    if updates and not readable:
        # Without a number there is nothing to confirm; as an error it is at least not fetched again at once.
        raise TelegramError("getUpdates gave no update with a number")
    return readable, arrivals


def _check_answerable(update: Update) -> None:
    """Refuse an update that cannot be answered; the library takes a null for a number or a chat.

    Raises:
        TypeError: A chat, a sender or a message has no number, or a message no chat or no sender.
        ValueError: An id is one that Telegram never gives and no database holds.
    """
    message, chat, sender = update.effective_message, update.effective_chat, update.effective_sender
    numbers = [each.id for each in (chat, sender, message) if each is not None]
    whole = message is None or (message.chat is not None and sender is not None)
    if not whole or not all(isinstance(number, int) for number in numbers):
        raise TypeError("an update without a sender, a chat, or a number of either")
    if any(abs(number) >= BEYOND_NUMBERS for number in (*numbers, *(place_of(update) or ()))):
        raise ValueError("an id beyond all numbers")


def _emptied(update: dict[str, Any]) -> dict[str, Any]:
    return {"update_id": update["update_id"]}
