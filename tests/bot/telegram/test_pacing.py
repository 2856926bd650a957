"""The pace of messages: kept in each chat, in order, and in no chat for another's sake."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.charts import ChartStore
from bot.telegram.limits import Limits, Rate
from bot.telegram.pacing import Pacing
from running_bot import UNLIMITED, RunningBot, ScriptedAnswerer
from telegram_api.server import CHAT, FakeBotApi

GROUP = -1002
SLOW = replace(UNLIMITED, private=Rate(2, 5), group=Rate(1, 4))


@pytest.mark.parametrize(("chat", "kind", "rate"), [(CHAT, "private", SLOW.private), (GROUP, "supergroup", SLOW.group)])
def test_a_chat_is_written_to_no_faster_than_its_rate_and_in_order(  # noqa: PLR0917 - fixtures
    api: FakeBotApi, scripted: ScriptedAnswerer, charts: ChartStore, state: Path, chat: int, kind: str, rate: Rate
) -> None:
    with RunningBot(api, scripted, charts, state, limits=SLOW):
        for n in range(6):
            api.user_says(f"@DalilTestBot {n}", chat, user_id=CHAT, chat_kind=kind)  # type: ignore[arg-type]
        replies = api.wait_for_messages(chat, count=6, timeout=20)
    assert [reply.text[-1] for reply in replies] == list("012345")
    times = [call.at for call in api.calls("sendMessage")]
    for first, last in itertools.combinations(range(6), 2):
        # Half a message is what the way of a call may take off.
        assert last - first + 1 <= rate.burst + (times[last] - times[first]) * rate.a_second + 0.5


def test_all_chats_together_are_written_to_no_faster_than_their_rate(
    api: FakeBotApi, scripted: ScriptedAnswerer, charts: ChartStore, state: Path
) -> None:
    with RunningBot(api, scripted, charts, state, limits=replace(UNLIMITED, chats=Rate(2, 5))):
        for chat in range(2000, 2006):
            api.user_says("hello", chat)
        calls = api.wait_for_calls("sendMessage", 6, timeout=20)
    for first, last in itertools.combinations(range(6), 2):
        assert last - first + 1 <= 2 + (calls[last].at - calls[first].at) * 5 + 0.5


async def test_only_what_is_written_waits() -> None:
    pacing = Pacing(Limits(private=Rate(1, 0.001), group=Rate(1, 0.001)), time.monotonic)
    for _ in range(3):
        for method in ("sendChatAction", "deleteMessage", "answerCallbackQuery", "getUpdates", "setMyCommands"):
            await pacing.wait(method, CHAT)
    for chat in range(1, 50):  # each chat has a pace of its own
        await pacing.wait("sendMessage", chat)
        await pacing.wait("sendPhoto", -chat)
    await pacing.wait("answerInlineQuery", None)
    assert pacing._private.wait(CHAT) == 0.0
    assert pacing._private.wait(CHAT) > 0.0
