"""What an index costs to build, to extend by one article, to hold and to take over while the bot runs.

    python benchmarks/building.py [PASSAGES]

The passages are made (`made_articles`): 10,000 unless another number is given, each verbatim in one language, 40 to 120
words, seven to an article. "Embedding" is the time that the model itself takes within the build, so that a busy machine
slows both alike.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from made_articles import write_article, write_knowledge
from rich.console import Console
from rich.table import Table

from bot.answering.answerer import Answerer
from bot.composition import Foundations, compose_answerer, ensure_index
from bot.config import Settings
from index.centring import load_reference_set
from index.embedded_model import resolve_model
from index.embedding import Encoding, Role, SentenceTransformerEmbedder
from index.storage import IndexStore
from knowledge.loading import load_corpus

PASSAGES = 10_000


class Timed(SentenceTransformerEmbedder):
    """Adds up the seconds of its runs."""

    seconds = 0.0

    def encode(self, texts: Sequence[str], role: Role, progress: Callable[[int, int], None] | None = None) -> Encoding:
        """As its base."""
        began = time.perf_counter()
        try:
            return super().encode(texts, role, progress)
        finally:
            self.seconds += time.perf_counter() - began


def main(passages: int) -> None:
    """Measure and print the table."""
    settings = Settings()
    shipped = load_corpus(settings.knowledge_dir)
    embedder = Timed(resolve_model(settings.model, settings.models_dir))
    rows: list[tuple[str, float, str]] = []

    def measured(name: str, work: Callable[[], object], unit: str = "s") -> float:
        began, embedding = time.perf_counter(), embedder.seconds
        work()
        embedding = embedder.seconds - embedding
        taken = time.perf_counter() - began - embedding
        rows.append((name, taken, unit))
        if embedding:
            rows.append((f"{name}: embedding", embedding, unit))
            rows.append((f"{name}: all / embedding", (taken + embedding) / embedding, ""))
        return taken

    with tempfile.TemporaryDirectory() as folder:
        knowledge, store = Path(folder) / "knowledge", IndexStore(Path(folder) / "index")
        write_knowledge(knowledge, passages, shipped, settings.knowledge_dir)

        def foundations() -> Foundations:
            return Foundations(load_corpus(knowledge), load_reference_set(), embedder, store)

        measured("load the knowledge", foundations)
        found = foundations()
        before = status("VmRSS")
        measured("build, beyond embedding", lambda: ensure_index(found, lambda *_: None))
        rows.append(("build: peak memory above what was held before", status("VmHWM") - before, "MB"))
        write_article(knowledge, 10**6, shipped)
        found = foundations()
        measured("add an article, beyond embedding and loading", lambda: ensure_index(found, lambda *_: None))
        measured("load the index and wire an Answerer", lambda: compose_answerer(settings, found))
        write_article(knowledge, 10**6 + 1, shipped)
        found = replace(found, corpus=load_corpus(knowledge))
        ensure_index(found, lambda *_: None)
        measured("take over a new version", lambda: taken_over(settings, found, knowledge))
        size = sum(path.stat().st_size for path in store.current().iterdir())
        rows.append(("index on disk", size / 1e6, "MB"))
        command = [sys.executable, __file__, "--memory", folder]
        held = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
        rows += [
            (f"a bot's {name} for 1,000 passages", float(grown) * 1000 / passages, "MB")
            for name, grown in zip(("own memory", "mapped files"), held, strict=True)
        ]
    table = Table("", f"{passages:,} passages", title=f"{os.environ.get('OMP_NUM_THREADS', 'all')} threads")
    for name, value, unit in rows:
        table.add_row(name, f"{value:.2f} {unit}")
    Console(width=100).print(table)


def taken_over(settings: Settings, found: Foundations, knowledge: Path) -> Answerer:
    """What a running bot does when there is a new version."""
    return compose_answerer(settings, replace(found, corpus=load_corpus(knowledge)))


def memory(folder: Path) -> None:
    """Print by how many megabytes an Answerer over an index makes this process grow, the model being there already."""
    settings = Settings()
    embedder = SentenceTransformerEmbedder(resolve_model(settings.model, settings.models_dir))
    own, mapped = status("RssAnon"), status("RssFile")
    corpus = load_corpus(folder / "knowledge")
    kept = compose_answerer(settings, Foundations(corpus, load_reference_set(), embedder, IndexStore(folder / "index")))
    print(status("RssAnon") - own, status("RssFile") - mapped)
    del kept


def status(field: str) -> float:
    """A line of this process's memory, in megabytes."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(f"{field}:"))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        memory(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if sys.argv[1:] else PASSAGES)
