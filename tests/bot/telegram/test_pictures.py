"""Charts and figures against the strict fake: what people see of them."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest

from bot.answering.charting import Chart
from bot.answering.composing import Composer
from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_pages import FigurePage, FigurePages
from bot.answering.figures import FigureBook
from bot.answering.model import Answer, Option
from bot.charts import ChartStore
from bot.localisation import localiser
from bot.telegram.bidi import strip_controls
from knowledge.corpus import Corpus
from knowledge.language import Language
from running_bot import TODAY, RunningBot, ScriptedAnswerer
from telegram_api.chats import SentMessage
from telegram_api.server import CHAT, FakeBotApi

JOBS = {
    Language.FR: "emplois de l'offshoring",
    Language.AR: "مناصب الشغل في ترحيل الخدمات",
    Language.EN: "offshoring jobs",
}


@pytest.fixture
def pages(corpus: Corpus) -> FigurePages:
    return FigurePages(corpus, FigureChooser(corpus, FigureBook(corpus)), Composer(corpus))


def words(key: str, language: Language = Language.EN) -> str:
    return localiser(language).text(key)


def drawable(pages: FigurePages, corpus: Corpus) -> list[str]:
    """The metrics with a chart."""
    return [metric for metric in corpus.metrics if shown(pages, FigurePage.EVOLUTION, metric).chart]


def shown(pages: FigurePages, page: FigurePage, argument: str, today: date = TODAY) -> Answer:
    return pages.show(page, argument, Language.EN, today)


def assert_is_chart(message: SentMessage, language: Language) -> None:
    assert message.photo_size == (1280, 720)
    caption = strip_controls(message.text)
    assert localiser(language).text("chart-alt", title="", values="").strip() in caption
    assert message.text.count("\u2068") == message.text.count("\u2069")
    assert ("\u2068" in message.text) == (language is Language.AR)


# /chart


@pytest.mark.parametrize("language", Language)
def test_the_command_gives_the_values_and_then_their_picture(
    api: FakeBotApi, bot: RunningBot, language: Language
) -> None:
    api.user_says(f"/chart {JOBS[language]}", language_code=language.value)
    text, picture = api.wait_for_messages(count=2, timeout=20)
    assert text.photo is None
    assert "[1]" in strip_controls(text.text)
    assert text.buttons
    assert not any(button.get("callback_data", "").startswith("chart") for button in text.buttons)  # it follows
    assert_is_chart(picture, language)
    assert strip_controls(picture.text).lower().startswith(JOBS[language])
    assert text.reply_to is picture.reply_to is None
    (sent,) = api.calls("sendPhoto")
    assert sent.parameters["parse_mode"] == "HTML"


def test_words_that_name_no_metric_or_none_at_all_give_a_choice(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("/chart the price of tea")
    api.user_says("/chart")
    for choice in api.wait_for_messages(count=2):
        assert choice.text == words("chart-choose")
        assert all(button["callback_data"].startswith("chart:") for button in choice.buttons)
    assert api.calls("sendPhoto") == ()


def test_a_choice_gives_the_values_and_then_their_picture(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("/chart")
    (choice,) = api.wait_for_messages()
    api.user_presses(choice.buttons[0]["callback_data"], choice)
    _, text, picture = api.wait_for_messages(count=3, timeout=20)
    assert "[1]" in text.text
    assert_is_chart(picture, Language.EN)
    assert picture.reply_to == choice.message_id


def test_a_single_value_is_given_as_text_with_the_reason(
    api: FakeBotApi, bot: RunningBot, pages: FigurePages, corpus: Corpus
) -> None:
    reason = words("chart-one-point")
    metric = next(each for each in corpus.metrics if reason in shown(pages, FigurePage.CHART, each).reply.text)
    api.user_says(f"/chart {metric}")
    api.user_says("done")
    text, _ = api.wait_for_messages(count=2)
    assert text.text.startswith(reason)
    assert "[1]" in text.text
    assert api.calls("sendPhoto") == ()


def test_a_picture_keeps_its_place_among_the_messages_of_a_chat(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("/chart offshoring jobs")
    api.user_says("hello")
    _, picture, hello = api.wait_for_messages(count=3, timeout=20)
    assert picture.photo is not None
    assert hello.text == "You said: hello"


def test_in_a_group_values_and_picture_name_who_asked(api: FakeBotApi, bot: RunningBot) -> None:
    group = -1002
    asked = api.user_says("/chart@DalilTestBot offshoring jobs", group, user_id=CHAT, chat_kind="supergroup")
    text, picture = api.wait_for_messages(group, 2, timeout=20)
    assert text.reply_to == picture.reply_to == asked.message_id


def test_an_edited_command_replaces_its_picture_where_that_changes(
    api: FakeBotApi, bot: RunningBot, pages: FigurePages, corpus: Corpus
) -> None:
    first, second = drawable(pages, corpus)[:2]
    asked = api.user_says(f"/chart {first}")
    text, picture = api.wait_for_messages(count=2, timeout=20)
    api.user_edits(asked.message_id, f"/chart  {first}")
    api.user_says("done")
    assert api.wait_for_messages(count=3)[:2] == (text, picture)
    api.user_edits(asked.message_id, f"/chart {second}")
    api.wait_until(lambda: len(api.calls("sendPhoto")) == 2 and len(api.messages()) == 3, 20)
    edited, _, other = api.messages()
    assert edited.message_id == text.message_id
    assert other.photo not in {None, picture.photo}
    api.user_edits(asked.message_id, "hello")
    api.wait_until(lambda: [message.text for message in api.messages()] == ["You said: hello", "You said: done"])


def test_a_command_edited_into_an_unknown_one_loses_its_picture(api: FakeBotApi, bot: RunningBot) -> None:
    asked = api.user_says("/chart offshoring jobs")
    api.wait_for_messages(count=2, timeout=20)
    api.user_edits(asked.message_id, "/charts")
    api.wait_until(lambda: [message.text for message in api.messages()] == [words("unknown-command")])


# The button


def evolution_under(api: FakeBotApi, scripted: ScriptedAnswerer, metric: str) -> SentMessage:
    """An evolution that was asked for by a button, as its reader sees it."""
    scripted.options = (Option("Over time", f"evolution:{metric}"),)
    api.user_says("hello")
    (answer,) = api.wait_for_messages()
    api.user_presses(f"evolution:{metric}", answer)
    return api.wait_for_messages(count=2)[1]


def test_an_evolution_offers_its_chart_and_sends_none_unasked(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, pages: FigurePages, corpus: Corpus
) -> None:
    metric = drawable(pages, corpus)[0]
    evolution = evolution_under(api, scripted, metric)
    assert evolution.callback_data(words("option-chart")) == f"chart:{metric}"
    api.user_says("done")
    api.wait_for_messages(count=3)
    assert api.calls("sendPhoto") == ()


def test_the_button_under_an_evolution_gives_the_picture_alone_and_uploads_it_once(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, pages: FigurePages, corpus: Corpus
) -> None:
    evolution = evolution_under(api, scripted, drawable(pages, corpus)[0])
    for _ in range(2):
        api.user_presses(evolution.callback_data(words("option-chart")), evolution)
    *_, first, second = api.wait_for_messages(count=4, timeout=20)
    assert_is_chart(first, Language.EN)
    assert (second.photo, second.text) == (first.photo, first.text)
    assert first.reply_to == second.reply_to == evolution.message_id
    uploaded, by_name = api.calls("sendPhoto")
    assert "photo" not in uploaded.parameters
    assert by_name.parameters["photo"] == f"sent-{first.message_id}"
    assert api.unanswered_presses() == []
    assert "upload_photo" in {call.parameters["action"] for call in api.calls("sendChatAction")}


def test_the_button_under_a_deleted_evolution_gives_the_values_too(
    api: FakeBotApi, bot: RunningBot, scripted: ScriptedAnswerer, pages: FigurePages, corpus: Corpus
) -> None:
    evolution = evolution_under(api, scripted, drawable(pages, corpus)[0])
    chat = api._telegram.chats[CHAT]
    chat.deleted[evolution.message_id] = chat.sent.pop(evolution.message_id)
    api.user_presses(evolution.callback_data(words("option-chart")), evolution)
    _, text, picture = api.wait_for_messages(count=3, timeout=20)
    assert text.text == evolution.text
    assert_is_chart(picture, Language.EN)
    assert picture.reply_to is None


@pytest.mark.parametrize("data", ["chart:../../etc", "chart:", "chart:" + "ا" * 29, "chart:x:y:z", "chart:<b>"])
def test_a_forged_chart_gets_the_choice(api: FakeBotApi, bot: RunningBot, data: str) -> None:
    api.user_says("hello")
    (message,) = api.wait_for_messages()
    api.user_presses(data, message, forged=True)
    assert api.wait_for_messages(count=2)[1].text == words("chart-choose")


@pytest.mark.parametrize("data", ["figure:../../etc", "evolution:nothing:nobody", "figure:", "evolution"])
def test_a_forged_figure_gets_the_topics(api: FakeBotApi, bot: RunningBot, data: str) -> None:
    api.user_says("hello")
    (message,) = api.wait_for_messages()
    api.user_presses(data, message, forged=True)
    assert api.wait_for_messages(count=2)[1].text == words("figures-title")


# What goes wrong


def test_a_chart_that_cannot_be_drawn_is_told_with_an_incident_number(
    api: FakeBotApi, bot: RunningBot, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "charts").write_text("a file where the folder should be", encoding="utf-8")
    asked = api.user_says("/chart emplois de l'offshoring", language_code="fr")
    text, notice = api.wait_for_messages(count=2, timeout=20)
    assert "[1]" in text.text
    known, incident = notice.text.rsplit(" ", 1)
    assert localiser(Language.FR).text("incident", id=incident) == f"{known} {incident}"
    output = "".join(capfd.readouterr())
    assert incident in output
    assert "FileExistsError" in output
    # The reply is remembered all the same, and the bot lives on.
    api.user_edits(asked.message_id, "hello")
    api.wait_until(lambda: api.messages()[0].text == "You said: hello")


@pytest.mark.parametrize("fault", ["429", "500", "dropped"])
def test_a_picture_outlives_faults(api: FakeBotApi, bot: RunningBot, fault: str) -> None:
    if fault == "dropped":
        api.drop_next("sendPhoto")
    else:
        api.fail_next("sendPhoto", status=int(fault))
    api.user_says("/chart offshoring jobs")
    _, picture = api.wait_for_messages(count=2, timeout=20)
    assert_is_chart(picture, Language.EN)


def test_a_picture_that_telegram_has_forgotten_is_uploaded_again(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("/chart offshoring jobs")
    api.wait_for_messages(count=2, timeout=20)
    api.fail_next("sendPhoto", status=400, description="Bad Request: wrong remote file identifier specified")
    api.user_says("/chart offshoring jobs")
    *_, picture = api.wait_for_messages(count=4, timeout=20)
    assert_is_chart(picture, Language.EN)
    uploads = ["photo" not in call.parameters for call in api.calls("sendPhoto")]
    assert uploads == [True, False, True]


def test_a_picture_that_telegram_refuses_is_told_with_an_incident_number(api: FakeBotApi, bot: RunningBot) -> None:
    api.fail_next("sendPhoto", status=400, description="Bad Request: not enough rights to send photos to the chat")
    api.user_says("/chart offshoring jobs")
    _, notice = api.wait_for_messages(count=2, timeout=20)
    assert "Incident" in notice.text


class SlowStore(ChartStore):
    """Draws when it is told to."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.asked = threading.Event()
        self.may_draw = threading.Event()

    def path(self, chart: Chart) -> Path:
        self.asked.set()
        assert self.may_draw.wait(20)
        return super().path(chart)


def test_drawing_for_one_chat_holds_up_no_other(api: FakeBotApi, scripted: ScriptedAnswerer, tmp_path: Path) -> None:
    store = SlowStore(tmp_path)
    with RunningBot(api, scripted, store, tmp_path / "state"):
        api.user_says("/chart offshoring jobs", 5001)
        assert store.asked.wait(10)
        api.user_says("hello", 5002)
        api.wait_for_messages(5002)
        assert len(api.messages(5001)) == 1
        store.may_draw.set()
        api.wait_for_messages(5001, 2, timeout=20)


# /figures and /latest


def test_figures_are_browsed_in_one_message_and_shown_in_new_ones(api: FakeBotApi, bot: RunningBot) -> None:
    api.user_says("/figures", language_code="fr")
    (topics,) = api.wait_for_messages()
    assert topics.text == words("figures-title", Language.FR)
    topic = topics.buttons[0]
    api.user_presses(topic["callback_data"], topics)
    api.wait_until(lambda: api.messages()[0].edited)
    (metrics,) = api.messages()
    assert metrics.text == localiser(Language.FR).text("figures-of-topic", topic=topic["text"])
    api.user_presses(metrics.callback_data(words("figures-back", Language.FR)), metrics)
    api.wait_until(lambda: api.messages()[0].text == topics.text)
    api.user_presses(metrics.buttons[0]["callback_data"], metrics)
    page, figure = api.wait_for_messages(count=2)
    assert page.text == topics.text
    assert "[1]" in figure.text
    assert api.unanswered_presses() == []


def test_figures_of_a_topic_can_be_asked_for_by_name(api: FakeBotApi, bot: RunningBot, corpus: Corpus) -> None:
    api.user_says("/figures JOBS")
    (metrics,) = api.wait_for_messages()
    topic = corpus.topics["jobs"].names.in_language(Language.EN)
    assert metrics.text == localiser(Language.EN).text("figures-of-topic", topic=topic)


@pytest.mark.parametrize("language", Language)
def test_the_latest_articles_are_shown_with_their_sources(api: FakeBotApi, bot: RunningBot, language: Language) -> None:
    api.user_says("/latest", language_code=language.value)
    (reply,) = api.wait_for_messages()
    assert strip_controls(reply.text).startswith(words("latest-title", language))
    assert "[3]" in strip_controls(reply.text)
