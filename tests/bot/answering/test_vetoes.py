"""Why a passage of the shipped knowledge cannot answer a question."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.cues import load_cues
from bot.answering.frame_reading import FrameReader
from bot.answering.model import AbstentionReason
from bot.answering.passage_facts import read_passage_facts
from bot.answering.vetoes import veto
from knowledge.corpus import Corpus

TODAY = date(2026, 11, 21)
AT_THE_END_OF_2018 = "obg-2020-offshoring-here-to-help#p3"
"""It calls its source the 2020 report."""


@pytest.mark.parametrize(
    ("year", "reason"),
    [("2020", AbstentionReason.OTHER_PERIOD), ("2018", None), ("1997", AbstentionReason.OTHER_PERIOD)],
)
def test_a_year_that_a_passage_names_is_not_that_of_its_figure(
    corpus: Corpus, frame_reader: FrameReader, year: str, reason: AbstentionReason | None
) -> None:
    (frame,) = frame_reader.read(f"offshoring jobs in {year}", None, TODAY)
    assert veto(frame, read_passage_facts(corpus, load_cues())[AT_THE_END_OF_2018]) is reason
