"""Ten thousand made-up updates: no exception, and no message that Telegram would refuse."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.answering.answerer import Answerer
from bot.answering.cards import Card, Deck
from bot.answering.model import Answer, AnswerKind, Conversation, Option, Question
from bot.answering.references import refer
from bot.answering.reply import Block, BlockKind, Reply, Span, Style
from bot.charts import ChartStore
from knowledge.corpus import Corpus
from knowledge.language import Language
from running_bot import RunningBot, ScriptedAnswerer
from telegram_api.fuzzing import Fuzzer
from telegram_api.server import FakeBotApi

SEED = 5
UPDATES = 10_000
UPDATES_WITH_MODEL = 400
IN_FLIGHT = 100
PATIENCE_SECONDS = 300.0
FAILURES = frozenset({"incident", "telegram_failed", "incident_not_told"})

pytestmark = pytest.mark.slow


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    """The fake, which must have nothing to refuse but an edit that changes nothing.

    A made-up press carries a made-up copy of the message, so that the bot cannot know what it shows.
    """
    with FakeBotApi() as server:
        yield server
    assert [each for each in server.violations if "message is not modified" not in each.description] == []


class Echo(ScriptedAnswerer):
    """Repeats what it hears in every part of a reply that Telegram formats."""

    def answer(self, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        del conversation
        text = question.text or "x"
        language = list(Language)[len(text) % 3]
        spans = (Span(text), Span(text[:200], Style.STRONG), Span(text[:50], url=f"https://a.ma/{text[:20]}"))
        blocks = (
            Block(spans, BlockKind.STATEMENT),
            Block((Span("[1] "), Span(text[:300], Style.EMPHASIS)), BlockKind.SOURCE),
            Block((Span(text),), BlockKind.FOLDED),
            Block((Span(text[:100], Style.CODE),), context=True),
            Block((Span(".", Style.PLAIN),)),
        )
        options = (Option("x", "help", copies=text), Option("y", "lang:fr"))
        return Answer(AnswerKind.ANSWER, language, Reply(blocks), text, options=options), Conversation(language)

    def cards(self, question: Question) -> Deck:
        text = question.text or "x"
        card = Card(f"1 {text}", f"2 {text}", Reply((Block((Span(f"3 {text}"),)),)))
        return Deck(Language.AR, (card,) * (len(text) % 25))


def references(corpus: Corpus) -> Sequence[str]:
    ids = list(corpus.passages)
    return (refer(ids[:1]), refer(ids[:3]), refer(ids), f"7:{refer(ids[6:8])}")


def wait_for_answers(state: Path, left: int) -> None:
    """Wait until the inbox holds no more than so many updates.

    Raises:
        TimeoutError: They are not answered.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    with contextlib.closing(sqlite3.connect(state)) as connection:
        while connection.execute("SELECT count(*) FROM inbox WHERE content IS NOT NULL").fetchone()[0] > left:
            if time.monotonic() > deadline:
                raise TimeoutError("the inbox does not empty")
            time.sleep(0.02)


def run(api: FakeBotApi, bot: RunningBot, state: Path, corpus: Corpus, updates: int) -> None:
    """Send the updates, and wait until all are answered."""
    with capture_logs() as logs, bot:
        fuzzer = Fuzzer(api, SEED, references(corpus))
        for n in range(updates):
            fuzzer.step()
            if n % IN_FLIGHT == 0:
                wait_for_answers(state, IN_FLIGHT)
        api.wait_until(lambda: api.pending_updates == 0, PATIENCE_SECONDS)
        wait_for_answers(state, 0)
    failures = [each["error"] for each in logs if each["event"] in FAILURES]
    assert {failure.split(" < ")[0] for failure in failures} == set()
    assert len([each for each in logs if each["event"] == "answered"]) > updates / 5


def test_ten_thousand_updates_do_no_harm(api: FakeBotApi, corpus: Corpus, charts: ChartStore, state: Path) -> None:
    run(api, RunningBot(api, Echo(corpus), charts, state), state, corpus, UPDATES)


@pytest.mark.model
def test_some_hundred_go_through_the_whole_answerer(
    api: FakeBotApi, answerer: Answerer, corpus: Corpus, charts: ChartStore, state: Path
) -> None:
    run(api, RunningBot(api, answerer, charts, state), state, corpus, UPDATES_WITH_MODEL)
