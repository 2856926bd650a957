"""What Telegram refuses, method by method, as pure checks.

Limits are those of https://core.telegram.org/bots/api; the words of a refusal are Telegram's where they are
known. Where Telegram would mend a mistake silently (two actions on one button, more than 100 entities), these
rules refuse, and say "strict" in the description.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, TypeAlias

from telegram_api.html import HtmlRefused, ParsedText, as_stored, is_link, parse_html, utf16_length
from telegram_api.images import size_of

JsonObject: TypeAlias = dict[str, Any]
Kind: TypeAlias = Literal["text", "integer", "boolean", "object", "array", "chat", "file"]

MESSAGE_LENGTH = 4096
CAPTION_LENGTH = 1024
CALLBACK_DATA_BYTES = 64
COPY_TEXT_LENGTH = 256
CALLBACK_ANSWER_LENGTH = 200
COMMANDS = 100
COMMAND_DESCRIPTION_LENGTH = 256
NAME_LENGTH = 64
DESCRIPTION_LENGTH = 512
SHORT_DESCRIPTION_LENGTH = 120
ENTITIES = 100
BUTTONS = 100
BUTTONS_IN_A_ROW = 8
INLINE_RESULTS = 50
INLINE_ID_BYTES = 64
START_PARAMETER = re.compile(r"[A-Za-z0-9_-]{1,64}")
COMMAND = re.compile(r"[a-z0-9_]{1,32}")
LANGUAGE_CODE = re.compile(r"[a-z]{2}")
PHOTO_BYTES = 10 * 1024 * 1024
PHOTO_WIDTH_AND_HEIGHT = 10_000
PHOTO_RATIO = 20


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SENDING: dict[str, Kind] = {
    "chat_id": "chat",
    "message_thread_id": "integer",
    "disable_notification": "boolean",
    "protect_content": "boolean",
    "reply_parameters": "object",
    "reply_markup": "object",
}
_TRANSLATED: dict[str, Kind] = {"language_code": "text"}
_SCOPED: dict[str, Kind] = {"scope": "object", "language_code": "text"}

# The methods and the parameters that the fake knows. Everything else is a violation: a typing error, or
# something to be taught to the fake first.
METHODS: Mapping[str, Mapping[str, Kind]] = {
    "getMe": {},
    "getUpdates": {"offset": "integer", "limit": "integer", "timeout": "integer", "allowed_updates": "array"},
    "deleteWebhook": {"drop_pending_updates": "boolean"},
    "getWebhookInfo": {},
    "setMyCommands": {"commands": "array", **_SCOPED},
    "deleteMyCommands": _SCOPED,
    "getMyCommands": _SCOPED,
    "setMyName": {"name": "text", **_TRANSLATED},
    "setMyDescription": {"description": "text", **_TRANSLATED},
    "setMyShortDescription": {"short_description": "text", **_TRANSLATED},
    "setChatMenuButton": {"chat_id": "chat", "menu_button": "object"},
    "sendMessage": {"text": "text", "parse_mode": "text", "link_preview_options": "object", **_SENDING},
    "sendPhoto": {
        "photo": "file",
        "caption": "text",
        "parse_mode": "text",
        "show_caption_above_media": "boolean",
        "has_spoiler": "boolean",
        **_SENDING,
    },
    "editMessageText": {
        "chat_id": "chat",
        "message_id": "integer",
        "text": "text",
        "parse_mode": "text",
        "link_preview_options": "object",
        "reply_markup": "object",
    },
    "editMessageReplyMarkup": {"chat_id": "chat", "message_id": "integer", "reply_markup": "object"},
    "deleteMessage": {"chat_id": "chat", "message_id": "integer"},
    "sendChatAction": {"chat_id": "chat", "message_thread_id": "integer", "action": "text"},
    "answerCallbackQuery": {
        "callback_query_id": "text",
        "text": "text",
        "show_alert": "boolean",
        "cache_time": "integer",
    },
    "answerInlineQuery": {
        "inline_query_id": "text",
        "results": "array",
        "cache_time": "integer",
        "is_personal": "boolean",
        "next_offset": "text",
        "button": "object",
    },
}

UPDATE_TYPES = _words(
    """message edited_message channel_post edited_channel_post business_connection business_message
    edited_business_message deleted_business_messages guest_message message_reaction message_reaction_count
    inline_query chosen_inline_result callback_query shipping_query pre_checkout_query purchased_paid_media
    poll poll_answer my_chat_member chat_member chat_join_request chat_boost removed_chat_boost managed_bot"""
)
# Telegram sends these only to a bot that asks for them by name.
UPDATES_ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

_CHAT_ACTIONS = _words(
    """typing upload_photo record_video upload_video record_voice upload_voice upload_document choose_sticker
    find_location record_video_note upload_video_note"""
)
_MARKUPS: Mapping[str, frozenset[str]] = {
    "inline_keyboard": frozenset(),
    "keyboard": frozenset(
        {"is_persistent", "resize_keyboard", "one_time_keyboard", "input_field_placeholder", "selective"}
    ),
    "remove_keyboard": frozenset({"selective"}),
    "force_reply": frozenset({"input_field_placeholder", "selective"}),
}
_BUTTON_ACTIONS = _words(
    """url callback_data web_app login_url switch_inline_query switch_inline_query_current_chat
    switch_inline_query_chosen_chat copy_text callback_game pay"""
)
_BUTTON_LOOKS = frozenset({"text", "style", "icon_custom_emoji_id"})
_KEY_ACTIONS = frozenset({"request_users", "request_chat", "request_contact", "request_location", "request_poll"})
_PREVIEW = frozenset({"is_disabled", "url", "prefer_small_media", "prefer_large_media", "show_above_text"})
_REPLY = frozenset({"message_id", "chat_id", "allow_sending_without_reply"})
_SCOPES = _words(
    """default all_private_chats all_group_chats all_chat_administrators chat chat_administrators
    chat_member"""
)
_ARTICLE = _words(
    """type id title input_message_content reply_markup url description thumbnail_url thumbnail_width
    thumbnail_height"""
)
_ARTICLE_CONTENT = frozenset({"message_text", "parse_mode", "link_preview_options"})
_OTHER_SIGNATURES = (b"\xff\xd8\xff", b"GIF8", b"RIFF")
# Characters that Telegram shows as nothing although Unicode calls them letters or symbols.
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


class Refused(Exception):  # noqa: N818 - named after what Telegram does
    """The answer that Telegram would give instead of a result.

    Attributes:
        code: the HTTP status and `error_code`.
        description: Telegram's words, with the usual prefix.
    """

    def __init__(self, description: str, code: int = 400) -> None:
        prefix = {400: "Bad Request: ", 404: "Not Found: ", 409: "Conflict: "}.get(code, "")
        self.code = code
        self.description = prefix + description
        super().__init__(self.description)


def unknown_parameters(method: str, given: Sequence[str]) -> list[str]:
    """The parameters that the method does not take; Telegram ignores them, which hides typing errors."""
    return [name for name in given if name not in METHODS[method]]


def read(method: str, given: Mapping[str, str], files: Mapping[str, bytes]) -> JsonObject:
    """The parameters of a call, each in its own type; unknown ones are left out.

    Raises:
        Refused: on an unknown method, a value of the wrong type, or text that is no valid Unicode.
    """
    if method not in METHODS:
        raise Refused("method not found", 404)
    values: JsonObject = {}
    for name, text in given.items():
        check_characters(text)
        if name in METHODS[method]:
            values[name] = _typed(name, text, METHODS[method][name])
    for name, kind in METHODS[method].items():
        if kind == "file" and name not in values and name in files:
            values[name] = f"attach://{name}"
    return values


def check_characters(value: object) -> None:
    """Refuse lone surrogates and NUL anywhere in a value, keys included."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError as error:
            raise Refused("strings must be encoded in UTF-8") from error
        if "\0" in value:
            raise Refused("strict: a string holds NUL, which Telegram would turn into a space")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            check_characters(key)
            check_characters(item)
    elif isinstance(value, list):
        for item in value:
            check_characters(item)


def message_text(values: Mapping[str, Any]) -> ParsedText:
    """The text of a message: not empty, at most 4096 units once its markup is read."""
    if not values.get("text"):
        raise Refused("message text is empty")
    parsed = formatted(values["text"], values.get("parse_mode"))
    if is_blank(parsed.text):
        raise Refused("text must be non-empty")
    if parsed.length > MESSAGE_LENGTH:
        raise Refused("message is too long")
    _check_link_preview(values.get("link_preview_options"))
    return parsed


def caption(values: Mapping[str, Any]) -> ParsedText:
    """A photo's caption: possibly empty, at most 1024 units once its markup is read."""
    parsed = formatted(values.get("caption", ""), values.get("parse_mode"))
    if parsed.length > CAPTION_LENGTH:
        raise Refused("message caption is too long")
    return parsed


def formatted(text: str, parse_mode: str | None) -> ParsedText:
    """The text as Telegram would keep it, read as HTML or as plain text."""
    mode = (parse_mode or "").lower()
    if mode in {"markdown", "markdownv2"}:
        raise Refused("strict: Dalil writes HTML; the fake does not read Markdown")
    if mode not in {"", "html"}:
        raise Refused("unsupported parse_mode")
    try:
        parsed = as_stored(parse_html(text) if mode else ParsedText(text))
    except HtmlRefused as error:
        message = str(error)
        raise Refused(message[:1].lower() + message[1:]) from error
    if len(parsed.entities) > ENTITIES:
        raise Refused(f"strict: {len(parsed.entities)} entities; Telegram keeps {ENTITIES} and drops the rest")
    return parsed


def is_blank(text: str) -> bool:
    """Whether nothing of the text is visible."""
    return all(
        unicodedata.category(character) in {"Zs", "Zl", "Zp", "Cc", "Cf"} or character in _BLANK_LETTERS
        for character in text
    )


def reply_markup(values: Mapping[str, Any], *, inline_only: bool = False) -> JsonObject | None:
    """The keyboard of a message, or None.

    Args:
        values: the parameters of the call, or an inline result.
        inline_only: an edited message or an inline result takes no other markup.
    """
    markup = values.get("reply_markup")
    if markup is None:
        return None
    _expect_object(markup, "reply markup")
    kinds = _MARKUPS.keys() & markup.keys()
    if len(kinds) != 1:
        raise Refused(f"strict: reply markup must be one of {sorted(_MARKUPS)}, not {sorted(markup)}")
    (kind,) = kinds
    _refuse_unknown_keys(markup, _MARKUPS[kind] | {kind}, "reply markup")
    if kind == "inline_keyboard":
        _check_rows(markup[kind], _check_inline_button)
        return {kind: [row for row in markup[kind] if row]}
    if inline_only:
        raise Refused("inline keyboard expected")
    if kind == "keyboard":
        _check_rows(markup[kind], _check_key)
    elif markup[kind] is not True:
        raise Refused(f"{kind} must be True")
    placeholder = markup.get("input_field_placeholder", "x")
    if not isinstance(placeholder, str) or not 1 <= utf16_length(placeholder) <= 64:
        raise Refused("strict: an input field placeholder holds 1 to 64 characters")
    return dict(markup)


def reply_target(values: Mapping[str, Any]) -> tuple[int, bool] | None:
    """The message that is replied to, and whether the reply may go without it; None without a reply."""
    reply = values.get("reply_parameters")
    if reply is None:
        return None
    _expect_object(reply, "reply parameters")
    _refuse_unknown_keys(reply, _REPLY, "reply parameters")
    target = reply.get("message_id")
    if not isinstance(target, int) or target <= 0:
        raise Refused("message to be replied not found")
    return target, reply.get("allow_sending_without_reply") is True


def photo(values: Mapping[str, Any], files: Mapping[str, bytes]) -> bytes | str:
    """An uploaded image, or the `file_id` or address that stands for one."""
    given = values.get("photo")
    if not given:
        raise Refused("there is no photo in the request")
    name = str(given)
    if not name.startswith("attach://"):
        return name
    image = files.get(name.removeprefix("attach://"))
    if not image:
        raise Refused("file must be non-empty")
    if len(image) > PHOTO_BYTES:
        raise Refused(f"strict: a photo of {len(image)} bytes; {PHOTO_BYTES} are allowed")
    if image.startswith(_OTHER_SIGNATURES):
        raise Refused("strict: Dalil draws PNG; the fake reads no other pictures")
    try:
        shorter, longer = sorted(size_of(image))
    except ValueError as error:
        raise Refused("IMAGE_PROCESS_FAILED") from error
    if shorter == 0 or shorter + longer > PHOTO_WIDTH_AND_HEIGHT or longer > PHOTO_RATIO * shorter:
        raise Refused("PHOTO_INVALID_DIMENSIONS")
    return image


def commands(values: Mapping[str, Any]) -> list[dict[str, str]]:
    """The commands of setMyCommands."""
    given = values.get("commands")
    if not isinstance(given, list):
        raise Refused("can't parse commands list JSON object")
    if not 1 <= len(given) <= COMMANDS:
        raise Refused(f"strict: {len(given)} commands; 1 to {COMMANDS} are allowed")
    for item in given:
        _expect_object(item, "command")
        _refuse_unknown_keys(item, frozenset({"command", "description"}), "command")
        name, description = item.get("command"), item.get("description")
        if not isinstance(name, str) or not COMMAND.fullmatch(name):
            raise Refused("BOT_COMMAND_INVALID")
        if (
            not isinstance(description, str)
            or is_blank(description)
            or utf16_length(description) > COMMAND_DESCRIPTION_LENGTH
        ):
            raise Refused("BOT_COMMAND_DESCRIPTION_INVALID")
    if len({item["command"] for item in given}) < len(given):
        raise Refused("strict: a command occurs twice")
    return given


def command_scope(values: Mapping[str, Any]) -> tuple[str, str]:
    """What a list of commands is for: its scope, as sorted JSON, and its language."""
    scope = values.get("scope", {"type": "default"})
    _expect_object(scope, "BotCommandScope")
    needed = {"chat": {"chat_id"}, "chat_administrators": {"chat_id"}, "chat_member": {"chat_id", "user_id"}}
    if scope.get("type") not in _SCOPES:
        raise Refused("unsupported scope type specified")
    if scope.keys() != {"type"} | needed.get(scope["type"], set()):
        raise Refused("can't parse BotCommandScope")
    return json.dumps(scope, sort_keys=True), language_code(values)


def language_code(values: Mapping[str, Any]) -> str:
    """A two-letter language code, or nothing, which stands for every language."""
    code = str(values.get("language_code", ""))
    if code and not LANGUAGE_CODE.fullmatch(code):
        raise Refused("invalid language code specified")
    return code


def profile_text(values: Mapping[str, Any], name: str, limit: int) -> str:
    """The bot's name or a description; an empty one removes it."""
    text = str(values.get(name, ""))
    if utf16_length(text) > limit:
        raise Refused(f"bot {name.replace('_', ' ')} is too long")
    return text


def chat_action(values: Mapping[str, Any]) -> str:
    """What the bot is seen doing."""
    action = str(values.get("action", ""))
    if action not in _CHAT_ACTIONS:
        raise Refused("wrong parameter action in request")
    return action


def menu_button(values: Mapping[str, Any]) -> JsonObject:
    """The button beside the input field."""
    button = values.get("menu_button", {"type": "default"})
    _expect_object(button, "menu button")
    if button not in ({"type": "default"}, {"type": "commands"}):
        raise Refused("strict: the fake knows the menu buttons `default` and `commands`")
    return dict(button)


def callback_answer(values: Mapping[str, Any]) -> str:
    """The text shown to who pressed a button; possibly empty."""
    text = str(values.get("text", ""))
    if utf16_length(text) > CALLBACK_ANSWER_LENGTH:
        raise Refused("MESSAGE_TOO_LONG")
    return text


def inline_results(values: Mapping[str, Any]) -> list[JsonObject]:
    """The results of an inline query; the fake knows articles with text."""
    results = values.get("results")
    if not isinstance(results, list):
        raise Refused("can't parse inline query results JSON object")
    if len(results) > INLINE_RESULTS:
        raise Refused("RESULTS_TOO_MUCH")
    for result in results:
        _expect_object(result, "inline query result")
        _check_article(result)
    if len({result["id"] for result in results}) < len(results):
        raise Refused("RESULT_ID_DUPLICATE")
    if len(str(values.get("next_offset", "")).encode()) > INLINE_ID_BYTES:
        raise Refused("NEXT_OFFSET_INVALID")
    if (button := values.get("button")) is not None:
        _expect_object(button, "inline query results button")
        _refuse_unknown_keys(button, frozenset({"text", "start_parameter"}), "inline query results button")
        if not _is_label(button.get("text")):
            raise Refused("button text must be non-empty")
        if not START_PARAMETER.fullmatch(str(button.get("start_parameter", ""))):
            raise Refused("START_PARAM_INVALID")
    return results


def _check_article(result: JsonObject) -> None:
    if result.get("type") != "article":
        raise Refused("strict: the fake knows inline results of type `article` only")
    _refuse_unknown_keys(result, _ARTICLE, "inline query result")
    identifier = result.get("id")
    if not isinstance(identifier, str) or not 1 <= len(identifier.encode()) <= INLINE_ID_BYTES:
        raise Refused("RESULT_ID_INVALID")
    if not _is_label(result.get("title")):
        raise Refused("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content", {})
    _expect_object(content, "input message content")
    _refuse_unknown_keys(content, _ARTICLE_CONTENT, "input message content")
    message_text({**content, "text": content.get("message_text")})
    reply_markup(result, inline_only=True)
    for name in ("url", "thumbnail_url"):
        if name in result and not is_link(str(result[name])):
            raise Refused("WEBDOCUMENT_URL_INVALID")


def _typed(name: str, text: str, kind: Kind) -> object:
    """One parameter, read from the text that every encoding turns it into."""
    if kind in {"text", "file"}:
        return text
    if kind == "integer":
        if not re.fullmatch(r"-?[0-9]{1,19}", text):
            raise Refused(f'strict: parameter "{name}" must be an integer')
        return int(text)
    if kind == "boolean":
        if text not in {"true", "false"}:
            raise Refused(f'strict: parameter "{name}" must be true or false')
        return text == "true"
    if kind == "chat":
        return _chat(text)
    try:
        value = json.loads(text)
    except ValueError as error:
        raise Refused(f"can't parse {name.replace('_', ' ')} JSON object") from error
    check_characters(value)
    if not isinstance(value, dict if kind == "object" else list):
        raise Refused(f"{kind} expected as {name.replace('_', ' ')}")
    return value


def _chat(text: str) -> int:
    if not text:
        raise Refused("chat_id is empty")
    if not re.fullmatch(r"-?[1-9][0-9]{0,15}", text):
        # Names of public channels are no chats that Dalil writes to.
        raise Refused("chat not found")
    return int(text)


def _check_rows(rows: object, check: Callable[[object], None]) -> None:
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise Refused("can't parse keyboard: expected an Array of Array")
    if sum(map(len, rows)) > BUTTONS:
        raise Refused("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        if len(row) > BUTTONS_IN_A_ROW:
            raise Refused(f"strict: {len(row)} buttons in a row; Telegram shows {BUTTONS_IN_A_ROW}")
        for button in row:
            check(button)


def _check_inline_button(button: object) -> None:
    what = "inline keyboard button"
    if not isinstance(button, dict):
        raise Refused(f"can't parse {what}: Object expected")
    _refuse_unknown_keys(button, _BUTTON_ACTIONS | _BUTTON_LOOKS, what)
    if not _is_label(button.get("text")):
        raise Refused(f"{what} text must be non-empty")
    actions = _BUTTON_ACTIONS & button.keys()
    if not actions:
        raise Refused(f"can't parse {what}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise Refused(f"strict: an {what} has exactly one action, not {sorted(actions)}")
    (action,) = actions
    value = button[action]
    if action == "callback_data" and not (isinstance(value, str) and 1 <= len(value.encode()) <= CALLBACK_DATA_BYTES):
        raise Refused("BUTTON_DATA_INVALID")
    if action == "url" and not (isinstance(value, str) and is_link(value)):
        raise Refused(f"{what} URL '{value}' is invalid: Wrong HTTP URL")
    if action == "copy_text" and not (
        isinstance(value, dict)
        and value.keys() == {"text"}
        and isinstance(value["text"], str)
        and 1 <= utf16_length(value["text"]) <= COPY_TEXT_LENGTH
    ):
        raise Refused("BUTTON_COPY_TEXT_INVALID")


def _check_key(key: object) -> None:
    what = "keyboard button"
    if isinstance(key, str):
        key = {"text": key}
    if not isinstance(key, dict):
        raise Refused(f"can't parse {what}: Object expected")
    _refuse_unknown_keys(key, _KEY_ACTIONS | _BUTTON_LOOKS, what)
    if not _is_label(key.get("text")):
        raise Refused(f"{what} text must be non-empty")


def _check_link_preview(options: object) -> None:
    if options is None:
        return
    _expect_object(options, "link preview options")
    assert isinstance(options, dict)
    _refuse_unknown_keys(options, _PREVIEW, "link preview options")


def _is_label(text: object) -> bool:
    return isinstance(text, str) and not is_blank(text)


def _expect_object(value: object, what: str) -> None:
    if not isinstance(value, dict):
        raise Refused(f"object expected as {what}")


def _refuse_unknown_keys(value: Mapping[str, Any], known: frozenset[str] | set[str], what: str) -> None:
    if unknown := sorted(value.keys() - known):
        raise Refused(f"strict: unknown keys {unknown} in {what}")
