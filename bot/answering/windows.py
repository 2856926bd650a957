"""Finds evidence for a time that is open on one side.

"Since 2020" asks for a part of what is known over all times, and is asked of the passages as such: with the time, they
would be weighed by what was aimed at for 2020.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.answering.evidence import EvidenceFinder
from bot.answering.figure_choice import FigureChooser
from bot.answering.frame import Frame
from bot.answering.model import Evidence, Finding
from knowledge.corpus import Corpus


@dataclass(frozen=True, slots=True)
class WindowedFinder:
    """Finds evidence for any question."""

    corpus: Corpus
    evidence: EvidenceFinder
    figures: FigureChooser

    def find(self, frame: Frame) -> Finding:
        """Choose evidence for one question, or say why there is none.

        Raises:
            TextRefusedError: The question is blank or too long.
        """
        if frame.window is None:
            return self.evidence.find(frame)
        whole = self.evidence.find(replace(frame, window=None))
        metrics = {each.metric for each in whole.figures}
        within = tuple(each for each in self.figures.choose(frame) if each.metric in metrics)
        if not within:
            found = self.evidence.find(replace(frame, periods=(frame.window,), window=None))
            return replace(found, frame=frame)
        shown = dict.fromkeys(dated.passage_id for figures in within for dated in figures.shown)
        evidence = tuple(Evidence(each, *self.corpus.passages[each], whole.confidence) for each in shown)
        further = tuple(each for each in whole.further if each not in shown)
        return replace(whole, frame=frame, figures=within, evidence=evidence, further=further)
