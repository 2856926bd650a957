"""Tells a follow-up from a question that stands alone, and says what it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.answering.bare_names import BareNames
from bot.answering.completing import Completer
from bot.answering.fragments import FEW_WORDS, Fragment, FragmentReader
from bot.answering.frame import Frame
from bot.answering.model import AnswerKind, Conversation, PastTurn

SHORT = 4
"""Content words, beyond known names, that a question has at most which points back and could stand alone."""


class Leaning(StrEnum):
    """Which of the two readings of a message is tried, and which wins where both are supported.

    Attributes:
        COMPLETED: A fragment: it means nothing by itself, unless nothing else does.
        RATHER_COMPLETED: It could stand alone, but points back.
        RATHER_STANDALONE: It stands alone, unless the completed reading is clearly better supported.
    """

    COMPLETED = "completed"
    RATHER_COMPLETED = "rather_completed"
    RATHER_STANDALONE = "rather_standalone"


@dataclass(frozen=True, slots=True)
class FollowUp:
    """A message that may follow an earlier turn.

    Attributes:
        ways: What it may mean then, likeliest first; at least one.
        stands: Whether it means something by itself.
    """

    leaning: Leaning
    ways: tuple[Frame, ...]
    stands: bool


class FollowUpReader:
    """Reads messages against a conversation."""

    def __init__(self, fragments: FragmentReader, completer: Completer, names: BareNames) -> None:
        self._fragments = fragments
        self._names = names
        self._completer = completer

    def read(self, text: str, frame: Frame, conversation: Conversation, today: date) -> FollowUp | None:
        """What a message may mean as a follow-up; None for one that stands alone.

        Args:
            text: The message.
            frame: The same, read as it stands.
            conversation: What it may follow.
            today: The date.
        """
        fragment = self._fragments.read(text, today)
        leaning = _leaning(fragment)
        # "15% off 2,400 dirhams" brings numbers of its own, and is no fragment.
        if leaning is None or (frame.values and not fragment.points_back):
            return None
        of_name = self._names.ways(fragment, frame, conversation, today)
        if of_name.ways:
            return FollowUp(Leaning.COMPLETED, of_name.ways, of_name.stands)
        found: list[Frame] = []
        bases = _bases(conversation, fragment)
        for base in bases:
            bare_name = bool(fragment.mentions.entities) and not fragment.points_back
            if bare_name and not self._completer.exchangeable(fragment, base, today):
                continue
            for way in self._completer.ways(fragment, frame, base, today):
                if all(_key(way) != _key(each) for each in found) and not _adds_nothing(way, fragment, frame):
                    found.append(way)
        unknown = fragment.continues and fragment.names_unknown
        said = fragment.mentions.metrics or fragment.mentions.entities or fragment.subjects or fragment.rest
        # "And start-ups?" behind a number of jobs asks for jobs, and not for anything that is said of start-ups.
        same_of_another = fragment.continues and fragment.is_subject and any(base.slots.metrics for base in bases)
        stands = bool(said) and not (unknown or same_of_another)
        return FollowUp(leaning, tuple(found), stands) if found else None


def _key(way: Frame) -> tuple[object, ...]:
    return (way.text, way.times, way.required, way.intent)


def _adds_nothing(way: Frame, fragment: Fragment, frame: Frame) -> bool:
    """Whether a completed reading is no other than the message as it stands."""
    return (way.text, way.times, way.metrics) == (fragment.text.rstrip(" ?؟.!"), frame.times, frame.metrics)


def _leaning(fragment: Fragment) -> Leaning | None:
    """How a message leans; None where it stands alone whatever was said before."""
    if not fragment.text:
        return None
    return _leaning_of_pointing(fragment) if fragment.points_back else _leaning_of_plain(fragment)


def _leaning_of_pointing(fragment: Fragment) -> Leaning | None:
    """Of a message that starts with a connective or holds a pronoun."""
    if fragment.names_only or not (fragment.rest or fragment.anchored):
        return Leaning.COMPLETED
    if len(fragment.rest) > SHORT:
        return Leaning.RATHER_STANDALONE if fragment.refers and not fragment.anchored else None
    return Leaning.RATHER_STANDALONE if fragment.anchored and fragment.asks else Leaning.RATHER_COMPLETED


def _leaning_of_plain(fragment: Fragment) -> Leaning | None:
    """Of any other message: what matters is whether it says what it is about."""
    if fragment.anchored:
        return Leaning.COMPLETED if fragment.names_only and not fragment.subjects else None
    if fragment.rest:
        return Leaning.RATHER_STANDALONE if len(fragment.rest) <= FEW_WORDS else None
    if not fragment.mentions.metrics:
        return Leaning.COMPLETED
    return Leaning.RATHER_STANDALONE if fragment.mentions.periods else Leaning.RATHER_COMPLETED


def _bases(conversation: Conversation, fragment: Fragment) -> tuple[PastTurn, ...]:
    """The turns that a fragment may follow: the last answered one; before it, a refused one that it corrects."""
    last, answered = conversation.last, conversation.answered
    bases = [answered] if answered else []
    if last and last.kind is AnswerKind.ABSTENTION and not last.completed and fragment.names_only:
        has_topic = bool(last.slots.metrics or last.slots.entities)
        corrects = bool(fragment.mentions.periods and last.slots.periods) or bool(fragment.mentions.places)
        if has_topic and corrects:
            bases.insert(0, last)
    return tuple(bases)
