"""Chooses between the readings of a message: as it stands, or completed from the conversation."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.answering.follow_ups import FollowUp, FollowUpReader, Leaning
from bot.answering.frame import Frame
from bot.answering.model import Conversation, Finding
from bot.answering.roles import RoleFinder

MARGIN = 0.15
"""How much surer the completed reading must be where the message stands by itself; and how much less sure it may be
where it points back. The golden dialogues choose it."""


class Understander:
    """Finds evidence for the readings, and takes the better supported one."""

    def __init__(self, follow_ups: FollowUpReader, evidence: RoleFinder) -> None:
        self._follow_ups = follow_ups
        self._evidence = evidence

    def find(self, text: str, frames: Sequence[Frame], conversation: Conversation, today: date) -> tuple[Finding, ...]:
        """What was found for a message, one finding for each of its questions; completed ones say so in their Frame.

        Args:
            text: The message.
            frames: Its questions as they stand; at least one.
            conversation: What it may follow.
            today: The date.

        Raises:
            TextRefusedError: The question is blank or too long.
        """
        followed = self._follow_ups.read(text, frames[0], conversation, today) if len(frames) == 1 else None
        if followed is None:
            return tuple(self._evidence.find(frame) for frame in frames)
        return (self._better(frames[0], followed),)

    def _better(self, frame: Frame, followed: FollowUp) -> Finding:
        completed = self._first_answered(followed.ways)
        if not followed.stands or (followed.leaning is Leaning.COMPLETED and completed.evidence):
            return completed
        standalone = self._evidence.find(frame)
        if not (completed.evidence and standalone.evidence):
            return completed if completed.evidence else standalone
        margin = MARGIN if followed.leaning is Leaning.RATHER_STANDALONE else -MARGIN
        return completed if completed.confidence > standalone.confidence + margin else standalone

    def _first_answered(self, ways: Sequence[Frame]) -> Finding:
        """The likeliest way that is answered; where none is, the likeliest. There is one way at least."""
        likeliest = self._evidence.find(ways[0])
        if likeliest.evidence:
            return likeliest
        others = (self._evidence.find(way) for way in ways[1:])
        return next((finding for finding in others if finding.evidence), likeliest)
