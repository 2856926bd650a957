"""JSON lines: every key is there, bad lines are answered too, and a conversation is shared by its name alone."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.answerer import Answerer
from bot.answering.model import Answer, AnswerKind, Conversation, Option, Question
from bot.answering.reply import Reply, note
from bot.charts import ChartStore
from bot.composition import Foundations
from bot.contract import CONTRACT, Response, plain, response
from bot.errors import BotError
from bot.jsonlines import LONGEST_LINE, LineAnswerer, answer_lines
from bot.request import RequestError, parse_request
from bot.telegram.html import render
from knowledge.language import Language

CHARTS = ChartStore(Path("never-written"))
TODAY = date(2026, 11, 21)
KNOWN = "Combien d'emplois l'offshoring vise-t-il en 2030 ?"


class Parrot:
    """Stands where the Answerer stands, and says what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Question] = []
        self.failure: Exception | None = None

    def answer(self, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        if self.failure is not None:
            raise self.failure
        self.asked.append(question)
        language = question.preferred_language or conversation.language or Language.EN
        reply = Reply((note(question.text or "nothing"),))
        return Answer(AnswerKind.SMALLTALK, language, reply, question.text), Conversation(language=Language.FR)

    def act(self, action: str, question: Question, conversation: Conversation) -> tuple[Answer, Conversation]:
        return self.answer(replace(question, text=action), conversation)


def answered(lines: Sequence[str | bytes], answerer: Any = None, **options: Any) -> list[dict[str, Any]]:
    """Answer lines, each given without its end."""
    encoded = (line.encode() if isinstance(line, str) else line for line in lines)
    sink = io.BytesIO()
    stand_in: Any = answerer or Parrot()
    line_answerer = LineAnswerer(stand_in, render, CHARTS, lambda: TODAY, **options)
    answer_lines(io.BytesIO(b"\n".join(encoded)), sink, line_answerer)
    return [json.loads(line) for line in sink.getvalue().splitlines()]


def error_of(line: str | bytes) -> dict[str, Any]:
    bad, good = answered([line, '{"id": "after", "question": "?"}'])
    assert bad.keys() == {"contract", "id", "error"}
    assert bad["contract"] == CONTRACT
    assert good["id"] == "after"
    assert "error" not in good
    return bad


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("nonsense", "not JSON"),
        ('{"id": 1, "question": "?"', "not JSON"),
        ('{"id": 1} {"id": 2}', "not JSON"),
        ('{"id": 1, "question": ' + "[" * 100_000, "not JSON"),
        ('{"id": ' + "9" * 5_000 + ', "question": "?"}', "not JSON"),
        (b'{"id": 1, "question": "\xff"}', "not UTF-8"),
        ("[1, 2]", "an array, expected an object"),
        ('"question"', "a string, expected an object"),
        ("17", "a number, expected an object"),
        ("true", "a boolean, expected an object"),
        ("null", "null, expected an object"),
        ("{}", "id: "),
        ('{"id": true, "question": "?"}', "id: "),
        ('{"id": 1.5, "question": "?"}', "id: "),
        ('{"question": "?"}', "id: "),
    ],
)
def test_a_line_that_is_no_request_is_answered_with_an_error_and_the_rest_go_on(line: str | bytes, named: str) -> None:
    error = error_of(line)
    assert named in error["error"]
    assert error["id"] is None


@pytest.mark.parametrize(
    ("rest", "named"),
    [
        ('"question": 5', "question: "),
        ('"question": ["?"]', "question: "),
        ('"action": {}', "action: "),
        ('"question": "?", "action": "help"', "expected either question or action"),
        ('"conversation": "c"', "expected either question or action"),
        ('"question": null, "action": null', "expected either question or action"),
        ('"question": "?", "quesiton": "?"', "quesiton: is no key of the contract"),
        ('"question": "?", "language": "de"', "language: "),
        ('"question": "?", "language": 1', "language: "),
        ('"question": "?", "user_language": 1', "user_language: "),
        ('"question": "?", "conversation": []', "conversation: "),
        ('"question": "?", "today": "yesterday"', "today: expected a date as YYYY-MM-DD"),
        ('"question": "?", "today": 1700000000', "today: expected a date as YYYY-MM-DD"),
        ('"question": "?", "today": "2024-05-31T00:00:00"', "today: expected a date as YYYY-MM-DD"),
        ('"question": "?", "today": "2024-02-31"', "today: "),
    ],
)
def test_a_wrong_key_is_named_and_the_lines_id_is_given_back(rest: str, named: str) -> None:
    error = error_of('{"id": "q7", ' + rest + "}")
    assert named in error["error"]
    assert "\n" not in error["error"]
    assert error["id"] == "q7"


def test_every_fault_of_a_line_is_named_at_once() -> None:
    error = error_of('{"id": 1, "question": 5, "today": 5, "langage": "fr"}')["error"]
    assert all(key in error for key in ("question: ", "today: ", "langage: "))


@pytest.mark.parametrize("length", [LONGEST_LINE + 1, 3 * LONGEST_LINE + 17])
def test_a_very_long_line_is_refused_and_the_next_one_is_read_from_its_start(length: int) -> None:
    assert f"longer than {LONGEST_LINE} bytes" in error_of("x" * length)["error"]


def test_a_long_line_at_the_end_of_the_stream_is_refused_too() -> None:
    assert "longer than" in answered(["x" * (LONGEST_LINE + 1)])[0]["error"]


def test_blank_lines_are_passed_over_and_a_byte_order_mark_is_not_minded() -> None:
    lines = ['\ufeff{"id": 1, "question": "?"}', "", "   ", '{"id": 2, "question": "?"}', ""]
    assert [answer["id"] for answer in answered(lines)] == [1, 2]


@pytest.mark.parametrize(
    ("failure", "named"),
    [(BotError("the cause. The fix."), "the cause. The fix."), (ZeroDivisionError("x"), "ZeroDivisionError")],
)
def test_a_failure_while_answering_costs_its_own_line_alone(
    failure: Exception, named: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parrot = Parrot()
    parrot.failure = failure
    assert named in answered(['{"id": 1, "question": "?"}'], parrot)[0]["error"]
    assert ("Traceback" in capsys.readouterr().err) is isinstance(failure, ZeroDivisionError)


def test_ids_come_back_as_they_were_even_where_utf_8_cannot_write_them() -> None:
    ids = ["a", 1, "", "معرّف", "\ud800", -(10**30)]
    lines = [json.dumps({"id": each, "question": "\udfff hello"}) for each in ids]
    assert [answer["id"] for answer in answered(lines)] == ids


def test_each_answer_is_written_before_the_next_line_is_read() -> None:
    """Another program may wait for an answer before it asks on."""
    sink = io.BytesIO()

    class Source(io.BytesIO):
        def readline(self, size: int | None = -1, /) -> bytes:
            seen.append(sink.getvalue().count(b"\n"))
            return super().readline(size)

    seen: list[int] = []
    source = Source(b'{"id": 1, "question": "?"}\n{"id": 2, "question": "?"}\n')
    answer_lines(source, sink, LineAnswerer(Parrot(), render, CHARTS, lambda: TODAY))  # type: ignore[arg-type]
    assert seen == [0, 1, 2]


def test_lines_of_one_conversation_share_state_and_others_do_not() -> None:
    lines = [
        '{"id": 1, "question": "?", "conversation": "c"}',
        '{"id": 2, "question": "?", "conversation": "c"}',
        '{"id": 3, "question": "?", "conversation": "d"}',
        '{"id": 4, "question": "?"}',
        '{"id": 5, "question": "?"}',
    ]
    assert [answer["language"] for answer in answered(lines)] == ["en", "fr", "en", "en", "en"]


def test_a_language_chosen_by_action_holds_for_its_conversation_and_one_given_for_its_line() -> None:
    lines = [
        '{"id": 1, "question": "?", "conversation": "c", "language": "ar"}',
        '{"id": 2, "action": "lang:en", "conversation": "c"}',
        '{"id": 3, "question": "?", "conversation": "c", "language": "ar"}',
        '{"id": 4, "question": "?", "conversation": "c"}',
        '{"id": 5, "action": "lang:auto", "conversation": "c"}',
        '{"id": 6, "question": "?", "conversation": "c"}',
    ]
    parrot = Parrot()
    answered(lines, parrot)
    assert [question.preferred_language for question in parrot.asked] == ["ar", None, "ar", "en", "en", None]


def test_the_date_is_the_lines_or_else_the_clocks() -> None:
    parrot = Parrot()
    answered(['{"id": 1, "question": "?", "today": "2024-02-29"}', '{"id": 2, "question": "?"}'], parrot)
    assert [question.today for question in parrot.asked] == [date(2024, 2, 29), TODAY]


def test_options_of_the_command_line_hold_for_lines_that_say_nothing_else() -> None:
    parrot = Parrot()
    lines = ['{"id": 1, "question": "?"}', '{"id": 2, "question": "?", "language": "fr", "user_language": "en"}']
    answered(lines, parrot, language=Language.AR, user_language="ar")
    said = [(question.preferred_language, question.user_language) for question in parrot.asked]
    assert said == [("ar", "ar"), ("fr", "en")]


@given(st.binary(max_size=200))
def test_whatever_the_bytes_a_line_is_a_request_or_a_named_error(line: bytes) -> None:
    with contextlib.suppress(RequestError):
        assert parse_request(line).id is not None


def test_text_holds_no_controls_of_writing_direction() -> None:
    controls = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
    reply = Reply((note(f"{controls}عدد{controls}"),))
    answer = Answer(AnswerKind.HELP, Language.AR, reply, f"{controls}x", options=(Option(f"{controls}y", "a"),))
    written = response(answer, 1, (), None, 0.1)
    assert (written["text"], written["lead"], written["options"][0]["label"]) == ("عدد", "x", "y")
    assert plain("\u200cمی‌خواهم") == "\u200cمی‌خواهم", "joiners belong to the spelling"


@pytest.mark.model
@pytest.mark.parametrize(
    "line",
    [
        {"question": KNOWN},
        {"question": "Quelle est la capitale de la Mongolie ?"},
        {"question": "Bonjour"},
        {"question": ""},
        {"question": "🙂"},
        {"question": "\ud800 \u0000 ﷺ"},
        {"question": "x " * 50_000},
        {"action": "sources:2"},
        {"action": "no such action"},
    ],
)
def test_every_key_of_the_contract_is_in_every_answer(answerer: Answerer, line: dict[str, str]) -> None:
    written = answered([json.dumps({"id": 1, **line})], answerer)[0]
    assert written.keys() == Response.__annotations__.keys()
    assert written["contract"] == CONTRACT
    assert written["kind"] in {"answer", "abstention", "smalltalk", "help"}
    assert written["text"].strip()
    assert written["messages"]
    assert all(part in written["text"] for part in written["lead"].splitlines()), "marks stand between its lines"
    assert written["seconds"] > 0
    assert (written["reason"] is not None) == (written["kind"] == "abstention")
    assert (written["calculations"], written["chart"]) == ([], None)
    assert bool(written["disagreements"]) == (line.get("question") == KNOWN), "only of 2030 do the sources disagree"
    for disagreement in written["disagreements"]:
        assert disagreement.keys() == {"figures", "reason"}
        assert len(disagreement["figures"]) > 1


@pytest.mark.model
@pytest.mark.parametrize("language", list(Language))
def test_citations_and_figures_say_what_the_knowledge_says(
    answerer: Answerer, foundations: Foundations, language: Language
) -> None:
    line = json.dumps({"id": 1, "question": KNOWN, "language": language})
    written = answered([line], answerer)[0]
    assert written["kind"] == "answer"
    assert [citation["n"] for citation in written["citations"]] == [*range(1, len(written["citations"]) + 1)]
    for citation in written["citations"]:
        article, passage = foundations.corpus.passages[citation["passage"]]
        assert citation["text"] == passage.text[Language(citation["language"])]
        given = [figure for figure in written["figures"] if figure["passage"] == citation["passage"]]
        marked = f"[{citation['n']}]" in written["text"]
        assert citation["text"] in written["text"] or (marked and given), "the passage is shown, or a figure of it"
        assert (citation["article"], citation["source_language"]) == (article.id, article.language)
        assert (citation["title"], citation["published"], citation["url"]) == (
            article.title,
            article.published,
            article.url,
        )
    assert written["citations"][0]["text"] in written["text"], "the passage behind the figure that leads"
    cited = {citation["passage"] for citation in written["citations"]}
    assert 270_000 in [figure["value"] for figure in written["figures"]]
    for figure in written["figures"]:
        assert figure["passage"] in cited
        assert figure["period"].keys() == {"start", "end", "basis", "words"}


@pytest.mark.model
def test_an_abstention_offers_topics_whose_actions_are_answered(answerer: Answerer) -> None:
    line = '{"id": 1, "question": "Quelle est la capitale de la Mongolie ?"}'
    refused = answered([line], answerer)[0]
    assert refused["kind"] == "abstention"
    assert len(refused["options"]) == len(refused["topics"]) == 3
    lines = [json.dumps({"id": 1, "action": option["action"], "language": "fr"}) for option in refused["options"]]
    assert {answer["kind"] for answer in answered(lines, answerer)} == {"answer"}
