"""The one bridge from the event loop to the Answerer, which blocks."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from types import TracebackType
from typing import Self

from bot.answering.answerer import Answerer
from bot.answering.cards import Deck
from bot.answering.model import Answer, Question
from bot.session import Session
from knowledge.language import Language

# Embedding takes most of an answer's time and uses every core by itself: more threads would only take turns.
WORKERS = 1


class AnswerBridge:
    """Answers on threads of its own; a context manager, which waits for the answers under way.

    What waits here is bounded by the slots of `ChatOrder`, for each update waits for its answer.
    """

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer
        self._executor = ThreadPoolExecutor(WORKERS, thread_name_prefix="answering")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._executor.shutdown()

    async def ask(self, session: Session, text: str, today: date) -> Answer:
        """Answer a message; the session must not be used by anyone else meanwhile."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, session.ask, self._answerer, text, today)

    async def act(self, session: Session, action: str, today: date) -> Answer:
        """Do what a button or command asks for, as `ask`."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, session.act, self._answerer, action, today)

    async def cards(self, question: Question) -> Deck:
        """Answer with cards; if the wait for a thread is cancelled, nothing is done."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._executor, self._answerer.cards, question)

    def reported(self, references: str, language: Language) -> tuple[tuple[str, ...], str | None]:
        """As `Answerer.reported`, and at once, since nothing is searched."""
        return self._answerer.reported(references, language)
