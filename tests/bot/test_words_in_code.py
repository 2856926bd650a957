"""Every word that a user sees stands in the locales: none is written into the code."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.localisation import LOCALES

BOT = LOCALES.parent
SEEN_BY_USERS = sorted(path for folder in ("answering", "telegram") for path in (BOT / folder).rglob("*.py")) + [
    BOT / name for name in ("charts.py", "console.py", "session.py")
]

_SENTENCE = re.compile(r"[^\W\d_]{2,} +[^\W\d_]{2,}")
_WORD = re.compile(r"[^\W\d_]{2,}")

# Texts with two words that no user of the bot reads: the operator's, patterns, and other programs' names.
KNOWN = {
    "answering/darija.py": ("في ",),
    "answering/fragments.py": ("و",),
    "answering/message.py": ("depuis quand",),
    "charts.py": ("DejaVu Sans", "lower center"),
    "telegram/app.py": ("Telegram refuses the token.",),
    "telegram/delivery.py": ("not modified",),
    "telegram/errors.py": (" || because of ",),
    "telegram/html.py": ("<blockquote expandable>", "\u115f"),
    "telegram/profile.py": ("short description",),
}
# What becomes text that a user sees, and which of the arguments do.
SINKS = {
    "note": (0,),
    "Span": (0,),
    "Option": (0, 2),
    "Card": (0, 1),
    "InlineKeyboardButton": (0,),
    "CopyTextButton": (0,),
    "InlineQueryResultsButton": (0,),
    "InlineQueryResultArticle": (1,),
    "BotCommand": (1,),
}
SHOWN_BY_NAME = {"label", "copies", "title", "description", "text", "caption", "lead", "alt"}


def not_shown(tree: ast.AST) -> set[int]:
    """The nodes of docstrings, of errors for the operator, of the log, and of patterns."""
    found: set[int] = set()
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            found |= {id(each.value) for each in body if isinstance(each, ast.Expr)}
        logs = isinstance(node, ast.Call) and ast.unparse(node.func).startswith(("log.", "re.", "warnings."))
        if isinstance(node, ast.Raise) or logs:
            found |= {id(each) for each in ast.walk(node)}
    return found


def sentences(path: Path) -> Iterator[str]:
    """Literals that look like language: several words, or letters beyond ASCII."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = not_shown(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            foreign = any(character.isalpha() and not character.isascii() for character in node.value)
            if foreign or _SENTENCE.search(node.value):
                yield node.value


def shown_words(path: Path) -> Iterator[str]:
    """Words, be it a single one, that are written where text for a user is made."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        name = ast.unparse(call.func).rsplit(".", maxsplit=1)[-1]
        if name not in SINKS:
            continue
        given = [call.args[place] for place in SINKS[name] if place < len(call.args)]
        given += [keyword.value for keyword in call.keywords if keyword.arg in SHOWN_BY_NAME]
        for argument in given:
            yield from filter(_WORD.search, direct_texts(argument))


def direct_texts(argument: ast.expr) -> Iterator[str]:
    """The literals that an expression may give, but not those handed to a function."""
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value
    elif not isinstance(argument, ast.Call):
        for child in ast.iter_child_nodes(argument):
            if isinstance(child, ast.expr):
                yield from direct_texts(child)


@pytest.mark.parametrize("path", SEEN_BY_USERS, ids=lambda path: path.relative_to(BOT).as_posix())
def test_no_sentence_is_written_into_the_code(path: Path) -> None:
    known = KNOWN.get(path.relative_to(BOT).as_posix(), ())
    assert [text for text in sentences(path) if not any(each in text for each in known)] == []


@pytest.mark.parametrize("path", SEEN_BY_USERS, ids=lambda path: path.relative_to(BOT).as_posix())
def test_no_word_is_written_where_a_users_text_is_made(path: Path) -> None:
    assert list(shown_words(path)) == []


def test_every_exception_is_still_needed() -> None:
    for name, known in KNOWN.items():
        found = list(sentences(BOT / name))
        assert all(any(each in text for text in found) for each in known), name


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('note("Bonjour")', ["Bonjour"]),
        ('Span(f"{n} jobs")', [" jobs"]),
        ('Option(locale.text("option-more"), "more:x")', []),
        ('Option("More" if more else "Less", "more:x")', ["More", "Less"]),
        ('Answer(lead="x")', []),
        ('bot.InlineKeyboardButton(text="Plus")', ["Plus"]),
        ('Span(f"[{n}] ")', []),
    ],
)
def test_a_word_among_the_code_is_found(tmp_path: Path, source: str, found: list[str]) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")
    assert list(shown_words(path)) == found


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""A docstring of words."""\nx = "two words"', ["two words"]),
        ('raise BotError("for the operator")', []),
        ('log.info("some event", kind="x")', []),
        ('x = "مرحبا"', ["مرحبا"]),
        ('x = "identifier_with_letters"', []),
        ('def f():\n    """Says how."""\n    return f"{a} and then {b}"', [" and then "]),
    ],
)
def test_a_sentence_among_the_code_is_found(tmp_path: Path, source: str, found: list[str]) -> None:
    path = tmp_path / "module.py"
    path.write_text(source, encoding="utf-8")
    assert list(sentences(path)) == found
