"""`dalil serve` as a process of its own, with the real model, on the fake Bot API."""

from __future__ import annotations

import itertools
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.composition import Foundations
from bot.config import Settings
from bot.localisation import localiser
from bot.telegram.bidi import strip_controls
from bot.telegram.commands import COMMANDS
from bot.telegram.limits import Limits
from command_line import NO_LIBRARY, only_error, run_dalil
from knowledge.language import Language
from serving import Serving
from telegram_api.chats import SentMessage
from telegram_api.server import FakeBotApi

pytestmark = [pytest.mark.model, pytest.mark.slow]

BURST = Limits().user.burst
CHATS = itertools.count(10_000, step=2)

QUESTIONS = {
    Language.FR: "Combien d'emplois l'offshoring vise-t-il en 2030 ?",
    Language.AR: "كم عدد مناصب الشغل المستهدفة في ترحيل الخدمات في أفق 2030؟",
    Language.EN: "How many offshoring jobs is Morocco aiming for by 2030?",
}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


@pytest.fixture(scope="module")
def telegram() -> Iterator[FakeBotApi]:
    with FakeBotApi() as server:
        yield server


@pytest.fixture(scope="module")
def serving(
    telegram: FakeBotApi, settings: Settings, foundations: Foundations, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Serving]:
    """One process for all tests that leave it running; each of them has a chat of its own."""
    log = tmp_path_factory.mktemp("serving") / "log"
    with Serving(telegram, settings.cache_dir, log) as process:
        yield process
        assert process.stop() == 0
    assert telegram.violations == []
    assert telegram.unanswered_presses() == []
    assert telegram.token not in process.output
    assert "Traceback" not in process.output
    assert not any(question in process.output for question in QUESTIONS.values())


@pytest.fixture
def chat() -> int:
    """A chat that no other test writes to, nor to the next number."""
    return next(CHATS)


def assert_answers_jobs(reply: SentMessage, language: Language) -> None:
    text = strip_controls(reply.text)
    assert "270" in text
    assert "[1]" in text
    assert "225Tech" in text
    links = [entity for entity in reply.content.entities if entity.type == "text_link"]
    assert links
    label = localiser(language).text("summary-of-article", language="fr")
    assert label in text
    assert ("\u2068[1]\u2069" in reply.text) == (language is Language.AR)


@pytest.mark.parametrize("language", Language)
def test_a_question_is_answered_in_its_language_with_its_source(
    telegram: FakeBotApi, serving: Serving, chat: int, language: Language
) -> None:
    telegram.user_says(QUESTIONS[language], chat, language_code="es")
    (reply,) = telegram.wait_for_messages(chat, timeout=10)
    assert_answers_jobs(reply, language)


def test_commands_and_descriptions_are_registered(telegram: FakeBotApi, serving: Serving) -> None:
    for language in Language:
        commands = [command["command"] for command in telegram.commands(language.value)]
        assert commands == [command.value for command in COMMANDS]
        assert telegram.profile("description", language.value) == localiser(language).text("bot-description")
        assert telegram.profile("short_description", language.value)


@pytest.mark.parametrize("fault", ["429", "500", "dropped"])
def test_a_reply_outlives_a_fault(telegram: FakeBotApi, serving: Serving, chat: int, fault: str) -> None:
    match fault:
        case "429":
            telegram.fail_next("sendMessage", retry_after=2)
        case "500":
            telegram.fail_next("sendMessage", status=500)
        case _:
            telegram.drop_next("sendMessage")
    telegram.user_says(QUESTIONS[Language.FR], chat)
    (reply,) = telegram.wait_for_messages(chat, timeout=10)
    assert_answers_jobs(reply, Language.FR)


def test_polling_outlives_faults_and_malformed_updates(telegram: FakeBotApi, serving: Serving, chat: int) -> None:
    telegram.push_raw({"message": {"text": QUESTIONS[Language.EN]}})
    telegram.fail_next("getUpdates", status=500)
    telegram.drop_next("getUpdates")
    telegram.user_says("/privacy", chat)
    (reply,) = telegram.wait_for_messages(chat, timeout=10)
    assert reply.text == localiser(Language.EN).text("privacy").strip()


def test_an_edited_question_edits_its_reply(telegram: FakeBotApi, serving: Serving, chat: int) -> None:
    asked = telegram.user_says("thanks!", chat)
    telegram.wait_for_messages(chat, timeout=10)
    telegram.user_edits(asked.message_id, QUESTIONS[Language.EN], chat)
    telegram.wait_until(lambda: telegram.messages(chat)[0].edited, 10)
    (reply,) = telegram.messages(chat)
    assert_answers_jobs(reply, Language.EN)


@pytest.mark.parametrize("kind", ["sticker", "photo", "voice"])
def test_what_is_no_text_gets_a_fitting_word(telegram: FakeBotApi, serving: Serving, chat: int, kind: str) -> None:
    telegram.user_sends(kind, chat, language_code="ar")
    (reply,) = telegram.wait_for_messages(chat, timeout=10)
    assert strip_controls(reply.text) == localiser(Language.AR).text(f"media-{kind}")


def test_a_chosen_language_lasts(telegram: FakeBotApi, serving: Serving, chat: int) -> None:
    telegram.user_says("/lang", chat, language_code="fr")
    (chooser,) = telegram.wait_for_messages(chat, timeout=10)
    telegram.user_presses(chooser.callback_data(localiser(Language.EN).text("language-name")), chooser)
    telegram.wait_until(lambda: telegram.messages(chat)[0].edited, 10)
    telegram.user_says(QUESTIONS[Language.FR], chat, language_code="fr")
    assert_answers_jobs(telegram.wait_for_messages(chat, 2, timeout=10)[1], Language.EN)


def test_a_chart_is_sent_as_text_and_picture(telegram: FakeBotApi, serving: Serving, chat: int) -> None:
    telegram.user_says("/chart emplois de l'offshoring", chat, language_code="fr")
    text, picture = telegram.wait_for_messages(chat, 2, timeout=30)
    assert "[1]" in text.text
    assert picture.photo_size == (1280, 720)
    assert picture.text.startswith("Emplois de l'offshoring, graphique. ")
    assert "2030" in picture.text


def test_an_evolution_answers_without_a_picture_until_its_button_is_pressed(
    telegram: FakeBotApi, serving: Serving, chat: int
) -> None:
    telegram.user_says("/figures jobs", chat, language_code="ar")
    (figures,) = telegram.wait_for_messages(chat, timeout=30)
    telegram.user_presses("evolution:offshoring_jobs", figures, language_code="ar", forged=True)
    _, evolution = telegram.wait_for_messages(chat, 2, timeout=30)
    telegram.user_presses(evolution.callback_data(localiser(Language.AR).text("option-chart")), evolution)
    *_, picture = telegram.wait_for_messages(chat, 3, timeout=30)
    assert picture.photo_size == (1280, 720)
    assert picture.reply_to == evolution.message_id
    assert strip_controls(picture.text).startswith("مناصب الشغل في ترحيل الخدمات، رسم بياني. ")


def test_chats_do_not_wait_for_the_burst_of_another(telegram: FakeBotApi, serving: Serving, chat: int) -> None:
    for _ in range(BURST):
        telegram.user_says(QUESTIONS[Language.EN], chat)
    telegram.user_says("/about", chat + 1)
    telegram.wait_for_messages(chat + 1, timeout=10)
    assert len(telegram.messages(chat)) < BURST
    telegram.wait_for_messages(chat, BURST, timeout=60)


def test_a_restart_answers_what_came_meanwhile_and_a_stop_finishes_what_is_in_flight(
    api: FakeBotApi, settings: Settings, foundations: Foundations, log: Path
) -> None:
    with Serving(api, settings.cache_dir, log, DALIL_LOG_JSON="1") as first:
        assert first.stop(signal.SIGINT) == 0
    api.user_says(QUESTIONS[Language.EN])
    with Serving(api, settings.cache_dir, log, DALIL_LOG_JSON="1") as second:
        assert_answers_jobs(api.wait_for_messages(timeout=10)[0], Language.EN)
        api.delay_next("sendMessage", 1.5)
        api.user_says(QUESTIONS[Language.AR])
        api.user_says(QUESTIONS[Language.FR])  # fetched, and waiting for its turn
        api.wait_for_calls("sendMessage", 2, timeout=10)
        assert len(api.messages()) == 1
        assert second.stop() == 0
    _, arabic, french = api.messages()
    assert_answers_jobs(arabic, Language.AR)
    assert_answers_jobs(french, Language.FR)
    assert api.pending_updates == 0
    assert api.token not in second.output


def test_a_network_that_comes_later_is_waited_for(settings: Settings, foundations: Foundations, log: Path) -> None:
    with FakeBotApi() as api:
        api.drop_next("getMe", times=2)
        api.fail_next("deleteWebhook", status=502)
        with Serving(api, settings.cache_dir, log) as process:
            api.user_says("/help")
            api.wait_for_messages(timeout=10)
            assert process.stop() == 0
        assert api.violations == []
        assert api.token not in process.output


def test_a_wrong_token_ends_with_one_clear_line(settings: Settings, foundations: Foundations) -> None:
    wrong = "987654321:AAWrong-token-for-tests_only_012345"
    with FakeBotApi() as api:
        done = run_dalil(settings.cache_dir, "serve", TELEGRAM_TOKEN=wrong, DALIL_TELEGRAM_API_URL=api.base_url)
    error = only_error(done)
    assert "BotFather" in error
    assert "TELEGRAM_TOKEN" in error
    assert wrong not in error


def test_a_token_that_is_revoked_while_the_bot_runs_ends_it(
    api: FakeBotApi, settings: Settings, foundations: Foundations, log: Path
) -> None:
    with Serving(api, settings.cache_dir, log) as process:
        api.fail_next("getUpdates", status=401, times=3)
        api.user_says("hello")  # ends the poll under way
        assert process.process.wait(20) == 2
        assert process.output.splitlines()[-1].startswith("dalil: Telegram refuses the token.")
        assert "Traceback" not in process.output


@pytest.mark.parametrize("address", ["api.telegram.org/bot", "https:///bot"])
def test_an_address_that_is_none_is_named(settings: Settings, foundations: Foundations, address: str) -> None:
    token = "123456789:AAFake-token-for-tests_only_0123456"
    done = run_dalil(settings.cache_dir, "serve", TELEGRAM_TOKEN=token, DALIL_TELEGRAM_API_URL=address)
    assert "DALIL_TELEGRAM_API_URL" in only_error(done)


ADDED = """\
id: museum
title: "Le musée ferroviaire de Fès"
publisher: H24info
published: "2026-05"
date_basis: "printed on the page"
language: fr
reliability: press
topics: [exports]
passages:
  - id: p1
    kind: verbatim
    text:
      fr: "Le musée ferroviaire de Fès ouvrira ses portes en octobre 2027, a annoncé la mairie."
"""


def test_an_article_that_is_added_is_answered_without_a_restart(
    api: FakeBotApi, settings: Settings, foundations: Foundations, log: Path, tmp_path: Path
) -> None:
    """Its file comes first, then its index; in between, and while half of a file stands there, the old ones answer."""
    own = Settings(knowledge_dir=tmp_path / "knowledge", cache_dir=tmp_path / "cache", library_dir=NO_LIBRARY)
    shutil.copytree(settings.knowledge_dir, own.knowledge_dir, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copytree(settings.index_dir, own.index_dir)
    own.models_dir.symlink_to(settings.models_dir)
    knowledge = {"DALIL_KNOWLEDGE_DIR": str(own.knowledge_dir)}
    path = own.knowledge_dir / "articles" / "museum.yaml"
    with Serving(api, own.cache_dir, log, **knowledge) as serving:
        path.write_text(ADDED[:200], encoding="utf-8")
        api.wait_until(lambda: "knowledge_not_reloaded" in serving.output, 60)
        path.write_text(ADDED, encoding="utf-8")
        api.user_says(QUESTIONS[Language.FR])
        assert_answers_jobs(api.wait_for_messages(timeout=10)[0], Language.FR)
        built = run_dalil(own.cache_dir, "build", **knowledge)
        assert built.returncode == 0, built.stderr
        api.wait_until(lambda: "knowledge_reloaded" in serving.output, 60)
        api.user_says("Quand ouvrira le musée ferroviaire de Fès ?")
        assert "octobre 2027" in strip_controls(api.wait_for_messages(count=2, timeout=10)[1].text)
        assert serving.stop() == 0
    assert "Traceback" not in serving.output
