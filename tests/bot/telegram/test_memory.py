"""What the bot remembers across a restart, of whom, and what /forget leaves."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.answering.model import AbstentionReason, Answer, AnswerKind, Conversation, Question
from bot.charts import ChartStore
from bot.localisation import localiser
from bot.state.file import migration_scripts, prepare
from bot.state.model import Arrival
from bot.state.store import StateStore
from bot.telegram.bidi import strip_controls
from knowledge.corpus import Corpus
from knowledge.language import Language
from running_bot import RunningBot, ScriptedAnswerer
from telegram_api.server import CHAT, FakeBotApi

GROUP = -1002
NAME = "@daliltestbot"


class Restarts:
    """Starts the bot again and again on one state."""

    def __init__(self, api: FakeBotApi, scripted: ScriptedAnswerer, charts: ChartStore, state: Path) -> None:
        self._parts = (api, scripted, charts, state)
        self.time = datetime.now(UTC)

    @contextmanager
    def bot(self) -> Iterator[RunningBot]:
        with RunningBot(*self._parts, lambda: self.time) as running:
            yield running


@pytest.fixture
def restarts(
    api: FakeBotApi, scripted: ScriptedAnswerer, charts: ChartStore, state: Path, monkeypatch: pytest.MonkeyPatch
) -> Restarts:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    return Restarts(api, scripted, charts, state)


def forgotten(language: Language) -> str:
    return localiser(language).text("forgotten")


def contexts(scripted: ScriptedAnswerer) -> list[Language | None]:
    return [conversation.language for _, conversation in scripted.asked]


def test_a_conversation_and_a_chosen_language_outlive_a_restart(
    api: FakeBotApi, restarts: Restarts, scripted: ScriptedAnswerer
) -> None:
    with restarts.bot():
        api.user_says("/lang ar", 5001)
        api.user_says("Combien d'emplois dans l'offshoring ?", 5002)
        api.wait_for_messages(5001)
        api.wait_for_messages(5002)
    with restarts.bot():
        api.user_says("How many jobs?", 5001)
        api.user_says("2030", 5002)
        api.wait_for_messages(5001, 2)
        api.wait_for_messages(5002, 2)
    questions = {question.text: (question, conversation) for question, conversation in scripted.asked}
    assert questions["How many jobs?"][0].preferred_language is Language.AR
    assert questions["2030"][1] == Conversation(Language.FR)


def test_an_old_message_is_still_edited_after_a_restart(api: FakeBotApi, restarts: Restarts) -> None:
    with restarts.bot():
        asked = api.user_says("jobs 2030")
        api.wait_for_messages()
    with restarts.bot():
        api.user_edits(asked.message_id, "jobs 2026")
        api.wait_until(lambda: api.messages()[0].edited)
    (reply,) = api.messages()
    assert reply.text == "You said: jobs 2026"


def test_after_a_day_a_conversation_begins_anew(
    api: FakeBotApi, restarts: Restarts, scripted: ScriptedAnswerer
) -> None:
    with restarts.bot():
        asked = api.user_says("Combien d'emplois dans l'offshoring ?")
        api.wait_for_messages()
    restarts.time += timedelta(hours=24, seconds=1)
    with restarts.bot():
        api.user_says("2030")
        api.wait_for_messages(count=2)
        api.user_edits(asked.message_id, "2031")
        api.wait_for_messages(count=3)
    assert contexts(scripted)[:2] == [None, None]


def test_in_a_group_each_member_and_each_topic_has_a_context_of_its_own(
    api: FakeBotApi, restarts: Restarts, scripted: ScriptedAnswerer
) -> None:
    topic = {"is_topic_message": True, "message_thread_id": 9}
    reply_thread = {"message_thread_id": 9}
    with restarts.bot():
        for number, (user, extra) in enumerate(
            [(1, {}), (2, {}), (1, topic), (1, {}), (1, reply_thread), (2, topic), (1, topic)], start=1
        ):
            words = "Combien d'emplois dans l'offshoring ?" if user == 1 else "كم عدد مناصب الشغل؟"
            api.user_says(f"{NAME} {words}", GROUP, user_id=user, chat_kind="supergroup", extra=extra)
            api.wait_for_messages(GROUP, number)
    fr, ar = Language.FR, Language.AR
    assert contexts(scripted) == [None, None, None, fr, fr, None, fr]
    assert ar not in contexts(scripted)


def test_what_was_received_and_not_answered_is_answered_first_and_once(
    api: FakeBotApi, restarts: Restarts, state: Path
) -> None:
    first = api.user_says("first")
    with restarts.bot():
        api.wait_for_messages()
    second = api.user_says("second")

    async def receive() -> None:
        """What a process does that is killed before it answers."""
        async with StateStore(state, lambda: datetime.now(UTC)) as store:
            (update,) = (each for number, each in api._telegram.updates._pending if number == second.update_id)
            assert isinstance(update, dict)
            assert await store.receive([Arrival(second.update_id, CHAT, json.dumps(update))]) == {second.update_id}

    asyncio.run(receive())
    api.user_says("third")
    api.push_raw({"update_id": first.update_id, "message": {**api._telegram.chats[CHAT].received[first.message_id]}})
    with restarts.bot():
        replies = api.wait_for_messages(count=3)
        api.user_says("last")
        replies = api.wait_for_messages(count=4)
        api.wait_until(lambda: api.pending_updates == 0)
    assert [reply.text.removeprefix("You said: ") for reply in replies] == ["first", "second", "third", "last"]


def test_a_state_of_another_bot_is_refused(
    api: FakeBotApi, scripted: ScriptedAnswerer, charts: ChartStore, state: Path
) -> None:
    prepare(state, migration_scripts())
    with closing(sqlite3.connect(state)) as connection, connection:
        connection.execute("INSERT INTO owner VALUES (42)")
    bot = RunningBot(api, scripted, charts, state)
    bot._run()
    (error,) = bot._errors
    assert "belongs to the bot 42" in str(error)


@pytest.mark.parametrize("language", Language)
def test_forget_erases_all_of_a_user_in_all_chats_and_confirms_in_their_language(
    api: FakeBotApi, restarts: Restarts, scripted: ScriptedAnswerer, state: Path, language: Language
) -> None:
    user = 6_123_456_789_123
    with restarts.bot():
        api.user_says("/lang fr", user)
        api.user_says(f"{NAME} emplois dans le parc Xanadu ?", GROUP, user_id=user, chat_kind="supergroup")
        api.user_says(f"/lang {language}", user)
        api.wait_for_messages(user, 2)
        api.wait_for_messages(GROUP)
        api.user_says("/forget", user)
        *_, confirmation = api.wait_for_messages(user, 3)
        assert strip_controls(confirmation.text) == forgotten(language)
    left = b"".join(file.read_bytes() for file in state.parent.iterdir())
    assert str(user).encode() not in left
    assert user.to_bytes(6, "big") not in left
    assert b"Xanadu" not in left
    with restarts.bot():
        api.user_says(f"{NAME} How many jobs?", GROUP, user_id=user)
        api.wait_for_messages(GROUP, 2)
    assert contexts(scripted)[-1] is None


def test_forget_in_a_group_is_of_its_sender_alone(
    api: FakeBotApi, restarts: Restarts, scripted: ScriptedAnswerer
) -> None:
    question = f"{NAME} Combien d'emplois dans l'offshoring ?"
    with restarts.bot():
        for number, user in enumerate((1, 2), start=1):
            api.user_says(question, GROUP, user_id=user, chat_kind="supergroup")
            api.wait_for_messages(GROUP, number)
        asked = api.user_says("/forget", GROUP, user_id=1)
        *_, confirmation = api.wait_for_messages(GROUP, 3)
        assert confirmation.text == forgotten(Language.FR)
        assert confirmation.reply_to == asked.message_id
        for number, user in enumerate((1, 2), start=4):
            api.user_says(question, GROUP, user_id=user)
            api.wait_for_messages(GROUP, number)
    assert contexts(scripted)[2:] == [None, Language.FR]


def test_a_forged_button_that_says_forget_tells_the_truth(
    api: FakeBotApi, restarts: Restarts, scripted: ScriptedAnswerer
) -> None:
    with restarts.bot():
        api.user_says("Combien d'emplois dans l'offshoring ?")
        (reply,) = api.wait_for_messages()
        api.user_presses("forget", reply, forged=True)
        *_, confirmation = api.wait_for_messages(count=2)
        assert confirmation.text == forgotten(Language.FR)
        api.user_says("2030")
        api.wait_for_messages(count=3)
    assert contexts(scripted)[-1] is None


class Abstaining(ScriptedAnswerer):
    """Finds nothing, ever; a long question it finds too long."""

    def answer(self, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        answer, after = super().answer(question, conversation)
        reason = AbstentionReason.TOO_LONG if "long" in question.text else AbstentionReason.NO_PASSAGE
        return replace(answer, kind=AnswerKind.ABSTENTION, reason=reason), after


def test_a_question_without_an_answer_is_noted_without_its_asker(
    api: FakeBotApi, charts: ChartStore, state: Path, corpus: Corpus
) -> None:
    with RunningBot(api, Abstaining(corpus), charts, state):
        for number, question in enumerate(("jobs in 2050?", "jobs in 2050?", "long"), start=1):
            api.user_says(question, 6_123_456_789_123)
            api.wait_for_messages(6_123_456_789_123, number)
    with closing(sqlite3.connect(state)) as connection:
        rows = connection.execute("SELECT question, language, reason, count FROM unanswered").fetchall()
    assert rows == [("jobs in 2050?", "en", "no_passage", 2)]
