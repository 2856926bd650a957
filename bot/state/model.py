"""What is remembered, and of what."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.answering.model import Conversation
from knowledge.language import Language


@dataclass(frozen=True, slots=True)
class ContextKey:
    """Whose conversation: one person's in one chat or topic.

    Attributes:
        thread_id: The topic, 0 outside topics.
    """

    chat_id: int
    thread_id: int
    user_id: int


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


@dataclass(frozen=True, slots=True)
class Memory:
    """What is kept of one context.

    Attributes:
        preferred: The language chosen with /lang; None follows the questions.
        album: The media group answered last; Telegram delivers an album as several messages.
    """

    conversation: Conversation = field(default_factory=Conversation)
    preferred: Language | None = None
    album: str | None = None


@dataclass(frozen=True, slots=True)
class Recalled:
    """The memory of a context, and what is known of one message in it.

    Attributes:
        turn: The message's, if it was answered before.
        newest: Whether no later message of the context was answered.
    """

    memory: Memory
    turn: Turn | None = None
    newest: bool = True


@dataclass(frozen=True, slots=True)
class Arrival:
    """An update as it came.

    Attributes:
        user_id: Who sent it, so that it can be forgotten.
        content: As JSON.
    """

    update_id: int
    user_id: int | None
    content: str


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that got an abstention.

    Attributes:
        reason: The abstention's.
    """

    question: str
    language: Language
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What a reader says is wrong with an answer.

    Attributes:
        text: In the reader's words.
        question: What the answer was an answer to.
        passages: Ids of the passages that it cited, such as ``article#p3``.
    """

    text: str
    question: str
    language: Language
    passages: tuple[str, ...] = ()
