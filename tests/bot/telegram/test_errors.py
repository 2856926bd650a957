"""What the log says of an error, and what it must not."""

from __future__ import annotations

import json

import pytest
from telegram.error import BadRequest

from bot.errors import BotError
from bot.telegram.errors import describe
from running_bot import RunningBot
from telegram_api.server import FakeBotApi


def failed(error: Exception, cause: Exception | None = None) -> str:
    with pytest.raises(type(error)) as caught:
        raise error from cause
    return describe(caught.value)


def test_an_error_is_described_by_class_and_place() -> None:
    described = failed(ValueError("the user's words"))
    assert described.startswith("ValueError at ")
    assert "test_errors.py:" in described
    assert "words" not in described


@pytest.mark.parametrize("error", [BotError("ours"), BadRequest("Telegram's")])
def test_messages_of_ours_and_of_telegram_are_kept(error: Exception) -> None:
    assert str(error) in failed(error)


def test_causes_are_described_too() -> None:
    described = failed(BotError("ours"), json.JSONDecodeError("words", "the user's words", 0))
    assert "BotError: ours" in described
    assert "because of JSONDecodeError" in described
    assert "words" not in described


def test_a_second_instance_is_logged_and_outlived(
    api: FakeBotApi, bot: RunningBot, capfd: pytest.CaptureFixture[str]
) -> None:
    api.fail_next("getUpdates", status=409)
    api.user_says("first")
    api.user_says("second")
    api.wait_for_messages(count=2, timeout=10)
    assert "only one bot instance" in "".join(capfd.readouterr())
