"""What is remembered comes back as it was, to its own context alone, until it is too old."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import date
from pathlib import Path
from unittest.mock import ANY

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.answerer import Answerer
from bot.answering.model import Conversation
from bot.errors import StateError
from bot.session import Session
from bot.state.conversations import REMEMBERED_TURNS
from bot.state.file import migration_scripts, prepare
from bot.state.model import ContextKey, Memory, Recalled, Sent, Turn
from bot.state.store import StateStore
from knowledge.language import Language
from state_clock import Clock

KEY = ContextKey(-100123, 4, 77)
FRENCH = Memory(Conversation(Language.FR), Language.AR, "album")
SENT = tuple(Sent(number, bytes([number])) for number in (12, 11, 13))


async def test_a_context_outlives_the_process(path: Path, clock: Clock) -> None:
    turn = Turn(Conversation(Language.EN), SENT, Sent(14, b"picture"))
    async with StateStore(path, clock) as store:
        assert await store.recall(KEY, 10) == Recalled(Memory())
        await store.remember(KEY, FRENCH, 10, turn)
    async with StateStore(path, clock) as store:
        assert await store.recall(KEY, 10) == Recalled(FRENCH, turn)
        assert await store.recall(KEY) == Recalled(FRENCH)


@pytest.mark.parametrize("other", [ContextKey(-100123, 4, 78), ContextKey(-100123, 0, 77), ContextKey(77, 4, 77)])
async def test_a_context_is_one_persons_in_one_chat_and_topic(store: StateStore, other: ContextKey) -> None:
    await store.remember(KEY, FRENCH, 10, Turn(Conversation(), SENT))
    assert await store.recall(other, 10) == Recalled(Memory())


async def test_a_message_is_the_newest_until_a_later_one_is_answered(store: StateStore) -> None:
    for message in (10, 20):
        await store.remember(KEY, FRENCH, message, Turn(Conversation(), ()))
    assert not (await store.recall(KEY, 10)).newest
    assert (await store.recall(KEY, 20)).newest


async def test_a_turn_takes_the_place_of_the_messages_earlier_one(store: StateStore) -> None:
    await store.remember(KEY, FRENCH, 10, Turn(Conversation(), SENT, Sent(14, b"picture")))
    shorter = Turn(Conversation(), SENT[:1])
    await store.remember(KEY, FRENCH, 10, shorter)
    assert (await store.recall(KEY, 10)).turn == shorter
    assert await store.sent(KEY.chat_id, 13) is None


async def test_a_message_of_the_bots_is_known_by_its_number_and_may_change(store: StateStore) -> None:
    await store.remember(KEY, FRENCH, 10, Turn(Conversation(), SENT))
    assert await store.sent(KEY.chat_id, 11) == Sent(11, b"\x0b")
    assert await store.sent(1, 11) is None
    await store.replace_sent(KEY.chat_id, Sent(11, b"changed"))
    turn = (await store.recall(KEY, 10)).turn
    assert turn is not None
    assert turn.sent == (SENT[0], Sent(11, b"changed"), SENT[2])


async def test_the_oldest_turns_of_a_context_are_forgotten(store: StateStore) -> None:
    for message in range(1, REMEMBERED_TURNS + 2):
        await store.remember(KEY, FRENCH, message, Turn(Conversation(), (Sent(1000 + message, b"x"),)))
    assert (await store.recall(KEY, 1)).turn is None
    assert await store.sent(KEY.chat_id, 1001) is None
    assert (await store.recall(KEY, 2)).turn == Turn(Conversation(), (Sent(1002, b"x"),))


async def test_a_conversation_is_forgotten_after_a_day_and_a_chosen_language_is_not(
    store: StateStore, clock: Clock
) -> None:
    await store.remember(KEY, FRENCH, 10, Turn(Conversation(), SENT))
    clock.advance(hours=23.9)
    assert (await store.recall(KEY, 10)).memory == FRENCH
    clock.advance(hours=0.2)
    recalled = await store.recall(KEY, 10)
    assert (recalled.memory, recalled.turn) == (Memory(preferred=Language.AR), None)


async def test_automatic_leaves_no_chosen_language(store: StateStore) -> None:
    await store.remember(KEY, FRENCH)
    await store.remember(KEY, Memory())
    assert await store.recall(KEY) == Recalled(Memory())


@pytest.mark.parametrize("stored", ['{"language": "klingon"}', "[]", "no JSON", '{"language": {"since": 1}}'])
async def test_a_conversation_of_another_version_counts_as_none(
    path: Path, clock: Clock, stored: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async with StateStore(path, clock) as store:
        await store.remember(KEY, FRENCH, 10, Turn(Conversation(Language.FR), SENT))
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE conversations SET conversation = ?", (stored,))
        connection.execute("UPDATE turns SET before = ?", (stored,))
    async with StateStore(path, clock) as store:
        recalled = await store.recall(KEY, 10)
    assert recalled == Recalled(Memory(Conversation(), Language.AR, "album"), Turn(Conversation(), SENT))
    output = "".join(capfd.readouterr())
    assert "conversation_of_another_version" in output
    assert "klingon" not in output


@settings(max_examples=25)
@given(
    key=st.builds(ContextKey, *[st.integers(-(2**62), 2**62)] * 3),
    memory=st.builds(
        Memory, st.builds(Conversation, st.none() | st.sampled_from(Language)), st.none() | st.sampled_from(Language)
    ),
    sent=st.lists(st.builds(Sent, st.integers(1, 2**40), st.binary(max_size=40)), unique_by=lambda s: s.message_id),
)
async def test_whatever_is_remembered_comes_back(
    tmp_path_factory: pytest.TempPathFactory, key: ContextKey, memory: Memory, sent: list[Sent]
) -> None:
    path = tmp_path_factory.mktemp("state") / "dalil.sqlite3"
    prepare(path, migration_scripts())
    async with StateStore(path, Clock()) as store:
        turn = Turn(memory.conversation, tuple(sent))
        await store.remember(key, memory, 5, turn)
        assert await store.recall(key, 5) == Recalled(memory, turn)


@pytest.mark.model
async def test_what_the_answerer_remembers_comes_back(store: StateStore, answerer: Answerer) -> None:
    session = Session()
    for text in (
        "Combien d'emplois vise l'offshoring en 2030 ?",
        "/help",
        "2024 ?",
        "كم عدد المناصب؟",
        "GITEX 2031",
    ):
        session.ask(answerer, text, date(2026, 11, 22))
        await store.remember(KEY, Memory(session.conversation))
        assert (await store.recall(KEY)).memory.conversation == session.conversation


async def test_what_fails_is_written_not_at_all(store: StateStore) -> None:
    await store.remember(KEY, FRENCH)
    with pytest.raises(StateError):
        await store.remember(KEY, Memory(), 10, Turn(Conversation(), (Sent(2**70, b"x"),)))
    assert await store.recall(KEY, 10) == Recalled(FRENCH, ANY)
