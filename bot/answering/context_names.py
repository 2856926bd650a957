"""The names of what an earlier turn was about, for a question that leaves them unsaid."""

from __future__ import annotations

from datetime import date

from bot.answering.cues import Cues
from bot.answering.fragments import FragmentReader
from bot.answering.frame_reading import SUBJECT, FrameReader, Mentions
from bot.answering.model import PastTurn
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.names import Mention
from knowledge.places import place_name


class ContextNames:
    """Writes them in a language."""

    def __init__(self, corpus: Corpus, frames: FrameReader, fragments: FragmentReader, cues: Cues) -> None:
        self._corpus = corpus
        self._frames = frames
        self._fragments = fragments
        self._cues = cues

    def names(
        self,
        base: PastTurn,
        language: Language | None,
        *,
        metrics: bool,
        entities: bool = True,
        without: frozenset[str] = frozenset(),
    ) -> str:
        """The names of what a turn was about, in a language."""
        language = language or Language.EN
        slots = base.slots
        found = [self._corpus.metrics[each].names.in_language(language) for each in slots.metrics] if metrics else []
        if entities:
            kept = [each for each in slots.entities if each not in without]
            found += [self._corpus.entities[each].names.in_language(language) for each in kept]
            found += [
                place_name(mention.id, language)
                for mention in _outside(self._frames.mentions(base.asked, date.min))
                if mention.id not in {SUBJECT, *slots.entities, *without}
            ]
        return " ".join(dict.fromkeys(found))

    def subjects(self, base: PastTurn, language: Language | None, names: str) -> str:
        """The subjects of a turn that no name of it tells."""
        metrics = [self._corpus.metrics[each].names.in_language(Language.EN) for each in base.slots.metrics]
        subjects = self._fragments.subjects(base.asked) or self._fragments.subjects(" ".join(metrics))
        told = self._fragments.subjects(names)
        return " ".join(
            self._cues.subject_names[subject][language or Language.EN] for subject in subjects if subject not in told
        )


def _outside(old: Mentions) -> list[Mention]:
    """The places that a text names outside a metric's name: "the French share" is about no place."""
    return [p for p in old.places if not any(m.start <= p.start < m.end for m in old.metrics)]
