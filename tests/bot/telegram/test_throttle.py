"""Too much from one user is passed over with one word, and costs nobody else anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.cards import Card, Deck
from bot.answering.model import Option
from bot.answering.reply import Reply, note
from bot.charts import ChartStore
from bot.localisation import localiser
from bot.telegram.bidi import strip_controls
from bot.telegram.limits import Limits, Rate
from knowledge.language import Language
from running_bot import UNLIMITED, RunningBot, ScriptedAnswerer
from telegram_api.server import CHAT, FakeBotApi

GROUP = -1002
NEVER = 1e-9
Start = Callable[[Limits], RunningBot]
FEW = replace(UNLIMITED, user=Rate(3, NEVER))


@pytest.fixture
def start(api: FakeBotApi, scripted: ScriptedAnswerer, charts: ChartStore, state: Path) -> Iterator[Start]:
    """Starts the bot with limits."""
    running: list[RunningBot] = []

    def begin(limits: Limits) -> RunningBot:
        running.append(RunningBot(api, scripted, charts, state, limits=limits).__enter__())
        return running[-1]

    yield begin
    for each in running:
        each.stop()


def said(api: FakeBotApi, chat_id: int = CHAT) -> list[str]:
    """All that was said in a chat, once every update is processed."""
    api.wait_until(lambda: api.pending_updates == 0)
    return [strip_controls(message.text) for message in api.messages(chat_id)]


@pytest.mark.parametrize("language", Language)
def test_a_burst_gets_one_word_in_its_language_and_others_are_answered(
    api: FakeBotApi, start: Start, language: Language
) -> None:
    start(FEW)
    for n in range(30):
        api.user_says(f"How many jobs in {n}?", language_code=language.value)
    api.user_says("hello", 2002)
    api.wait_for_messages(2002)
    api.wait_for_messages(count=4)
    *answers, word = said(api)
    assert answers == [f"You said: How many jobs in {n}?" for n in range(3)]
    assert word == localiser(Language.EN).text("too-many"), "the language of the conversation"
    assert said(api, 2002) == ["You said: hello"]


@pytest.mark.parametrize("language", Language)
def test_the_word_is_in_the_language_of_telegram_where_nothing_was_answered(
    api: FakeBotApi, start: Start, language: Language
) -> None:
    start(replace(UNLIMITED, user=Rate(0, NEVER)))
    api.user_says("12345", language_code=language.value)
    assert api.wait_for_messages()[0].text == localiser(language).text("too-many")


def test_when_everyone_writes_each_gets_one_other_word(api: FakeBotApi, start: Start) -> None:
    start(replace(UNLIMITED, everyone=Rate(2, NEVER)))
    for n in range(2):
        api.user_says("hello", 3000 + n)
        api.wait_for_messages(3000 + n)
    for _ in range(3):
        api.user_says("hello", 3003)
    api.user_says("hello", 3004)
    api.wait_for_messages(3003)
    api.wait_for_messages(3004)
    busy = localiser(Language.EN).text("too-busy")
    assert (said(api, 3003)[:1], said(api, 3004)) == ([busy], [busy])


def test_buttons_count_and_their_clock_stops_with_the_word(
    api: FakeBotApi, start: Start, scripted: ScriptedAnswerer
) -> None:
    scripted.options = (Option("Help", "help"),)
    start(FEW)
    api.user_says("hello")
    (message,) = api.wait_for_messages()
    presses = [api.user_presses("help", message) for _ in range(4)]
    api.wait_until(lambda: api.unanswered_presses() == [])
    word = localiser(Language.EN).text("too-many")
    assert [api.press_answer(press) for press in presses] == ["", "", word, ""]
    assert len(said(api)) == 3


def test_inline_queries_count_for_a_quarter_and_get_no_word(
    api: FakeBotApi, start: Start, scripted: ScriptedAnswerer
) -> None:
    scripted.decks["jobs"] = Deck(Language.EN, (Card("1", "2", Reply((note("3"),))),))
    start(replace(UNLIMITED, user=Rate(1, NEVER)))
    for _ in range(4):
        query = api.user_types_inline("jobs")
        api.wait_until(lambda asked=query: api.inline_answer(asked) is not None)  # type: ignore[misc]
    fifth = api.user_types_inline("jobs")
    api.user_says("hello", 2002)
    api.wait_for_messages(2002)
    assert api.inline_answer(fifth) is None
    assert api.messages() == ()


def test_what_is_said_to_others_in_a_group_costs_nothing(api: FakeBotApi, start: Start) -> None:
    start(FEW)
    for text in ("Is anyone there?", "/play", "/help@OtherBot") * 5:
        api.user_says(text, GROUP, user_id=CHAT, chat_kind="supergroup")
    for _ in range(4):
        api.user_says("@DalilTestBot hello", GROUP, user_id=CHAT)
    replies = [message.text for message in api.wait_for_messages(GROUP, count=4)]
    assert replies == ["You said: hello"] * 3 + [localiser(Language.EN).text("too-many")]


def test_a_throttled_question_leaves_the_rest_as_it_was(
    api: FakeBotApi, start: Start, scripted: ScriptedAnswerer
) -> None:
    bot = start(FEW)
    first = api.user_says("/lang ar")
    api.wait_for_messages()
    for _ in range(5):
        api.user_says("hello")
    api.wait_until(lambda: len(api.messages()) == 4)
    bot.stop()
    start(UNLIMITED)  # what was throttled is done with
    api.user_says("مرحبا")
    api.wait_for_messages(count=5)
    assert [question.text for question, _ in scripted.asked] == ["hello", "hello", "مرحبا"]
    assert scripted.asked[-1][0].preferred_language is Language.AR
    assert first.message_id
