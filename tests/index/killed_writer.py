"""Writes a new version into a store and is killed at one line after another; says after each what the store holds.

Run as a program: ``killed_writer.py FOLDER`` prints a JSON list of what was found after each kill.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from types import FrameType
from typing import Any

from index import storage
from index.errors import IndexingError
from index.model import INDEX_SCHEMA, Manifest
from index.storage import IndexStore

KILLED = 9


def version(name: str) -> Manifest:
    """The manifest of a version that only its name tells apart."""
    return Manifest(
        index_schema=INDEX_SCHEMA,
        model_name=name,
        model_digest="m",
        reference_digest="r",
        corpus_digest="c",
        dimension=2,
        token_vectors=False,
        passages=0,
        renderings=0,
        questions=0,
        files={},
    )


def write(store: IndexStore, name: str) -> None:
    """Write a version of two files that hold its name."""

    def build(folder: Path) -> Manifest:
        for file in ("one", "two"):
            (folder / file).write_text(name)
        return version(name)

    store.write(build)


def found(store: IndexStore) -> str:
    """The name of the version in use, if it is whole."""
    try:
        manifest, folder = store.verified(), store.current()
    except IndexingError as error:
        return f"refused: {error}"
    contents = {(folder / file).read_text() for file in ("one", "two")}
    return manifest.model_name if contents == {manifest.model_name} else f"mixed: {contents}"


def write_until(store: IndexStore, lines: int) -> None:
    """Write, and die without a word when so many lines of the store's module have run."""
    left = lines

    def trace(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal left
        if frame.f_code.co_filename != storage.__file__:
            return None
        if event == "line":
            left -= 1
            if left < 0:
                os._exit(KILLED)
        return trace

    sys.settrace(trace)
    write(store, "new")


def main(folder: Path) -> None:
    """Kill at the first line, the second, …, until one write survives; begin each time with the old version."""
    outcomes: list[dict[str, Any]] = []
    status = KILLED
    while status == KILLED:
        shutil.rmtree(folder, ignore_errors=True)
        store = IndexStore(folder)
        write(store, "old")
        child = os.fork()
        if not child:
            write_until(store, len(outcomes))
            os._exit(0)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        outcome = found(store)
        write(store, "next")
        kept = sorted(path.name for path in folder.iterdir() if path.is_dir())
        outcomes.append({"found": outcome, "then": found(store), "versions kept": len(kept)})
    print(json.dumps({"outcomes": outcomes, "status": status}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
