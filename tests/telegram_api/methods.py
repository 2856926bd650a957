"""What each Bot API method does, once its parameters are read."""

import itertools
import threading
import time
from collections.abc import Callable, Mapping
from typing import Any

from telegram_api import rules
from telegram_api.chats import BOT, Chat, StoredMessage
from telegram_api.rules import JsonObject, Refused
from telegram_api.updates import UpdateQueue

_NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)
_STALE_QUERY = "query is too old and response timeout expired or query ID is invalid"


class BotMethods:
    """Telegram's side of the Bot API: its chats, its queue, its settings.

    Args:
        clock: Unix time in seconds, for the dates of messages.
    """

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self.changed = threading.Condition()
        self.updates = UpdateQueue(self.changed)
        self.chats: dict[int, Chat] = {}
        self.commands: dict[tuple[str, str], list[dict[str, str]]] = {}
        self.profile: dict[tuple[str, str], str] = {}
        self.menu_button: JsonObject = {"type": "default"}
        self.button_queries: dict[str, str | None] = {}
        self.inline_queries: dict[str, list[JsonObject] | None] = {}
        self.clock = clock
        self._message_ids = itertools.count(1)
        self._methods: dict[str, Callable[[JsonObject, Mapping[str, bytes]], object]] = {
            "getMe": lambda *_: (
                BOT
                | {
                    "can_join_groups": True,
                    "can_read_all_group_messages": False,
                    "supports_inline_queries": True,
                }
            ),
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._get_webhook_info,
            "setMyCommands": self._set_my_commands,
            "deleteMyCommands": self._delete_my_commands,
            "getMyCommands": lambda values, _: self.commands.get(rules.command_scope(values), []),
            "setMyName": lambda values, _: self._set_profile(values, "name", rules.NAME_LENGTH),
            "setMyDescription": lambda values, _: self._set_profile(values, "description", rules.DESCRIPTION_LENGTH),
            "setMyShortDescription": lambda values, _: self._set_profile(
                values, "short_description", rules.SHORT_DESCRIPTION_LENGTH
            ),
            "setChatMenuButton": self._set_chat_menu_button,
            "sendMessage": self._send_message,
            "sendPhoto": self._send_photo,
            "editMessageText": self._edit_message_text,
            "editMessageReplyMarkup": self._edit_message_reply_markup,
            "deleteMessage": self._delete_message,
            "sendChatAction": self._send_chat_action,
            "answerCallbackQuery": self._answer_callback_query,
            "answerInlineQuery": self._answer_inline_query,
        }

    def perform(self, method: str, values: JsonObject, files: Mapping[str, bytes]) -> object:
        """Do what the method says and return its result.

        Raises:
            Refused: as Telegram would.
        """
        if method == "getUpdates":  # waits, so it takes the lock by itself
            return self._get_updates(values)
        with self.changed:
            result = self._methods[method](values, files)
            self.changed.notify_all()
            return result

    def next_message_id(self) -> int:
        """A number for the next message of either side."""
        return next(self._message_ids)

    def now(self) -> int:
        """Unix time in whole seconds."""
        return int(self.clock())

    def _get_updates(self, values: JsonObject) -> list[object]:
        allowed = values.get("allowed_updates")
        if allowed is not None and (unknown := [kind for kind in allowed if kind not in rules.UPDATE_TYPES]):
            raise Refused(f"strict: unknown update types {unknown}")
        return self.updates.poll(
            offset=values.get("offset", 0),
            limit=values.get("limit", 100),
            timeout=values.get("timeout", 0),
            allowed=allowed,
        )

    def _delete_webhook(self, values: JsonObject, _: object) -> bool:
        if values.get("drop_pending_updates"):
            self.updates.clear()
        return True

    def _get_webhook_info(self, *_: object) -> JsonObject:
        info = {"url": "", "has_custom_certificate": False, "pending_update_count": len(self.updates)}
        return info | ({"allowed_updates": self.updates.allowed} if self.updates.allowed else {})

    def _set_my_commands(self, values: JsonObject, _: object) -> bool:
        self.commands[rules.command_scope(values)] = rules.commands(values)
        return True

    def _delete_my_commands(self, values: JsonObject, _: object) -> bool:
        self.commands.pop(rules.command_scope(values), None)
        return True

    def _set_profile(self, values: JsonObject, name: str, limit: int) -> bool:
        self.profile[name, rules.language_code(values)] = rules.profile_text(values, name, limit)
        return True

    def _set_chat_menu_button(self, values: JsonObject, _: object) -> bool:
        if "chat_id" in values:
            self._chat(values)
        self.menu_button = rules.menu_button(values)
        return True

    def _send_message(self, values: JsonObject, _: object) -> JsonObject:
        chat = self._chat(values)
        return self._send(
            chat,
            StoredMessage(
                message_id=0,
                date=self.now(),
                html=values.get("text", ""),
                content=rules.message_text(values),
                reply_markup=rules.reply_markup(values),
                reply_to=self._reply_to(chat, values),
                thread=_thread(chat, values),
            ),
        )

    def _send_photo(self, values: JsonObject, files: Mapping[str, bytes]) -> JsonObject:
        chat = self._chat(values)
        image = rules.photo(values, files)
        if isinstance(image, str):
            image = self._known_photo(image)
        return self._send(
            chat,
            StoredMessage(
                message_id=0,
                date=self.now(),
                html=values.get("caption", ""),
                content=rules.caption(values),
                reply_markup=rules.reply_markup(values),
                photo=image,
                reply_to=self._reply_to(chat, values),
                thread=_thread(chat, values),
            ),
        )

    def _send(self, chat: Chat, message: StoredMessage) -> JsonObject:
        # Numbered only now: a refused message takes no number.
        message.message_id = self.next_message_id()
        chat.sent[message.message_id] = message
        return chat.message_json(message)

    def _edit_message_text(self, values: JsonObject, _: object) -> JsonObject:
        chat, message = self._own_message(values, "edit")
        if message.photo is not None:
            raise Refused("there is no text in the message to edit")
        content = rules.message_text(values)
        # Without a keyboard in the request the message loses the one it had.
        markup = rules.reply_markup(values, inline_only=True)
        if (content, markup) == (message.content, message.reply_markup):
            raise Refused(_NOT_MODIFIED)
        message.history.append(message.content.text)
        message.html, message.content = values["text"], content
        return self._edited(chat, message, markup)

    def _edit_message_reply_markup(self, values: JsonObject, _: object) -> JsonObject:
        chat, message = self._own_message(values, "edit")
        markup = rules.reply_markup(values, inline_only=True)
        if markup == message.reply_markup:
            raise Refused(_NOT_MODIFIED)
        return self._edited(chat, message, markup)

    def _edited(self, chat: Chat, message: StoredMessage, markup: JsonObject | None) -> JsonObject:
        message.reply_markup = markup
        message.edit_date = self.now()
        message.offer()
        return chat.message_json(message)

    def _delete_message(self, values: JsonObject, _: object) -> bool:
        chat = self._chat(values)
        message_id = _message_id(values)
        # In a private chat a bot may delete what the other side wrote, too.
        if chat.kind == "private" and chat.received.pop(message_id, None) is not None:
            return True
        chat, message = self._own_message(values, "delete")
        chat.deleted[message_id] = message
        del chat.sent[message_id]
        return True

    def _send_chat_action(self, values: JsonObject, _: object) -> bool:
        _thread(self._chat(values), values)
        rules.chat_action(values)
        return True

    def _answer_callback_query(self, values: JsonObject, _: object) -> bool:
        query = values.get("callback_query_id")
        if query not in self.button_queries:
            raise Refused(_STALE_QUERY)
        self.button_queries[query] = rules.callback_answer(values)
        return True

    def _answer_inline_query(self, values: JsonObject, _: object) -> bool:
        query = values.get("inline_query_id")
        if query not in self.inline_queries:
            raise Refused(_STALE_QUERY)
        self.inline_queries[query] = rules.inline_results(values)
        return True

    def _chat(self, values: JsonObject) -> Chat:
        if "chat_id" not in values:
            raise Refused("chat_id is empty")
        try:
            return self.chats[values["chat_id"]]
        except KeyError:
            raise Refused("chat not found") from None

    def _own_message(self, values: JsonObject, what: str) -> tuple[Chat, StoredMessage]:
        chat = self._chat(values)
        message_id = _message_id(values)
        if message_id in chat.received:
            raise Refused(f"message can't be {what.removesuffix('e')}ed")
        if message_id not in chat.sent:
            raise Refused(f"message to {what} not found")
        return chat, chat.sent[message_id]

    def _reply_to(self, chat: Chat, values: JsonObject) -> int | None:
        target = rules.reply_target(values)
        if target is None:
            return None
        message_id, may_go_without = target
        if message_id in chat.sent or message_id in chat.received:
            return message_id
        if may_go_without:
            return None
        raise Refused("message to be replied not found")

    def _known_photo(self, file_id: str) -> bytes:
        for chat in self.chats.values():
            # Telegram keeps a file longer than the message that it came with.
            for message in (*chat.sent.values(), *chat.deleted.values()):
                if message.photo is not None and file_id == f"sent-{message.message_id}":
                    return message.photo
        raise Refused("wrong file identifier/HTTP URL specified")


def _message_id(values: Mapping[str, Any]) -> int:
    message_id = values.get("message_id")
    if not isinstance(message_id, int) or message_id <= 0:
        raise Refused("message identifier is not specified")
    return message_id


def _thread(chat: Chat, values: Mapping[str, Any]) -> int | None:
    thread = values.get("message_thread_id")
    if thread is not None and thread not in chat.topics:
        raise Refused("message thread not found")
    return thread
