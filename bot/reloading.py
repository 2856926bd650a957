"""Takes over a new index, or knowledge that was edited, while Dalil runs.

A thread of its own looks at the knowledge files and at the version of the index in use. When they have changed, and
have stopped changing, it loads both together and wires a new Answerer, which replaces the old one between two replies.
What does not load, or does not fit together, leaves the old pair in use: an article that was added but is not indexed
yet is one that Dalil does not know yet.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Self

import structlog

from bot.answering.answerer import Answerer
from bot.composition import Foundations, compose_answerer
from bot.config import Settings
from bot.knowledge_base import read_corpus
from index.errors import IndexingError
from index.storage import IndexStore
from knowledge.errors import KnowledgeError

log = structlog.get_logger(__name__)

POLL_SECONDS = 1.0
"""Between two looks. What is new must look the same twice, so it is taken over 1 to 2 s, and its loading, after it is
there."""

NICENESS = 10
GRACE_SECONDS = 5.0
"""For which the end of Dalil waits for a loading that is under way; it writes nothing, so that nothing is lost."""
SWITCH_SECONDS = 0.0005
"""How long the loading thread may keep Python from the answering one while something loads; Python's own 5 ms, each
time that an answer's thread comes back from the model, would make an answer last many times as long."""

State = tuple[object, ...]


class AnswererInUse:
    """The Answerer in use. Whoever answers calls it once for a reply and keeps to what it returns."""

    def __init__(self, answerer: Answerer) -> None:
        self._answerer = answerer

    def __call__(self) -> Answerer:
        """The Answerer for the next reply."""
        return self._answerer

    def replace(self, answerer: Answerer) -> None:
        """Answer the next reply with another one."""
        self._answerer = answerer


class Reloader:
    """Watches knowledge and index; a context manager, which ends its thread.

    `look` is what the thread does again and again; tests call it themselves.
    """

    def __init__(
        self, settings: Settings, foundations: Foundations, in_use: AnswererInUse, report: Callable[[str | None], None]
    ) -> None:
        """Take what is in use.

        Args:
            settings: Where knowledge and index are.
            foundations: What the Answerer in use was wired from; model and reference set stay.
            in_use: Gets the new Answerer.
            report: Called with None when something was taken over, or with the reason why it was not, once for each.
        """
        self._settings = settings
        self._foundations = foundations
        self._in_use = in_use
        self._report = report
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reloading", daemon=True)
        self._known = self._seen = self._state()
        self._reason = ""

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._thread.join(GRACE_SECONDS)

    def look(self) -> None:
        """Take over what has changed, once it looks the same as at the last look."""
        before, self._seen = self._seen, self._state()
        if self._seen == self._known or self._seen != before:
            return
        try:
            answerer = self._load()
        except (KnowledgeError, IndexingError, OSError) as error:
            self._known = self._seen
            reason = " ".join(str(error).split())
            if reason != self._reason:
                self._report(reason)
            self._reason = reason
            return
        # Files that changed while they were read may belong to two states; the next look begins anew.
        if self._state() != self._seen:
            return
        self._known, self._reason = self._seen, ""
        self._in_use.replace(answerer)
        self._report(None)

    def _load(self) -> Answerer:
        with _short_switches():
            corpus = read_corpus(self._settings)
            return compose_answerer(self._settings, replace(self._foundations, corpus=corpus))

    def _state(self) -> State:
        return (_version(self._foundations.store), *map(_files, watched_folders(self._settings)))

    def _run(self) -> None:
        # Linux keeps a niceness for each thread; elsewhere it is not ours to change.
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
        while not self._stop.wait(POLL_SECONDS):
            self.look()


def log_reload(reason: str | None) -> None:
    """Report to the log, as a bot does that nobody watches."""
    if reason is None:
        log.info("knowledge_reloaded")
    else:
        log.warning("knowledge_not_reloaded", reason=reason)


def watched_folders(settings: Settings) -> tuple[Path, ...]:
    """The folders in which knowledge files lie."""
    return tuple(
        path for folder in (settings.knowledge_dir, settings.library_dir) for path in (folder, folder / "articles")
    )


def _files(folder: Path) -> State:
    """What tells, unread, that a knowledge file of a folder has changed; nothing where there is no folder."""
    try:
        with os.scandir(folder) as entries:
            found = [(entry.name, entry.stat()) for entry in entries if entry.name.endswith(".yaml")]
    except OSError:
        return ()
    return tuple(sorted((name, stat.st_ino, stat.st_size, stat.st_mtime_ns) for name, stat in found))


def _version(store: IndexStore) -> str:
    """The name of the version in use, or nothing where there is none."""
    try:
        return store.current().name
    except IndexingError:
        return ""


@contextlib.contextmanager
def _short_switches() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)
