"""The words of Dalil's own: complete in three languages, formatted without error, typeset with care."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Identifier, Junk, Message, Pattern, Placeable, SelectExpression, VariableReference

from bot.answering.charting import ChartRefusal
from bot.answering.message import SmallTalk
from bot.answering.pages import Media, Page
from bot.errors import BotError
from bot.localisation import LOCALES, localiser
from bot.telegram.commands import COMMANDS
from knowledge.language import Language
from knowledge.model import Difference, Unit

BOT = LOCALES.parent
COUNTS = (0, 1, 2, 3, 11, 100)
LANGUAGES = tuple(Language)
NO_BREAK_SPACE = "\u00a0"

# Arguments without punctuation, so that a mark in the formatted text is a mark of the message.
SAMPLES: Mapping[str, tuple[str | int, ...]] = {
    "about": ("2023",),
    "articles": COUNTS,
    "citation": ("CITATION",),
    "others": ("OTHERS",),
    "source": ("SOURCE",),
    "contact": ("dalil@example.org",),
    "date": ("DATE",),
    "first": ("7",),
    "id": ("4f2a9c",),
    "label": ("LABEL",),
    "language": tuple(language.value for language in LANGUAGES),
    "page": (1, 2),
    "pages": (2,),
    "passages": COUNTS,
    "period": ("2019",),
    "place": ("PLACE",),
    "question": ("QUESTION",),
    "change": ("CHANGE",),
    "difference": ("DIFFERENCE",),
    "differences": ("DIFFERENCES",),
    "earlier": ("EARLIER",),
    "entity": ("ENTITY",),
    "high": ("17",),
    "later": ("LATER",),
    "last": ("11",),
    "line": ("LINE",),
    "link": ("LINK",),
    "low": ("13",),
    "metric": ("METRIC",),
    "number": COUNTS,
    "published": ("PUBLISHED",),
    "publisher": ("PUBLISHER",),
    "publishers": ("PUBLISHERS",),
    "reference": ("REFERENCE",),
    "scale": ("one", "million", "billion"),
    "speaker": ("SPEAKER",),
    "subject": ("SUBJECT",),
    "text": ("TEXT",),
    "title": ("TITLE",),
    "topic": ("TOPIC",),
    "topics": ("TOPICS",),
    "person": ("PERSON",),
    "places": ("PLACES",),
    "time": ("TIME",),
    "until": ("2025",),
    "value": ("VALUE",),
    "values": ("VALUES",),
    "written": ("WRITTEN",),
    "year": ("2024",),
}
NUMBERS = {"articles", "passages", "number"}
"""Arguments that are counted."""
SELECTS = {"language", "articles", "passages", "number", "scale"}
"""Arguments that choose a wording and need not be shown."""
COMPUTED: Mapping[str, Iterable[str]] = {
    "small-talk-": SmallTalk,
    "media-": Media,
    "command-": COMMANDS,
    "value-": (*Unit, "points"),
    "unit-": Unit,
    "figure-line-": ("plain", "latest", "target", "estimate"),
    "difference-": Difference,
    "hedge-": ("about", "more-than", "nearly", "up-to", "at-least"),
}
# Shown by the two front ends, bot.telegram and bot.console.
FRONT_ENDS = {
    "unknown-command",
    "incident",
    "bot-description",
    "bot-short-description",
    "console-welcome",
    "console-goodbye",
    "report-thanks",
    "too-many",
    "too-busy",
}


def _messages(language: Language) -> dict[str, frozenset[str]]:
    """Each message's key, with the names of its arguments."""
    text = (LOCALES / f"{language}.ftl").read_text(encoding="utf-8")
    messages: dict[str, frozenset[str]] = {}
    for entry in FluentParser().parse(text).body:
        assert not isinstance(entry, Junk), f"{language}.ftl: {entry.content!r}"
        if isinstance(entry, Message):
            assert entry.span is not None
            assert entry.id.name not in messages, f"{language}.ftl defines {entry.id.name} twice"
            source = text[entry.span.start : entry.span.end]
            messages[entry.id.name] = frozenset(re.findall(r"\$([a-z]+)", source))
    return messages


def _without_plurals(language: Language) -> dict[str, frozenset[str]]:
    """The messages; whether a noun needs the number for its plural is the language's own affair."""
    return {key: names - {"number"} for key, names in _messages(language).items()}


def _formatted(language: Language) -> Iterator[tuple[str, str]]:
    """Each message, once for each combination of sample arguments."""
    for key, names in _messages(language).items():
        ordered = sorted(names)
        for values in itertools.product(*(SAMPLES[name] for name in ordered)):
            yield key, localiser(language).text(key, **dict(zip(ordered, values, strict=True)))


def _computed_keys() -> set[str]:
    """Keys that the code builds from an enum; the answer to "what can you do" is the help page."""
    keys = {f"{prefix}{value.lower().replace('_', '-')}" for prefix, values in COMPUTED.items() for value in values}
    return (keys | set(ChartRefusal)) - {"small-talk-capabilities", "small-talk-sources"}


def _strings(node: ast.AST) -> set[str]:
    return {n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def _key_arguments() -> Iterator[tuple[ast.expr, ast.Module]]:
    """The first argument of every call ``<localiser>.text(…)`` in the package, with its module."""
    for path in sorted(BOT.rglob("*.py")):
        module = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(module):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == "text"
                and node.args
            ):
                yield node.args[0], module


def _prefix(computed: ast.JoinedStr) -> str:
    first = computed.values[0]
    assert isinstance(first, ast.Constant), ast.unparse(computed)
    return str(first.value)


def _keys_in_code() -> tuple[set[str], set[str]]:
    """The keys that the code names, and the prefixes of those that it computes."""
    keys: set[str] = set()
    prefixes: set[str] = set()
    for argument, module in _key_arguments():
        if isinstance(argument, ast.JoinedStr):
            prefixes.add(_prefix(argument))
        elif isinstance(argument, ast.Name):
            assigned = [
                node.value
                for node in ast.walk(module)
                if isinstance(node, ast.Assign) and any(ast.unparse(t) == argument.id for t in node.targets)
            ]
            for value in assigned:
                branches = [value.body, value.orelse] if isinstance(value, ast.IfExp) else [value]
                prefixes |= {_prefix(branch) for branch in branches if isinstance(branch, ast.JoinedStr)}
                keys.update(*(_strings(branch) for branch in branches if not isinstance(branch, ast.JoinedStr)))
        else:
            keys |= _strings(argument)
    return keys, prefixes


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_the_same_keys_and_arguments(language: Language) -> None:
    assert _without_plurals(language) == _without_plurals(Language.EN)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_message_formats_with_every_sample(language: Language) -> None:
    for key, text in _formatted(language):
        assert text.strip(), key
        assert "{" not in text, key
        assert "$" not in text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_argument_is_shown_or_selects(language: Language) -> None:
    for key, names in _messages(language).items():
        for name in names - SELECTS:
            samples = {other: SAMPLES[other][0] for other in names}
            assert str(SAMPLES[name][0]) in localiser(language).text(key, **samples), (key, name)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", ["summary-of-article", "quote-from-article", "text-in-language"])
def test_a_label_differs_for_each_language_of_the_source(key: str, language: Language) -> None:
    labels = {localiser(language).text(key, language=source.value) for source in LANGUAGES}
    assert len(labels) == len(LANGUAGES)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_without_its_argument_is_an_error(language: Language) -> None:
    with pytest.raises(BotError, match="quoted"):
        localiser(language).text("quoted")


def test_the_code_names_only_keys_that_exist() -> None:
    keys, prefixes = _keys_in_code()
    assert keys
    assert keys <= set(_messages(Language.EN))
    assert prefixes <= set(COMPUTED)
    assert _computed_keys() <= set(_messages(Language.EN))


def test_no_key_is_without_a_use() -> None:
    keys, _ = _keys_in_code()
    assert set(_messages(Language.EN)) == keys | _computed_keys() | FRONT_ENDS


@pytest.mark.parametrize(
    ("count", "articles", "passages"),
    [
        (0, "لا تضم قاعدتي أي مقال ", " ولا أي مقطع."),
        (1, "تضم قاعدتي مقالا واحدا ", " ومقطعا واحدا."),
        (2, "تضم قاعدتي مقالين ", " ومقطعين."),
        (3, "تضم قاعدتي 3 مقالات ", " و3 مقاطع."),
        (11, "تضم قاعدتي 11 مقالا ", " و11 مقطعا."),
        (100, "تضم قاعدتي 100 مقال ", " و100 مقطع."),
    ],
)
def test_arabic_counts_take_the_noun_in_its_right_form(count: int, articles: str, passages: str) -> None:
    arabic = localiser(Language.AR)
    assert arabic.text("about", articles=count, passages=7, until="2025").startswith(articles)
    assert passages in arabic.text("about", articles=7, passages=count, until="2025")


def _number_selects(language: Language) -> Iterator[tuple[str, set[str]]]:
    """The forms of every choice that a number makes, with the message's key."""
    text = (LOCALES / f"{language}.ftl").read_text(encoding="utf-8")
    for entry in FluentParser().parse(text).body:
        if isinstance(entry, Message) and entry.value is not None:
            for choice in _selects(entry.value):
                selector = choice.selector
                forms = {variant.key.name for variant in choice.variants if isinstance(variant.key, Identifier)}
                exact = len(forms) < len(choice.variants)  # "1er" is for 1 alone
                if isinstance(selector, VariableReference) and selector.id.name in NUMBERS and not exact:
                    yield entry.id.name, forms


def _selects(pattern: Pattern) -> Iterator[SelectExpression]:
    for element in pattern.elements:
        if isinstance(element, Placeable) and isinstance(element.expression, SelectExpression):
            yield element.expression
            for variant in element.expression.variants:
                yield from _selects(variant.value)


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        (Language.AR, {"zero", "one", "two", "few", "many", "other"}),
        (Language.FR, {"one", "other"}),
        (Language.EN, {"one", "other"}),
    ],
)
def test_wherever_a_number_chooses_every_plural_form_of_the_language_is_there(
    language: Language, forms: set[str]
) -> None:
    chosen = list(_number_selects(language))
    assert len(chosen) > 5
    assert [(key, found) for key, found in chosen if found != forms] == []


@pytest.mark.parametrize(
    ("language", "count", "expected"),
    [
        (Language.FR, 0, "0 article,"),
        (Language.FR, 1, "1 article,"),
        (Language.FR, 2, "2 articles,"),
        (Language.EN, 0, "0 articles "),
        (Language.EN, 1, "1 article "),
        (Language.EN, 2, "2 articles "),
    ],
)
def test_french_and_english_counts_agree_with_the_noun(language: Language, count: int, expected: str) -> None:
    assert expected in localiser(language).text("about", articles=count, passages=7, until="2025")


def test_arabic_uses_arabic_punctuation() -> None:
    for key, text in _formatted(Language.AR):
        assert not re.search(r"[?,;“”\"]", text), key


def test_arabic_holds_no_bidi_controls() -> None:
    for key, text in _formatted(Language.AR):
        assert not re.search("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]", text), key


def test_french_has_a_no_break_space_wherever_its_typography_asks_for_one() -> None:
    for key, text in _formatted(Language.FR):
        assert not re.search(rf"[^{NO_BREAK_SPACE}][;:?!»]", text), key
        assert not re.search(rf"«[^{NO_BREAK_SPACE}]", text), key
        assert not re.search(rf"\s{NO_BREAK_SPACE}|{NO_BREAK_SPACE}\s", text), key
        assert not re.search(r"[“”\"]", text), key


def test_english_and_arabic_have_no_space_before_punctuation() -> None:
    for language in (Language.EN, Language.AR):
        for key, text in _formatted(language):
            assert not re.search(r"\s[;:?!.,،؛؟»]", text), key
            assert NO_BREAK_SPACE not in text, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_command_ends_its_line_so_that_arabic_starts_with_arabic(language: Language) -> None:
    for key, text in _formatted(language):
        for line in text.splitlines():
            assert re.fullmatch(r"[^/]*(?:: /[a-z]+)?", line), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_help_names_only_commands_that_exist(language: Language) -> None:
    named = set(re.findall(r"/([a-z]+)", localiser(language).text("help")))
    assert named == {command.value for command in COMMANDS} - {Page.START, Page.HELP}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_with_examples_end_by_introducing_them(language: Language) -> None:
    assert all(localiser(language).text(key).endswith(":") for key in ("start", "help", "nearest-topics"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_profile_fits_into_telegrams_limits(language: Language) -> None:
    words = localiser(language)
    assert len(words.text("bot-description")) <= 512
    assert len(words.text("bot-short-description")) <= 120
    for command in COMMANDS:
        description = words.text(f"command-{command}")
        assert 3 <= len(description) <= 40
        assert not description.endswith(".")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_separator_keeps_its_space(language: Language) -> None:
    values = {Language.AR: "؛ ", Language.FR: f"{NO_BREAK_SPACE}; ", Language.EN: "; "}
    assert localiser(language).text("value-separator") == values[language]
    assert localiser(language).text("list-separator") == ("، " if language is Language.AR else ", ")
