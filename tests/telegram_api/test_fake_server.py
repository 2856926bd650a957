"""The fake is as strict as Telegram: a bot that passes here sends nothing that Telegram would refuse."""

import asyncio
import http.client
import json
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

import pytest
import tdjson
import telegram
from hypothesis import given, settings
from hypothesis import strategies as st
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import Application, CommandHandler, MessageHandler, filters

from telegram_api.html import HtmlRefused, ParsedText, as_stored, is_link, parse_html, utf16_length
from telegram_api.images import blank
from telegram_api.people import ATTACHMENTS
from telegram_api.server import CHAT, FakeBotApi

PNG = blank(640, 480, b"\r\n--x\r\n\x00\xff")
BUTTON = {"text": "More", "callback_data": "more:1"}


@pytest.fixture
def api() -> Iterator[FakeBotApi]:
    with FakeBotApi() as server:
        server.open_chat(CHAT)
        yield server


class Answer(dict[str, Any]):
    """What the server answered."""

    @property
    def result(self) -> Any:
        assert self["ok"], self
        return self["result"]

    @property
    def refusal(self) -> str:
        assert not self["ok"], self
        return str(self["description"])


def call(api: FakeBotApi, method: str, /, **parameters: object) -> Answer:
    """Call a method with a JSON body; a `chat_id` is added where the method takes one and none is given."""
    if method.startswith(("send", "edit", "delete")) and not method.startswith(("deleteW", "deleteMy")):
        parameters = {"chat_id": CHAT, **parameters}
    return post(api, method, "application/json", json.dumps(parameters).encode())


def post(api: FakeBotApi, method: str, content_type: str, body: bytes, token: str | None = None) -> Answer:
    url = f"{api.base_url}{token or api.token}/{method}"
    request = urllib.request.Request(url, body, {"Content-Type": content_type})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return Answer(json.load(response))
    except urllib.error.HTTPError as error:
        with error:
            answer, status = Answer(json.load(error)), error.code
    assert answer["error_code"] == status
    return answer


def say(api: FakeBotApi, text: str, **parameters: object) -> Answer:
    return call(api, "sendMessage", text=text, **{"parse_mode": "HTML", **parameters})


def keyboard(*buttons: object) -> dict[str, object]:
    return {"inline_keyboard": [list(buttons)]}


def bot(api: FakeBotApi, token: str | None = None) -> telegram.Bot:
    return telegram.Bot(token or api.token, base_url=api.base_url)


# The referee.


@pytest.mark.parametrize(
    ("html", "text", "entity", "covered"),
    [
        ("a <b>bold</b> word", "a bold word", "bold", "bold"),
        ("<blockquote expandable>long</blockquote>", "long", "expandable_blockquote", "long"),
        ("<blockquote>short</blockquote>", "short", "blockquote", "short"),
        ("<tg-spoiler>s</tg-spoiler>", "s", "spoiler", "s"),
        ('<a href="https://h24info.ma/x?a=1&amp;b=2">الخبر</a>', "الخبر", "text_link", "الخبر"),
        ("😀😀<i>é</i>", "😀😀é", "italic", "é"),
        ('<pre><code class="language-py">x</code></pre>', "x", "pre", "x"),
    ],
)
def test_html_is_read_as_tdlib_reads_it(html: str, text: str, entity: str, covered: str) -> None:
    parsed = parse_html(html)
    assert parsed.text == text
    assert [(found.type, parsed.covered_by(found)) for found in parsed.entities] == [(entity, covered)]


@pytest.mark.parametrize(
    ("html", "why"),
    [
        ("<b>a", "Can't find end tag"),
        ("<b>a</i>", "Unmatched end tag"),
        ("a<br>b", 'Unsupported start tag "br"'),
        ("profit < 3", "Unsupported start tag"),
        ("\ud800", "UTF-8"),
    ],
)
def test_html_that_tdlib_cannot_read_is_refused_in_its_words(html: str, why: str) -> None:
    with pytest.raises(HtmlRefused, match=why):
        parse_html(html)


def test_length_is_counted_in_utf16_units() -> None:
    assert utf16_length("a😀ب") == 4
    assert parse_html("<b>😀</b>&amp;").length == 3


def test_stored_text_is_trimmed_and_keeps_its_entities_in_place() -> None:
    stored = as_stored(parse_html(" \n😀\u202b<b>عر\u202cبي</b>\t<i>  </i>\n"))
    assert stored.text == "😀عربي"
    assert [(found.type, stored.covered_by(found)) for found in stored.entities] == [("bold", "عربي")]


def test_addresses_in_plain_text_become_entities_unless_they_are_linked_already() -> None:
    stored = as_stored(parse_html('https://a.ma <a href="https://b.ma">https://c.ma</a>'))
    assert [found.type for found in stored.entities] == ["url", "text_link"]


@settings(max_examples=100, deadline=None)
@given(
    # Markdown characters are left out: TDLib's only public way to its cleaning is its Markdown parser.
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="*_~`|[]()<>@#/\\"), max_size=30)
    | st.text("ab \n\t\r\x01\u0333\u200f\u2028\u202b\u200e\u2067😀\u0301", max_size=30)
)
def test_cleaning_agrees_with_tdlib(text: str) -> None:
    request = {"@type": "parseMarkdown", "text": {"@type": "formattedText", "text": text, "entities": []}}
    answer = tdjson.td_execute(json.dumps(request).encode())
    assert answer is not None
    theirs = json.loads(answer)["text"]
    assert as_stored(ParsedText(text)).text == theirs.strip(" \n")


def test_a_link_is_what_tdlib_takes_for_one() -> None:
    assert is_link("https://t.me/x?start=1&b=2")
    assert not is_link("not a link")


# Messages.


def test_a_message_comes_back_with_its_text_parsed(api: FakeBotApi) -> None:
    message = say(api, "<b>17.9</b> billion", reply_markup=keyboard(BUTTON)).result
    assert message["text"] == "17.9 billion"
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 4}]
    assert message["chat"] == {"id": CHAT, "type": "private", "first_name": f"Chat {CHAT}"}
    assert message["from"]["is_bot"]
    assert message["reply_markup"] == keyboard(BUTTON)
    (seen,) = api.messages()
    assert (seen.text, seen.html, seen.edited) == ("17.9 billion", "<b>17.9</b> billion", False)
    assert seen.callback_data("More") == "more:1"
    assert api.violations == []


def test_each_message_has_a_new_number_and_its_date(api: FakeBotApi) -> None:
    with FakeBotApi(clock=lambda: 1_700_000_000.9) as dated:
        dated.open_chat()
        assert say(dated, "x").result["date"] == 1_700_000_000
    first, second = say(api, "a").result, say(api, "b").result
    assert second["message_id"] > first["message_id"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "message text is empty"),
        (" \n ", "text must be non-empty"),
        ("<b></b>", "text must be non-empty"),
        ("\u200b\u2067\u2069", "text must be non-empty"),
        ("<b>open", "can't parse entities"),
        ("x" * 4097, "message is too long"),
        ("😀" * 2048 + "x", "message is too long"),
        ("a\0b", "NUL"),
        ("a\ud800b", "UTF-8"),
        ("<b>x</b> " * 101, "101 entities"),
    ],
)
def test_text_that_telegram_would_refuse_is_refused_and_recorded(api: FakeBotApi, text: str, why: str) -> None:
    refusal = say(api, text).refusal
    assert refusal.startswith("Bad Request: ")
    assert why in refusal
    (violation,) = api.violations
    assert (violation.method, violation.code, violation.description) == ("sendMessage", 400, refusal)
    assert violation.parameters["chat_id"] == str(CHAT)
    assert api.messages() == ()


@pytest.mark.parametrize("text", ["x" * 4096, "😀" * 2048, f"<b>{'x' * 4096}</b>", "<b>x</b> " * 100, "0"])
def test_text_at_the_limit_is_accepted(api: FakeBotApi, text: str) -> None:
    assert say(api, text).result["text"]
    assert api.violations == []


@pytest.mark.parametrize(("mode", "ok"), [("HTML", True), ("html", True), ("", True), ("XML", False)])
def test_only_known_parse_modes_are_accepted(api: FakeBotApi, mode: str, ok: bool) -> None:
    assert say(api, "x", parse_mode=mode)["ok"] is ok


def test_without_a_parse_mode_markup_is_plain_text(api: FakeBotApi) -> None:
    assert say(api, "<b>x", parse_mode="").result["text"] == "<b>x"


@pytest.mark.parametrize(
    ("chat_id", "why"),
    [("", "chat_id is empty"), ("abc", "chat not found"), (0, "chat not found"), (77, "chat not found")],
)
def test_an_unknown_chat_is_refused(api: FakeBotApi, chat_id: object, why: str) -> None:
    assert why in say(api, "x", chat_id=chat_id).refusal


def test_a_chat_is_known_once_someone_spoke_there(api: FakeBotApi) -> None:
    api.user_says("hello", 77)
    assert say(api, "x", chat_id=77).result["chat"]["id"] == 77


def test_an_unknown_parameter_is_a_violation_although_the_message_goes_out(api: FakeBotApi) -> None:
    assert say(api, "x", disable_web_page_preview=True)["ok"]
    (violation,) = api.violations
    assert "disable_web_page_preview" in violation.description


@pytest.mark.parametrize(
    ("parameter", "value"),
    [
        ("link_preview_options", {"is_disabled": True, "show_below_text": True}),
        ("link_preview_options", "yes"),
        ("disable_notification", "perhaps"),
        ("reply_parameters", {"message_id": 999}),
        ("reply_parameters", {"message": 1}),
    ],
)
def test_malformed_parameters_are_refused(api: FakeBotApi, parameter: str, value: object) -> None:
    assert not say(api, "x", **{parameter: value})["ok"]


def test_a_reply_shows_what_it_replies_to(api: FakeBotApi) -> None:
    asked = api.user_says("How many?")
    reply = say(api, "x", reply_parameters={"message_id": asked.message_id}).result
    assert reply["reply_to_message"]["text"] == "How many?"
    assert api.messages()[0].reply_to == asked.message_id
    gone = {"message_id": 999, "allow_sending_without_reply": True}
    assert "reply_to_message" not in say(api, "y", reply_parameters=gone).result


# Keyboards.


@pytest.mark.parametrize(
    ("markup", "why"),
    [
        (keyboard({"text": "a"}), "Text buttons are unallowed"),
        (keyboard({"text": "a", "callback_data": "x", "url": "https://a.ma"}), "exactly one action"),
        (keyboard({"text": "", "callback_data": "x"}), "text must be non-empty"),
        (keyboard({"text": " \u200f", "callback_data": "x"}), "text must be non-empty"),
        (keyboard({"callback_data": "x"}), "text must be non-empty"),
        (keyboard({"text": "a", "callback_data": ""}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "a", "callback_data": "x" * 65}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "a", "callback_data": "é" * 33}), "BUTTON_DATA_INVALID"),
        (keyboard({"text": "a", "copy_text": {"text": ""}}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard({"text": "a", "copy_text": {"text": "x" * 257}}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard({"text": "a", "copy_text": "x"}), "BUTTON_COPY_TEXT_INVALID"),
        (keyboard({"text": "a", "url": "nowhere"}), "is invalid"),
        (keyboard({"text": "a", "callback_data": "x", "colour": "red"}), "unknown keys ['colour']"),
        (keyboard("a"), "Object expected"),
        (keyboard(*[BUTTON] * 9), "9 buttons in a row"),
        ({"inline_keyboard": [[BUTTON]] * 101}, "REPLY_MARKUP_TOO_LONG"),
        ({"inline_keyboard": [BUTTON]}, "Array of Array"),
        ({"inline_keyboard": [[BUTTON]], "resize_keyboard": True}, "unknown keys ['resize_keyboard']"),
        ({"buttons": []}, "reply markup must be one of"),
        ({"keyboard": [[{"text": ""}]]}, "text must be non-empty"),
        ({"remove_keyboard": False}, "must be True"),
        ([], "object expected"),
        ("{", "can't parse reply markup"),
        (keyboard({"text": "\ud800", "callback_data": "x"}), "UTF-8"),
    ],
)
def test_a_malformed_keyboard_is_refused(api: FakeBotApi, markup: object, why: str) -> None:
    assert why in say(api, "x", reply_markup=markup).refusal
    assert len(api.violations) == 1


@pytest.mark.parametrize(
    "markup",
    [
        keyboard({"text": "a", "callback_data": "x" * 64}, {"text": "b", "callback_data": "é" * 32}),
        keyboard({"text": "a", "copy_text": {"text": "x" * 256}}),
        keyboard({"text": "a", "url": "https://h24info.ma/a?b=c"}),
        keyboard({"text": "a", "switch_inline_query_current_chat": ""}),
        {"inline_keyboard": [[BUTTON] * 8] * 12},
        {"keyboard": [["a", {"text": "b"}]], "resize_keyboard": True, "input_field_placeholder": "Ask"},
        {"remove_keyboard": True},
        {"force_reply": True, "selective": True},
    ],
)
def test_a_sound_keyboard_is_accepted(api: FakeBotApi, markup: object) -> None:
    assert say(api, "x", reply_markup=markup)["ok"]
    assert api.violations == []


# Editing and deleting.


def test_an_edit_shows_in_the_message_and_keeps_its_history(api: FakeBotApi) -> None:
    number = say(api, "Searching", reply_markup=keyboard(BUTTON)).result["message_id"]
    edited = call(api, "editMessageText", message_id=number, text="<i>Found</i>", parse_mode="HTML").result
    assert edited["text"] == "Found"
    assert edited["edit_date"] >= edited["date"]
    (seen,) = api.messages()
    assert (seen.text, seen.html, seen.edited, seen.history) == (
        "Found",
        "<i>Found</i>",
        True,
        ("Searching",),
    )
    assert seen.reply_markup is None, "an edit without a keyboard takes the old one away"


def test_an_edit_that_changes_nothing_is_refused(api: FakeBotApi) -> None:
    number = say(api, "<b>x</b>", reply_markup=keyboard(BUTTON)).result["message_id"]
    same: dict[str, Any] = {"message_id": number, "text": "<b>x</b> ", "parse_mode": "HTML"}
    same["reply_markup"] = keyboard(BUTTON)
    assert "message is not modified" in call(api, "editMessageText", **same).refusal
    markup_only = {"message_id": number, "reply_markup": keyboard(BUTTON)}
    assert "message is not modified" in call(api, "editMessageReplyMarkup", **markup_only).refusal
    # Other formatting or another keyboard is a change.
    assert call(api, "editMessageText", **same | {"text": "<i>x</i>"})["ok"]
    assert call(api, "editMessageReplyMarkup", message_id=number)["ok"]
    assert api.messages()[0].reply_markup is None


@pytest.mark.parametrize("method", ["editMessageText", "editMessageReplyMarkup", "deleteMessage"])
def test_a_message_that_is_not_there_is_refused(api: FakeBotApi, method: str) -> None:
    text = {"text": "x"} if method == "editMessageText" else {}
    what = "delete" if method == "deleteMessage" else "edit"
    assert f"message to {what} not found" in call(api, method, message_id=999, **text).refusal
    assert "message identifier is not specified" in call(api, method, message_id=0, **text).refusal


def test_what_a_person_wrote_cannot_be_edited(api: FakeBotApi) -> None:
    said = api.user_says("mine")
    refusal = call(api, "editMessageText", message_id=said.message_id, text="yours").refusal
    assert "message can't be edited" in refusal


def test_an_edit_obeys_the_rules_of_a_message(api: FakeBotApi) -> None:
    number = say(api, "x").result["message_id"]
    too_long = call(api, "editMessageText", message_id=number, text="x" * 4097).refusal
    assert "message is too long" in too_long
    markup = {"keyboard": [["a"]]}
    wrong = call(api, "editMessageText", message_id=number, text="y", reply_markup=markup).refusal
    assert "inline keyboard expected" in wrong


def test_a_deleted_message_is_gone(api: FakeBotApi) -> None:
    number = say(api, "x").result["message_id"]
    assert call(api, "deleteMessage", message_id=number).result is True
    assert api.messages() == ()
    assert "not found" in call(api, "deleteMessage", message_id=number).refusal


# Photos.


def multipart(fields: dict[str, str], **files: bytes) -> tuple[str, bytes]:
    parts = [f'--B\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'.encode() for n, v in fields.items()]
    for name, content in files.items():
        head = f'--B\r\nContent-Disposition: form-data; name="{name}"; filename="x.png"\r\n'
        parts.append(head.encode() + b"Content-Type: image/png\r\n\r\n" + content + b"\r\n")
    return "multipart/form-data; boundary=B", b"".join(parts) + b"--B--\r\n"


def send_photo(api: FakeBotApi, image: bytes, caption: str = "") -> Answer:
    fields = {"chat_id": str(CHAT), "caption": caption, "parse_mode": "HTML"}
    return post(api, "sendPhoto", *multipart(fields, photo=image))


def test_a_photo_arrives_byte_for_byte_with_its_caption(api: FakeBotApi) -> None:
    message = send_photo(api, PNG, "<b>Exports</b>").result
    assert message["caption"] == "Exports"
    assert message["caption_entities"][0]["type"] == "bold"
    (seen,) = api.messages()
    assert seen.photo == PNG
    assert seen.photo_size == (640, 480) == (message["photo"][-1]["width"], message["photo"][-1]["height"])
    assert "no text in the message" in call(api, "editMessageText", message_id=message["message_id"], text="x").refusal


@pytest.mark.parametrize(
    ("image", "caption", "why"),
    [
        (PNG, "x" * 1025, "caption is too long"),
        (PNG, "<b>", "can't parse entities"),
        (b"", "", "file must be non-empty"),
        (b"<svg/>", "", "IMAGE_PROCESS_FAILED"),
        (PNG[:-20], "", "IMAGE_PROCESS_FAILED"),
        (PNG.replace((640).to_bytes(4), (641).to_bytes(4)), "", "IMAGE_PROCESS_FAILED"),
        (b"\xff\xd8\xff\xe0 a JPEG", "", "strict"),
        (blank(9000, 1001), "", "PHOTO_INVALID_DIMENSIONS"),
        (blank(2100, 100), "", "PHOTO_INVALID_DIMENSIONS"),
        (blank(8, 8, bytes(10 * 1024 * 1024)), "", "strict: a photo of"),
    ],
)
def test_a_photo_that_telegram_would_refuse_is_refused(api: FakeBotApi, image: bytes, caption: str, why: str) -> None:
    assert why in send_photo(api, image, caption).refusal


@pytest.mark.parametrize("image", [blank(9000, 1000), blank(2000, 100), blank(1, 1)])
def test_a_photo_within_the_limits_is_taken(api: FakeBotApi, image: bytes) -> None:
    assert send_photo(api, image)["ok"]


def test_a_photo_sent_before_is_sent_again_by_its_name_even_once_it_is_deleted(api: FakeBotApi) -> None:
    message = send_photo(api, PNG).result
    name = message["photo"][-1]["file_id"]
    assert call(api, "sendPhoto", photo=name)["ok"]
    call(api, "deleteMessage", message_id=message["message_id"])
    assert call(api, "sendPhoto", photo=name)["ok"]
    assert [seen.photo for seen in api.messages()] == [PNG, PNG]
    assert "wrong file identifier" in call(api, "sendPhoto", photo=f"{name}0").refusal


def test_a_photo_may_be_a_reply(api: FakeBotApi) -> None:
    asked = api.user_says("x").message_id
    fields = {"chat_id": str(CHAT), "reply_parameters": json.dumps({"message_id": asked})}
    assert post(api, "sendPhoto", *multipart(fields, photo=PNG)).result["reply_to_message"]["message_id"] == asked
    fields["reply_parameters"] = json.dumps({"message_id": 999})
    assert "replied not found" in post(api, "sendPhoto", *multipart(fields, photo=PNG)).refusal


def test_a_photo_takes_1024_units_of_caption_and_must_be_there(api: FakeBotApi) -> None:
    assert send_photo(api, PNG, f"<i>{'x' * 1024}</i>")["ok"]
    assert "too long" in send_photo(api, PNG, "😀" * 513).refusal
    assert "no photo" in call(api, "sendPhoto").refusal
    assert "wrong file identifier" in call(api, "sendPhoto", photo="https://a.ma/x.png").refusal


# Settings.


def test_commands_are_kept_by_language(api: FakeBotApi) -> None:
    for code in ("", "ar"):
        listed = [{"command": "lang", "description": f"Language {code}"}]
        assert call(api, "setMyCommands", commands=listed, language_code=code).result is True
    assert call(api, "getMyCommands", language_code="ar").result[0]["description"] == "Language ar"
    assert api.commands() == [{"command": "lang", "description": "Language "}]
    assert call(api, "deleteMyCommands").result is True
    assert api.commands() == []
    assert api.commands("ar") != []


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({"commands": []}, "0 commands"),
        ({"commands": [{"command": f"c{n}", "description": "d"} for n in range(101)]}, "101 commands"),
        ({"commands": [{"command": "Lang", "description": "d"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "x" * 33, "description": "d"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "/lang", "description": "d"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "لغة", "description": "d"}]}, "BOT_COMMAND_INVALID"),
        ({"commands": [{"command": "lang", "description": ""}]}, "DESCRIPTION_INVALID"),
        ({"commands": [{"command": "lang", "description": "d" * 257}]}, "DESCRIPTION_INVALID"),
        ({"commands": [{"command": "lang", "description": "d"}] * 2}, "occurs twice"),
        ({"commands": [{"command": "lang", "text": "d"}]}, "unknown keys ['text']"),
        ({"commands": "lang"}, "can't parse commands"),
        ({"commands": [{"command": "a", "description": "d"}], "language_code": "fra"}, "language code"),
        ({"commands": [{"command": "a", "description": "d"}], "scope": {"type": "mine"}}, "scope"),
        ({}, "can't parse commands"),
    ],
)
def test_malformed_commands_are_refused(api: FakeBotApi, parameters: dict[str, object], why: str) -> None:
    assert why in call(api, "setMyCommands", **parameters).refusal


@pytest.mark.parametrize(
    ("method", "field", "limit"),
    [
        ("setMyName", "name", 64),
        ("setMyDescription", "description", 512),
        ("setMyShortDescription", "short_description", 120),
    ],
)
def test_the_profile_has_limits_and_languages(api: FakeBotApi, method: str, field: str, limit: int) -> None:
    assert call(api, method, **{field: "د" * limit, "language_code": "ar"}).result is True
    assert api.profile(field, "ar") == "د" * limit
    assert api.profile(field) is None
    assert "too long" in call(api, method, **{field: "x" * (limit + 1)}).refusal


def test_chat_action_and_menu_button_know_their_values(api: FakeBotApi) -> None:
    assert call(api, "sendChatAction", action="typing").result is True
    assert "wrong parameter action" in call(api, "sendChatAction", action="thinking").refusal
    assert call(api, "setChatMenuButton", menu_button={"type": "commands"}).result is True
    assert not call(api, "setChatMenuButton", menu_button={"type": "sandwich"})["ok"]


# Presses and inline queries.


def test_a_press_reaches_the_bot_and_waits_for_its_answer(api: FakeBotApi) -> None:
    say(api, "x", reply_markup=keyboard(BUTTON))
    (message,) = api.messages()
    query = api.user_presses("more:1", message, language_code="ar")
    (update,) = call(api, "getUpdates").result
    assert update["callback_query"]["data"] == "more:1"
    assert update["callback_query"]["message"]["text"] == "x"
    assert update["callback_query"]["from"]["language_code"] == "ar"
    assert (api.unanswered_presses(), api.press_answer(query)) == ([query], None)
    assert call(api, "answerCallbackQuery", callback_query_id=query, text="Noted")["ok"]
    assert (api.unanswered_presses(), api.press_answer(query)) == ([], "Noted")


def test_an_answer_to_a_press_holds_200_units_and_needs_a_press(api: FakeBotApi) -> None:
    say(api, "x", reply_markup=keyboard(BUTTON))
    query = api.user_presses("more:1", api.messages()[0])
    assert call(api, "answerCallbackQuery", callback_query_id=query, text="x" * 200)["ok"]
    assert not call(api, "answerCallbackQuery", callback_query_id=query, text="x" * 201)["ok"]
    assert "query ID is invalid" in call(api, "answerCallbackQuery", callback_query_id="7").refusal


def test_only_offered_data_can_be_pressed_unless_it_is_forged(api: FakeBotApi) -> None:
    number = say(api, "x", reply_markup=keyboard(BUTTON)).result["message_id"]
    (message,) = api.messages()
    with pytest.raises(LookupError, match="never offered"):
        api.user_presses("drop tables", message)
    assert api.user_presses("drop tables", message, forged=True)
    call(api, "editMessageText", message_id=number, text="y")
    assert api.user_presses("more:1", message), "an old keyboard may still be on a screen"
    less = {"text": "Less", "callback_data": "less:1"}
    call(api, "editMessageReplyMarkup", message_id=number, reply_markup=keyboard(less))
    assert api.user_presses("less:1", message)
    call(api, "deleteMessage", message_id=number)
    api.user_presses("more:1", message)
    assert call(api, "getUpdates", offset=-1).result[0]["callback_query"]["message"]["date"] == 0


def article(**changes: object) -> dict[str, object]:
    content = {"message_text": "<b>x</b>", "parse_mode": "HTML"}
    return {"type": "article", "id": "1", "title": "t", "input_message_content": content, **changes}


def test_an_inline_query_is_answered_with_articles(api: FakeBotApi) -> None:
    query = api.user_types_inline("jobs 2030")
    assert call(api, "getUpdates").result[0]["inline_query"]["query"] == "jobs 2030"
    button = {"text": "Ask in private", "start_parameter": "inline"}
    given = {"results": [article()], "button": button, "cache_time": 0, "is_personal": True}
    assert call(api, "answerInlineQuery", inline_query_id=query, **given).result is True
    assert api.inline_answer(query) == [article()]


@pytest.mark.parametrize(
    ("parameters", "why"),
    [
        ({"results": [article()] * 2}, "RESULT_ID_DUPLICATE"),
        ({"results": [article(id=str(n)) for n in range(51)]}, "RESULTS_TOO_MUCH"),
        ({"results": [article(id="x" * 65)]}, "RESULT_ID_INVALID"),
        ({"results": [article(title="")]}, "TITLE_EMPTY"),
        ({"results": [article(input_message_content={"message_text": ""})]}, "message text is empty"),
        ({"results": [article(input_message_content={"message_text": "x" * 4097})]}, "too long"),
        ({"results": [article(reply_markup=keyboard({"text": "a"}))]}, "Text buttons"),
        ({"results": [article(titel="t")]}, "unknown keys ['titel']"),
        ({"results": [], "button": {"text": "a", "start_parameter": "a b"}}, "START_PARAM_INVALID"),
        ({}, "can't parse inline query results"),
        ({"results": [], "inline_query_id": "7"}, "query ID is invalid"),
    ],
)
def test_a_malformed_inline_answer_is_refused(api: FakeBotApi, parameters: dict[str, object], why: str) -> None:
    query = api.user_types_inline("x")
    assert why in call(api, "answerInlineQuery", **{"inline_query_id": query, **parameters}).refusal


# Polling.


def test_updates_come_again_until_a_higher_offset_confirms_them(api: FakeBotApi) -> None:
    ids = [api.user_says(text).update_id for text in "abc"]
    for _ in range(2):
        assert [update["update_id"] for update in call(api, "getUpdates").result] == ids
    assert [u["update_id"] for u in call(api, "getUpdates", offset=ids[1], limit=1).result] == [ids[1]]
    assert api.pending_updates == 2
    assert call(api, "getUpdates", offset=ids[2] + 1).result == []
    assert api.pending_updates == 0


def test_a_negative_offset_keeps_the_last_updates_only(api: FakeBotApi) -> None:
    ids = [api.user_says(text).update_id for text in "abc"]
    assert [update["update_id"] for update in call(api, "getUpdates", offset=-2).result] == ids[1:]
    assert api.pending_updates == 2


def test_a_long_poll_waits_for_an_update_and_returns_at_once_when_it_comes(api: FakeBotApi) -> None:
    threading.Timer(0.3, api.user_says, ["late"]).start()
    begun = time.monotonic()
    (update,) = call(api, "getUpdates", timeout=8).result
    assert update["message"]["text"] == "late"
    assert 0.2 < time.monotonic() - begun < 4


def test_a_long_poll_ends_empty_after_its_timeout(api: FakeBotApi) -> None:
    begun = time.monotonic()
    assert call(api, "getUpdates", timeout=1).result == []
    assert 0.9 < time.monotonic() - begun < 4


def test_of_two_pollers_the_older_gets_a_conflict(api: FakeBotApi) -> None:
    with ThreadPoolExecutor(1) as pool:
        older = pool.submit(call, api, "getUpdates", timeout=8)
        api.wait_for_calls("getUpdates")
        time.sleep(0.1)
        assert call(api, "getUpdates", timeout=0).result == []
        answer = older.result()
    assert answer["error_code"] == 409
    assert "terminated by other getUpdates request" in answer.refusal
    assert [violation.code for violation in api.violations] == [409]


def test_a_bot_killed_while_it_polled_is_no_conflict(api: FakeBotApi) -> None:
    killed = http.client.HTTPConnection(urlsplit(api.base_url).netloc)
    killed.request("POST", f"/bot{api.token}/getUpdates?timeout=8")
    api.wait_for_calls("getUpdates")
    killed.close()
    assert call(api, "getUpdates").result == []
    time.sleep(0.1)
    assert api.violations == []


def test_only_the_updates_asked_for_are_made(api: FakeBotApi) -> None:
    said = api.user_says("made before the bot chose")
    call(api, "getUpdates", allowed_updates=["callback_query"])
    api.user_says("not wanted")
    call(api, "getUpdates", allowed_updates=["message"])
    api.user_edits(said.message_id, "not wanted either")
    api.user_says("wanted")
    texts = [update["message"]["text"] for update in call(api, "getUpdates").result]
    assert texts == ["made before the bot chose", "wanted"]
    assert call(api, "getWebhookInfo").result["allowed_updates"] == ["message"]
    assert "unknown update types" in call(api, "getUpdates", allowed_updates=["mesage"]).refusal


def test_an_edited_message_keeps_its_number(api: FakeBotApi) -> None:
    said = api.user_says("/lang fr")
    api.user_edits(said.message_id, "/lang ar")
    first, second = call(api, "getUpdates").result
    assert first["message"]["entities"] == [{"type": "bot_command", "offset": 0, "length": 5}]
    assert second["edited_message"]["message_id"] == said.message_id
    assert second["edited_message"]["text"] == "/lang ar"
    assert "edit_date" in second["edited_message"]


def test_pending_updates_can_be_dropped(api: FakeBotApi) -> None:
    api.user_says("x")
    assert call(api, "getWebhookInfo").result["pending_update_count"] == 1
    assert call(api, "deleteWebhook", drop_pending_updates=True).result is True
    assert call(api, "getUpdates").result == []


def test_raw_updates_pass_as_they_are(api: FakeBotApi) -> None:
    assert api.push_raw({"message": {"text": 5}}) + 1 == api.push_raw("nonsense")
    first, second = call(api, "getUpdates").result
    assert (first["message"], second) == ({"text": 5}, "nonsense")


def test_closing_the_server_ends_a_waiting_poll() -> None:
    with ThreadPoolExecutor(1) as pool:
        with FakeBotApi() as server:
            poll = pool.submit(call, server, "getUpdates", timeout=30)
            server.wait_for_calls("getUpdates")
            begun = time.monotonic()
        assert time.monotonic() - begun < 3
        with pytest.raises((OSError, http.client.HTTPException)):
            poll.result()


# Requests.


def test_a_wrong_token_is_unauthorized(api: FakeBotApi) -> None:
    answer = post(api, "getMe", "application/json", b"{}", token="123456789:wrong")
    assert answer == {"ok": False, "error_code": 401, "description": "Unauthorized"}
    assert [violation.code for violation in api.violations] == [401]


def test_an_unknown_method_is_not_found(api: FakeBotApi) -> None:
    assert call(api, "getme")["error_code"] == 404
    assert [violation.code for violation in api.violations] == [404]


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (
            "application/x-www-form-urlencoded",
            b"chat_id=1001&text=%3Cb%3E%F0%9F%98%80%3C%2Fb%3E&parse_mode=HTML",
        ),
        (
            "application/json; charset=utf-8",
            b'{"chat_id": "1001", "text": "<b>\\ud83d\\ude00</b>", "parse_mode": "HTML"}',
        ),
        multipart({"chat_id": "1001", "text": "<b>😀</b>", "parse_mode": "HTML"}),
    ],
)
def test_every_encoding_says_the_same(api: FakeBotApi, content_type: str, body: bytes) -> None:
    assert post(api, "sendMessage", content_type, body).result["text"] == "😀"
    assert api.violations == []


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/x-www-form-urlencoded", b"chat_id=1001&text=%ED%A0%80"),
        ("application/x-www-form-urlencoded", b"chat_id=1001&text=\xff"),
        ("application/json", b'["x"]'),
        ("application/json", b"{"),
        ("multipart/form-data; boundary=B", b"--B\r\n"),
        ("text/plain", b"chat_id=1001"),
    ],
)
def test_a_malformed_body_is_refused(api: FakeBotApi, content_type: str, body: bytes) -> None:
    assert post(api, "sendMessage", content_type, body)["error_code"] == 400
    assert len(api.violations) == 1


# Faults.


def test_an_injected_error_strikes_once_and_does_nothing(api: FakeBotApi) -> None:
    api.fail_next("sendMessage", retry_after=3)
    api.fail_next("sendMessage", status=500)
    limited, broken, sound = (say(api, "x") for _ in range(3))
    assert limited["error_code"] == 429
    assert limited["parameters"] == {"retry_after": 3}
    assert broken["error_code"] == 500
    assert sound["ok"]
    assert len(api.messages()) == 1
    assert len(api.calls("sendMessage")) == 3
    assert api.violations == [], "a fault is no mistake of the bot"


@pytest.mark.parametrize("performed", [False, True])
def test_a_dropped_connection_may_leave_the_work_done(api: FakeBotApi, performed: bool) -> None:
    api.drop_next("sendMessage", performed=performed)
    with pytest.raises((OSError, http.client.HTTPException)):
        say(api, "x")
    assert len(api.messages()) == int(performed)
    assert say(api, "y")["ok"]


def test_a_delayed_answer_comes_late(api: FakeBotApi) -> None:
    api.delay_next("getMe", 0.3)
    begun = time.monotonic()
    assert call(api, "getMe")["ok"]
    assert time.monotonic() - begun >= 0.3


def test_a_client_that_gives_up_waiting_does_not_undo_its_call(api: FakeBotApi) -> None:
    api.delay_next("sendMessage", 0.3)
    impatient = http.client.HTTPConnection(urlsplit(api.base_url).netloc, timeout=0.1)
    impatient.request("GET", f"/bot{api.token}/sendMessage?chat_id={CHAT}&text=x")
    with pytest.raises(TimeoutError):
        impatient.getresponse()
    impatient.close()
    assert [message.text for message in api.wait_for_messages()] == ["x"]
    assert api.violations == []


def test_a_fault_for_a_misspelt_method_is_a_mistake_of_the_test(api: FakeBotApi) -> None:
    with pytest.raises(LookupError):
        api.fail_next("sendMesage")


def test_waiting_tells_what_there_was_instead(api: FakeBotApi) -> None:
    say(api, "only this")
    say(api, "<b>")
    with pytest.raises(TimeoutError, match=r"2 messages in 1001 .*only this.*can't parse"):
        api.wait_for_messages(count=2, timeout=0.05)


# python-telegram-bot, as Dalil uses it.


def test_ptb_sends_edits_and_deletes_without_a_violation(api: FakeBotApi) -> None:
    markup = telegram.InlineKeyboardMarkup(
        [
            [telegram.InlineKeyboardButton("نسخ", copy_text=telegram.CopyTextButton("٢٠٣٠"))],
            [telegram.InlineKeyboardButton("Plus", callback_data="more")],
        ]
    )

    async def run() -> None:
        async with bot(api) as ptb:
            assert (await ptb.get_me()).username == "DalilTestBot"
            await ptb.set_my_commands([("lang", "Langue")], language_code="fr")
            await ptb.set_my_description("دليل", language_code="ar")
            await ptb.set_chat_menu_button(menu_button=telegram.MenuButtonCommands())
            await ptb.send_chat_action(CHAT, "typing")
            preview = telegram.LinkPreviewOptions(is_disabled=True)
            asked = api.user_says("17,9 milliards ?")
            sent = await ptb.send_message(
                CHAT,
                "<b>😀 &amp; نعم</b>",
                parse_mode="HTML",
                reply_markup=markup,
                link_preview_options=preview,
                reply_parameters=telegram.ReplyParameters(asked.message_id),
            )
            assert sent.text == "😀 & نعم"
            assert sent.parse_entities() == {sent.entities[0]: "😀 & نعم"}
            assert isinstance(await sent.edit_text("<i>x</i>", parse_mode="HTML"), telegram.Message)
            photo = await ptb.send_photo(CHAT, PNG, caption="<b>c</b>", parse_mode="HTML", reply_markup=markup)
            assert await photo.delete()
            query = api.user_types_inline("x")
            content = telegram.InputTextMessageContent("<b>x</b>", parse_mode="HTML")
            await ptb.answer_inline_query(
                query,
                [telegram.InlineQueryResultArticle("1", "t", content, description="d")],
                button=telegram.InlineQueryResultsButton("Ask", start_parameter="a"),
            )

    asyncio.run(run())
    assert [message.history for message in api.messages()] == [("😀 & نعم",)]
    assert api.commands("fr") == [{"command": "lang", "description": "Langue"}]
    assert api.violations == []


def test_ptb_raises_for_each_fault_what_it_raises_for_telegram(
    api: FakeBotApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Without it python-telegram-bot 22 warns at every RetryAfter that the type of its number will change.
    monkeypatch.setenv("PTB_TIMEDELTA", "true")

    async def run() -> None:
        async with bot(api) as ptb:
            with pytest.raises(BadRequest, match="Message is too long"):
                await ptb.send_message(CHAT, "x" * 4097)
            faults: list[tuple[int, type[TelegramError]]]
            faults = [(429, RetryAfter), (500, NetworkError), (403, Forbidden), (502, NetworkError)]
            for status, error in faults:
                api.fail_next("sendMessage", status=status)
                with pytest.raises(error):
                    await ptb.send_message(CHAT, "x")
            api.drop_next("sendMessage")
            with pytest.raises(NetworkError):
                await ptb.send_message(CHAT, "x")
        with pytest.raises(InvalidToken):
            async with bot(api, "123:wrong"):
                pass

    asyncio.run(run())
    assert api.messages() == ()
    assert [violation.code for violation in api.violations] == [400, 401]


def test_ptb_reads_every_attachment_that_people_send(api: FakeBotApi) -> None:
    for kind in ATTACHMENTS:
        api.user_sends(kind)
    api.user_sends("photo", caption="#maroc", language_code=None)

    async def run() -> tuple[telegram.Update, ...]:
        async with bot(api) as ptb:
            return await ptb.get_updates()

    *updates, captioned = asyncio.run(run())
    for kind, update in zip(ATTACHMENTS, updates, strict=True):
        assert update.message is not None
        assert getattr(update.message, kind), kind
    assert captioned.message is not None
    assert captioned.message.caption_entities[0].type == "hashtag"
    assert captioned.effective_user is not None
    assert captioned.effective_user.language_code is None


def test_a_ptb_application_answers_and_its_successor_goes_on_where_it_stopped(api: FakeBotApi) -> None:
    async def echo(update: telegram.Update, _: Any) -> None:
        assert update.effective_message is not None
        await update.effective_message.reply_html(f"<b>{update.effective_message.text}</b>")

    async def serve(expected: int) -> None:
        application = Application.builder().token(api.token).base_url(api.base_url).build()
        application.add_handler(CommandHandler("start", echo))
        application.add_handler(MessageHandler(filters.TEXT & ~filters.COMMAND, echo))
        async with application:
            assert application.updater is not None
            await application.start()
            await application.updater.start_polling(timeout=5)
            await asyncio.to_thread(api.wait_for_messages, CHAT, expected)
            await application.updater.stop()
            await application.stop()

    api.user_says("/start")
    asyncio.run(serve(1))
    api.user_says("said while nobody listened")
    asyncio.run(serve(2))
    assert [message.text for message in api.messages()] == ["/start", "said while nobody listened"]
    assert api.pending_updates == 0
    assert api.violations == []
