"""Options as buttons."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from telegram import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup, MaybeInaccessibleMessage, Message

from bot.answering.model import Option
from bot.errors import BotError
from bot.telegram.bidi import isolate
from bot.telegram.html import clean
from bot.telegram.splitting import utf16_length
from knowledge.language import Language

# https://core.telegram.org/bots/api#inlinekeyboardbutton
CALLBACK_DATA_BYTES = 64
# Telegram's refusal of more is REPLY_MARKUP_TOO_LONG.
BUTTONS = 100
# Counted in UTF-16 units: https://core.telegram.org/bots/api#copytextbutton
COPIED_UNITS = 256
# Two labels up to this length stand side by side on a narrow telephone without being cut.
SHORT_LABEL = 18


def keyboard(options: Sequence[Option], language: Language) -> InlineKeyboardMarkup | None:
    """Buttons for options: two in a row where all labels are short, else one below the other.

    A button sends its option's action back as it is, so that it still works after a restart; one that copies a short
    text does so by itself.

    Raises:
        BotError: An action is too long for a button, or there are more options than Telegram takes.
    """
    if not options:
        return None
    if len(options) > BUTTONS:
        raise BotError(f"{len(options)} options do not fit a Telegram keyboard, which holds {BUTTONS}. Group them.")
    width = 2 if all(len(option.label) <= SHORT_LABEL for option in options) else 1
    buttons = [_button(option, language) for option in options]
    return InlineKeyboardMarkup([buttons[i : i + width] for i in range(0, len(buttons), width)])


def actions(message: MaybeInaccessibleMessage) -> tuple[str, ...]:
    """What the buttons under a message send back; () for one that can no longer be seen."""
    markup = message.reply_markup if isinstance(message, Message) else None
    buttons = itertools.chain.from_iterable(markup.inline_keyboard) if markup else ()
    return tuple(button.callback_data for button in buttons if isinstance(button.callback_data, str))


def _button(option: Option, language: Language) -> InlineKeyboardButton:
    if not 1 <= len(option.action.encode()) <= CALLBACK_DATA_BYTES:
        raise BotError(
            f"The action {option.action!r} does not fit a Telegram button: it must have 1 to "
            f"{CALLBACK_DATA_BYTES} bytes. Shorten the id that it names."
        )
    label = isolate(option.label, language)
    copied = clean(option.copies or "").strip()
    if copied and utf16_length(copied) <= COPIED_UNITS:
        return InlineKeyboardButton(label, copy_text=CopyTextButton(copied))
    return InlineKeyboardButton(label, callback_data=option.action)
