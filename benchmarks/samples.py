"""Golden questions with the passages that come into question for each, and which of these hold the answer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.confidence import ConfidenceModel
from bot.answering.cues import load_cues
from bot.answering.evidence import Candidate, EvidenceFinder
from bot.answering.features import FeatureReader
from bot.answering.figure_choice import FigureChooser
from bot.answering.figures import FigureBook
from bot.answering.frame_reading import FrameReader
from bot.answering.passage_facts import Claim
from bot.answering.verifier import Verifier
from bot.golden import GoldenKind, GoldenQuestion
from bot.ranking import RANKED, RightPassages
from index.lexical import LexicalIndex
from index.model import Query
from index.retrieval import Retriever
from knowledge.corpus import Corpus

Matrix = NDArray[np.float64]

GOLDEN = Path(__file__).parents[1] / "tests" / "golden"
TODAY = date(2026, 11, 21)
ANSWERABLE = RANKED
KINDS = ANSWERABLE | {GoldenKind.NEAR_MISS, GoldenKind.OFF_TOPIC}
"""Those of which a single passage holds the answer, or none does."""


@dataclass(frozen=True)
class Sample:
    """A golden question with the candidates that no veto forbids, and which of them hold the answer."""

    question: GoldenQuestion
    candidates: tuple[Candidate, ...]
    claims: tuple[frozenset[Claim], ...]
    holds: NDArray[np.bool_]

    @property
    def features(self) -> Matrix:
        """Shape (candidates, features)."""
        return np.array([candidate.features.values() for candidate in self.candidates], dtype=np.float64)


def gather(
    questions: Iterable[GoldenQuestion],
    corpus: Corpus,
    retriever: Retriever,
    verifier: Verifier,
    right: Mapping[str, frozenset[str]],
) -> list[Sample]:
    """Ask the questions of `KINDS` without deciding anything.

    Args:
        questions: Those of other kinds are left out.
        corpus: The knowledge that is asked.
        retriever: Over an index of it.
        verifier: For the model that the index was built with.
        right: By id of the question what `holding` says of it.
    """
    cues = load_cues()
    untrained = ConfidenceModel(model_digest="", threshold=0, ranking={}, confidence={}, intercept=0)
    reader = FeatureReader(corpus, LexicalIndex.of(corpus), cues)
    chooser = FigureChooser(corpus, FigureBook(corpus))
    finder = EvidenceFinder(corpus, retriever, reader=reader, verifier=verifier, confidence=untrained, figures=chooser)
    frames = FrameReader(corpus, cues)
    samples: list[Sample] = []
    for question in (each for each in questions if each.kind in KINDS):
        frame = frames.read(question.question, question.language, TODAY)[0]
        query = retriever.embed(Query(frame.text, frame.language))
        found = finder.candidates(frame, query, chooser.choose(frame))
        allowed = tuple(candidate for candidate in found if candidate.veto is None)
        holds = np.array([candidate.hit.passage_id in right[question.id] for candidate in allowed], dtype=bool)
        claims = tuple(reader.facts(candidate.hit.passage_id).claims for candidate in allowed)
        samples.append(Sample(question, allowed, claims, holds))
    return samples


def holding(questions: Iterable[GoldenQuestion], corpus: Corpus) -> dict[str, frozenset[str]]:
    """By question the passages that hold what is expected: of its article, and of others that give the same figure."""
    passages, held = RightPassages(corpus), {}
    given = {
        passage_id: {(f.metric, f.entity, f.value) for f in passage.figures}
        for passage_id, (_, passage) in corpus.passages.items()
    }
    for question in questions:
        own = passages.of(question)
        said = {figure for passage_id in own for figure in given[passage_id]}
        held[question.id] = own | {each for each in passages.meeting(question) if given[each] & said}
    return held
