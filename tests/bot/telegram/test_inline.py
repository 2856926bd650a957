"""Inline mode against the strict fake: cards in any chat, ten at a time."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from bot.answering.answerer import Answerer
from bot.answering.cards import Card, Deck
from bot.answering.reply import Reply, note
from bot.charts import ChartStore
from bot.localisation import localiser
from bot.telegram import inline
from knowledge.language import Language
from running_bot import RunningBot, ScriptedAnswerer
from telegram_api.rules import JsonObject
from telegram_api.server import FakeBotApi


def deck(size: int, language: Language = Language.EN) -> Deck:
    cards = (Card(f"{n} jobs", "H24 · May 2024", Reply((note(f"<Jobs> {n}"),))) for n in range(size))
    return Deck(language, tuple(cards))


def answered(api: FakeBotApi, query: str) -> list[JsonObject]:
    api.wait_until(lambda: api.inline_answer(query) is not None)
    return api.inline_answer(query) or []


def test_cards_are_offered_ready_to_paste(api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer) -> None:
    scripted.decks["jobs 2024"] = deck(2)
    first, second = answered(api, api.user_types_inline("  jobs   2024 "))
    assert (first["title"], first["description"]) == ("0 jobs", "H24 · May 2024")
    assert first["input_message_content"] == {
        "message_text": "&lt;Jobs&gt; 0",
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    assert first["id"] != second["id"]
    (call,) = api.calls("answerInlineQuery")
    assert call.parameters["cache_time"] == "300"
    assert "button" not in call.parameters


def test_titles_are_typeset_as_messages_are(api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer) -> None:
    scripted.decks["jobs"] = Deck(Language.AR, (Card("منصب\x07 Le Matin", "Le Matin · ماي", Reply((note("x"),))),))
    (card,) = answered(api, api.user_types_inline("jobs"))
    assert card["title"] == "منصب  \u2068Le Matin\u2069"
    assert card["description"] == "\u200f\u2068Le Matin\u2069 · ماي"


def test_more_than_ten_cards_come_in_pages(api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer) -> None:
    scripted.decks["jobs"] = deck(23)
    offset, titles = "", []
    while True:
        titles += [each["title"] for each in answered(api, api.user_types_inline("jobs", offset=offset))]
        offset = api.calls("answerInlineQuery")[-1].parameters.get("next_offset", "")
        if not offset:
            break
    assert titles == [f"{n} jobs" for n in range(23)]
    assert len(api.calls("answerInlineQuery")) == 3
    assert scripted.typed == ["jobs"], "found once"


@pytest.mark.parametrize("offset", ["-1", "x", "99999999999999999999", "٣", "²", "500"])
def test_a_forged_offset_does_no_harm(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, offset: str
) -> None:
    scripted.decks["jobs"] = deck(2)
    assert len(answered(api, api.user_types_inline("jobs", offset=offset))) in {0, 2}


@pytest.mark.parametrize("language", Language)
def test_where_nothing_answers_a_button_leads_to_the_private_chat(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, language: Language
) -> None:
    scripted.decks["couscous"] = deck(0, language)
    assert answered(api, api.user_types_inline("couscous")) == []
    (call,) = api.calls("answerInlineQuery")
    assert json.loads(call.parameters["button"])["text"] == localiser(language).text("cards-none")
    api.user_says("/start inline", language_code=language.value)
    (start,) = api.wait_for_messages()
    assert localiser(language).text("start").split("\n")[0][:5] in start.text


def test_a_query_that_is_typed_on_is_dropped(api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> str:
        begun.set()
        assert go_on.wait(10)
        return "held"

    scripted.scripts["hold"] = hold
    for query in ("jo", "job", "jobs"):
        scripted.decks[query] = deck(1)
    api.user_says("hold", chat_id=2002)
    assert begun.wait(10)
    queries = [api.user_types_inline(text) for text in ("jo", "job", "jobs")]
    other = api.user_types_inline("jobs", user_id=3003)
    api.wait_until(lambda: api.pending_updates == 0)
    go_on.set()
    assert answered(api, queries[2])
    assert answered(api, other)
    assert [api.inline_answer(query) for query in queries[:2]] == [None, None]
    assert set(scripted.typed) == {"jobs"}


def test_a_query_that_waits_too_long_is_left_and_the_next_answered(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "PATIENCE_SECONDS", 0.0)
    begun, go_on = threading.Event(), threading.Event()

    def hold() -> str:
        begun.set()
        assert go_on.wait(10)
        return "held"

    scripted.scripts["hold"] = hold
    scripted.decks["jobs"] = deck(1)
    api.user_says("hold", chat_id=2002)
    assert begun.wait(10)
    late = api.user_types_inline("jobs")
    api.user_says("hello")  # the bot is seen typing later than the query was given up
    api.wait_until(lambda: len(api.calls("sendChatAction")) > 1)
    go_on.set()
    api.wait_for_messages()
    assert api.inline_answer(late) is None
    monkeypatch.setattr(inline, "PATIENCE_SECONDS", 5.0)
    assert answered(api, api.user_types_inline("jobs"))


def test_only_so_many_queries_are_remembered(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "REMEMBERED_QUERIES", 2)
    for text in ("a", "b", "a", "c", "a", "b"):
        answered(api, api.user_types_inline(text))
    assert scripted.typed == ["a", "b", "c", "b"], "the one used longest ago goes first"


def test_cards_are_found_again_after_a_while(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "CACHE_SECONDS", 0)
    scripted.decks["jobs"] = deck(1)
    assert len(answered(api, api.user_types_inline("jobs"))) == 1
    scripted.decks["jobs"] = deck(2)  # the knowledge has changed
    assert len(answered(api, api.user_types_inline("jobs"))) == 2


def test_a_refusal_by_telegram_ends_it(api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer) -> None:
    scripted.decks["jobs"] = deck(1)
    api.fail_next("answerInlineQuery", status=400)
    api.user_types_inline("jobs")
    api.wait_for_calls("answerInlineQuery")
    assert answered(api, api.user_types_inline("jobs"))
    assert api.messages() == ()


@pytest.mark.model
@pytest.mark.parametrize(
    ("query", "value"),
    [("offshoring jobs 2024", "148,500"), ("emplois offshoring 2024", "148\u00a0500"), ("مناصب الشغل 2024", "148.500")],
)
def test_a_few_words_give_cards_of_the_knowledge(  # noqa: PLR0917 - fixtures
    api: FakeBotApi, answerer: Answerer, charts: ChartStore, state: Path, query: str, value: str
) -> None:
    with RunningBot(api, answerer, charts, state):
        first, *others = answered(api, api.user_types_inline(query, language_code="de"))
    assert value in first["title"]
    assert "<a href=" in first["input_message_content"]["message_text"]
    assert len(others) < 10
