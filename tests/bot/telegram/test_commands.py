"""Commands become actions, and stand in Telegram's menu."""

from __future__ import annotations

import pytest

from bot.answering.figure_pages import FigurePage
from bot.answering.pages import Page
from bot.localisation import localiser
from bot.telegram.commands import COMMANDS, Command, action_of, is_chart
from knowledge.language import Language


@pytest.mark.parametrize(
    ("command", "words", "action"),
    [
        (Page.HELP, [], "help"),
        (Page.START, ["payload"], "start"),
        (Page.LANG, ["FR", "please"], "lang:fr"),
        (Page.SOURCES, ["2"], "sources:2"),
        (FigurePage.LATEST, ["news"], "latest"),
        (FigurePage.FIGURES, [], "figures"),
        (FigurePage.FIGURES, ["Jobs"], "figures:jobs"),
        (FigurePage.CHART, [], "chart"),
        (FigurePage.CHART, ["Emplois", "de", "l'offshoring"], "chart:Emplois de l'offshoring"),
        (FigurePage.CHART, ["lang:fr"], "chart:lang:fr"),
    ],
)
def test_a_command_becomes_an_action(command: Command, words: list[str], action: str) -> None:
    assert action_of(command, words) == action


def test_a_chart_is_known_by_its_name_alone() -> None:
    assert is_chart("chart")
    assert is_chart("chart:jobs:crm")
    assert not is_chart("charts:jobs")
    assert not is_chart("figure:chart")


@pytest.mark.parametrize("language", Language)
def test_the_menu_describes_each_command_shortly_and_differently(language: Language) -> None:
    descriptions = [localiser(language).text(f"command-{command}") for command in COMMANDS]
    assert len(set(descriptions)) == len(COMMANDS)
    assert all(3 <= len(description) <= 40 for description in descriptions)


@pytest.mark.parametrize("language", Language)
def test_the_help_names_the_commands_that_are_no_pages_of_its_own(language: Language) -> None:
    named = {f"/{command}" for command in COMMANDS} - {"/start", "/help"}
    text = localiser(language).text("help")
    assert all(f": {command}\n" in text for command in named)
