"""Says in one line how a message was understood that an earlier turn completed."""

from __future__ import annotations

from bot.answering.model import Finding
from bot.answering.reply import Block, note
from bot.answering.wording import period
from bot.localisation import Localiser, localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.places import place_name


class UnderstoodWording:
    """Words it with the names that the knowledge has."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus

    def note(self, finding: Finding, language: Language) -> Block:
        """What was understood: metrics, entities, places and times; or the completed question, where it names none."""
        locale = localiser(language)
        frame = finding.frame
        metrics = dict.fromkeys(figures.metric for figures in finding.figures) or frame.metrics
        if frame.required or not metrics:
            return note(locale.text("understood", question=frame.text))
        names = [self._corpus.metrics[each].names.in_language(language) for each in metrics]
        names += [self._corpus.entities[each].names.in_language(language) for each in frame.entities]
        known = set(frame.entities)
        places = sorted({*frame.countries, *frame.cities} - known)
        names += [name for place in places if (name := place_name(place, language)) not in names]
        names += self._times(finding, locale)
        return note(locale.text("understood", question=locale.text("understood-separator").join(names)))

    @staticmethod
    def _times(finding: Finding, locale: Localiser) -> list[str]:
        times = locale.text("list-separator").join(period(span, locale) for span in finding.frame.times)
        if not finding.frame.targets:
            return [times] if times else []
        return [locale.text("understood-target", period=times).strip()]
