"""The bot's commands, each the name of the page that it opens."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answering.figure_pages import FigurePage
from bot.answering.pages import Page

Command = Page | FigurePage

COMMANDS: tuple[Command, ...] = (
    Page.START,
    Page.HELP,
    FigurePage.LATEST,
    FigurePage.FIGURES,
    FigurePage.CHART,
    Page.LANG,
    Page.SOURCES,
    Page.ABOUT,
    Page.PRIVACY,
    Page.FORGET,
)
"""In the order of Telegram's menu."""

IN_PLACE = frozenset({Page.LANG.value, Page.SOURCES.value, FigurePage.FIGURES.value})
"""Pages that replace the message under which they were asked for."""

_WITH_WORD = frozenset({Page.LANG, Page.SOURCES, FigurePage.FIGURES})
_WITH_WORDS = frozenset({FigurePage.CHART})


def action_of(command: Command, words: Sequence[str]) -> str:
    """What a command asks for: ``chart:emplois offshoring``, ``lang:fr``, ``help``.

    Args:
        command: Which.
        words: What stands behind it; passed over where the command takes none.
    """
    if command in _WITH_WORDS:
        argument = " ".join(words)
    else:
        argument = words[0].lower() if words and command in _WITH_WORD else ""
    return f"{command}:{argument}" if argument else command.value


def is_forget(action: str) -> bool:
    """Whether an action asks to be forgotten."""
    return action.partition(":")[0] == Page.FORGET


def is_chart(action: str) -> bool:
    """Whether an action asks for a chart."""
    return action.partition(":")[0] == FigurePage.CHART
