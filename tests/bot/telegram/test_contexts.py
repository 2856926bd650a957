"""Whose context an update belongs to."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.errors import BotError
from bot.state.model import ContextKey
from bot.telegram.contexts import key_of
from bot.telegram.ordering import place_of

USER = {"id": 7, "is_bot": False, "first_name": "U"}
GROUP = {"id": -100, "type": "supergroup", "title": "G"}


def message(**fields: Any) -> dict[str, Any]:
    return {"message_id": 1, "date": 0, "chat": GROUP, "from": USER, "text": "x", **fields}


def read(**fields: Any) -> Update:
    return Update.de_json({"update_id": 1, **fields}, None)


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({"message": message(chat={"id": 7, "type": "private"})}, ContextKey(7, 0, 7)),
        ({"message": message()}, ContextKey(-100, 0, 7)),
        ({"edited_message": message(is_topic_message=True, message_thread_id=3)}, ContextKey(-100, 3, 7)),
        # A thread of replies in an ordinary group is no topic.
        ({"message": message(message_thread_id=3)}, ContextKey(-100, 0, 7)),
        # Whoever administers a group anonymously speaks in its name, not in that of all anonymous administrators.
        ({"message": message(sender_chat=GROUP)}, ContextKey(-100, 0, -100)),
        (
            {
                "callback_query": {
                    "id": "1",
                    "from": USER,
                    "chat_instance": "1",
                    "data": "help",
                    "message": message(**{"from": {**USER, "id": 9}}, is_topic_message=True, message_thread_id=3),
                }
            },
            ContextKey(-100, 3, 7),
        ),
        (
            {
                "callback_query": {
                    "id": "1",
                    "from": USER,
                    "chat_instance": "1",
                    "data": "help",
                    "message": {"message_id": 1, "date": 0, "chat": GROUP},
                }
            },
            ContextKey(-100, 0, 7),
        ),
    ],
)
def test_a_context_is_the_senders_in_the_chat_or_topic(fields: dict[str, Any], key: ContextKey) -> None:
    update = read(**fields)
    assert key_of(update) == key
    assert place_of(update) == (key.chat_id, key.thread_id)


def test_what_has_no_chat_has_no_context_but_a_place() -> None:
    update = read(inline_query={"id": "1", "from": USER, "query": "", "offset": ""})
    assert place_of(update) == (7, 0)
    with pytest.raises(BotError):
        key_of(update)
    assert place_of(read()) is None
