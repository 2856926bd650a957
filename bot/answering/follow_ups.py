"""Tells a follow-up from a question that stands alone, and says what it may mean."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.answering.completing import Completer
from bot.answering.fragments import Fragment, FragmentReader
from bot.answering.frame import Frame
from bot.answering.model import AnswerKind, Conversation, PastTurn

SHORT = 4
"""Content words, beyond known names, that a question has at most which points back and could stand alone."""
VERY_SHORT = 2
"""The same of a question that names no topic and does not point back."""


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

    def __init__(self, fragments: FragmentReader, completer: Completer) -> None:
        self._fragments = fragments
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
        if leaning is None:
            return None
        found: list[Frame] = []
        for base in _bases(conversation, fragment):
            if not (fragment.continues or fragment.refers) and fragment.mentions.entities:
                if not self._completer.exchangeable(fragment, base, today):
                    continue
            for way in self._completer.ways(fragment, frame, base, today):
                if all(_key(way) != _key(each) for each in found) and not _adds_nothing(way, fragment, frame):
                    found.append(way)
        unknown = fragment.continues and fragment.names_unknown
        stands = not unknown and bool(fragment.mentions.metrics or fragment.mentions.entities or fragment.rest)
        return FollowUp(leaning, tuple(found), stands) if found else None


def _key(way: Frame) -> tuple[object, ...]:
    return (way.text, way.periods, way.required, way.intent)


def _adds_nothing(way: Frame, fragment: Fragment, frame: Frame) -> bool:
    """Whether a completed reading is no other than the message as it stands."""
    return (way.text, way.periods, way.metrics) == (fragment.text.rstrip(" ?؟.!"), frame.periods, frame.metrics)


def _leaning(fragment: Fragment) -> Leaning | None:
    """How a message leans; None where it stands alone whatever was said before."""
    mentions = fragment.mentions
    if not fragment.text:
        return None
    if fragment.continues or fragment.refers:
        if fragment.names_only or (not fragment.rest and not fragment.anchored):
            return Leaning.COMPLETED
        if len(fragment.rest) > SHORT:
            return Leaning.RATHER_STANDALONE if fragment.refers and not fragment.anchored else None
        if fragment.anchored and fragment.asks:
            return Leaning.RATHER_STANDALONE
        return Leaning.RATHER_COMPLETED
    if fragment.anchored:
        if not fragment.names_only or fragment.subjects:
            return None
        return Leaning.COMPLETED
    if not fragment.rest:
        if not mentions.metrics:
            return Leaning.COMPLETED
        return Leaning.RATHER_STANDALONE if mentions.periods else Leaning.RATHER_COMPLETED
    return Leaning.RATHER_STANDALONE if len(fragment.rest) <= VERY_SHORT else None


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
