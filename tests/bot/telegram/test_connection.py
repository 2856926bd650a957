"""What is tried again, what is not, and which updates get through."""

from __future__ import annotations

import json
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import pytest
from telegram import Update
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder, ExtBot

from bot.errors import StateError
from bot.state.model import Arrival
from bot.telegram import connection
from bot.telegram.connection import PatientRateLimiter, UpdatesRequest, read
from bot.telegram.pacing import Pacing
from bot.telegram.profile import register_profile
from running_bot import UNLIMITED
from telegram_api.server import CHAT, FakeBotApi

FREELY = Pacing(UNLIMITED, time.monotonic)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BACKOFF", (0.01, 0.01))
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def bot_of(api: FakeBotApi) -> ExtBot[int]:
    builder = ApplicationBuilder().token(api.token).base_url(api.base_url).rate_limiter(PatientRateLimiter(FREELY))
    bot: ExtBot[int] = builder.build().bot
    api.open_chat()
    return bot


async def test_a_failing_telegram_is_asked_again_a_few_times(api: FakeBotApi) -> None:
    async with bot_of(api) as bot:
        api.fail_next("sendMessage", status=500, times=2)
        await bot.send_message(CHAT, "third time")
        api.fail_next("sendMessage", status=502, times=3)
        with pytest.raises(NetworkError):
            await bot.send_message(CHAT, "never")
    assert len(api.calls("sendMessage")) == 6


async def test_a_refused_request_is_not_repeated(api: FakeBotApi) -> None:
    async with bot_of(api) as bot:
        api.fail_next("sendMessage", status=400)
        with pytest.raises(BadRequest):
            await bot.send_message(CHAT, "x")
    assert len(api.calls("sendMessage")) == 1


async def test_a_lost_connection_repeats_a_message_once_and_an_edit_as_often_as_needed(api: FakeBotApi) -> None:
    async with bot_of(api) as bot:
        api.drop_next("sendMessage", times=2)
        with pytest.raises(NetworkError):
            await bot.send_message(CHAT, "x")
        message = await bot.send_message(CHAT, "x")
        api.drop_next("editMessageText", times=2)
        await bot.edit_message_text("y", CHAT, message.message_id)
    assert len(api.calls("sendMessage")) == 3
    assert len(api.calls("editMessageText")) == 3


async def test_nobody_home_is_not_a_lost_message() -> None:
    builder = (
        ApplicationBuilder()
        .token("123456:x")
        .base_url("http://127.0.0.1:1/bot")
        .rate_limiter(PatientRateLimiter(FREELY))
    )
    bot = builder.build().bot
    await bot._request[1].initialize()
    with pytest.raises(NetworkError) as caught:
        await bot.send_message(CHAT, "x")
    assert not connection._perhaps_performed(caught.value)


async def test_waiting_for_an_indicator_holds_up_nothing(api: FakeBotApi) -> None:
    async with bot_of(api) as bot:
        api.fail_next("sendChatAction", retry_after=3600)
        with pytest.raises(RetryAfter):
            await bot.send_chat_action(CHAT, "typing")
        await bot.send_message(CHAT, "at once")


async def test_commands_and_descriptions_are_set_for_every_language(api: FakeBotApi) -> None:
    async with bot_of(api) as bot:
        await register_profile(bot)
    for language in ("", "fr", "ar", "en"):
        names = [command["command"] for command in api.commands(language)]
        assert names == ["start", "help", "latest", "figures", "chart", "lang", "sources", "about", "privacy", "forget"]
    assert api.commands() == api.commands("en") != api.commands("fr")
    for field in ("description", "short_description"):
        assert len({api.profile(field, language) for language in ("fr", "ar", "en")}) == 3


async def test_a_profile_that_cannot_be_set_is_no_obstacle(api: FakeBotApi) -> None:
    async with bot_of(api) as bot:
        api.fail_next("setMyDescription", retry_after=86400, times=3)
        api.fail_next("setMyCommands", status=500)
        await register_profile(bot)
    assert api.profile("short_description", "ar")


def message(update_id: int, sender: int = 7) -> dict[str, Any]:
    user = {"id": sender, "is_bot": False, "first_name": "U"}
    content = {"message_id": 1, "date": 0, "chat": {"id": 7, "type": "private"}, "from": user, "text": "hello"}
    return {"update_id": update_id, "message": content}


def test_unreadable_updates_leave_their_number_so_that_they_are_confirmed() -> None:
    bad = {"update_id": 2, "message": {"text": "secret"}}
    beyond = message(3, sender=2**63)
    readable, arrivals = read([message(1), bad, "nothing", {"message": {}}, beyond, {"update_id": 2**63}])
    assert readable == [message(1), {"update_id": 2}, {"update_id": 3}]
    assert [(arrival.update_id, arrival.user_id, json.loads(arrival.content)) for arrival in arrivals] == [
        (1, 7, message(1))
    ]
    assert read([]) == ([], [])


def test_what_nobody_sent_is_fetched_and_not_kept() -> None:
    assert read([{"update_id": 5, "unheard_of": {}}]) == ([{"update_id": 5, "unheard_of": {}}], [])


def test_what_is_typed_inline_is_passed_on_and_not_kept() -> None:
    user = {"id": CHAT, "is_bot": False, "first_name": "U"}
    typed = {"update_id": 6, "inline_query": {"id": "1", "from": user, "query": "jobs", "offset": ""}}
    assert read([typed]) == ([typed], [])


@pytest.mark.parametrize("damage", ["from", "chat"])
def test_a_message_of_nobody_or_in_no_chat_is_emptied(damage: str) -> None:
    whole = message(7)
    read_whole, kept = read([whole])
    assert (read_whole, len(kept)) == ([whole], 1)
    half = {"update_id": 7, "message": {**whole["message"], damage: None}}
    assert read([half]) == ([{"update_id": 7}], [])


def test_a_batch_without_any_number_is_an_error() -> None:
    with pytest.raises(TelegramError):
        read(["nothing"])


async def fetched(api: FakeBotApi, receive: Callable[[Sequence[Arrival]], Awaitable[frozenset[int]]]) -> list[Update]:
    request = UpdatesRequest(receive, lambda: None)
    builder = ApplicationBuilder().token(api.token).base_url(api.base_url).get_updates_request(request)
    async with builder.build().bot as bot:
        return list(await bot.get_updates())


async def test_updates_are_handed_over_before_they_count_as_fetched(api: FakeBotApi) -> None:
    handed_over: list[int] = []

    async def receive(arrivals: Sequence[Arrival]) -> frozenset[int]:
        assert api.pending_updates == 2
        handed_over.extend(arrival.update_id for arrival in arrivals)
        return frozenset(handed_over)

    ids = [api.user_says(text).update_id for text in ("one", "two")]
    updates = await fetched(api, receive)
    assert handed_over == ids == [update.update_id for update in updates]
    assert [update.message.text for update in updates if update.message] == ["one", "two"]


async def test_an_update_that_is_known_comes_empty_so_that_it_is_confirmed_and_not_answered(api: FakeBotApi) -> None:
    first, second = (api.user_says(text).update_id for text in ("one", "two"))

    async def receive(_: Sequence[Arrival]) -> frozenset[int]:
        return frozenset({first})

    updates = await fetched(api, receive)
    assert [update.update_id for update in updates] == [first, second]
    assert [update.message is None for update in updates] == [False, True]


async def test_updates_that_cannot_be_kept_are_not_confirmed(api: FakeBotApi) -> None:
    async def receive(_: Sequence[Arrival]) -> frozenset[int]:
        raise StateError("the disk is full")

    api.user_says("one")
    with pytest.raises(NetworkError, match="the disk is full"):
        await fetched(api, receive)
    assert api.pending_updates == 1
