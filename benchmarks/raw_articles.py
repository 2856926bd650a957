"""Articles as they came, without any that Dalil ships: ours against plain E5 + FAISS, in one run.

    python benchmarks/raw_articles.py [--write] [--verbose] [--articles FOLDER]

Adds the scraped articles of a folder to an empty library, as `dalil add` does, switches the shipped ones off and asks
tests/golden_seeds through the whole Answerer. A passage is right when it is of the article named and its text, which is
in the article's language whatever the question's, meets what the question expects. The rival is the same model over
the same passages: prompts as the model wants them, vectors of unit length, IndexFlatIP. It answers with its nearest
passage from the likeness on that gives most right answers and answers at most 8% of the near misses, chosen for each
language on these very questions: no fixed one does better. `--write` puts the table into docs/ingestion.md. The
articles are no part of the project; without them the exit status is 2.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import faiss
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from tables import Rows, show, write

from bot.adding import Adder
from bot.answering.model import AnswerKind
from bot.composition import Foundations, compose_answerer, ensure_index, load_foundations
from bot.config import Settings, read_settings
from bot.golden import GoldenKind, GoldenQuestion, read_golden_set
from bot.ranking import RightPassages
from bot.session import Session
from index.embedding import Role
from index.storage import IndexStore
from knowledge.ingest.drafting import Details
from knowledge.language import Language

ROOT = Path(__file__).parents[1]
ARTICLES = ROOT.parent / "shared" / "seeds"
GOLDEN = ROOT / "tests" / "golden_seeds"
DOCUMENT = ROOT / "docs" / "ingestion.md"
TODAY = date(2026, 11, 21)
NEAR_MISSES_AT_MOST = 0.08
NO_DETAILS = Details(None, None, None, None, None, None, (), None)
FIVE = 5


@dataclass(frozen=True)
class Asked:
    """One question and what came of it.

    Attributes:
        ranked: Ids of passages, the best first.
        cited: The first citation's passage; None where nothing was answered.
        right: The passages that hold what is expected.
    """

    question: GoldenQuestion
    ranked: tuple[str, ...]
    cited: str | None
    right: frozenset[str]


def main() -> None:
    """Add, ask, print, and write if asked to."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="list what goes wrong")
    parser.add_argument("--articles", type=Path, default=ARTICLES)
    arguments = parser.parse_args()
    files = sorted(arguments.articles.glob("*.txt"))
    if not files:
        print(f"{arguments.articles} holds no articles (*.txt). Name their folder: --articles FOLDER")
        sys.exit(2)
    console = Console(width=140)
    with TemporaryDirectory() as folder:
        settings = read_settings().model_copy(update={"library_dir": Path(folder), "shipped_articles": False})
        ids = add(files, settings)
        foundations = own_foundations(settings, Path(folder) / "index")
        questions = renamed(read_golden_set(GOLDEN), ids)
        ours = ask(questions, settings, foundations)
        plain = ask_plain(questions, foundations)
    tables = {
        f"{len(files)} articles, {len(foundations.corpus.passages)} passages, none shipped": [
            HEADER,
            *by_language("ours", ours),
            *by_language("plain E5 + FAISS", plain),
        ]
    }
    for title, rows in tables.items():
        show(console, title, rows)
    if arguments.verbose:
        for each in ours:
            if line := failure(each):
                console.print(line, markup=False)
    if arguments.write:
        write(tables, DOCUMENT, Path(__file__).name)


def add(files: Sequence[Path], settings: Settings) -> dict[str, str]:
    """Add files as `dalil add` does, and give by a file's name, without its ending, the id of its article."""
    adder = Adder(settings, TODAY)
    ids = {}
    for path in files:
        result = adder.add(path, NO_DETAILS, approve=lambda _: True, edit=None, replaced=None)
        if result.article_id is None:
            sys.exit(f"{path} was {result.outcome}: {'; '.join(map(str, result.problems))}")
        ids[path.stem] = result.article_id
    return ids


def own_foundations(settings: Settings, folder: Path) -> Foundations:
    """What was added, indexed in a folder; the model comes from the ordinary cache."""
    loaded = load_foundations(settings)
    foundations = Foundations(loaded.corpus, loaded.reference, loaded.embedder, IndexStore(folder))
    ensure_index(foundations, lambda *_: None)
    return foundations


def renamed(questions: Sequence[GoldenQuestion], ids: Mapping[str, str]) -> list[GoldenQuestion]:
    """Questions that name an article by its file, with the id that it got."""
    return [each.model_copy(update={"article": each.article and ids[each.article]}) for each in questions]


def ask(questions: Sequence[GoldenQuestion], settings: Settings, foundations: Foundations) -> list[Asked]:
    """Ask the whole Answerer, each question in a conversation of its own."""
    answerer = compose_answerer(settings, foundations)
    right = RightPassages(foundations.corpus)
    asked = []
    for question in questions:
        answer = Session().ask(answerer, question.question, TODAY)
        answered = answer.kind is AnswerKind.ANSWER and answer.citations
        cited = answer.citations[0].passage_id if answered else None
        asked.append(Asked(question, answer.ranked, cited, right.of(question)))
    return asked


def ask_plain(questions: Sequence[GoldenQuestion], foundations: Foundations) -> list[Asked]:
    """Ask plain E5 + FAISS over the same passages."""
    texts = {rendering.passage_id: rendering.embedded for rendering in foundations.corpus.renderings}
    ids = list(texts)
    vectors = foundations.embedder.encode(list(texts.values()), Role.PASSAGE).vectors
    asked = foundations.embedder.encode([question.question for question in questions], Role.QUERY).vectors
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    likenesses, places = index.search(asked, len(ids))
    right = RightPassages(foundations.corpus)
    ranked = [tuple(ids[place] for place in row) for row in places.tolist()]
    best = likenesses[:, 0].astype(float)
    held = [right.of(question) for question in questions]
    always = [Asked(*each) for each in zip(questions, ranked, (order[0] for order in ranked), held, strict=True)]
    asked_in = np.array([question.language for question in questions])
    floors = {language: best_floor(always, np.where(asked_in == language, best, -np.inf)) for language in Language}
    return [
        each if likeness >= floors[each.question.language] else replace(each, cited=None)
        for each, likeness in zip(always, best.tolist(), strict=True)
    ]


def best_floor(always: Sequence[Asked], likenesses: NDArray[np.float64]) -> float:
    """The likeness from which on answering gives most right answers and few near misses.

    Args:
        always: Every question, answered.
        likenesses: Of the passage cited; minus infinity leaves a question out.
    """
    right = np.array([each.cited in each.right for each in always])
    missed = np.array([each.question.kind is GoldenKind.NEAR_MISS for each in always]) & np.isfinite(likenesses)
    floors = [
        floor
        for floor in [*np.unique(likenesses[np.isfinite(likenesses)]).tolist(), np.inf]
        if (likenesses[missed] >= floor).mean() <= NEAR_MISSES_AT_MOST
    ]
    return float(max(floors, key=lambda floor: int((right & (likenesses >= floor)).sum())))


HEADER = ["", "right first citation", "wrong", "refused", "near misses answered", "ranked first", "among the first 5"]


def by_language(name: str, asked: Sequence[Asked]) -> Rows:
    """A row a language, and one for all."""
    of = {language: [each for each in asked if each.question.language is language] for language in Language}
    rows = [[f"{name}, {language}", *shares(those)] for language, those in of.items()]
    return [*rows, [f"{name}, all", *shares(asked)]]


def shares(asked: Sequence[Asked]) -> list[str]:
    """The cells of a row behind its name."""
    known = [each for each in asked if each.question.kind is not GoldenKind.NEAR_MISS]
    missed = [each for each in asked if each.question.kind is GoldenKind.NEAR_MISS]
    cells: tuple[list[bool], ...] = (
        [each.cited in each.right for each in known],
        [each.cited is not None and each.cited not in each.right for each in known],
        [each.cited is None for each in known],
        [each.cited is not None for each in missed],
        [not each.right.isdisjoint(each.ranked[:1]) for each in known],
        [not each.right.isdisjoint(each.ranked[:FIVE]) for each in known],
    )
    return [f"{np.mean(cell):.1%}" for cell in cells]


def failure(asked: Asked) -> str | None:
    """What went wrong with a question, in a line; None where nothing did."""
    question = asked.question
    if question.kind is GoldenKind.NEAR_MISS:
        return f"{question.id} answered {asked.cited} {question.question}" if asked.cited else None
    if asked.cited in asked.right:
        return None
    place = next((n for n, each in enumerate(asked.ranked, start=1) if each in asked.right), None)
    outcome = "wrong" if asked.cited else "refused"
    return f"{question.id} {outcome} rank {place} of {sorted(asked.right)} {question.question}"


if __name__ == "__main__":
    main()
