"""A conversation in the console, for a person at a terminal or for lines piped in."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import TextIO

from rich.console import Console
from rich.style import Style as TerminalStyle
from rich.text import Text

from bot.answering.answerer import Answerer
from bot.answering.model import Answer
from bot.answering.reply import BlockKind, Reply, Style
from bot.localisation import localiser
from bot.session import Session
from knowledge.language import Language

PROMPT = "› "
LONGEST_PIECE = 100_000
"""Characters read at a time: more than any question has, and little enough for a stream without line ends."""

_STYLES = {Style.PLAIN: "", Style.STRONG: "bold", Style.EMPHASIS: "italic", Style.CODE: ""}


def converse(
    answerer: Callable[[], Answerer],
    source: TextIO,
    console: Console,
    today: Callable[[], date],
    session: Session | None = None,
) -> None:
    """Answer messages until they end.

    At a terminal a blank line ends the conversation, as the end of input does; piped in, it is passed over.

    Args:
        answerer: Gives what answers, asked once for each reply; the same as Telegram's.
        source: Where the messages come from, one a line.
        console: Gets the replies.
        today: The date.
        session: A conversation that is under way; a new one when left out.
    """
    session = session or Session()
    interactive = source.isatty()
    if interactive:
        show_welcome(console)
    for line in _typed(console) if interactive else _piped(source):
        answer = _turn(answerer(), session, line, today())
        show_answer(answer, console, numbered=interactive)
    if interactive:
        language = session.preferred or session.conversation.language or Language.EN
        console.print(Text(localiser(language).text("console-goodbye")))


def _turn(answerer: Answerer, session: Session, line: str, today: date) -> Answer:
    """Answer one line: a command such as ``/lang fr``, or a message."""
    if line.startswith("/"):
        return session.act(answerer, ":".join(line[1:].lower().split(maxsplit=1)), today)
    return session.ask(answerer, line, today)


def _typed(console: Console) -> Iterator[str]:
    # Gives input() a history and editing; left out where Python was built without it.
    with contextlib.suppress(ImportError):
        import readline  # noqa: F401
    while True:
        try:
            line = input(PROMPT).strip()
        except EOFError:
            console.print()
            return
        if not line:
            return
        yield line


def _piped(source: TextIO) -> Iterator[str]:
    while line := source.readline(LONGEST_PIECE):
        if line.strip():
            yield line.strip()
        # The rest of a line that is too long to be a question would otherwise be answered as another one.
        while line and not line.endswith("\n"):
            line = source.readline(LONGEST_PIECE)


def show_welcome(console: Console) -> None:
    """Say in each language what Dalil answers and how to end."""
    for language in Language:
        console.print(Text(localiser(language).text("console-welcome")))
    console.print()


def show_answer(answer: Answer, console: Console, *, numbered: bool = False) -> None:
    """Write a reply; lines are wrapped for a terminal alone.

    Args:
        answer: What to write.
        console: Where to.
        numbered: Whether its options follow, for someone who can choose one by its number.
    """
    console.print(_styled(answer.reply), soft_wrap=not console.is_terminal)
    if numbered and answer.options:
        offered = "   ".join(f"{n}: {option.label}" for n, option in enumerate(answer.options, start=1))
        console.print(Text(offered, style="cyan"), soft_wrap=not console.is_terminal)
    console.print()


def _styled(reply: Reply) -> Text:
    """A reply with the same words as `Reply.text`."""
    text = Text()
    for block in reply.blocks:
        source = block.kind is BlockKind.SOURCE
        text.append("" if not text else "\n" if source else "\n\n")
        for span in block.spans:
            style = f"{_STYLES[span.style]} {'dim' if source else ''}".strip()
            text.append(span.text, style=style)
            if span.url:
                # The link survives where a terminal breaks the line inside the address.
                text.append(f" ({span.url})", style=TerminalStyle(dim=True, link=span.url))
    return text


def standard_console(*, errors: bool = False) -> Console:
    """A console on standard output or error that takes texts as they are: no markup, no emoji codes."""
    return Console(file=sys.stderr if errors else sys.stdout, markup=False, emoji=False, highlight=False)
