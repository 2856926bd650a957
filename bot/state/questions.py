"""What the editor learns from: questions without an answer, and reports. Neither leads back to anybody."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import aiosqlite

from bot.state.model import Report, Unanswered
from knowledge.language import Language

# Longer than any question that a source could answer; a report may be a paragraph.
LONGEST_QUESTION = 300
LONGEST_REPORT = 2000

# What would lead back to somebody: addresses, names on Telegram, telephone numbers.
_CONTACTS = re.compile(r"\S+@\S+\.\w+|(?<!\w)@\w{3,}|(?:\+|\b00?)[1-9](?:[ .-]?\d){7,13}\b")


@dataclass(frozen=True, slots=True)
class Noted:
    """A question as it was noted.

    Attributes:
        reason: Why there was no answer; None for an answer that a reader reported.
        report: What the reader wrote.
        count: How often on that day.
    """

    question: str
    language: Language
    reason: str | None
    day: date
    count: int = 1
    report: str | None = None
    passages: tuple[str, ...] = ()


def tidy(text: str, longest: int) -> str:
    """A text as it is noted: NFKC, one space between words, contacts hidden, not too long."""
    text = _CONTACTS.sub("…", " ".join(unicodedata.normalize("NFKC", text).split()))
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


async def note_unanswered(connection: aiosqlite.Connection, unanswered: Unanswered, day: date) -> None:
    """Count a question that got an abstention."""
    await connection.execute(
        "INSERT INTO unanswered VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET count = count + 1",
        (
            tidy(unanswered.question, LONGEST_QUESTION),
            unanswered.language.value,
            unanswered.reason,
            day.isoformat(),
        ),
    )


async def note_report(connection: aiosqlite.Connection, report: Report, day: date) -> None:
    """Keep a report."""
    await connection.execute(
        "INSERT INTO feedback (text, question, language, passages, day) VALUES (?, ?, ?, ?, ?)",
        (
            tidy(report.text, LONGEST_REPORT),
            tidy(report.question, LONGEST_QUESTION),
            report.language.value,
            json.dumps(report.passages),
            day.isoformat(),
        ),
    )


async def noted(connection: aiosqlite.Connection, since: date) -> tuple[Noted, ...]:
    """What was noted on a day and after it, oldest first."""
    unanswered = await connection.execute_fetchall(
        "SELECT question, language, reason, day, count FROM unanswered WHERE day >= ? ORDER BY day, question",
        (since.isoformat(),),
    )
    reports = await connection.execute_fetchall(
        "SELECT question, language, day, text, passages FROM feedback WHERE day >= ? ORDER BY day, id",
        (since.isoformat(),),
    )
    return (*_unanswered(unanswered), *_reports(reports))


def _unanswered(rows: Iterable[aiosqlite.Row]) -> Iterable[Noted]:
    for question, language, reason, day, count in rows:
        yield Noted(question, Language(language), reason, date.fromisoformat(day), count)


def _reports(rows: Iterable[aiosqlite.Row]) -> Iterable[Noted]:
    for question, language, day, text, passages in rows:
        yield Noted(
            question,
            Language(language),
            None,
            date.fromisoformat(day),
            report=text,
            passages=tuple(json.loads(passages)),
        )
