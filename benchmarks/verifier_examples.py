"""What the verifier learns from: questions, the passages that lie near them, and the one that answers."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from index.model import Query
from index.retrieval import Retriever
from knowledge.corpus import Corpus
from knowledge.language import Language

QUESTIONS = Path(__file__).parent / "verifier_questions"
NEAREST = 10
CANDIDATES = 5
"""Passages that a question is compared with at once; the answer, if there is one, is one of them."""

ABSENT = 0.3
"""How often the passage that answers is withheld: the others, near as they lie, then hold no answer."""
OTHER_LANGUAGE = 0.2
"""How often passages are shown in another language than the question's: articles that an editor adds have one only."""
SHUFFLED = 0.5
"""How often the wrong passages are not the nearest but any of the ten nearest."""


@dataclass(frozen=True)
class Asked:
    """A question to learn from.

    Attributes:
        passage: The passage that answers it, or that its near miss was made from; None where it is off-topic.
        answered: Whether that passage answers it; else none does.
    """

    text: str
    language: Language
    passage: str | None
    answered: bool


@dataclass(frozen=True, eq=False)
class Example:
    """A question and what lies near it.

    Attributes:
        tokens: float32, shape (tokens, dim).
        wrong: Passages that lie near and do not answer, the nearest first.
    """

    asked: Asked
    tokens: Tensor
    wrong: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Batch:
    """Questions with `CANDIDATES` passages each.

    Attributes:
        questions: float32, each of shape (tokens, dim).
        passages: The same; those of the first question come first.
        right: int64, shape (questions,): the place of the passage that answers, `CANDIDATES` where none does.
    """

    questions: list[Tensor]
    passages: list[Tensor]
    right: Tensor


def read_questions(corpus: Corpus, folder: Path = QUESTIONS) -> list[Asked]:
    """The questions of the training files, and those that passages say they answer."""
    return [
        *(Asked(each.text, each.language, each.passage_id, answered=True) for each in corpus.questions),
        *_read(folder / "answerable.jsonl", answered=True),
        *_read(folder / "near_misses.jsonl", answered=False),
        *_read(folder / "off_topic.jsonl", answered=False),
    ]


def _read(path: Path, *, answered: bool) -> Iterator[Asked]:
    for line in path.read_text(encoding="utf-8").splitlines():
        held = json.loads(line)
        yield Asked(held["question"], Language(held["language"]), held.get("passage"), answered)


def examples(asked: Iterable[Asked], corpus: Corpus, retriever: Retriever) -> Iterator[Example]:
    """Retrieve what lies near each question; other passages that give the figure of the right one are left out."""
    figures = {
        key: {(figure.metric, figure.entity, figure.value) for figure in passage.figures}
        for key, (_, passage) in corpus.passages.items()
    }
    for each in asked:
        query = retriever.embed(Query(each.text, each.language))
        if query.tokens is None:
            raise SystemExit("the model has no token vectors, so there is nothing that a verifier could compare")
        near = [hit.passage_id for hit in retriever.search(query, NEAREST) if hit.passage_id != each.passage]
        if each.answered and each.passage is not None:
            near = [key for key in near if figures[each.passage].isdisjoint(figures[key])]
        yield Example(each, torch.from_numpy(query.tokens), tuple(near))


class Renderings:
    """The token vectors of passages, as the index keeps them."""

    def __init__(self, corpus: Corpus, retriever: Retriever) -> None:
        self._languages = {key: tuple(passage.text) for key, (_, passage) in corpus.passages.items()}
        self._retriever = retriever
        self.passages = tuple(self._languages)

    def of(self, passage: str, language: Language) -> Tensor:
        """Float32, shape (tokens, dim), in the language, or in the first that the passage has."""
        held = self._languages[passage]
        vectors = self._retriever.token_vectors(passage, language if language in held else held[0])
        assert vectors is not None, "questions have token vectors, so passages have"  # noqa: S101
        return torch.from_numpy(vectors)


def batch(chosen: Sequence[Example], renderings: Renderings, chance: random.Random) -> Batch:
    """Draw the passages that each question is compared with."""
    passages, right = [], []
    for example in chosen:
        asked, wrong = example.asked, list(example.wrong)
        if chance.random() < SHUFFLED:
            chance.shuffle(wrong)
        withheld = asked.passage is None or (asked.answered and chance.random() < ABSENT)
        # What a near miss was made from is shown with it: no passage is more like it, and it does not answer.
        shown = wrong if withheld or asked.passage is None else [asked.passage, *wrong]
        shown = shown[:CANDIDATES] + chance.sample(renderings.passages, max(0, CANDIDATES - len(shown)))
        language = asked.language if chance.random() >= OTHER_LANGUAGE else chance.choice(list(Language))
        passages += [renderings.of(each, language) for each in shown]
        right.append(0 if asked.answered and not withheld else CANDIDATES)
    return Batch([example.tokens for example in chosen], passages, torch.tensor(right))


def in_batches(known: Sequence[Example], size: int, chance: random.Random) -> list[Sequence[Example]]:
    """Every example once, in chance order; questions of nearly one length stand together, since padding costs time."""
    order = chance.sample(known, len(known))
    block = 16 * size
    blocks = [sorted(order[i : i + block], key=lambda each: len(each.tokens)) for i in range(0, len(order), block)]
    groups = [each[i : i + size] for each in blocks for i in range(0, len(each), size)]
    return chance.sample(groups, len(groups))
