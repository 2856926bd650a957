"""A subject alone behind a question about a figure."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.cues import load_cues
from bot.answering.figures import FigureBook
from bot.answering.fragments import FragmentReader
from bot.answering.frame_reading import FrameReader
from bot.answering.model import AnswerKind, PastTurn, Slots
from bot.answering.other_subjects import OtherSubjects
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.periods import year_span

TODAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("asked", "said", "metric"),
    [
        ("africa_rank_outsourcing", "et l'outsourcing en 2023 ?", "africa_rank_outsourcing"),
        ("africa_rank_outsourcing", "and outsourcing in 2023?", "africa_rank_outsourcing"),
        ("africa_rank_outsourcing", "والتعهيد سنة 2023؟", "africa_rank_outsourcing"),
        ("outsourcing_turnover", "et l'offshoring en 2023 ?", "outsourcing_turnover"),
        ("offshoring_jobs", "et les centres d'appels en 2023 ?", "call_centre_jobs"),
    ],
)
def test_the_same_subject_said_again_keeps_the_metric_and_another_has_its_own(
    corpus: Corpus, frame_reader: FrameReader, asked: str, said: str, metric: str
) -> None:
    cues = load_cues()
    fragments = FragmentReader(frame_reader, cues)
    subjects = OtherSubjects(corpus, FigureBook(corpus), frame_reader, fragments, cues)
    base = PastTurn(AnswerKind.ANSWER, asked, Language.FR, slots=Slots(metrics=(asked,)))
    first = next(subjects.ways(fragments.read(said, TODAY), frame_reader.read_one(said, None, TODAY), base, TODAY))
    assert (first.metrics, first.periods) == ((metric,), (year_span(2023),))
