"""A console conversation answers each line, takes commands, keeps its state and ends without a fuss."""

from __future__ import annotations

import builtins
import io
from datetime import date

import pytest
from rich.console import Console

from bot.answering.answerer import Answerer
from bot.answering.model import Answer, AnswerKind
from bot.answering.reply import Block, BlockKind, Reply, Span, Style
from bot.console import LONGEST_PIECE, converse, show_answer
from bot.localisation import localiser
from bot.session import Session
from knowledge.language import Language

TODAY = date(2026, 11, 21)

pytestmark = pytest.mark.model


class Terminal(io.StringIO):
    """Standard input as a terminal has it; what is typed comes through input()."""

    def isatty(self) -> bool:
        return True


def talk(answerer: Answerer, *lines: str, session: Session | None = None) -> str:
    """What a conversation with lines piped in writes."""
    out = io.StringIO()
    converse(lambda: answerer, io.StringIO("\n".join(lines)), Console(file=out, width=80), lambda: TODAY, session)
    return out.getvalue()


def type_lines(answerer: Answerer, monkeypatch: pytest.MonkeyPatch, *lines: str) -> tuple[str, list[str]]:
    """What a conversation at a terminal writes, and what was left unread."""
    left = list(lines)

    def typed(prompt: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr(builtins, "input", typed)
    out = io.StringIO()
    converse(lambda: answerer, Terminal(), Console(file=out, width=80), lambda: TODAY)
    return out.getvalue(), left


def text(key: str, language: Language) -> str:
    return localiser(language).text(key)


def test_each_piped_line_is_answered_and_blank_ones_are_passed_over(answerer: Answerer) -> None:
    said = talk(answerer, "Merci beaucoup !", "", "   ", "Thank you!", "شكرا")
    expected = [text("small-talk-thanks", language) for language in (Language.FR, Language.EN, Language.AR)]
    assert said == "\n\n".join(expected) + "\n\n"


def test_nothing_piped_in_is_answered_with_nothing(answerer: Answerer) -> None:
    assert talk(answerer, "") == ""


@pytest.mark.parametrize(
    ("command", "key"),
    [("/privacy", "privacy"), ("/PRIVACY", "privacy"), ("/start", "start"), ("/help", "help")],
)
def test_commands_are_those_of_telegram(answerer: Answerer, command: str, key: str) -> None:
    said = talk(answerer, command, session=Session(Language.FR))
    assert text(key, Language.FR) in said


def test_an_unknown_command_says_so(answerer: Answerer) -> None:
    for command in ("/nonsense", "/"):
        assert text("unknown-action", Language.EN) in talk(answerer, command)


def test_the_language_chosen_holds_until_it_is_automatic_again(answerer: Answerer) -> None:
    said = talk(answerer, "/lang ar", "Thank you!", "/lang auto", "Thank you!")
    first, second = (said.index(text("small-talk-thanks", language)) for language in (Language.AR, Language.EN))
    assert first < second


def test_an_option_is_taken_by_its_number(answerer: Answerer, monkeypatch: pytest.MonkeyPatch) -> None:
    said, _ = type_lines(answerer, monkeypatch, "/lang", "1", "Thank you!")
    assert f"1: {text('language-name', Language.FR)}" in said
    assert text("lang-chosen", Language.FR) in said
    assert text("small-talk-thanks", Language.FR) in said


def test_the_conversation_keeps_its_language(answerer: Answerer) -> None:
    """A message that names no language, such as an emoji, is answered in that of the one before."""
    assert talk(answerer, "شكرا", "🙂").strip().endswith(text("small-talk-no-words", Language.AR))


def test_a_person_is_welcomed_in_three_languages_and_a_blank_line_ends(
    answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, left = type_lines(answerer, monkeypatch, "Merci beaucoup !", "", "never read")
    assert all(text("console-welcome", language) in said.replace("\n", " ") for language in Language)
    assert text("small-talk-thanks", Language.FR) in said.replace("\n", " ")
    assert said.endswith(text("console-goodbye", Language.FR) + "\n")
    assert left == ["never read"]


def test_the_end_of_input_ends_a_conversation_too(answerer: Answerer, monkeypatch: pytest.MonkeyPatch) -> None:
    said, left = type_lines(answerer, monkeypatch)
    assert said.endswith(text("console-goodbye", Language.EN) + "\n")
    assert left == []


def test_a_reply_is_written_word_for_word_whatever_looks_like_markup() -> None:
    """Brackets of a citation and names of emojis are text, and a long line stays one line."""
    long = "word " * 60 + ":smile: [bold]x[/bold] https://example.com"
    blocks = (
        Block((Span(f"{long} [1]"),), BlockKind.STATEMENT),
        Block((Span("[1] "), Span("H24info", Style.STRONG), Span(" [title]", url="https://a.b/c")), BlockKind.SOURCE),
    )
    answer = Answer(AnswerKind.ANSWER, Language.FR, Reply(blocks), long)
    out = io.StringIO()
    show_answer(answer, Console(file=out, width=40))
    assert out.getvalue() == answer.reply.text + "\n\n"


def test_a_long_conversation_is_read_line_by_line(answerer: Answerer) -> None:
    """The reply to a line stands before the next line is read, for whoever pipes from another program."""
    out = io.StringIO()
    seen: list[int] = []

    class Source(io.StringIO):
        def readline(self, size: int = -1, /) -> str:  # type: ignore[override]
            seen.append(out.getvalue().count(thanks))
            return super().readline(size)

    thanks = text("small-talk-thanks", Language.FR)
    converse(lambda: answerer, Source("Merci beaucoup !\n" * 2), Console(file=out, width=80), lambda: TODAY)
    assert seen == [0, 1, 2]


def test_a_line_too_long_for_a_question_is_answered_once(answerer: Answerer) -> None:
    said = talk(answerer, "word " * LONGEST_PIECE, "Thank you!")
    assert said == f"{text('too-long', Language.EN)}\n\n{text('small-talk-thanks', Language.EN)}\n\n"
