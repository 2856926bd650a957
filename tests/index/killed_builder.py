"""Builds an index and is killed at one line after another; says after each what the store holds, and what goes on.

Run as a program: ``killed_builder.py FOLDER`` prints a JSON list of what was found after each kill. Of the lines of
every module that takes part each is tried at its first run and its last.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from index import assembly, building, journal, measures, reuse, storage, token_files
from index.building import BATCH, build_index
from index.embedding import Encoding, Progress, Role
from index.errors import IndexingError, StaleIndexError
from index.model import Manifest
from index.storage import IndexStore
from knowledge.corpus import Corpus
from word_embedder import REFERENCE, WordEmbedder, in_three, make_corpus

KILLED = 9
WATCHED = {module.__file__ for module in (assembly, building, journal, measures, reuse, storage, token_files)}
Place = tuple[str, int]

OLD = make_corpus({"p1": in_three("un", "واحد", "one")}, {"p1": in_three("deux", "اثنان", "two")})
NEW = make_corpus(
    {"p1": in_three("un", "واحد", "one")},
    {"p1": in_three("trois", "ثلاثة", "three")},
    {"p1": in_three("quatre", "أربعة", "four")},
)


class Logging(WordEmbedder):
    """Writes down how many texts it embeds, where a kill leaves it."""

    def __init__(self, log: Path) -> None:
        super().__init__()
        self._log = log

    def encode(self, texts: Sequence[str], role: Role, progress: Progress | None = None) -> Encoding:
        with self._log.open("a") as log:
            log.write(f"{len(texts)}\n")
        return super().encode(texts, role, progress)


def build(corpus: Corpus, folder: Path) -> Manifest:
    return build_index(corpus, Logging(folder / "log"), REFERENCE, IndexStore(folder / "store"), lambda *_: None)


def embedded(folder: Path) -> int:
    """How many texts were embedded since the last call."""
    log = folder / "log"
    count = sum(map(int, log.read_text().split())) if log.exists() else 0
    log.unlink(missing_ok=True)
    return count


def watch(seen: Callable[[Place], None], run: Callable[[], object]) -> None:
    """Call back at each line of the modules that take part."""

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        if frame.f_code.co_filename not in WATCHED:
            return None
        if event == "line":
            seen((frame.f_code.co_filename, frame.f_lineno))
        return trace

    sys.settrace(trace)
    run()
    sys.settrace(None)


def killed_at(line: int, run: Callable[[], object]) -> None:
    """Run in a process that dies without a word before a line, counted from 0."""
    child = os.fork()
    if child:
        os.waitpid(child, 0)
        return
    left = itertools.count(line, -1)
    watch(lambda _place: None if next(left) else os._exit(KILLED), run)
    os._exit(0)


def beginnings(folder: Path, old: Corpus | None) -> Callable[[], None]:
    """What puts a folder into the state that a build begins with."""

    def begin() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if old is not None:
            build(old, folder)
            embedded(folder)

    return begin


def outcomes(folder: Path, old: Corpus | None) -> Iterator[dict[str, Any]]:
    """Kill builds of the new corpus."""
    begin = beginnings(folder, old)
    begin()
    names = {version_in(folder): "none" if old is None else "old"}
    places: list[Place] = []
    watch(places.append, lambda: build(NEW, folder))
    needed = embedded(folder)
    names[version_in(folder)] = "new"
    new = IndexStore(folder / "store").verified()
    runs = {place: [line for line, each in enumerate(places) if each == place] for place in places}
    for line in sorted({run[end] for run in runs.values() for end in (0, -1)}):
        begin()
        killed_at(line, lambda: build(NEW, folder))
        found = names.get(version_in(folder), "mixed")
        before = embedded(folder)
        then = build(NEW, folder)
        again = before + embedded(folder) - needed
        yield {
            "line": places[line],
            "found": found,
            "then": "new" if then == new == IndexStore(folder / "store").verified() else "other",
            "again": again,
            "most again": BATCH if before > REFERENCE_SIZE or old is not None else REFERENCE_SIZE,
            "left over": sum(path.is_dir() for path in (folder / "store").iterdir()),
        }


def version_in(folder: Path) -> str | None:
    """The corpus of the version in use, whole; None where there is none."""
    try:
        return IndexStore(folder / "store").verified().corpus_digest
    except StaleIndexError as error:
        return None if "there is no index" in str(error) else str(error)
    except IndexingError as error:
        return str(error)


REFERENCE_SIZE = sum(map(len, REFERENCE.texts.values()))

if __name__ == "__main__":
    print(json.dumps([*outcomes(Path(sys.argv[1]) / "anew", None), *outcomes(Path(sys.argv[1]) / "added", OLD)]))
