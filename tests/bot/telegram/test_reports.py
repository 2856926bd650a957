"""Reports of mistakes: asked for by a button, taken from the reply, kept without a name."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from pathlib import Path

import pytest

from bot.answering.references import refer
from bot.charts import ChartStore
from bot.localisation import localiser
from bot.telegram.bidi import strip_controls
from knowledge.corpus import Corpus
from knowledge.language import Language
from running_bot import RunningBot, ScriptedAnswerer
from telegram_api.chats import SentMessage
from telegram_api.server import CHAT, FakeBotApi

GROUP = -1002


def text(key: str, language: Language = Language.EN) -> str:
    return localiser(language).text(key)


def questions(state: Path) -> list[str]:
    with contextlib.closing(sqlite3.connect(state)) as connection:
        return [question for (question,) in connection.execute("SELECT question FROM feedback ORDER BY id")]


def feedback(state: Path) -> list[tuple[str, str, list[str]]]:
    with contextlib.closing(sqlite3.connect(state)) as connection:
        rows = connection.execute("SELECT text, language, passages FROM feedback ORDER BY id").fetchall()
    return [(said, language, json.loads(passages)) for said, language, passages in rows]


@pytest.fixture
def asked(api: FakeBotApi, bot: RunningBot) -> SentMessage:
    """The question that the button under an answer leads to."""
    api.user_says("/latest")
    (answer,) = api.wait_for_messages()
    api.user_presses(answer.callback_data(text("option-report")), answer)
    return api.wait_for_messages(count=2)[1]


def test_the_button_asks_what_is_wrong_and_opens_the_input_field(api: FakeBotApi, asked: SentMessage) -> None:
    answer, _ = api.messages()
    assert asked.text.startswith("What is wrong with this answer?")
    assert asked.reply_markup == {"force_reply": True}
    assert asked.reply_to == answer.message_id


def test_the_reply_is_kept_with_the_passages_and_thanked_for(
    api: FakeBotApi, asked: SentMessage, state: Path, corpus: Corpus, scripted: ScriptedAnswerer
) -> None:
    api.user_says("The year is wrong, ask me: a@example.org", reply_to=asked)
    thanks = api.wait_for_messages(count=3)[2]
    assert thanks.text == text("report-thanks")
    ((said, language, passages),) = feedback(state)
    assert (said, language) == ("The year is wrong, ask me: …", "en")
    assert passages
    assert set(passages) <= set(corpus.passages)
    assert asked.text.endswith(refer(passages))
    assert questions(state) == [corpus.passages[passages[0]][1].questions[Language.EN][0]]
    assert scripted.asked == [], "a report is no question"


@pytest.fixture
def again(api: FakeBotApi, scripted: ScriptedAnswerer, charts: ChartStore, state: Path) -> RunningBot:
    """The bot after a restart, not started."""
    return RunningBot(api, scripted, charts, state)


@pytest.mark.parametrize("language", Language)
def test_a_report_is_understood_after_a_restart_and_in_each_language(
    api: FakeBotApi, bot: RunningBot, state: Path, again: RunningBot, language: Language
) -> None:
    api.user_says("/latest", language_code=language.value)
    (answer,) = api.wait_for_messages()
    label = next(b["text"] for b in answer.buttons if strip_controls(b["text"]) == text("option-report", language))
    api.user_presses(answer.callback_data(label), answer, language_code=language.value)
    question = api.wait_for_messages(count=2)[1]
    bot.stop()
    with again:
        api.user_says("2023!", reply_to=question, language_code=language.value)
        assert strip_controls(api.wait_for_messages(count=3)[2].text) == text("report-thanks", language)
    ((said, kept, passages),) = feedback(state)
    assert (said, kept) == ("2023!", language.value)
    assert passages


def test_a_report_that_is_changed_is_kept_in_both_versions_and_thanked_once(
    api: FakeBotApi, asked: SentMessage, state: Path
) -> None:
    report = api.user_says("Wrong.", reply_to=asked)
    api.wait_for_messages(count=3)
    api.user_edits(report.message_id, "The year is wrong.")
    api.wait_until(lambda: api.pending_updates == 0)
    api.user_says("done")
    *_, done = api.wait_for_messages(count=4)
    assert done.text == "You said: done"
    assert [said for said, _, _ in feedback(state)] == ["Wrong.", "The year is wrong."]


def test_a_reply_to_any_other_message_is_a_question(api: FakeBotApi, asked: SentMessage, state: Path) -> None:
    answer, _ = api.messages()
    api.user_says("Is it wrong?", reply_to=answer)
    assert api.wait_for_messages(count=3)[2].text == "You said: Is it wrong?"
    assert feedback(state) == []


def test_the_question_copied_by_somebody_else_is_no_question_of_the_bots(
    api: FakeBotApi, asked: SentMessage, state: Path
) -> None:
    user = {"id": CHAT, "is_bot": False, "first_name": "U"}
    copied = {"message_id": 1, "date": 0, "chat": {"id": CHAT, "type": "private"}, "from": user, "text": asked.text}
    api.user_says("It is wrong.", extra={"reply_to_message": copied})
    assert api.wait_for_messages(count=3)[2].text == "You said: It is wrong."
    assert feedback(state) == []


def test_in_a_group_nobodys_input_field_opens_and_the_reply_is_taken(
    api: FakeBotApi, bot: RunningBot, state: Path
) -> None:
    api.user_says("/latest", GROUP, user_id=CHAT, chat_kind="supergroup")
    (answer,) = api.wait_for_messages(GROUP)
    api.user_presses(answer.callback_data(text("option-report")), answer, user_id=CHAT)
    question = api.wait_for_messages(GROUP, count=2)[1]
    assert question.reply_markup is None
    api.user_says("The year.", GROUP, user_id=CHAT, reply_to=question)
    assert api.wait_for_messages(GROUP, count=3)[2].text == text("report-thanks")
    assert [said for said, _, _ in feedback(state)] == ["The year."]
