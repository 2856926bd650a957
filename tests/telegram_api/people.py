"""What the people in a chat send, as the Bot API writes it."""

from collections.abc import Mapping
from typing import Any

from telegram_api.html import recognised
from telegram_api.rules import JsonObject

_FILE: JsonObject = {"file_id": "received-1", "file_unique_id": "u-received-1", "file_size": 1234}
TOPIC: JsonObject = {"message_thread_id": 7, "is_topic_message": True}
"""The fields of a message in a topic of a forum."""
_VIDEO: JsonObject = {**_FILE, "width": 320, "height": 240, "duration": 3}

# The part of a message that makes it more than text, by kind.
ATTACHMENTS: Mapping[str, Mapping[str, Any]] = {
    "animation": {"animation": _VIDEO, "document": _FILE},
    "audio": {"audio": {**_FILE, "duration": 3}},
    "contact": {"contact": {"phone_number": "+212600000000", "first_name": "Amina"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "document": {"document": {**_FILE, "file_name": "rapport.pdf", "mime_type": "application/pdf"}},
    "location": {"location": {"latitude": 33.57, "longitude": -7.59}},
    "new_chat_members": {
        "new_chat_members": [{"id": 4242, "is_bot": False, "first_name": "Newcomer"}],
    },
    "photo": {"photo": [{**_FILE, "width": 90, "height": 60}, {**_FILE, "width": 900, "height": 600}]},
    "poll": {
        "poll": {
            "id": "9",
            "question": "?",
            "options": [
                {"persistent_id": "0", "text": "a", "voter_count": 0},
                {"persistent_id": "1", "text": "b", "voter_count": 0},
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": False,
            "members_only": False,
        },
    },
    "sticker": {
        "sticker": {
            **_FILE,
            "type": "regular",
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "emoji": "👍",
        },
    },
    "venue": {
        "venue": {
            "location": {"latitude": 33.57, "longitude": -7.59},
            "title": "Casanearshore",
            "address": "Casablanca",
        },
    },
    "video": {"video": _VIDEO},
    "video_note": {"video_note": {**_FILE, "length": 240, "duration": 3}},
    "voice": {"voice": {**_FILE, "duration": 3, "mime_type": "audio/ogg"}},
}


def person(user_id: int, language_code: str | None) -> JsonObject:
    """A User; Telegram leaves `language_code` out where it does not know it."""
    user: JsonObject = {"id": user_id, "is_bot": False, "first_name": f"User {user_id}"}
    return user if language_code is None else user | {"language_code": language_code}


def text_part(text: str, field: str = "text") -> JsonObject:
    """A text and the entities that Telegram recognises in it; a bot command is one of them."""
    part: JsonObject = {field: text}
    if found := recognised(text):
        name = "entities" if field == "text" else "caption_entities"
        part[name] = [entity.to_json() for entity in found]
    return part
