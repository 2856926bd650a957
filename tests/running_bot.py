"""The bot in the process of the tests, with an Answerer that answers as a test wants."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Self

from telegram.error import TelegramError

from bot.answering.answer_pages import AnswerPages
from bot.answering.answerer import Answerer
from bot.answering.cards import Deck
from bot.answering.composing import Composer
from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_pages import FigurePages
from bot.answering.figures import FigureBook
from bot.answering.model import Answer, AnswerKind, Conversation, Option, Question
from bot.answering.pages import Pages
from bot.answering.reply import Reply, note
from bot.charts import ChartStore
from bot.state.file import migration_scripts, prepare
from bot.state.store import StateStore
from bot.telegram.app import build_application, resume
from bot.telegram.bridge import AnswerBridge
from bot.telegram.connection import UpdatesRequest
from bot.telegram.handlers import Handlers, TelegramApplication
from bot.telegram.limits import Limits, Rate
from bot.telegram.pictures import Pictures
from knowledge.corpus import Corpus
from knowledge.language import Language, detect_language, parse_language
from telegram_api.server import FakeBotApi

TODAY = date(2026, 1, 31)
_FREELY = Rate(10**9, 10**9)
UNLIMITED = Limits(_FREELY, _FREELY, _FREELY, _FREELY, _FREELY)


class ScriptedAnswerer(Answerer):
    """Repeats the question unless it is told otherwise; its pages are the real ones.

    Attributes:
        asked: Each question with the conversation that it was asked in, in order.
        scripts: What to do about a question; returns the text of the reply.
        options: Offered under every answer.
        answers: What is answered to a text, whole.
        typed: Each text that cards were asked for, in order.
        decks: The cards of a text; none in English where it is not there.
    """

    def __init__(self, corpus: Corpus) -> None:
        self._pages = Pages(corpus, "corrections@example.org")
        composer = Composer(corpus)
        self._figure_pages = FigurePages(corpus, FigureChooser(corpus, FigureBook(corpus)), composer)
        self._answer_pages = AnswerPages(corpus, composer)
        self.asked: list[tuple[Question, Conversation]] = []
        self.scripts: dict[str, Callable[[], str]] = {}
        self.options: tuple[Option, ...] = ()
        self.answers: dict[str, Answer] = {}
        self.typed: list[str] = []
        self.decks: dict[str, Deck] = {}

    def answer(self, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        self.asked.append((question, conversation))
        if (answer := self.answers.get(question.text)) is not None:
            return answer, Conversation(answer.language)
        script = self.scripts.get(question.text)
        text = script() if script else f"You said: {question.text}"
        language = question.preferred_language or parse_language(detect_language(question.text)) or Language.EN
        reply = Reply(tuple(note(paragraph) for paragraph in text.split("\n\n")))
        return Answer(AnswerKind.ANSWER, language, reply, text, options=self.options), Conversation(language)

    def cards(self, question: Question) -> Deck:
        self.typed.append(question.text)
        return self.decks.get(question.text, Deck(Language.EN))


class RunningBot:
    """The bot, polling on a thread of its own.

    Args:
        api: Where its Telegram is.
        answerer: Answers.
        charts: Draws.
        state: Its state file; made if it is not there.
        now: Its clock.
        limits: What it takes and sends; without limits unless a test is about them.
    """

    def __init__(
        self,
        api: FakeBotApi,
        answerer: Answerer,
        charts: ChartStore,
        state: Path,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        *,
        limits: Limits = UNLIMITED,
    ) -> None:
        self._api = api
        self._answerer = answerer
        self._charts = charts
        self._state = state
        self._now = now
        self._limits = limits
        self._ready = threading.Event()
        self._stop: Callable[[], object] = lambda: None
        self._errors: list[BaseException] = []
        self._thread = threading.Thread(target=self._run, name="bot")

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop as at SIGTERM: what is in flight is finished."""
        self._stop()
        self._thread.join(20)
        assert not self._thread.is_alive()
        assert self._errors == []

    def _run(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as error:  # noqa: BLE001 - raised again by `stop`
            self._errors.append(error)
        finally:
            self._ready.set()

    async def _serve(self) -> None:
        stopping = asyncio.Event()
        loop = asyncio.get_running_loop()
        self._stop = lambda: None if loop.is_closed() else loop.call_soon_threadsafe(stopping.set)
        prepare(self._state, migration_scripts())
        store = StateStore(self._state, self._now)
        with AnswerBridge(self._answerer) as bridge, ThreadPoolExecutor(1) as drawing:
            handlers = Handlers(bridge, Pictures(self._charts, drawing), store, lambda: TODAY)
            updates = UpdatesRequest(store.receive, lambda: self._errors.append(AssertionError("the token is refused")))
            application = build_application(
                self._api.token, self._api.base_url, handlers, updates, store, limits=self._limits
            )
            async with application, store:
                assert application.updater is not None
                await resume(application, store)
                await application.start()
                await application.updater.start_polling(
                    timeout=5,
                    # As run_polling does.
                    error_callback=lambda error: self._report(application, error),
                )
                self._ready.set()
                await stopping.wait()
                await application.updater.stop()
                await application.stop()

    @staticmethod
    def _report(application: TelegramApplication, error: TelegramError) -> None:
        application.create_task(application.process_error(None, error))
