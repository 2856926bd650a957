"""The chats as Telegram keeps them: who wrote what, and what became of it."""

import itertools
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from telegram_api.html import ParsedText
from telegram_api.images import size_of
from telegram_api.rules import JsonObject

ChatKind: TypeAlias = Literal["private", "group", "supergroup"]

BOT: JsonObject = {
    "id": 123456789,
    "is_bot": True,
    "first_name": "Dalil (test)",
    "username": "DalilTestBot",
}


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message of the bot as its reader sees it at one moment.

    Attributes:
        chat_id: where it stands.
        message_id: its number, unique within the server.
        text: plain text or caption, as Telegram shows it.
        html: the text or caption as the bot wrote it, in the last version.
        content: the plain text with its entities.
        reply_markup: the keyboard, or None.
        photo: the image, also where the bot sent its `file_id` alone; None for a message of text.
        edited: whether text or keyboard were ever changed.
        history: the plain texts before each edit, oldest first.
        reply_to: the message that it replies to, or None.
        thread: the topic that it stands in, or None.
    """

    chat_id: int
    message_id: int
    text: str
    html: str
    content: ParsedText
    reply_markup: JsonObject | None
    photo: bytes | None
    edited: bool
    history: tuple[str, ...]
    reply_to: int | None
    thread: int | None

    @property
    def buttons(self) -> tuple[JsonObject, ...]:
        """The inline buttons, row after row."""
        rows = (self.reply_markup or {}).get("inline_keyboard", [])
        return tuple(itertools.chain.from_iterable(rows))

    @property
    def photo_size(self) -> tuple[int, int]:
        """The photo's width and height in pixels."""
        assert self.photo is not None
        return size_of(self.photo)

    def callback_data(self, label: str) -> str:
        """What the button with this label sends.

        Raises:
            LookupError: no such button; the message names those there are.
        """
        for button in self.buttons:
            if button["text"] == label and "callback_data" in button:
                return str(button["callback_data"])
        raise LookupError(f"no button {label!r} among {[button['text'] for button in self.buttons]}")


@dataclass(slots=True)
class StoredMessage:
    """A message of the bot, which edits change."""

    message_id: int
    date: int
    html: str
    content: ParsedText
    reply_markup: JsonObject | None
    photo: bytes | None = None
    reply_to: int | None = None
    thread: int | None = None
    edit_date: int | None = None
    history: list[str] = field(default_factory=list)
    # All callback data that the message ever offered: an old keyboard may still be on someone's screen.
    offered: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.offer()

    def offer(self) -> None:
        """Remember the callback data of the present keyboard."""
        for row in (self.reply_markup or {}).get("inline_keyboard", []):
            self.offered.update(button["callback_data"] for button in row if "callback_data" in button)


@dataclass(slots=True)
class Chat:
    """One chat: the bot's messages, and the other side's as the Bot API writes them."""

    chat_id: int
    kind: ChatKind = "private"
    sent: dict[int, StoredMessage] = field(default_factory=dict)
    received: dict[int, JsonObject] = field(default_factory=dict)
    deleted: dict[int, StoredMessage] = field(default_factory=dict)

    @property
    def topics(self) -> set[int]:
        """The topics in which something was said."""
        return {message["message_thread_id"] for message in self.received.values() if message.get("is_topic_message")}

    def to_json(self) -> JsonObject:
        """The chat as the Bot API writes it."""
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.chat_id, "type": self.kind, name: f"Chat {self.chat_id}"}

    def message_json(self, message: StoredMessage) -> JsonObject:
        """A message of the bot as the Bot API writes it."""
        content = message.content
        written: dict[str, Any] = {
            "message_id": message.message_id,
            "from": BOT,
            "chat": self.to_json(),
            "date": message.date,
        }
        if message.thread is not None:
            written |= {"message_thread_id": message.thread, "is_topic_message": True}
        if message.edit_date is not None:
            written["edit_date"] = message.edit_date
        text, entities = ("text", "entities") if message.photo is None else ("caption", "caption_entities")
        if content.text:
            written[text] = content.text
        if content.entities:
            written[entities] = [entity.to_json() for entity in content.entities]
        if message.photo is not None:
            written["photo"] = [photo_json(f"sent-{message.message_id}", message.photo)]
        if message.reply_markup is not None and "inline_keyboard" in message.reply_markup:
            written["reply_markup"] = message.reply_markup
        if message.reply_to is not None:
            if (answered := self.received.get(message.reply_to)) is not None:
                written["reply_to_message"] = answered
            elif (own := self.sent.get(message.reply_to)) is not None:
                written["reply_to_message"] = self.message_json(own)
        return written

    def seen(self, message: StoredMessage) -> SentMessage:
        """The present state of a message of the bot."""
        return SentMessage(
            chat_id=self.chat_id,
            message_id=message.message_id,
            text=message.content.text,
            html=message.html,
            content=message.content,
            reply_markup=message.reply_markup,
            photo=message.photo,
            edited=message.edit_date is not None,
            history=tuple(message.history),
            reply_to=message.reply_to,
            thread=message.thread,
        )


def photo_json(file_id: str, image: bytes) -> JsonObject:
    """A PhotoSize."""
    width, height = size_of(image)
    return {
        "file_id": file_id,
        "file_unique_id": f"u-{file_id}",
        "width": width,
        "height": height,
        "file_size": len(image),
    }
