"""Groups: the bot speaks when it is spoken to, briefly, and where it was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.answering.composing import Composer
from bot.answering.model import Option
from bot.answering.reply import Block, BlockKind, Reply, Span
from bot.localisation import localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from running_bot import RunningBot, ScriptedAnswerer
from telegram_api.chats import BOT
from telegram_api.people import TOPIC
from telegram_api.server import CHAT, FakeBotApi, Incoming

GROUP = -1002
EN = Language.EN


@pytest.fixture
def say(api: FakeBotApi, bot: RunningBot) -> Callable[..., Incoming]:
    """Says something in the group."""

    def said(text: str, **options: object) -> Incoming:
        values: dict[str, object] = {"user_id": CHAT, "chat_kind": "supergroup", **options}
        return api.user_says(text, GROUP, **values)  # type: ignore[arg-type]

    return said


def heard(api: FakeBotApi, say: Callable[..., Incoming]) -> list[str]:
    """What the bot said so far: it answers a last word, to which it has come when that is answered."""
    say("/help@DalilTestBot")
    start = localiser(EN).text("help").split("\n")[0]
    api.wait_until(lambda: any(message.text.startswith(start) for message in api.messages(GROUP)))
    return [message.text for message in api.messages(GROUP)[:-1]]


@pytest.mark.parametrize(
    "text",
    [
        "How many jobs?",
        "@SomeoneElse how many jobs?",
        "@DalilTestBotany how many?",
        "/jobs",
        "/jobs@OtherBot",
        "/help@OtherBot",
        "mail@daliltestbotx.org",
    ],
)
def test_what_is_said_to_others_is_passed_over(api: FakeBotApi, say: Callable[..., Incoming], text: str) -> None:
    say(text)
    assert heard(api, say) == []


@pytest.mark.parametrize(
    ("text", "heard_as"),
    [
        ("@DalilTestBot How many jobs?", "How many jobs?"),
        ("How many jobs, @daliltestbot?", "How many jobs, ?"),
        ("@DalilTestBot", ""),
    ],
)
def test_a_message_that_names_the_bot_is_answered_without_the_name(
    api: FakeBotApi, say: Callable[..., Incoming], text: str, heard_as: str
) -> None:
    asked = say(text)
    (reply,) = api.wait_for_messages(GROUP)
    assert reply.text == f"You said: {heard_as}".strip()
    assert reply.reply_to == asked.message_id


def test_a_mention_without_a_name_counts_as_one(api: FakeBotApi, say: Callable[..., Incoming]) -> None:
    entity = {"type": "text_mention", "offset": 0, "length": 5, "user": BOT}
    say("Dalil, how many jobs?", extra={"entities": [entity]})
    assert api.wait_for_messages(GROUP)[0].text == "You said: Dalil, how many jobs?"


def test_a_reply_to_the_bot_is_answered_and_one_to_others_is_not(api: FakeBotApi, say: Callable[..., Incoming]) -> None:
    say("@DalilTestBot hello")
    (first,) = api.wait_for_messages(GROUP)
    say("And in 2018?", reply_to=first)
    assert api.wait_for_messages(GROUP, count=2)[1].text == "You said: And in 2018?"
    other = {"message_id": 1, "date": 0, "chat": {"id": GROUP, "type": "supergroup"}, "text": "x"}
    say("I agree.", extra={"reply_to_message": {**other, "from": {"id": 5, "is_bot": False, "first_name": "F"}}})
    assert len(heard(api, say)) == 2


def test_a_command_in_a_group_is_answered_alone_or_with_the_bots_name(
    api: FakeBotApi, say: Callable[..., Incoming]
) -> None:
    say("/privacy")
    say("/privacy@DalilTestBot")
    say("/jobs@DalilTestBot")
    first, second, unknown = api.wait_for_messages(GROUP, count=3)
    assert first.text == second.text
    assert unknown.text == localiser(EN).text("unknown-command")


def test_a_topic_is_answered_in_the_topic(
    api: FakeBotApi, say: Callable[..., Incoming], scripted: ScriptedAnswerer
) -> None:
    scripted.scripts["long"] = lambda: "A sentence of some length. " * 300
    opened = {
        "message_id": 7,
        "date": 0,
        "chat": {"id": GROUP, "type": "supergroup"},
        "from": BOT,
        "forum_topic_created": {"name": "Jobs", "icon_color": 7322096},
    }
    say("Is anyone there?", extra={**TOPIC, "reply_to_message": opened})
    say("@DalilTestBot long", extra=TOPIC)
    replies = api.wait_for_messages(GROUP, count=2)
    assert [reply.thread for reply in replies] == [7, 7]
    assert [call.parameters["message_thread_id"] for call in api.calls("sendChatAction")] == ["7"]
    say("/chart@DalilTestBot offshoring jobs", extra=TOPIC)
    _, _, _, chart = api.wait_for_messages(GROUP, count=4, timeout=20)
    assert chart.photo is not None
    assert chart.thread == 7


def test_a_group_gets_the_fact_and_its_source_and_every_button_a_private_chat_more(
    api: FakeBotApi, say: Callable[..., Incoming], scripted: ScriptedAnswerer, corpus: Corpus
) -> None:
    answer = Composer(corpus).passages(list(corpus.passages)[:1], EN)
    context = Block((Span("What else is known."),), BlockKind.STATEMENT, context=True)
    scripted.answers["jobs"] = replace(
        answer, reply=Reply((*answer.reply.blocks, context)), options=(Option("Chart", "chart:offshoring_jobs"),)
    )
    say("@DalilTestBot jobs")
    api.user_says("jobs")
    (short,), (long,) = api.wait_for_messages(GROUP), api.wait_for_messages()
    assert long.text == f"{short.text}\n\nWhat else is known."
    assert "[1]" in short.text
    assert short.buttons == long.buttons
    assert [button["text"] for button in short.buttons] == ["Chart", localiser(EN).text("option-report")]


def test_a_private_chat_needs_no_name_and_a_pasted_card_is_no_question(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("A card.", extra={"via_bot": BOT})
    api.user_says("How many jobs?")
    (reply,) = api.wait_for_messages()
    assert reply.text == "You said: How many jobs?"
