"""What people and their clients might send, made up from a seed."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

from telegram_api.chats import BOT, SentMessage
from telegram_api.people import ATTACHMENTS, TOPIC, person
from telegram_api.rules import JsonObject
from telegram_api.server import FakeBotApi

PRIVATE = tuple(range(5001, 5041))
GROUPS = (-1001, -1002, -1003)
LANGUAGES = ("fr", "ar", "en", "de", "pt-br", "", "x" * 40, None)

_WORDS = (
    *("combien", "d'emplois", "offshoring", "Maroc", "2024", "2030", "« objectif »", "exportations", "œuvre"),
    *("how", "many", "jobs", "Morocco", "outsourcing", "26.2", "billion", "don't", "“quoted”", "CGEM"),
    *("كم", "عدد", "مناصب", "الشغل", "ترحيل", "الخدمات", "٢٠٢٤", "؟", "«المغرب»", "مَنَاصِب", "ﷺ", "ﷲ"),
    *("ch7al", "d", "lkhedma", "f", "offshoring", "שלום", "你好", "नमस्ते", "[1]", "[99]", "https://a.ma/?q=<b>&x=1"),
)
_ODD = (
    *("<b>", "</b>", "<a href='x'>", "&lt;", "&#0;", "&amp;amp;", "*_`[", "]]>", "{ $x }", "\\", "%s", "{}", "'; --"),
    *("\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e", "\u200f"),
    *("\u061c", "\u200b", "\u200c", "\u200d", "\ufeff", "\u2028", "\u2029", "\u00ad", "\u3164", "\u2800", "\x00"),
    *("\x07", "\x1b", "\x7f", "\r", "\n", "\t", "\ud800", "\udfff", "\ufffd", "\U0010ffff", "\U000e0041", "\u180e"),
)
_EMOJI = ("👩\u200d👩\u200d👧\u200d👦", "🏳️\u200d🌈", "🇲🇦", "🇲", "👍🏽", "🏴\U000e0067\U000e0062", "❤️", "🙂", "#️⃣")
_COMMANDS = (
    *("/start", "/help", "/lang", "/lang fr", "/lang xx", "/sources", "/sources 99999999999", "/sources -1", "/about"),
    *("/figures", "/figures exports", "/figure", "/chart", "/chart emplois offshoring", "/chart <b>", "/latest"),
    *("/privacy", "/forget", "/unknown", "/", "//", "/help@DalilTestBot", "/help@OtherBot", "/Start deep_link"),
)
_ACTIONS = (
    *("help", "lang:ar", "lang:auto", "lang:", "sources:1", "sources:-1", "sources:²", "figures", "figures:exports"),
    *("figure:offshoring_jobs", "evolution:offshoring_jobs", "chart:offshoring_jobs", "figure:x:y:z", "latest"),
    *("quotes", "quotes:", "quotes:AAAAAAAA", "quotes:7:AAAAAAAA.BBBBBBBB", "more:.", "copy:x", "report:", "report:x"),
    *("topic:nowhere", "media:voice", "media:", "forget", "privacy", ":", "::::", "\x00", "é" * 32, "x" * 64),
)
_OTHER_KINDS = (
    *("channel_post", "edited_channel_post", "message_reaction", "poll", "poll_answer", "my_chat_member"),
    *("chat_join_request", "chosen_inline_result", "shipping_query", "purchased_paid_media", "not_yet_invented"),
)


class Fuzzer:
    """Sends one made-up update after the other, each in a chat that the fake knows.

    Args:
        api: Where to.
        seed: The same seed sends the same.
        references: Names of passages that buttons may really hold.
    """

    def __init__(self, api: FakeBotApi, seed: int, references: Sequence[str]) -> None:
        self._api = api
        self._random = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
        self._actions = (
            *_ACTIONS,
            *(f"{page}:{each}" for page in ("quotes", "more", "copy", "report") for each in references),
        )
        for chat in PRIVATE:
            api.open_chat(chat)
        for chat in GROUPS:
            api.open_chat(chat, "supergroup")
        self._kinds: Sequence[tuple[Callable[[], None], int]] = (
            (self._say, 50),
            (self._send, 8),
            (self._edit, 8),
            (self._press, 14),
            (self._type_inline, 8),
            (self._send_half, 8),
            (self._send_other, 4),
        )

    def step(self) -> None:
        """Send one update."""
        kinds, weights = zip(*self._kinds, strict=True)
        self._random.choices(kinds, weights)[0]()

    def text(self, longest: int = 4096) -> str:
        """A text of some kind: words, symbols, noise, nothing visible, or too much of one thing."""
        pick = self._random
        kind = pick.randrange(10)
        if kind < 3:
            text = " ".join(pick.choices(_WORDS, k=pick.randint(1, 12)))
        elif kind == 3:
            text = pick.choice(_COMMANDS)
        elif kind == 4:
            text = "".join(pick.choices((*_WORDS, *_ODD, *_EMOJI, " "), k=pick.randint(1, 60)))
        elif kind == 5:  # zalgo
            marks = [chr(pick.randint(0x300, 0x36F)) for _ in range(pick.randint(1, 40))]
            text = "".join(letter + "".join(marks) for letter in pick.choice(_WORDS))
        elif kind == 6:
            text = "".join(pick.choices(_EMOJI, k=pick.randint(1, 50)))
        elif kind == 7:
            text = "".join(chr(pick.randrange(0x110000)) for _ in range(pick.randint(1, 80)))
        elif kind == 8:
            text = pick.choice(_ODD) * pick.randint(1, 30)
        else:
            text = pick.choice((*_WORDS, *_ODD, *_EMOJI)) * pick.choice((100, 1000, 5000))
        return text[:longest] or "x"

    def _message(self, chat: int) -> JsonObject:
        """What a message may hold besides its text."""
        pick = self._random
        extra: JsonObject = {}
        if pick.random() < 0.05:
            extra["via_bot"] = BOT
        if pick.random() < 0.1:
            extra["forward_origin"] = {"type": "hidden_user", "sender_user_name": self.text(20), "date": 0}
        if chat == GROUPS[0] and pick.random() < 0.5:
            extra |= TOPIC
        if pick.random() < 0.1:
            extra["sender_chat"] = {"id": chat, "type": "supergroup", "title": "x"}
        if pick.random() < 0.1:
            extra["entities"] = [{"type": "text_mention", "offset": 0, "length": 1, "user": BOT}]
        return extra

    def _say(self) -> None:
        chat = self._chat()
        text = self.text()
        if chat in GROUPS and self._random.random() < 0.6:
            text = f"@DalilTestBot {text}"
        answered = self._random.choice(sent) if self._random.random() < 0.2 and (sent := self._sent(chat)) else None
        self._receive(chat, {"text": text, **self._message(chat)}, answered)

    def _send(self) -> None:
        chat = self._chat()
        part = dict(ATTACHMENTS[self._random.choice(sorted(ATTACHMENTS))])
        if self._random.random() < 0.4:
            part["caption"] = self.text(1024)
        if self._random.random() < 0.3:
            part["media_group_id"] = str(self._random.randrange(3))
        self._receive(chat, {"text": None, **part, **self._message(chat)}, None)

    def _receive(self, chat: int, fields: JsonObject, answered: SentMessage | None) -> None:
        user = self._random.choice(PRIVATE) if chat in GROUPS else chat
        fields = {"entities": self._entities(fields.get("text")), **fields}
        self._api.user_says(
            ".",
            chat,
            user_id=user,
            language_code=self._random.choice(LANGUAGES),
            reply_to=answered,
            extra=fields,
        )

    @staticmethod
    def _entities(text: object) -> list[JsonObject]:
        """A command at the beginning, which is what decides who takes a message."""
        if not isinstance(text, str) or not text.startswith("/"):
            return []
        return [{"type": "bot_command", "offset": 0, "length": len(text.split(maxsplit=1)[0]) if text.split() else 1}]

    def _edit(self) -> None:
        chat = self._chat()
        if received := self._received(chat):
            message = copy.deepcopy(self._random.choice(received))
            text = self.text()
            message |= {"text": text, "entities": self._entities(text), "edit_date": message.get("date", 0)}
            self._push({"edited_message": message})

    def _press(self) -> None:
        chat = self._chat()
        sent = self._sent(chat)
        if not sent:
            return
        message = self._random.choice(sent)
        data = self._random.choice((*self._actions, *(str(b.get("callback_data", "x")) for b in message.buttons)))
        user = self._random.choice(PRIVATE) if chat in GROUPS else chat
        language = self._random.choice(LANGUAGES)
        self._api.user_presses(data, message, user_id=user, language_code=language, forged=True)

    def _type_inline(self) -> None:
        offset = self._random.choice(("", "", "10", "-1", "x", "9" * 40, "²"))
        self._api.user_types_inline(self.text(256), user_id=self._random.choice(PRIVATE), offset=offset)

    def _send_half(self) -> None:
        """An update from which something is missing, or null, at any depth."""
        chat = self._chat()
        received = self._received(chat)
        if not received:
            return
        message = copy.deepcopy(self._random.choice(received))
        update = {self._random.choice(("message", "edited_message")): message}
        for _ in range(self._random.randint(1, 3)):
            self._damage(update)
        self._push(update)

    def _damage(self, value: Any) -> None:
        while (isinstance(value, dict) and value) or (isinstance(value, list) and value):
            place: Any = self._random.choice(list(value) if isinstance(value, dict) else range(len(value)))
            if isinstance(value[place], (dict, list)) and value[place] and self._random.random() < 0.8:
                value = value[place]
                continue
            if self._random.random() < 0.7:
                del value[place]
            else:
                value[place] = None
            return

    def _send_other(self) -> None:
        """An update that the bot did not ask for."""
        kind = self._random.choice(_OTHER_KINDS)
        user = person(self._random.choice(PRIVATE), self._random.choice(LANGUAGES))
        chat = {"id": self._chat(), "type": "channel", "title": "x"}
        self._push(
            {kind: {"id": "1", "from": user, "user": user, "chat": chat, "date": 0, "message_id": 1, "query": ""}}
        )

    def _push(self, update: JsonObject) -> None:
        self._api.push_raw(update)

    def _chat(self) -> int:
        return self._random.choice(GROUPS if self._random.random() < 0.25 else PRIVATE)

    def _sent(self, chat: int) -> list[SentMessage]:
        return self._api.latest_messages(chat, 20)

    def _received(self, chat: int) -> list[JsonObject]:
        return self._api.latest_received(chat, 20)
