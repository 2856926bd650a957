"""The referee of Telegram text: TDLib itself, offline, from the PyPI package `tdjson`.

A hand-written parser would agree with the renderer it tests; TDLib is the code that Telegram runs.
"""

import html
import json
import re
from dataclasses import dataclass
from functools import cache
from typing import Any

import tdjson

# TDLib's name for an entity is CamelCase, the Bot API's is snake_case; these differ in more than that.
_BOT_API_NAMES = {
    "BlockQuote": "blockquote",
    "ExpandableBlockQuote": "expandable_blockquote",
    "EmailAddress": "email",
    "MentionName": "text_mention",
    "PreCode": "pre",
    "TextUrl": "text_link",
}
# TDLib knows these, the Bot API has no word for them.
_NOT_IN_BOT_API = {"BankCardNumber", "MediaTimestamp"}

# What TDLib's `clean_input_string` turns into a space, and what it deletes without a word. The bidirectional
# embeddings U+202A to U+202E are among the deleted; the isolates U+2066 to U+2069 and the marks U+200E and
# U+200F stay. `test_fake_server.py` compares this with TDLib.
_BECOMES_SPACE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x20]")
_IS_DELETED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
# Of several direction marks in a row only the last survives; the others become zero-width non-joiners.
_LOSES_DIRECTION = re.compile("[\u200e\u200f](?=[\u200e\u200f])")


class HtmlRefused(Exception):  # noqa: N818 - named after what TDLib does
    """TDLib cannot parse the markup; the message is TDLib's."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A formatted or recognised stretch of text.

    Attributes:
        type: the Bot API's name, such as `bold` or `text_link`.
        offset: where it starts, in UTF-16 units.
        length: how long it is, in UTF-16 units.
        url: the address of a `text_link`, as TDLib normalises it.
        language: the programming language of a `pre`.
        user_id: the user of a `text_mention`.
        custom_emoji_id: the emoji of a `custom_emoji`.
    """

    type: str
    offset: int
    length: int
    url: str | None = None
    language: str | None = None
    user_id: int | None = None
    custom_emoji_id: str | None = None

    @property
    def end(self) -> int:
        """The first UTF-16 unit after the entity."""
        return self.offset + self.length

    def to_json(self) -> dict[str, Any]:
        """A MessageEntity as the Bot API writes it."""
        entity: dict[str, Any] = {"type": self.type, "offset": self.offset, "length": self.length}
        if self.user_id is not None:
            entity["user"] = {"id": self.user_id, "is_bot": False, "first_name": "Mentioned"}
        for name in ("url", "language", "custom_emoji_id"):
            if (value := getattr(self, name)) is not None:
                entity[name] = value
        return entity


@dataclass(frozen=True, slots=True)
class ParsedText:
    """Plain text and its entities, in order of their offsets."""

    text: str
    entities: tuple[Entity, ...] = ()

    @property
    def length(self) -> int:
        """Length in UTF-16 units, which Telegram's limits and offsets count."""
        return utf16_length(self.text)

    def covered_by(self, entity: Entity) -> str:
        """The stretch of text that an entity covers."""
        units = self.text.encode("utf-16-le")
        return units[2 * entity.offset : 2 * entity.end].decode("utf-16-le")


def utf16_length(text: str) -> int:
    """Length in UTF-16 units: a character beyond the basic plane counts as two."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def parse_html(text: str) -> ParsedText:
    """Parse Telegram HTML as Telegram does.

    Nothing is cleaned, trimmed or recognised here; `as_stored` does that.

    Raises:
        HtmlRefused: on an unknown or unbalanced tag, a bare `<`, or text that is no valid Unicode.
    """
    answer = _execute("parseTextEntities", text=text, parse_mode={"@type": "textParseModeHTML"})
    return ParsedText(answer["text"], _entities(answer["entities"]))


def as_stored(parsed: ParsedText) -> ParsedText:
    """The text as Telegram keeps and shows it.

    Control characters are replaced or deleted, both ends are trimmed, and addresses, mentions, hashtags
    and bot commands become entities where no other entity stands.
    """
    kept: list[str] = []
    # For each UTF-16 unit of the old text, where it stands in the new one.
    moved = [0]
    position = 0
    for character in parsed.text:
        units = utf16_length(character)
        if _IS_DELETED.match(character):
            moved.append(position)
            continue
        kept.append(" " if _BECOMES_SPACE.match(character) else character)
        moved.extend(position + unit for unit in range(1, units + 1))
        position += units
    cleaned = _LOSES_DIRECTION.sub("\u200c", "".join(kept))
    text = cleaned.strip(" \n")
    lead = len(cleaned) - len(cleaned.lstrip(" \n"))  # spaces and line ends: one unit each
    size = utf16_length(text)
    explicit = []
    for entity in parsed.entities:
        start = min(max(moved[entity.offset] - lead, 0), size)
        end = min(max(moved[entity.end] - lead, 0), size)
        if end > start:
            explicit.append(_moved(entity, start, end - start))
    found = [
        entity
        for entity in recognised(text)
        if not any(entity.offset < other.end and other.offset < entity.end for other in explicit)
    ]
    return ParsedText(text, tuple(sorted([*explicit, *found], key=lambda entity: (entity.offset, -entity.length))))


def recognised(text: str) -> tuple[Entity, ...]:
    """The entities that Telegram finds in plain text: addresses, mentions, hashtags, bot commands."""
    return _entities(_execute("getTextEntities", text=text)["entities"])


def is_link(address: str) -> bool:
    """Whether Telegram takes the address for a link; it drops a text link to anything else silently."""
    return bool(parse_html(f'<a href="{html.escape(address)}">x</a>').entities)


def _moved(entity: Entity, offset: int, length: int) -> Entity:
    return Entity(entity.type, offset, length, entity.url, entity.language, entity.user_id, entity.custom_emoji_id)


def _entities(found: list[dict[str, Any]]) -> tuple[Entity, ...]:
    entities = []
    for item in found:
        kind = item["type"]
        name = kind["@type"].removeprefix("textEntityType")
        if name in _NOT_IN_BOT_API:
            continue
        emoji = kind.get("custom_emoji_id")
        entities.append(
            Entity(
                type=_BOT_API_NAMES.get(name) or re.sub(r"(?<!^)(?=[A-Z])", "_", name).lower(),
                offset=item["offset"],
                length=item["length"],
                url=kind.get("url"),
                language=kind.get("language"),
                user_id=kind.get("user_id"),
                custom_emoji_id=None if emoji is None else str(emoji),
            )
        )
    return tuple(entities)


def _execute(request: str, **arguments: object) -> dict[str, Any]:
    _silence()
    answer = tdjson.td_execute(json.dumps({"@type": request, **arguments}).encode())
    if answer is None:
        raise HtmlRefused(f"TDLib gave no answer to {request}")
    result: dict[str, Any] = json.loads(answer)
    if result["@type"] == "error":
        raise HtmlRefused(result["message"])
    return result


@cache
def _silence() -> None:
    """TDLib writes its log to standard error unless told otherwise."""
    tdjson.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
