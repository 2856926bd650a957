"""The bot against the strict fake: what people see for each thing that they do."""

from __future__ import annotations

import threading
import time

import pytest

from bot.answering.model import Conversation, Option
from bot.localisation import localiser
from bot.state.conversations import REMEMBERED_TURNS
from bot.telegram.bidi import strip_controls
from knowledge.language import Language
from running_bot import RunningBot, ScriptedAnswerer
from telegram_api.people import ATTACHMENTS
from telegram_api.server import CHAT, FakeBotApi


def text(key: str, language: Language = Language.EN) -> str:
    return localiser(language).text(key)


def test_a_question_is_answered_while_the_bot_is_seen_typing(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("jobs <2030> & more")
    (reply,) = api.wait_for_messages()
    assert reply.text == "You said: jobs <2030> & more"
    assert reply.html == "You said: jobs &lt;2030&gt; &amp; more"
    (sent,) = api.calls("sendMessage")
    assert sent.parameters["link_preview_options"] == '{"is_disabled": true}'
    (typing,) = api.wait_for_calls("sendChatAction")
    assert typing.parameters["action"] == "typing"
    assert typing.at < sent.at


@pytest.mark.parametrize("page", ["start", "help", "about", "privacy", "sources", "lang"])
@pytest.mark.parametrize("language", Language)
def test_every_command_shows_its_page_in_the_language_of_telegram(
    api: FakeBotApi, bot: RunningBot, page: str, language: Language
) -> None:
    api.user_says(f"/{page}", language_code=language.value)
    (reply,) = api.wait_for_messages()
    expected = "lang-choose" if page == "lang" else page
    if page in {"sources", "about"}:
        assert reply.text
    else:
        assert strip_controls(reply.text).startswith(text(expected, language).split("\n")[0])


def test_a_command_takes_its_argument(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("/lang FR")
    api.user_says("/sources 99999")
    first, second = api.wait_for_messages(count=2)
    assert first.text == text("lang-chosen", Language.FR)
    assert second.text.startswith(localiser(Language.FR).text("sources-title", page=1, pages=1).split(" 1")[0])


def test_a_chosen_language_lasts_until_automatic_is_chosen(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer
) -> None:
    api.user_says("/lang")
    (chooser,) = api.wait_for_messages()
    api.user_presses("lang:ar", chooser)
    api.wait_until(lambda: api.messages()[0].edited)
    (chosen,) = api.messages()
    assert strip_controls(chosen.text) == text("lang-chosen", Language.AR)
    assert chosen.buttons == ()
    api.user_says("/privacy", language_code="en")
    assert strip_controls(api.wait_for_messages(count=2)[1].text).startswith(
        text("privacy", Language.AR).split("\n")[0]
    )
    api.user_says("/lang auto")
    api.wait_for_messages(count=3)
    api.user_says("How many jobs?")
    assert api.wait_for_messages(count=4)[3].text == "You said: How many jobs?"
    assert api.unanswered_presses() == []


def test_the_sources_turn_their_pages_in_place(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("/sources")
    (page,) = api.wait_for_messages()
    query = api.user_presses("sources:1", page, forged=True)  # pressed twice: nothing changes
    api.wait_until(lambda: api.press_answer(query) is not None)
    api.user_says("done")
    first, _ = api.wait_for_messages(count=2)
    assert not first.edited


@pytest.mark.parametrize(
    "data",
    [
        *("topic:nowhere", "nonsense", "sources", "é" * 30, "lang:xx", "media:x"),
        *("quotes", "quotes:AAAAAAAA", "quotes:7:AAAAAAAA", "more:.", "copy::::", "report:x"),
    ],
)
def test_forged_and_stale_buttons_get_a_polite_word(api: FakeBotApi, bot: RunningBot, data: str) -> None:
    api.user_says("hello")
    (message,) = api.wait_for_messages()
    query = api.user_presses(data, message, forged=True)
    api.wait_until(lambda: api.press_answer(query) == "")
    if data in {"sources", "lang:xx"}:  # a page that there is: shown in place
        api.wait_until(lambda: api.messages()[0].edited)
    else:
        reply = api.wait_for_messages(count=2)[1]
        assert reply.text == text("media-other" if data == "media:x" else "unknown-action")


def test_a_button_under_a_deleted_message_still_works(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer
) -> None:
    scripted.options = (Option("Next page", "sources:1"),)
    api.user_says("hello")
    (message,) = api.wait_for_messages()
    api._telegram.chats[CHAT].deleted[message.message_id] = api._telegram.chats[CHAT].sent.pop(message.message_id)
    api.user_presses("sources:1", message)
    (reply,) = api.wait_for_messages()
    assert reply.message_id != message.message_id


@pytest.mark.parametrize("kind", sorted(set(ATTACHMENTS) - {"new_chat_members"}))
def test_what_is_no_text_gets_a_fitting_word(api: FakeBotApi, bot: RunningBot, kind: str) -> None:
    api.user_sends(kind, language_code="fr")
    (reply,) = api.wait_for_messages()
    expected = {"sticker": "sticker", "photo": "photo", "voice": "voice", "video_note": "voice", "audio": "voice"}
    assert reply.text == text(f"media-{expected.get(kind, 'other')}", Language.FR)


def test_a_caption_is_a_question(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_sends("photo", caption="How many jobs?")
    (reply,) = api.wait_for_messages()
    assert reply.text == "You said: How many jobs?"


def test_an_album_gets_one_word(api: FakeBotApi, bot: RunningBot) -> None:
    for _ in range(3):
        api.user_sends("photo", extra={"media_group_id": "7"})
    api.user_says("done")
    _, done = api.wait_for_messages(count=2)
    assert done.text == "You said: done"


def test_service_messages_are_passed_over(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_sends("new_chat_members")
    api.user_says("done")
    (reply,) = api.wait_for_messages()
    assert reply.text == "You said: done"


def test_an_unknown_command_is_named_as_such(api: FakeBotApi, bot: RunningBot) -> None:
    sent = api.user_says("/jobs", language_code="fr")
    (reply,) = api.wait_for_messages()
    assert reply.text == text("unknown-command", Language.FR)
    api.user_edits(sent.message_id, "/privacy")
    api.wait_until(lambda: api.messages()[0].edited)


def test_an_edited_question_edits_its_reply(api: FakeBotApi, bot: RunningBot) -> None:
    sent = api.user_says("jobs 2030")
    api.wait_for_messages()
    api.user_edits(sent.message_id, "jobs 2026")
    api.wait_until(lambda: api.messages()[0].edited)
    (reply,) = api.messages()
    assert reply.text == "You said: jobs 2026"
    assert reply.history == ("You said: jobs 2030",)


def test_an_edit_that_changes_nothing_is_not_sent(api: FakeBotApi, bot: RunningBot) -> None:
    sent = api.user_says("jobs 2030")
    api.wait_for_messages()
    api.user_edits(sent.message_id, "jobs 2030")
    api.user_says("done")
    first, _ = api.wait_for_messages(count=2)
    assert not first.edited


def test_an_edited_question_is_answered_as_at_its_time(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer
) -> None:
    first = api.user_says("كم عدد مناصب الشغل؟")
    api.wait_for_messages()
    api.user_says("How many jobs?")
    api.wait_for_messages(count=2)
    api.user_edits(first.message_id, "كم؟")
    api.wait_until(lambda: api.messages()[0].edited)
    api.user_says("2030")
    api.wait_for_messages(count=3)
    conversations = [conversation for _, conversation in scripted.asked]
    arabic, english = Conversation(Language.AR), Conversation(Language.EN)
    assert conversations == [Conversation(), arabic, Conversation(), english]


def test_an_edited_reply_may_get_longer_and_shorter(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer
) -> None:
    scripted.scripts["long"] = lambda: "\n\n".join("x" * 3000 for _ in range(3))
    sent = api.user_says("short")
    api.wait_for_messages()
    api.user_edits(sent.message_id, "long")
    assert [len(message.text) for message in api.wait_for_messages(count=3)] == [3000] * 3
    api.user_edits(sent.message_id, "short")
    api.wait_until(lambda: len(api.messages()) == 1)
    api.wait_until(lambda: api.messages()[0].text == "You said: short")


def test_the_memory_of_replies_is_bounded(api: FakeBotApi, bot: RunningBot) -> None:
    first = api.user_says("first")
    for i in range(REMEMBERED_TURNS):
        api.user_says(f"{i}")
    api.wait_for_messages(count=REMEMBERED_TURNS + 1, timeout=20)
    api.user_edits(first.message_id, "forgotten")
    reply = api.wait_for_messages(count=REMEMBERED_TURNS + 2)[-1]
    assert reply.text == "You said: forgotten"


def test_in_a_group_only_what_names_the_bot_is_answered(api: FakeBotApi, bot: RunningBot) -> None:
    group = -1002
    api.user_says("Is anyone there?", group, user_id=CHAT, chat_kind="supergroup")
    api.user_says("/jobs", group, user_id=CHAT)
    asked = api.user_says("@daliltestbot How many jobs?", group, user_id=CHAT)
    (reply,) = api.wait_for_messages(group)
    assert reply.text == "You said: How many jobs?"
    assert reply.reply_to == asked.message_id


def test_messages_of_a_chat_are_answered_in_order_and_do_not_hold_up_another(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer
) -> None:
    for i in range(60):
        api.user_says(f"{i}", 5001)
    api.user_says("hello", 5002)
    api.wait_for_messages(5002)
    answered = len(api.messages(5001))
    replies = api.wait_for_messages(5001, 60, timeout=30)
    assert [reply.text for reply in replies] == [f"You said: {i}" for i in range(60)]
    assert answered < 60


def test_a_failing_answer_is_told_with_an_incident_number_and_the_bot_lives_on(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, capfd: pytest.CaptureFixture[str]
) -> None:

    def fail() -> str:
        raise ValueError("these are the user's words")

    scripted.scripts["échoue maintenant, s'il te plaît, pour cet essai"] = fail
    sent = api.user_says("échoue maintenant, s'il te plaît, pour cet essai", language_code="fr")
    (notice,) = api.wait_for_messages()
    known, incident = notice.text.rsplit(" ", 1)
    assert localiser(Language.FR).text("incident", id=incident) == f"{known} {incident}"
    output = "".join(capfd.readouterr())
    assert incident in output
    assert "the user's words" not in output
    assert "ValueError" in output
    api.user_edits(sent.message_id, "hello")
    assert api.wait_for_messages(count=2)[1].text == "You said: hello"


def test_what_is_in_flight_is_finished_at_the_stop(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer
) -> None:
    started = threading.Event()

    def wait() -> str:
        started.set()
        time.sleep(0.5)
        return "late, but there"

    scripted.scripts["slow"] = wait
    api.user_says("slow")
    assert started.wait(5)
    bot.stop()
    assert [message.text for message in api.messages()] == ["late, but there"]


# Faults of Telegram and of the network.


@pytest.mark.parametrize("fault", ["429", "500", "dropped", "all"])
def test_a_reply_outlives_faults(api: FakeBotApi, bot: RunningBot, fault: str) -> None:
    if fault in {"429", "all"}:
        api.fail_next("sendMessage", retry_after=1)
    if fault in {"500", "all"}:
        api.fail_next("sendMessage", status=500, times=2)
    if fault in {"dropped", "all"}:
        api.drop_next("sendMessage")
    api.user_says("hello")
    (reply,) = api.wait_for_messages(timeout=10)
    assert reply.text == "You said: hello"


def test_a_message_is_sent_again_only_once_where_it_may_have_arrived(api: FakeBotApi, bot: RunningBot) -> None:
    api.drop_next("sendMessage", performed=True, times=2)
    api.user_says("hello")
    api.user_says("done")
    *replies, done = api.wait_for_messages(count=4, timeout=10)
    assert [reply.text for reply in replies[:2]] == ["You said: hello"] * 2
    assert "Incident" in replies[2].text
    assert done.text == "You said: done"


def test_a_typing_indicator_that_fails_delays_nothing(api: FakeBotApi, bot: RunningBot) -> None:
    api.fail_next("sendChatAction", retry_after=3600)
    api.user_says("hello")
    api.wait_for_messages(timeout=3)
    api.user_says("again")
    api.wait_for_messages(count=2, timeout=3)


def test_a_user_who_blocked_the_bot_is_let_go(api: FakeBotApi, bot: RunningBot) -> None:
    api.fail_next("sendMessage", status=403)
    api.user_says("hello")
    api.user_says("again")
    (reply,) = api.wait_for_messages()
    assert reply.text == "You said: again"


def test_polling_outlives_faults(api: FakeBotApi, bot: RunningBot) -> None:
    api.fail_next("getUpdates", status=502)
    api.drop_next("getUpdates")
    api.user_says("first")
    api.wait_for_messages(timeout=10)
    api.user_says("second")
    api.wait_for_messages(count=2, timeout=10)


@pytest.mark.parametrize(
    "update",
    [
        {},
        {"message": {"text": "no date, no chat"}},
        {"message": {"message_id": "x", "date": "y", "chat": 7}},
        {"callback_query": {"id": "1"}},
        {"message": None, "edited_message": []},
        {"unheard_of": {"a": 1}},
    ],
)
def test_a_malformed_update_is_passed_over(
    api: FakeBotApi, bot: RunningBot, update: object, capfd: pytest.CaptureFixture[str]
) -> None:
    api.push_raw(update)
    api.user_says("hello")
    (reply,) = api.wait_for_messages(timeout=5)
    assert reply.text == "You said: hello"
    api.wait_until(lambda: api.pending_updates == 0)
    assert "no date" not in "".join(capfd.readouterr())
