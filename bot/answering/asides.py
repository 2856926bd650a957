"""Recognises messages about the reply just given: its source, its speaker, its date, a shorter or translated one."""

from __future__ import annotations

import re
from enum import StrEnum

from bot.answering.answer_pages import AnswerPage
from bot.answering.cues import CueIndex, Cues
from bot.answering.figure_pages import FigurePage
from bot.answering.model import Conversation, PastTurn
from bot.answering.readings import ASK
from knowledge.language import Language, parse_language
from knowledge.text import western_digits, words

_NUMBER = re.compile(r"\s*([1-9][0-9]?)\s*[.)!]?\s*")

COMMAND_WORDS = 2
"""A longer message, such as "who said that?", shows which language its writer wants."""

_OFFERS = (FigurePage.EVOLUTION, FigurePage.CHART, FigurePage.FIGURE, FigurePage.FIGURES, "topic", ASK)
"""The actions that "yes" takes: what was offered to go on with, not where an answer comes from."""


class Aside(StrEnum):
    """What a message wants of the last reply."""

    SOURCES = "sources"
    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    SURE = "sure"
    OTHERS = "others"
    MORE = "more"
    SHORTER = "shorter"
    CHART = "chart"
    EVOLUTION = "evolution"
    YES = "yes"
    NO = "no"
    FR = "fr"
    EN = "en"
    AR = "ar"

    @property
    def language(self) -> Language | None:
        """The language that it wants the reply in."""
        return parse_language(self.value) if self in {Aside.FR, Aside.EN, Aside.AR} else None


_PAGES = {Aside.SOURCES: AnswerPage.QUOTES, Aside.MORE: AnswerPage.MORE}
_FIGURE_PAGES = {Aside.CHART: FigurePage.CHART, Aside.EVOLUTION: FigurePage.EVOLUTION}


class AsideReader:
    """Reads them; anything that says more is a question."""

    def __init__(self, cues: Cues) -> None:
        self._cues = cues

    def read(self, text: str) -> Aside | None:
        """What a message wants of the last reply; None where it wants something else."""
        found = self._only(self._cues.about_answer, text)
        return Aside(found) if found else None

    def is_command(self, text: str) -> bool:
        """Whether a message is no more than a word of command: "more", typed in whatever language it is known in."""
        aside = self.read(text)
        return aside is not None and aside.language is None and len(words(text)) <= COMMAND_WORDS

    def action(self, text: str, conversation: Conversation) -> str | None:
        """The action that a message takes up: by its number, by "yes", or by its name; None for any other message."""
        last = conversation.last
        if last is None:
            return None
        number = self._number(text)
        if number is not None:
            return last.actions[number - 1] if number <= len(last.actions) else None
        aside = self.read(text)
        if aside is Aside.YES:
            offers = [each for each in last.actions if _name(each) in _OFFERS]
            return offers[0] if len(offers) == 1 else None  # of several, "yes" chooses none
        if aside in _PAGES:
            return next((each for each in last.actions if _name(each) == _PAGES[aside]), None)
        if aside in _FIGURE_PAGES and (answered := conversation.answered):
            return _of_figures(_FIGURE_PAGES[aside], answered)
        return None

    def _number(self, text: str) -> int | None:
        match = _NUMBER.fullmatch(western_digits(text))
        if match:
            return int(match[1])
        ordinal = self._only(self._cues.ordinal, text)
        return int(ordinal) if ordinal else None

    def _only(self, family: CueIndex, text: str) -> str | None:
        """The one cue of a family that a text consists of, with nothing but courtesies around it."""
        found = family.find(text)
        inside = [*found, *self._cues.filler.find(text), *self._cues.connective.find(text)]
        covered = all(any(m.start <= word.start < m.end for m in inside) for word in words(text))
        return found[-1].id if found and covered else None


def _of_figures(page: FigurePage, turn: PastTurn) -> str | None:
    """The page of the figure that an answer led with."""
    if not turn.figures:
        return None
    first = turn.figures[0]
    return f"{page}:{first.metric}:{first.entity}" if first.entity else f"{page}:{first.metric}"


def _name(action: str) -> str:
    return action.partition(":")[0]
