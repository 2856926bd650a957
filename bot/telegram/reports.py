"""Reports of mistakes: a button asks for them, and a reply to its question is one. Nothing is kept in between."""

from __future__ import annotations

import dataclasses

from telegram import Message

from bot.answering.answer_pages import AnswerPage
from bot.answering.model import Answer, Option
from bot.answering.references import refer
from bot.localisation import localiser
from bot.telegram.addressing import is_reply_to
from bot.telegram.bidi import strip_controls
from bot.telegram.delivery import Bot
from knowledge.language import Language


def with_report(answer: Answer) -> Answer:
    """An answer that cites something with a button to report a mistake in it."""
    if not answer.citations:
        return answer
    references = refer(citation.passage_id for citation in answer.citations)
    report = Option(localiser(answer.language).text("option-report"), f"{AnswerPage.REPORT}:{references}")
    return dataclasses.replace(answer, options=(*answer.options, report))


def asks_for_report(action: str) -> bool:
    """Whether an action asks what is wrong."""
    return action.partition(":")[0] == AnswerPage.REPORT


def reported(message: Message, bot: Bot) -> str | None:
    """The references of the answer that a message reports a mistake in; None where it is no report.

    The question that it replies to says which answer it was about, in whichever language it was asked.
    """
    if not is_reply_to(message, bot) or message.reply_to_message is None:
        return None
    asked = " ".join(strip_controls(message.reply_to_message.text or "").split())
    for language in Language:
        question = " ".join(localiser(language).text("report-ask", reference="").split())
        if asked.startswith(question):
            return asked.removeprefix(question).strip()
    return None
