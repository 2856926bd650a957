"""How long the knowledge takes to load and to check, and what 100 articles of the same size would take.

    python benchmarks/knowledge_loading.py

Measured on two shared cores over the shipped 60 articles (393 passages, 247 figures), before and after by turns:
checking took 0.32 to 0.36 s as long as each figure read the numbers of its texts again and folding passed over a text
once for each Arabic mark; now it takes 0.07 to 0.08 s. Loading, PyYAML for the most part, stayed at 0.12 to 0.14 s. 100
articles: 0.8 s before, 0.35 s now. With the other core busy everything takes half as long again, 0.5 s.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from knowledge.checking import check_knowledge
from knowledge.loading import load_knowledge

SHIPPED = Path(__file__).parents[1] / "knowledge"
RUNS = 10
HUNDRED = 100
WANTED_SECONDS = 0.5
"""For 100 articles, loaded and checked."""


def main() -> None:
    """Print the table."""
    knowledge = load_knowledge(SHIPPED)
    today = datetime.now(UTC).date()
    articles = len(knowledge.corpus.articles)
    seconds = {
        "load": least(lambda: load_knowledge(SHIPPED)),
        "check": least(lambda: check_knowledge(knowledge, today)),
    }
    seconds["both"] = sum(seconds.values())
    table = Table("", f"{articles} articles", f"{HUNDRED} articles", title=f"Processor seconds, least of {RUNS} runs")
    for name, spent in seconds.items():
        table.add_row(name, f"{spent:.3f}", f"{spent * HUNDRED / articles:.3f}")
    table.add_row("wanted", "", f"{WANTED_SECONDS:.3f}")
    Console().print(table)


def least(work: Callable[[], object]) -> float:
    """Seconds of processor time of the fastest of `RUNS` runs: others on the machine only ever add to it."""
    spent = []
    for _ in range(RUNS):
        begun = time.process_time()
        work()
        spent.append(time.process_time() - begun)
    return min(spent)


if __name__ == "__main__":
    main()
