"""Reads a question behind a turn that was nothing but a name: "Concentrix?", then "how many employees?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from bot.answering.completing import Completer
from bot.answering.fragments import FEW_WORDS, Fragment, FragmentReader
from bot.answering.frame import Frame
from bot.answering.frame_reading import FrameReader
from bot.answering.model import AnswerKind, Conversation, PastTurn

_END = " ?؟.!"


@dataclass(frozen=True, slots=True)
class OfName:
    """What a message means of a name given just before.

    Attributes:
        ways: The readings; () where it says itself what it is about, or no name was given.
        stands: Whether it means something by itself: the name may have been a mere slip, and the message has a metric.
    """

    ways: tuple[Frame, ...] = ()
    stands: bool = False


class BareNames:
    """Tells whether a message is about a name given just before, and completes it with that name."""

    def __init__(self, fragments: FragmentReader, frames: FrameReader, completer: Completer) -> None:
        self._fragments = fragments
        self._frames = frames
        self._completer = completer

    def ways(self, fragment: Fragment, frame: Frame, conversation: Conversation, today: date) -> OfName:
        """What a message means of a name given just before.

        Args:
            fragment: The message.
            frame: The same, read as it stands.
            conversation: What it may follow.
            today: The date.
        """
        asks = fragment.asks or fragment.mentions.metrics
        if not asks or fragment.anchored or len(fragment.rest) > FEW_WORDS:
            return OfName()
        turn = next(filter(_names_something, reversed(conversation.turns)), None)
        if turn is None or not turn.asked:
            return OfName()
        name = self._fragments.read(turn.asked, today)
        if name.mentions.entities and name.names_only and not (name.subjects or name.mentions.periods):
            return OfName(tuple(self._of_known(turn, name, fragment, frame, today)))
        if name.names_unknown and not name.anchored and len(name.rest) <= FEW_WORDS:
            own = bool(fragment.mentions.metrics) and not fragment.points_back
            # "Accenture?", then "how many employees?": only what says more, or comes later, may be about no name.
            loose = bool(fragment.mentions.periods) or turn is not conversation.last
            return OfName((self._of_unknown(name, fragment, frame, today),), stands=own and loose)
        return OfName()

    def _of_known(
        self, turn: PastTurn, name: Fragment, fragment: Fragment, frame: Frame, today: date
    ) -> Iterator[Frame]:
        named = {mention.id for mention in name.mentions.entities}
        for way in self._completer.ways(fragment, frame, turn, today):
            if named.issubset(way.entities):
                yield way

    def _of_unknown(self, name: Fragment, fragment: Fragment, frame: Frame, today: date) -> Frame:
        text = f"{fragment.text.rstrip(_END)} {name.text.rstrip(_END)}"
        return replace(self._frames.read_one(text, frame.language, today), required=name.rest, completed=True)


def _names_something(turn: PastTurn) -> bool:
    """Whether a turn is no courtesy, and no refusal of what was itself about an earlier name."""
    return turn.kind is not AnswerKind.SMALLTALK and not (turn.kind is AnswerKind.ABSTENTION and turn.completed)
