"""A Bot API server on the loopback, for tests: as strict as Telegram or stricter, and forgetful of nothing.

    with FakeBotApi() as telegram:
        run_bot(base_url=telegram.base_url, token=telegram.token)
        telegram.user_says("How many jobs by 2030?")
        (reply,) = telegram.wait_for_messages(count=1)
        assert telegram.violations == []

The server outlives the bot: stop the bot, start another, and unconfirmed updates come again.
"""

import threading
import time
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self

from telegram_api import rules
from telegram_api.chats import Chat, ChatKind, SentMessage
from telegram_api.faults import Delay, Drop, Failure, Fault, FaultPlan
from telegram_api.methods import BotMethods
from telegram_api.people import ATTACHMENTS, person, text_part
from telegram_api.rules import JsonObject, Refused
from telegram_api.transport import Answer, ApiServer, Request
from telegram_api.updates import ServerClosed
from telegram_api.wire import decode

TOKEN = "123456789:AAFake-token-for-tests_only_0123456"
CHAT = 1001


@dataclass(frozen=True, slots=True)
class Violation:
    """A mistake of the bot: what Telegram would refuse, or ignore to the bot's harm."""

    method: str
    code: int
    description: str
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Call:
    """A call as it arrived, faults and refusals included; `at` is on the monotonic clock."""

    method: str
    parameters: Mapping[str, str]
    at: float


@dataclass(frozen=True, slots=True)
class Incoming:
    """What a person did: the update's id, and the id of the message that it is about."""

    update_id: int
    message_id: int


class FakeBotApi:
    """The server and the people in its chats. Every method may be called from any thread.

    Args:
        clock: Unix time in seconds, for the dates of messages.
    """

    token = TOKEN

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._telegram = BotMethods(clock)
        self._changed = self._telegram.changed
        self._calls: list[Call] = []
        self._violations: list[Violation] = []
        self._faults = FaultPlan()
        self._queries = 0
        self._closing = threading.Event()
        self._server = ApiServer(TOKEN, self._answer)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), name="fake-bot-api")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        self._telegram.updates.close()
        self._server.shutdown()
        self._thread.join()
        self._server.disconnect()
        self._server.server_close()

    # Where the server is.

    @property
    def base_url(self) -> str:
        """The address that python-telegram-bot calls `base_url`; the token follows it directly."""
        return f"http://127.0.0.1:{self._server.server_port}/bot"

    @property
    def base_file_url(self) -> str:
        """The address that python-telegram-bot calls `base_file_url`; no file can be fetched from it."""
        return f"http://127.0.0.1:{self._server.server_port}/file/bot"

    # What people do.

    def open_chat(self, chat_id: int = CHAT, kind: ChatKind = "private") -> None:
        """Make a chat known without a message; a bot cannot write to a chat that it has never seen."""
        with self._changed:
            self._telegram.chats.setdefault(chat_id, Chat(chat_id, kind))

    def user_says(
        self,
        text: str,
        chat_id: int = CHAT,
        *,
        user_id: int | None = None,
        language_code: str | None = "en",
        reply_to: SentMessage | None = None,
        chat_kind: ChatKind = "private",
        extra: Mapping[str, object] | None = None,
    ) -> Incoming:
        """Send a text; its commands, addresses and hashtags become entities as they do in Telegram.

        Args:
            text: what is said.
            chat_id: where; made known if it is new.
            user_id: by whom; in a private chat the chat's id is the user's.
            language_code: the language of the person's Telegram, or None where it is unknown.
            reply_to: the message of the bot that is replied to.
            chat_kind: used where the chat is new.
            extra: fields of the message to add or replace.
        """
        self.open_chat(chat_id, chat_kind)
        part = text_part(text) | dict(extra or {})
        return self._receive(chat_id, user_id, language_code, part, reply_to)

    def user_sends(
        self,
        kind: str,
        chat_id: int = CHAT,
        *,
        caption: str | None = None,
        user_id: int | None = None,
        language_code: str | None = "en",
        extra: Mapping[str, object] | None = None,
    ) -> Incoming:
        """Send something that is no text: a key of `people.ATTACHMENTS`, such as `sticker` or `voice`."""
        self.open_chat(chat_id)
        part = {**ATTACHMENTS[kind], **(text_part(caption, "caption") if caption else {}), **(extra or {})}
        return self._receive(chat_id, user_id, language_code, part, None)

    def user_edits(self, message_id: int, text: str, chat_id: int = CHAT) -> Incoming:
        """Change the text of a message that a person sent.

        Raises:
            LookupError: the person sent no such message.
        """
        with self._changed:
            received = self._telegram.chats[chat_id].received
            message = {name: value for name, value in received[message_id].items() if name != "entities"}
            message |= text_part(text) | {"edit_date": self._telegram.now()}
            received[message_id] = message
            return Incoming(self._telegram.updates.push("edited_message", message), message_id)

    def user_presses(
        self,
        callback_data: str,
        message: SentMessage,
        *,
        user_id: int | None = None,
        language_code: str | None = "en",
        forged: bool = False,
    ) -> str:
        """Press a button under a message, be it an old one; the id of the query that the bot has to answer.

        Args:
            callback_data: what the button sends.
            message: the message that the button stands under. If it was deleted since, the bot gets an
                inaccessible message, as from Telegram.
            user_id: who presses; the chat's user unless told.
            language_code: the language of the person's Telegram.
            forged: allow data that the message never offered, as a changed client may send.

        Raises:
            LookupError: the message never offered this data.
        """
        with self._changed:
            chat = self._telegram.chats[message.chat_id]
            stored = chat.sent.get(message.message_id) or chat.deleted[message.message_id]
            if callback_data not in stored.offered and not forged:
                raise LookupError(f"{callback_data!r} was never offered, but {sorted(stored.offered)}")
            if message.message_id in chat.sent:
                written = chat.message_json(stored)
            else:
                written = {"chat": chat.to_json(), "message_id": message.message_id, "date": 0}
            query = self._next_query("press")
            self._telegram.button_queries[query] = None
            self._telegram.updates.push(
                "callback_query",
                {
                    "id": query,
                    "from": person(user_id or abs(message.chat_id), language_code),
                    "message": written,
                    "chat_instance": str(message.chat_id),
                    "data": callback_data,
                },
            )
            return query

    def user_types_inline(
        self, query: str, *, user_id: int = CHAT, language_code: str | None = "en", offset: str = ""
    ) -> str:
        """Type after the bot's name in some chat; the id of the query that the bot has to answer."""
        with self._changed:
            identifier = self._next_query("inline")
            self._telegram.inline_queries[identifier] = None
            sender = person(user_id, language_code)
            self._telegram.updates.push(
                "inline_query", {"id": identifier, "from": sender, "query": query, "offset": offset}
            )
            return identifier

    def push_raw(self, update: object) -> int:
        """Put anything among the updates, however malformed; its id."""
        return self._telegram.updates.push_raw(update)

    # What the bot did.

    def messages(self, chat_id: int = CHAT) -> tuple[SentMessage, ...]:
        """The bot's messages that stand in a chat now, oldest first, as their reader sees them."""
        with self._changed:
            chat = self._telegram.chats.get(chat_id)
            return tuple(chat.seen(message) for message in chat.sent.values()) if chat else ()

    def latest_messages(self, chat_id: int, count: int) -> list[SentMessage]:
        """The last of the bot's messages in a chat, oldest first."""
        with self._changed:
            chat = self._telegram.chats[chat_id]
            return [chat.seen(message) for message in list(chat.sent.values())[-count:]]

    def latest_received(self, chat_id: int, count: int) -> list[JsonObject]:
        """The last messages of the people in a chat, oldest first."""
        with self._changed:
            return list(self._telegram.chats[chat_id].received.values())[-count:]

    def calls(self, method: str | None = None) -> tuple[Call, ...]:
        """The calls that arrived, of one method or of all."""
        with self._changed:
            return tuple(call for call in self._calls if method in {None, call.method})

    @property
    def violations(self) -> list[Violation]:
        """The bot's mistakes; injected faults are none."""
        with self._changed:
            return list(self._violations)

    @property
    def pending_updates(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self._telegram.updates)

    def commands(self, language_code: str = "") -> list[dict[str, str]]:
        """The commands set for the default scope."""
        with self._changed:
            return list(self._telegram.commands.get(('{"type": "default"}', language_code), []))

    def profile(self, field: str, language_code: str = "") -> str | None:
        """The bot's `name`, `description` or `short_description`; None where it was never set."""
        with self._changed:
            return self._telegram.profile.get((field, language_code))

    def press_answer(self, query: str) -> str | None:
        """The text that a press was answered with, possibly empty; None while it is unanswered."""
        with self._changed:
            return self._telegram.button_queries[query]

    def unanswered_presses(self) -> list[str]:
        """The presses whose button still shows a spinning clock."""
        with self._changed:
            return [query for query, answer in self._telegram.button_queries.items() if answer is None]

    def inline_answer(self, query: str) -> list[JsonObject] | None:
        """The results that an inline query was answered with; None while it is unanswered."""
        with self._changed:
            return self._telegram.inline_queries[query]

    # Waiting.

    def wait_for_messages(self, chat_id: int = CHAT, count: int = 1, timeout: float = 5.0) -> tuple[SentMessage, ...]:
        """The messages of a chat, as soon as there are so many.

        Raises:
            TimeoutError: naming the messages and the violations that there are.
        """
        self.wait_until(lambda: len(self.messages(chat_id)) >= count, timeout, f"{count} messages in {chat_id}")
        return self.messages(chat_id)

    def wait_for_calls(self, method: str, count: int = 1, timeout: float = 5.0) -> tuple[Call, ...]:
        """The calls of a method, as soon as there are so many.

        Raises:
            TimeoutError: naming the messages and the violations that there are.
        """
        self.wait_until(lambda: len(self.calls(method)) >= count, timeout, f"{count} calls of {method}")
        return self.calls(method)

    def wait_until(self, condition: Callable[[], bool], timeout: float = 5.0, what: str = "the condition") -> None:
        """Wait until something holds; it is looked at whenever anything changes here.

        Raises:
            TimeoutError: naming the messages and the violations that there are.
        """
        with self._changed:
            if self._changed.wait_for(condition, timeout):
                return
            said = {chat: [message.text for message in self.messages(chat)] for chat in self._telegram.chats}
            wrong = [f"{violation.method}: {violation.description}" for violation in self._violations]
            raise TimeoutError(
                f"no {what} within {timeout} s; messages {said}; violations: {'; '.join(wrong) or 'none'}"
            )

    # Faults, which strike the next calls of a method in the order of their asking.

    def fail_next(
        self,
        method: str,
        *,
        status: int = 429,
        retry_after: int | None = None,
        description: str | None = None,
        times: int = 1,
    ) -> None:
        """Answer the next calls with an error; nothing is done. A 429 asks for a second's wait by default."""
        with self._changed:
            self._faults.add(method, Failure(status, retry_after, description), times)

    def drop_next(self, method: str, *, times: int = 1, performed: bool = False) -> None:
        """Close the connection without an answer; `performed` does the work of the call first."""
        with self._changed:
            self._faults.add(method, Drop(performed), times)

    def delay_next(self, method: str, seconds: float, *, times: int = 1) -> None:
        """Answer the next calls late; their work is done late, too."""
        with self._changed:
            self._faults.add(method, Delay(seconds), times)

    def _answer(self, request: Request) -> Answer:
        """Answer one call, and remember it and what was wrong with it."""
        parameters: dict[str, str] = {}
        try:
            return self._perform(request, parameters)
        except ServerClosed:
            return None
        except Refused as error:
            if error.code == 409 and request.client_left():
                return None  # a bot that was killed while it polled made no mistake
            self._record(request.method, error.code, error.description, parameters)
            return error.code, {"ok": False, "error_code": error.code, "description": error.description}
        except Exception:  # noqa: BLE001 - must reach the test, not this thread's standard error
            self._record(request.method, 500, f"the fake failed: {traceback.format_exc()}", parameters)
            return 500, {"ok": False, "error_code": 500, "description": "Internal Server Error"}

    def _perform(self, request: Request, parameters: dict[str, str]) -> Answer:
        """Do what a call asks for, or what the next fault says; the parameters are filled in on the way."""
        if not request.authorised:
            raise Refused("Unauthorized", 401)
        try:
            fields, files = decode(request.query, request.content_type, request.body)
            parameters.update(fields)
        finally:
            fault = self._arrived(request.method, parameters)
        match fault:
            case Failure(status=status):
                return status, fault.to_json()
            case Drop(performed=False):
                return None
            case Delay(seconds=seconds):
                self._closing.wait(seconds)
        values = rules.read(request.method, parameters, files)
        for name in rules.unknown_parameters(request.method, list(parameters)):
            # Telegram ignores it, so the call goes on.
            self._record(request.method, 200, f"unknown or unsupported parameter {name!r}", parameters)
        result = self._telegram.perform(request.method, values, files)
        return None if isinstance(fault, Drop) else (200, {"ok": True, "result": result})

    def _arrived(self, method: str, parameters: Mapping[str, str]) -> Fault | None:
        with self._changed:
            self._calls.append(Call(method, parameters, time.monotonic()))
            self._changed.notify_all()
            return self._faults.take(method)

    def _record(self, method: str, code: int, description: str, parameters: Mapping[str, str]) -> None:
        with self._changed:
            self._violations.append(Violation(method, code, description, parameters))
            self._changed.notify_all()

    def _next_query(self, prefix: str) -> str:
        self._queries += 1
        return f"{prefix}-{self._queries}"

    def _receive(
        self,
        chat_id: int,
        user_id: int | None,
        language_code: str | None,
        part: Mapping[str, object],
        reply_to: SentMessage | None,
    ) -> Incoming:
        with self._changed:
            chat = self._telegram.chats[chat_id]
            message_id = self._telegram.next_message_id()
            message: JsonObject = {
                "message_id": message_id,
                "from": person(user_id or abs(chat_id), language_code),
                "chat": chat.to_json(),
                "date": self._telegram.now(),
                **part,
            }
            if reply_to is not None:
                message["reply_to_message"] = chat.message_json(chat.sent[reply_to.message_id])
            chat.received[message_id] = message
            return Incoming(self._telegram.updates.push("message", message), message_id)
