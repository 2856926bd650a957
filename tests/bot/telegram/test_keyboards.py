"""Options become buttons that Telegram takes, also every one that figures can offer."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from telegram import Chat, InaccessibleMessage, Message

from bot.answering.composing import Composer
from bot.answering.figure_choice import FigureChooser
from bot.answering.figure_pages import FigurePage, FigurePages
from bot.answering.figures import FigureBook
from bot.answering.model import Answer, Option
from bot.errors import BotError
from bot.telegram.delivery import parts
from bot.telegram.html import caption
from bot.telegram.keyboards import BUTTONS, actions, keyboard
from knowledge.corpus import Corpus
from knowledge.language import Language
from running_bot import TODAY
from telegram_api import rules


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


def test_a_short_text_is_copied_by_its_button_and_a_long_one_sends_its_action() -> None:
    markup = keyboard([Option("a", "copy:x", "🙂" * 128), Option("b", "copy:y", "🙂" * 129)], Language.EN)
    assert markup is not None
    short, long = markup.inline_keyboard[0]
    assert short.copy_text is not None
    assert (short.copy_text.text, short.callback_data) == ("🙂" * 128, None)
    assert (long.copy_text, long.callback_data) == (None, "copy:y")
    rules.reply_markup({"reply_markup": markup.to_dict()}, inline_only=True)


def test_a_text_to_copy_is_cleaned_and_an_empty_one_sends_its_action() -> None:
    markup = keyboard([Option("a", "x", "one\x00two\ud800 "), Option("b", "y", " \u200e")], Language.EN)
    assert markup is not None
    copied, empty = markup.inline_keyboard[0]
    assert copied.copy_text is not None
    assert copied.copy_text.text == "one two\ufffd"
    assert (empty.copy_text, empty.callback_data) == (None, "y")


def test_more_options_than_telegram_takes_are_an_error() -> None:
    assert len(rows(*["x"] * BUTTONS)) == BUTTONS / 2
    with pytest.raises(BotError, match="101 options do not fit"):
        rows(*["x"] * (BUTTONS + 1))


def test_the_actions_of_a_message_are_those_of_its_buttons() -> None:
    chat = Chat(1, "private")
    markup = keyboard([Option("a", "topic:jobs"), Option("b", "chart:x"), Option("c", "help")], Language.EN)
    assert markup is not None
    now = datetime(2026, 1, 31, tzinfo=UTC)
    assert actions(Message(1, now, chat, reply_markup=markup)) == ("topic:jobs", "chart:x", "help")
    assert actions(Message(1, now, chat)) == ()
    assert actions(InaccessibleMessage(chat, 1)) == ()


def figure_answers(corpus: Corpus, language: Language) -> Iterator[Answer]:
    """What the buttons and commands about figures give for every metric, and every entity that has a figure of it."""
    chooser = FigureChooser(corpus, FigureBook(corpus))
    pages = FigurePages(corpus, chooser, Composer(corpus))
    held = {(metric, dated.figure.entity) for metric in corpus.metrics for dated in chooser.figures(metric)}
    arguments = sorted(f"{metric}:{entity}" for metric, entity in held if entity)
    asked = [
        *((FigurePage.FIGURES, topic) for topic in ("", *corpus.topics)),
        (FigurePage.LATEST, ""),
        (FigurePage.CHART, ""),
        *itertools.product((FigurePage.FIGURE, FigurePage.EVOLUTION, FigurePage.CHART), (*corpus.metrics, *arguments)),
    ]
    for page, argument in asked:
        yield pages.show(page, argument, language, TODAY)


@pytest.mark.parametrize("language", Language)
def test_telegram_takes_every_keyboard_and_caption_about_figures(corpus: Corpus, language: Language) -> None:
    seen: set[tuple[Option, ...]] = set()
    charts = 0
    for answer in figure_answers(corpus, language):
        if answer.options not in seen:
            seen.add(answer.options)
            if (markup := parts(answer)[-1].markup) is not None:
                rules.reply_markup({"reply_markup": markup.to_dict()}, inline_only=True)
        if answer.chart is not None:
            charts += 1
            written = caption(answer.chart.alt, language)
            assert not written.endswith("…")
            rules.caption({"caption": written, "parse_mode": "HTML"})
    assert len(seen) > len(corpus.topics)
    assert charts
