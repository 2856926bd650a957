"""What the bot remembers of a chat, in memory: no text of anybody's."""

from __future__ import annotations

import dataclasses
from collections import OrderedDict
from dataclasses import dataclass, field

from bot.answering.model import Conversation
from bot.session import Session
from knowledge.language import Language, parse_language

# Editing older questions gets a new reply instead of a corrected one.
REMEMBERED_TURNS = 50


@dataclass(frozen=True, slots=True)
class Sent:
    """A message of the bot.

    Attributes:
        fingerprint: Tells whether another version would change anything; the text itself is not kept.
    """

    message_id: int
    fingerprint: bytes


@dataclass(frozen=True, slots=True)
class Turn:
    """A user's message and the bot's reply to it.

    Attributes:
        before: The conversation as it stood when the message came, for answering it again once edited.
        sent: The reply's messages, in order.
        picture: The photo sent after them, if any.
    """

    before: Conversation
    sent: tuple[Sent, ...]
    picture: Sent | None = None


@dataclass(slots=True)
class ChatState:
    """What is kept of one chat.

    Attributes:
        session: Its language and conversation.
        turns: By the user's message id, the newest last.
        album: The media group answered last; Telegram delivers an album as several messages.
    """

    session: Session = field(default_factory=Session)
    turns: OrderedDict[int, Turn] = field(default_factory=OrderedDict)
    album: str | None = None

    def remember(self, message_id: int, turn: Turn) -> None:
        """Keep a turn, in its old place if the message was known, and forget the oldest where there are too many."""
        self.turns[message_id] = turn
        while len(self.turns) > REMEMBERED_TURNS:
            self.turns.popitem(last=False)

    def is_newest(self, message_id: int) -> bool:
        """Whether no later message of the chat was answered."""
        return not self.turns or next(reversed(self.turns)) == message_id

    def sent(self, message_id: int) -> Sent | None:
        """A message of the bot's, if it is remembered."""
        found = (sent for turn in self.turns.values() for sent in turn.sent if sent.message_id == message_id)
        return next(found, None)

    def replace_sent(self, changed: Sent) -> None:
        """Remember that a message of the bot's was edited."""
        for message_id, turn in self.turns.items():
            if any(sent.message_id == changed.message_id for sent in turn.sent):
                sent = tuple(changed if each.message_id == changed.message_id else each for each in turn.sent)
                self.turns[message_id] = dataclasses.replace(turn, sent=sent)
                return


def notice_language(session: Session, user_language: str | None) -> Language:
    """The language of a word from the bot that answers no question."""
    return session.preferred or session.conversation.language or parse_language(user_language) or Language.EN
