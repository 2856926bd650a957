"""What is tried again, what is not, and which updates get through."""

from __future__ import annotations

import json

import pytest
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError
from telegram.ext import ApplicationBuilder, ExtBot

from bot.telegram import connection
from bot.telegram.connection import PatientRateLimiter, UpdatesRequest
from bot.telegram.profile import register_profile
from telegram_api.server import CHAT, FakeBotApi


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BACKOFF", (0.01, 0.01))
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


def bot_of(api: FakeBotApi) -> ExtBot[int]:
    builder = ApplicationBuilder().token(api.token).base_url(api.base_url).rate_limiter(PatientRateLimiter())
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
        ApplicationBuilder().token("123456:x").base_url("http://127.0.0.1:1/bot").rate_limiter(PatientRateLimiter())
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
        assert names == ["start", "help", "latest", "figures", "chart", "lang", "sources", "about", "privacy"]
    assert api.commands() == api.commands("en") != api.commands("fr")
    for field in ("description", "short_description"):
        assert len({api.profile(field, language) for language in ("fr", "ar", "en")}) == 3


async def test_a_profile_that_cannot_be_set_is_no_obstacle(api: FakeBotApi) -> None:
    async with bot_of(api) as bot:
        api.fail_next("setMyDescription", retry_after=86400, times=3)
        api.fail_next("setMyCommands", status=500)
        await register_profile(bot)
    assert api.profile("short_description", "ar")


def parsed(*updates: object) -> object:
    return UpdatesRequest.parse_json_payload(json.dumps({"ok": True, "result": updates}).encode())["result"]


def test_unreadable_updates_leave_their_number_so_that_they_are_confirmed() -> None:
    good = {"update_id": 1, "message": {"message_id": 1, "date": 0, "chat": {"id": 1, "type": "private"}}}
    bad = {"update_id": 2, "message": {"text": "secret"}}
    assert parsed(good, bad, "nothing", {"message": {}}) == [good, {"update_id": 2}]
    assert parsed() == []


def test_a_batch_without_any_number_is_an_error() -> None:
    with pytest.raises(TelegramError):
        parsed("nothing")


def test_other_answers_pass_as_they_are() -> None:
    assert UpdatesRequest.parse_json_payload(b'{"ok": true, "result": true}') == {"ok": True, "result": True}
