"""Whether the constants of retrieval were tuned on what they are reported on: chosen on one half, reported on another.

    python benchmarks/constants.py [--write] [--xquad FOLDER]

The paragraphs of XQuAD are cut into two halves, every second. Candidates a language (`SHARE`), candidates by words
(`WORDED`) and the weight of words (`WORDS_WEIGHT`) are chosen for the questions about one half, by the mean of right
paragraphs first over the four pairs of languages, and reported on those about the other; both ways. All paragraphs are
in the index. `--write` puts the table into docs/retrieval.md; without XQuAD the exit status is 2.
"""

from __future__ import annotations

import argparse
import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from in_memory import Remembering, Setting, retriever_of
from numpy.typing import NDArray
from rich.console import Console
from tables import DOCUMENT, Rows, show, write
from xquad import FOLDER, LANGUAGES, Parallel, corpus_of, paragraph_number, read_xquad

from bot.composition import load_foundations
from bot.config import read_settings
from index.model import WORDS_WEIGHT, Query
from index.model_loading import on_one_thread
from index.retrieval import SHARE, WORDED, Retriever
from index.word_search import WordSearch
from knowledge.language import Language

SHARES = (1, 2, 4, 8, SHARE, 32, 64)
WORDEDS = (0, 4, WORDED, 16)
WEIGHTS = (0.0, 0.05, 0.1, WORDS_WEIGHT, 0.15, 0.2, 0.3, 0.5)
TITLE = "Constants chosen on one half, reported on the other"


@dataclass(frozen=True)
class Constants:
    """One setting."""

    share: int
    worded: int
    weight: float

    def __str__(self) -> str:
        return f"{self.share} / {self.worded} / {self.weight}"


SHIPPED = Constants(SHARE, WORDED, WORDS_WEIGHT)


@dataclass(frozen=True)
class Asked:
    """A question with every passage of one language scored.

    Attributes:
        pair: The languages of question and paragraphs.
        right: For each passage whether it is of the right paragraph.
        near: Its place among the nearest, from 0.
        worded: Its place among those that share most words; beyond all where it shares none.
    """

    pair: tuple[Language, Language]
    half: int
    right: NDArray[np.bool_]
    late: NDArray[np.float32]
    words: NDArray[np.float32]
    near: NDArray[np.int64]
    worded: NDArray[np.int64]

    def is_found(self, constants: Constants) -> bool:
        """Whether the right paragraph comes first."""
        candidates = (self.near < constants.share) | (self.worded < constants.worded)
        scores = np.where(candidates, self.late + constants.weight * self.words, -np.inf)
        return bool(self.right[int(np.argmax(scores))])


def main() -> None:
    """Measure, print, and write if asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--xquad", type=Path, default=FOLDER)
    arguments = parser.parse_args()
    data = read_xquad(arguments.xquad)
    foundations = load_foundations(read_settings())
    with on_one_thread():
        setting = Setting.of(Remembering(foundations.embedder), foundations.reference)
        asked = [each for held in LANGUAGES for each in ask(data, setting, held)]
    settings = [Constants(*each) for each in itertools.product(SHARES, WORDEDS, WEIGHTS)]
    rows: Rows = [["chosen on", "share / worded / weight of words", "there", "on the other", "ours on the other",
                   "best on the other"]]  # fmt: skip
    for half, other in ((0, 1), (1, 0)):
        here, there = ([each for each in asked if each.half == n] for n in (half, other))
        found = {constants: mean_found(here, constants) for constants in settings}
        # Of equals the nearest to what is in use.
        chosen = max(settings, key=lambda constants: (found[constants], -abs(constants.weight - SHIPPED.weight)))
        best = max(mean_found(there, constants) for constants in settings)
        measured = (found[chosen], mean_found(there, chosen), mean_found(there, SHIPPED), best)
        rows.append([("even", "odd")[half], str(chosen), *(f"{each:.3f}" for each in measured)])
    show(Console(width=140), TITLE, rows)
    if arguments.write:
        write({TITLE: rows}, DOCUMENT, Path(__file__).name)


def ask(data: Parallel, setting: Setting, held: Language) -> Iterator[Asked]:
    """Ask every question of the paragraphs in one language."""
    corpus = corpus_of([(held, text) for text in data.paragraphs[held]], setting.embedder)
    retriever, words = retriever_of(corpus, setting), WordSearch.of(corpus)
    for asked in LANGUAGES:
        for text, right in zip(data.questions[asked], data.paragraph_of, strict=True):
            yield _asked(retriever, words, Query(text, asked), (asked, held), right)


def _asked(retriever: Retriever, words: WordSearch, query: Query, pair: tuple[Language, Language], right: int) -> Asked:
    embedded = retriever.embed(query)
    count = len(words.passages)
    hits = retriever.search(embedded, count)
    nearest = [row.passage_id for row in retriever.nearest_rows(embedded.vector, count)]
    shares = words.shares(embedded.terms)
    sharing = [words.passages[place] for place in np.argsort(-shares, kind="stable") if shares[place] > 0]
    ids = [hit.passage_id for hit in hits]
    return Asked(
        pair=pair,
        half=right % 2,
        right=np.array([paragraph_number(each) == right for each in ids]),
        late=np.array([(hit.text.late + hit.asked.late) / 2 for hit in hits], dtype=np.float32),
        words=np.array([hit.words for hit in hits], dtype=np.float32),
        near=_places(ids, nearest),
        worded=_places(ids, sharing),
    )


def _places(ids: Sequence[str], order: Sequence[str]) -> NDArray[np.int64]:
    places = {passage_id: place for place, passage_id in enumerate(order)}
    return np.array([places.get(each, len(ids)) for each in ids], dtype=np.int64)


def mean_found(asked: Sequence[Asked], constants: Constants) -> float:
    """The share of questions whose paragraph comes first, the pairs of languages counting alike."""
    found: dict[tuple[Language, Language], list[bool]] = {}
    for each in asked:
        found.setdefault(each.pair, []).append(each.is_found(constants))
    return float(np.mean([np.mean(cell) for cell in found.values()]))


if __name__ == "__main__":
    main()
