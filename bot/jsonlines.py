"""Answers JSON lines as they come: each answer is written before the next line is read."""

from __future__ import annotations

import json
import sys
import time
import traceback
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import BinaryIO

from bot.answering.answerer import Answerer
from bot.answering.reply import Reply
from bot.charts import ChartStore
from bot.contract import ErrorResponse, Response, error_response, response
from bot.errors import BotError
from bot.request import Request, RequestError, RequestId, parse_request
from bot.session import Session
from index.errors import IndexingError
from knowledge.language import Language

LONGEST_LINE = 1_000_000
"""Bytes. A hundred thousand Arabic letters fit, each written as an escape; nothing longer is a question."""

Render = Callable[[Reply, Language], tuple[str, ...]]
"""Writes a reply as messages of Telegram HTML."""


class LineAnswerer:
    """Answers lines of the contract; those with the same ``conversation`` share state."""

    def __init__(
        self,
        answerer: Answerer,
        render: Render,
        charts: ChartStore,
        today: Callable[[], date],
        *,
        language: Language | None = None,
        user_language: str | None = None,
    ) -> None:
        """Take what answers, and what holds for lines that do not say otherwise.

        Args:
            answerer: What answers.
            render: Writes the ``messages``.
            charts: Draws the ``chart``.
            today: The date.
            language: As a line's ``language``.
            user_language: As a line's ``user_language``.
        """
        self._answerer = answerer
        self._render = render
        self._charts = charts
        self._today = today
        self._language = language
        self._user_language = user_language
        self._sessions: defaultdict[RequestId, Session] = defaultdict(self._session)

    def respond(self, line: bytes | None) -> Response | ErrorResponse:
        """Answer one line; whatever is wrong with it stands in the response.

        Args:
            line: None for one that was longer than `LONGEST_LINE`.
        """
        if line is None:
            return error_response(f"the line is longer than {LONGEST_LINE} bytes. Write a shorter one.", None)
        try:
            request = parse_request(line)
        except RequestError as error:
            return error_response(str(error), error.id)
        try:
            return self._answer(request)
        except (BotError, IndexingError) as error:
            return error_response(str(error), request.id)
        except Exception as error:  # noqa: BLE001 - one line's fault must not take the others along
            traceback.print_exc(file=sys.stderr)
            message = f"Dalil failed on this line ({type(error).__name__}); the details are on standard error."
            return error_response(message, request.id)

    def _answer(self, request: Request) -> Response:
        start = time.perf_counter()
        session = self._session() if request.conversation is None else self._sessions[request.conversation]
        today = request.today or self._today()
        turn = session.ask if request.action is None else session.act
        answer = turn(
            self._answerer,
            request.action or request.question or "",
            today,
            language=request.language,
            user_language=request.user_language,
        )
        messages = self._render(answer.reply, answer.language)
        chart = self._charts.path(answer.chart) if answer.chart else None
        return response(answer, request.id, messages, chart, time.perf_counter() - start)

    def _session(self) -> Session:
        return Session(self._language, self._user_language)


def answer_lines(source: BinaryIO, sink: BinaryIO, answerer: LineAnswerer) -> None:
    """Answer every line of a stream, in order; blank lines are passed over.

    Args:
        source: UTF-8 JSON lines.
        sink: Gets one line each, flushed at once, so that another program can hold a conversation.
        answerer: What answers them.
    """
    for line in _lines(source):
        if line is None or line.strip():
            # A lone surrogate, which JSON can escape but UTF-8 cannot write, goes back as it came.
            text = json.dumps(answerer.respond(line), ensure_ascii=False, allow_nan=False)
            sink.write(text.encode("utf-8", "backslashreplace") + b"\n")
            sink.flush()


def _lines(source: BinaryIO) -> Iterator[bytes | None]:
    """The lines of a stream; None in place of one that is too long, which is never held as a whole."""
    while line := source.readline(LONGEST_LINE + 1):
        if len(line) <= LONGEST_LINE or line.endswith(b"\n"):
            yield line
            continue
        while (rest := source.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
            pass
        yield None
