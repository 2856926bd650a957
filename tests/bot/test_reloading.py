"""While Dalil runs it takes over new knowledge whole, with its index, or keeps what it has."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from bot.composition import Foundations, compose_answerer, ensure_index
from bot.config import Settings
from bot.knowledge_base import read_corpus
from bot.reloading import AnswererInUse, Reloader
from bot.session import Session
from bot.telegram.bridge import AnswerBridge
from index.storage import IndexStore
from knowledge.corpus import Corpus
from knowledge.loading import load_corpus
from small_knowledge import write_knowledge
from word_embedder import REFERENCE, WordEmbedder

TODAY = date(2026, 11, 21)
MARKS = ("premier", "second", "dernier")
ARTICLE = """\
id: {id}
title: "Titre {mark}"
publisher: H24info
published: "2024-05"
date_basis: "printed on the page"
language: fr
reliability: press
topics: [exports]
passages:
  - id: p1
    kind: verbatim
    text:
      fr: "Le musée ferroviaire de Fès ouvrira en automne, selon le texte {mark}."
"""
QUESTION = "Quand ouvrira le musée ferroviaire de Fès ?"


class Running:
    """A Dalil over a knowledge folder that a test edits; its reloader looks when it is told to."""

    def __init__(self, folder: Path) -> None:
        self.articles = folder / "articles"
        self._folder = folder
        self._store = IndexStore(folder.parent / "index")
        self._embedder = WordEmbedder()
        self.settings = Settings(knowledge_dir=folder, cache_dir=folder.parent / "cache")
        self.build()
        self.in_use = AnswererInUse(compose_answerer(self.settings, self._foundations()))
        self.reports: list[str | None] = []
        self.reloader = Reloader(self.settings, self._foundations(), self.in_use, self.reports.append)

    def _foundations(self) -> Foundations:
        return Foundations(load_corpus(self._folder), REFERENCE, self._embedder, self._store)

    def build(self) -> None:
        ensure_index(self._foundations(), lambda *_: None)

    def write(self, mark: str, name: str = "museum") -> None:
        """Write an article as an editor's program does: beside, then renamed."""
        aside = self.articles / f".{name}"
        aside.write_text(ARTICLE.format(id=name, mark=mark), encoding="utf-8")
        aside.replace(self.articles / f"{name}.yaml")

    def look(self) -> None:
        """Look twice, as the thread does when nothing changes meanwhile."""
        self.reloader.look()
        self.reloader.look()

    def sources(self) -> str:
        return Session().act(self.in_use(), "sources", TODAY).reply.text

    def answer(self) -> str:
        return Session().ask(self.in_use(), QUESTION, TODAY).reply.text


@pytest.fixture
def running(tmp_path: Path) -> Running:
    write_knowledge(tmp_path / "knowledge")
    return Running(tmp_path / "knowledge")


def test_what_does_not_change_is_not_loaded_again(running: Running) -> None:
    answerer = running.in_use()
    running.look()
    running.look()
    assert running.in_use() is answerer
    assert running.reports == []


def test_an_article_is_known_when_its_index_is_there_and_not_before(running: Running) -> None:
    running.write("premier")
    running.look()
    assert "Titre premier" not in running.sources()
    assert [report is not None and "dalil build" in report for report in running.reports] == [True]
    running.build()
    running.look()
    assert "Titre premier" in running.sources()
    assert "musée ferroviaire" in running.answer()
    assert running.reports[1:] == [None]


def test_an_article_that_is_removed_with_its_index_is_forgotten(running: Running) -> None:
    running.write("premier")
    running.build()
    running.look()
    (running.articles / "museum.yaml").unlink()
    running.build()
    running.look()
    assert "Titre premier" not in running.sources()
    assert "musée ferroviaire" not in running.answer()


def test_what_leaves_the_index_fresh_is_taken_over_too(running: Running) -> None:
    """A title, a figure, a name: no text is searched otherwise, so nobody builds an index."""
    path = running.articles / "exports-2024.yaml"
    path.write_text(
        path.read_text(encoding="utf-8").replace("Les exportations de", "Combien exporte"), encoding="utf-8"
    )
    running.look()
    assert "Combien exporte l'offshoring" in running.sources()
    assert running.reports == [None]


def test_files_that_still_change_are_waited_for(running: Running) -> None:
    answerer = running.in_use()
    for title in ("Un", "Deux", "Trois"):
        path = running.articles / "exports-2024.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace("Les exportations", title), encoding="utf-8")
        os.utime(path, (0, len(title)))
        running.reloader.look()
    assert running.in_use() is answerer
    running.reloader.look()
    assert running.in_use() is not answerer


def test_what_cannot_be_read_keeps_the_old_and_is_said_once_until_it_is_mended(running: Running) -> None:
    path = running.articles / "exports-2024.yaml"
    whole = path.read_text(encoding="utf-8")
    before = running.sources()
    for size in (300, 300, 300):
        path.write_text(whole[:size], encoding="utf-8")
        running.look()
    assert running.sources() == before
    assert [report is not None and "exports-2024.yaml" in report for report in running.reports] == [True]
    path.write_text(whole.replace("Les exportations", "Des exportations"), encoding="utf-8")
    running.look()
    assert "Des exportations" in running.sources()
    assert running.reports[1:] == [None]


@pytest.mark.parametrize("damage", ["CURRENT", "rows.json"])
def test_an_index_that_is_missing_or_damaged_keeps_the_old_one(running: Running, damage: str) -> None:
    store = running.reloader._foundations.store
    running.write("premier")
    running.build()
    if damage == "CURRENT":
        (store.current().parent / damage).unlink()
    else:
        (store.current() / damage).write_text("[]")
    running.look()
    assert "Titre premier" not in running.sources()
    assert [report is not None and "dalil build" in report for report in running.reports] == [True]


def test_files_that_change_while_they_are_read_are_read_again(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = running.articles / "exports-2024.yaml"

    def retitle(old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        if old in text:
            path.write_text(text.replace(old, new), encoding="utf-8")

    def load_slowly(settings: Settings) -> Corpus:
        corpus = read_corpus(settings)
        retitle("Deux", "Trois")
        return corpus

    retitle("Les exportations", "Deux exportations")
    monkeypatch.setattr("bot.reloading.read_corpus", load_slowly)
    before = running.sources()
    running.look()
    assert running.sources() == before
    running.look()
    assert "Trois exportations" in running.sources()


@pytest.fixture
def live(running: Running, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    """With its thread, which looks often."""
    monkeypatch.setattr("bot.reloading.POLL_SECONDS", 0.02)
    running.write(MARKS[0])
    running.build()
    running.look()
    with running.reloader:
        yield running


def until(condition: Callable[[], bool]) -> None:
    """Wait for it, as long as a test may last."""
    for _ in range(600):
        if condition():
            return
        threading.Event().wait(0.05)
    raise AssertionError("it never came")


def test_every_message_is_answered_from_one_version_while_versions_change(live: Running) -> None:
    """Title and text of an article carry the same mark in every version, and so in every reply."""
    replies: list[str] = []

    async def ask_on(bridge: AnswerBridge, enough: threading.Event) -> int:
        asked = 0
        while not enough.is_set():
            asked += 5
            answers = await asyncio.gather(*(bridge.ask(Session(), QUESTION, TODAY) for _ in range(5)))
            replies.extend(answer.reply.text for answer in answers)
        return asked

    enough = threading.Event()
    asked: list[int] = []

    def ask() -> None:
        with AnswerBridge(live.in_use) as bridge:
            asked.append(asyncio.run(ask_on(bridge, enough)))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        for mark in MARKS[1:]:
            until(lambda: bool(replies))
            live.write(mark)
            live.build()
            until(lambda mark=mark: any(mark in reply for reply in replies))  # type: ignore[misc]
    finally:
        enough.set()
        asking.join(60)
    assert asked == [len(replies)]
    found = [tuple(mark for mark in MARKS if mark in reply) for reply in replies]
    assert {len(marks) for marks in found} == {1}, "no reply without the article, none with two versions of it"
    assert all(
        f"Titre {mark}" in reply and f"le texte {mark}" in reply for reply, (mark,) in zip(replies, found, strict=True)
    )
    order = [MARKS.index(mark) for (mark,) in found]
    assert order == sorted(order)


def test_the_end_waits_for_no_look(running: Running) -> None:
    with running.reloader:
        thread = running.reloader._thread
    assert not thread.is_alive()
