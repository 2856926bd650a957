"""Options become buttons that Telegram takes."""

from __future__ import annotations

import pytest

from bot.answering.model import Option
from bot.errors import BotError
from bot.telegram.keyboards import keyboard
from knowledge.language import Language


def rows(*labels: str) -> list[list[str]]:
    markup = keyboard([Option(label, "topic:jobs") for label in labels], Language.EN)
    assert markup is not None
    return [[button.text for button in row] for row in markup.inline_keyboard]


def test_no_options_are_no_keyboard() -> None:
    assert keyboard((), Language.EN) is None


def test_short_labels_stand_two_in_a_row() -> None:
    assert rows("Français", "العربية", "English") == [["Français", "\u200e\u2068العربية\u2069"], ["English"]]


def test_long_labels_stand_one_below_the_other() -> None:
    assert rows("Employment and training", "Exports") == [["Employment and training"], ["Exports"]]


@pytest.mark.parametrize("action", ["", "x" * 65, "topic:" + "é" * 30])
def test_an_action_that_does_not_fit_is_an_error_that_names_it(action: str) -> None:
    with pytest.raises(BotError, match=r"does not fit a Telegram button"):
        keyboard([Option("x", action)], Language.EN)
