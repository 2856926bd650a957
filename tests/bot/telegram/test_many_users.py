"""Two hundred people at once, and kill -9 in the middle: nothing is lost, mixed up or out of order."""

from __future__ import annotations

import itertools
import random
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

import serve_scripted
from knowledge.language import Language
from serving import Serving
from telegram_api.server import FakeBotApi

pytestmark = pytest.mark.slow

MESSAGES = 10
LANGUAGES = tuple(Language)


def said(user: int) -> Iterator[str]:
    """What a user says: in a row of languages that no other user has."""
    for number in range(MESSAGES):
        yield f"u{user} m{number} {LANGUAGES[user // 3 ** (number % 5) % 3]}"


def expected(user: int) -> list[str]:
    """The replies: each repeats its message, and names the language of the one before."""
    before = ["nothing", *(text.split()[-1] for text in said(user))]
    return [f"{text} after {language}" for text, language in zip(said(user), before, strict=False)]


def serving(api: FakeBotApi, folder: Path) -> Serving:
    return Serving(api, folder / "cache", folder / "log", (serve_scripted.__file__,))


def replies(api: FakeBotApi, user: int) -> list[str]:
    return [message.text for message in api.messages(user)]


def test_two_hundred_users_are_answered_each_in_order_and_in_their_own_context(api: FakeBotApi, tmp_path: Path) -> None:
    users = range(1, 201)
    assert len({tuple(text.split()[-1] for text in said(user)) for user in users}) == len(users)
    with serving(api, tmp_path) as bot:

        def speak(some: range) -> None:
            for texts in zip(*map(said, some), strict=True):
                for user, text in zip(some, texts, strict=True):
                    api.user_says(text, user)

        speakers = [threading.Thread(target=speak, args=(users[i::8],)) for i in range(8)]
        for speaker in speakers:
            speaker.start()
        for speaker in speakers:
            speaker.join()
        api.wait_for_calls("sendMessage", len(users) * MESSAGES, timeout=400)
        assert bot.stop() == 0
        assert "Traceback" not in bot.output
    for user in users:
        assert replies(api, user) == expected(user)
    assert api.pending_updates == 0


def test_what_was_received_is_answered_after_kill_9_with_one_duplicate_at_most(api: FakeBotApi, tmp_path: Path) -> None:
    users = range(1, 21)
    conversations = {user: said(user) for user in users}
    chance = random.Random(9)  # noqa: S311 - where to kill
    # How many replies each user had at each kill.
    kills: list[dict[int, int]] = []
    for rounds in (3, 3, 2, 1):
        with serving(api, tmp_path) as bot:
            sent = len(api.calls("sendMessage"))
            for _ in range(rounds):
                for user in users:
                    api.user_says(next(conversations[user]), user)
            api.wait_for_calls("sendMessage", sent + chance.randint(5, 35), timeout=60)
            assert bot.stop(signal.SIGKILL) == -signal.SIGKILL
            kills.append({user: len(replies(api, user)) for user in users})
    with serving(api, tmp_path) as bot:
        for user in users:
            api.user_says(next(conversations[user]), user)
        last = {user: expected(user)[-1] for user in users}
        api.wait_until(lambda: all(replies(api, user)[-1:] == [last[user]] for user in users), 120)
        assert bot.stop() == 0
    assert api.pending_updates == 0
    for user in users:
        got = replies(api, user)
        assert [text for text, _ in itertools.groupby(got)] == expected(user)
        twice = [i for i in range(1, len(got)) if got[i] == got[i - 1]]
        assert set(twice) <= {kill[user] for kill in kills}, "a duplicate that was not in flight"
