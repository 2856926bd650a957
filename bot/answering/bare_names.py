"""Reads a question behind a turn that was nothing but a name: "Concentrix?", then "how many employees?"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.answering.completing import Completer
from bot.answering.fragments import FEW_WORDS, Fragment, FragmentReader
from bot.answering.frame import Frame
from bot.answering.frame_reading import FrameReader
from bot.answering.model import AnswerKind, Conversation, PastTurn


class BareNames:
    """Tells whether a message is about a name given just before, and completes it with that name."""

    def __init__(self, fragments: FragmentReader, frames: FrameReader, completer: Completer) -> None:
        self._fragments = fragments
        self._frames = frames
        self._completer = completer

    def ways(self, fragment: Fragment, frame: Frame, conversation: Conversation, today: date) -> tuple[Frame, ...]:
        """What a message means of a name given just before; () where it says itself what it is about, or none was.

        Args:
            fragment: The message.
            frame: The same, read as it stands.
            conversation: What it may follow.
            today: The date.
        """
        asks = fragment.asks or fragment.mentions.metrics
        if not asks or fragment.anchored or len(fragment.rest) > FEW_WORDS:
            return ()
        turn = next(filter(_names_something, reversed(conversation.turns)), None)
        if turn is None or not turn.asked:
            return ()
        return tuple(self._about(turn, fragment, frame, today))

    def _about(self, turn: PastTurn, fragment: Fragment, frame: Frame, today: date) -> Iterator[Frame]:
        name = self._fragments.read(turn.asked, today)
        if name.mentions.entities and name.names_only and not (name.subjects or name.mentions.periods):
            named = {mention.id for mention in name.mentions.entities}
            for way in self._completer.ways(fragment, frame, turn, today):
                if named.issubset(way.entities):
                    yield way
        elif name.names_unknown and not name.anchored and len(name.rest) <= FEW_WORDS:
            read = self._frames.read_one(
                f"{fragment.text.rstrip(' ?؟.!')} {name.text.rstrip(' ?؟.!')}", frame.language, today
            )
            yield replace(read, required=name.rest, completed=True)


def _names_something(turn: PastTurn) -> bool:
    """Whether a turn is no courtesy, and no refusal of what was itself about an earlier name."""
    return turn.kind is not AnswerKind.SMALLTALK and not (turn.kind is AnswerKind.ABSTENTION and turn.completed)
