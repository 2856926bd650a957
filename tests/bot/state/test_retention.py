"""What is deleted is gone to the last byte, and what stays leads back to nobody."""

from __future__ import annotations

import asyncio
import contextlib
import re
import sqlite3
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.answering.model import Conversation
from bot.localisation import localiser
from bot.state import database
from bot.state import store as store_module
from bot.state.database import Database
from bot.state.model import Arrival, ContextKey, Memory, Report, Sent, Turn, Unanswered
from bot.state.questions import Noted, noted, tidy
from bot.state.retention import CONVERSATIONS, QUESTIONS
from bot.state.store import StateStore
from knowledge.language import Language
from state_clock import Clock

# Ids whose bytes, as text or as SQLite writes them, occur nowhere by chance.
USER, OTHER, GROUP = 6_123_456_789_123, 6_987_654_321_987, -1_002_345_678_912
TEXT = "Qu'en est-il de la zone Xanadu?"


def update(number: int, user: int, text: str) -> Arrival:
    return Arrival(number, user, f'{{"update_id": {number}, "from": {{"id": {user}}}, "text": "{text}"}}')


def traces(path: Path, *ids: int) -> list[str]:
    """Where something of a person is left, in the state file or beside it."""
    found = []
    for file in path.parent.iterdir():
        content = file.read_bytes()
        found += [f"{file.name}: {each}" for each in ids if str(each).encode() in content]
        found += [f"{file.name}: {each} in binary" for each in ids if each.to_bytes(6, "big", signed=True) in content]
        found += [f"{file.name}: text"] if b"Xanadu" in content else []
    return found


async def live(store: StateStore, user: int, first: int) -> None:
    """Someone writes in private and in a topic of a group, chooses a language, and has a message waiting."""
    for number, key in enumerate((ContextKey(user, 0, user), ContextKey(GROUP, 7, user)), start=first):
        await store.receive([update(number, user, TEXT)])
        turn = Turn(Conversation(Language.FR), (Sent(number, b"fingerprint"),), Sent(number + 500, b"picture"))
        await store.remember(key, Memory(Conversation(Language.FR), Language.AR, "album"), number, turn)
        await store.finish(number)
    await store.receive([update(first + 2, user, TEXT)])


async def test_forget_leaves_no_byte_of_a_person_and_everything_of_the_others(path: Path, clock: Clock) -> None:
    async with StateStore(path, clock) as store:
        await live(store, USER, 100)
        await live(store, OTHER, 200)
        await store.receive([update(300, USER, "/forget")])
        assert traces(path, USER)
        await store.forget(USER, 300)
        await store.finish(300)
        assert traces(path, USER) == [f"{path.name}: text"], "the other's message waits"
        await store.finish(202)
        assert (await store.recall(ContextKey(USER, 0, USER), 100)).memory == Memory()
        kept = await store.recall(ContextKey(GROUP, 7, OTHER), 201)
        assert kept.memory.preferred is Language.AR
        assert kept.turn is not None


async def test_what_is_asked_after_forget_is_still_answered_after_a_kill(store: StateStore) -> None:
    await store.receive([update(number, USER, TEXT) for number in (300, 301, 302)])
    await store.forget(USER, 301)
    pending = await store.pending()
    assert [f'"update_id": {number}' in text for number, text in zip((301, 302), pending, strict=True)] == [True, True]


async def test_a_process_killed_while_it_forgets_leaves_nothing_after_the_next_start(path: Path, clock: Clock) -> None:
    async with StateStore(path, clock) as store:
        await live(store, USER, 100)
        await store.finish(102)
        await store.forget(USER, 300)  # and never `finish`
    async with StateStore(path, clock):
        assert traces(path, USER) == []


async def test_what_expires_leaves_no_byte(path: Path, clock: Clock) -> None:
    async with StateStore(path, clock) as store:
        await live(store, USER, 100)
        await store.remember(ContextKey(USER, 0, USER), Memory())  # the language, which does not expire
        await store.remember(ContextKey(GROUP, 7, USER), Memory())
        clock.advance(hours=24, seconds=1)
        await store.expire()
        assert traces(path, USER) == []


async def test_the_text_of_an_answered_update_is_gone_to_the_last_byte_within_the_hour(
    path: Path, store: StateStore
) -> None:
    for number in range(100):
        await store.receive([update(number, USER, TEXT * (1 + number))])
        await store.finish(number)
    await store.expire()
    assert traces(path, USER) == []


async def eventually(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - files and logs tell nobody that they changed
            await asyncio.sleep(0.02)


async def test_what_is_old_goes_while_the_bot_runs_and_a_failure_is_tried_again(
    path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(store_module, "HOUSEKEEPING_SECONDS", 0.01)
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.01)
    async with StateStore(path, clock) as store:
        await live(store, USER, 100)
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            clock.advance(hours=25)
            await eventually(lambda: "not_expired" in "".join(capfd.readouterr()))
            assert traces(path, USER)
        await eventually(lambda: "text" not in " ".join(traces(path, USER)))


async def test_what_is_old_goes_at_the_start(path: Path, clock: Clock) -> None:
    async with StateStore(path, clock) as store:
        await live(store, USER, 100)
    clock.advance(hours=25)
    async with StateStore(path, clock):
        with contextlib.closing(sqlite3.connect(path)) as connection:
            left = [
                connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608
                for table in ("conversations", "turns", "sent", "preferences")
            ]
    assert left == [0, 0, 0, 2]


async def asked(path: Path) -> tuple[Noted, ...]:
    opened = Database(path)
    await opened.open(read_only=True)
    try:
        async with opened.reading() as connection:
            return await noted(connection, date.min)
    finally:
        await opened.close()


async def test_questions_and_reports_are_kept_a_year_without_a_name(
    path: Path, store: StateStore, clock: Clock
) -> None:
    key = ContextKey(USER, 0, USER)
    for _ in range(2):
        await store.remember(key, Memory(), unanswered=Unanswered("jobs  in 2050", Language.EN, "other_period"))
    await store.report(Report("17,9 is wrong, write to me: a.b@example.org", "turnover 2023", Language.EN, ("a#p1",)))
    await store.receive([update(300, USER, "/forget")])
    await store.forget(USER, 300)
    await store.finish(300)
    day = date(2026, 11, 22)
    assert await asked(path) == (
        Noted("jobs in 2050", Language.EN, "other_period", day, 2),
        Noted("turnover 2023", Language.EN, None, day, 1, "17,9 is wrong, write to me: …", ("a#p1",)),
    )
    clock.advance(days=366)
    await store.expire()
    assert await asked(path) == ()


@pytest.mark.parametrize("language", Language)
def test_the_privacy_page_tells_the_terms_that_are_kept(language: Language) -> None:
    text = localiser(language).text("privacy")
    hours = {int(found) for found in re.findall(r"([0-9]+)\s(?:hours|heures|ساعة)", text)}
    assert {timedelta(hours=number) for number in hours} == {CONVERSATIONS}
    year = {Language.FR: "pendant un an au plus", Language.AR: "لمدة سنة على الأكثر", Language.EN: "for a year at most"}
    assert year[language] in text
    assert timedelta(days=365) == QUESTIONS
    assert "/forget" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  jobs\n in ２０３０ ", "jobs in 2030"),
        ("call +212 6 12 34 56 78 please", "call … please"),
        ("0033612345678", "…"),
        ("ask @some_body or a.b@c.ma", "ask … or …"),
        ("17 900 000 000 dirhams en 2023", "17 900 000 000 dirhams en 2023"),
        ("de 2023 à 2030, 148 500 postes", "de 2023 à 2030, 148 500 postes"),
    ],
)
def test_a_question_is_noted_without_what_leads_to_somebody(text: str, expected: str) -> None:
    assert tidy(text, 300) == expected


def test_a_question_that_is_too_long_is_cut() -> None:
    assert tidy("x" * 301, 300) == "x" * 299 + "…"
