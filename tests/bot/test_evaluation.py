"""Golden questions are judged by what a reader would see; promises are checked on every reply."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import cast

import pytest
from rich.console import Console

from bot.answering.answerer import Answerer
from bot.answering.calculations import Calculation, Operation
from bot.answering.figures import DatedFigure
from bot.answering.model import Answer, AnswerKind, Citation, ShownDisagreement
from bot.answering.reply import Block, BlockKind, Reply, Span, note
from bot.composition import Foundations
from bot.errors import BotError
from bot.evaluation import (
    Fault,
    Outcome,
    Verdict,
    citations_valid,
    evaluate,
    find_faults,
    judge,
    unsupported_numbers,
)
from bot.golden import ExpectedFigure, ExpectedFigures, ExpectedPeriod, GoldenKind, GoldenQuestion, read_golden_set
from bot.scorecard import Thresholds, score, scorecard
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.loading import load_corpus
from knowledge.model import Figure, FigureStatus, Localized, Period, PeriodBasis, Unit

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="module")
def corpus() -> Corpus:
    """The shipped knowledge."""
    return load_corpus(Path(__file__).parents[2] / "knowledge")


@pytest.fixture
def citation(corpus: Corpus) -> Citation:
    """A citation of the first shipped passage, in French."""
    passage_id, (article, passage) = next(iter(corpus.passages.items()))
    return Citation(1, passage_id, article, passage, passage.text[Language.FR], Language.FR, None)


def answer_of(*texts: str, citations: tuple[Citation, ...] = (), **changes: object) -> Answer:
    """An answer in French with a statement for each text."""
    blocks = tuple(Block((Span(f"{text} [{n}]"),), BlockKind.STATEMENT) for n, text in enumerate(texts, start=1))
    answer = Answer(AnswerKind.ANSWER, Language.FR, Reply(blocks), texts[0], citations=citations)
    return replace(answer, **changes)  # type: ignore[arg-type]


def question_of(kind: GoldenKind, *expect: str, language: Language = Language.FR) -> GoldenQuestion:
    return GoldenQuestion(id="g", fact="g", kind=kind, language=language, question="?", expect=expect)


JOBS = Figure(
    metric="jobs",
    value=270_000,
    unit=Unit.JOBS,
    period=Period(basis=PeriodBasis.UNKNOWN),
    status=FigureStatus.TARGET,
)
ABSTENTION = Answer(AnswerKind.ABSTENTION, Language.FR, Reply((note("rien"),)), "rien")
SMALL_TALK = replace(ABSTENTION, kind=AnswerKind.SMALLTALK)
HELP = replace(ABSTENTION, kind=AnswerKind.HELP)


@pytest.mark.parametrize(
    ("kind", "answer", "outcome"),
    [
        (GoldenKind.FACT, answer_of("17,9 milliards"), Outcome.RIGHT),
        (GoldenKind.FACT, answer_of("26,2 milliards"), Outcome.WRONG),
        (GoldenKind.FACT, ABSTENTION, Outcome.REFUSED),
        (GoldenKind.FACT, SMALL_TALK, Outcome.REFUSED),
        (GoldenKind.NEAR_MISS, ABSTENTION, Outcome.RIGHT),
        (GoldenKind.NEAR_MISS, answer_of("17,9 milliards"), Outcome.FALSE_ANSWER),
        (GoldenKind.OFF_TOPIC, answer_of("17,9 milliards"), Outcome.FALSE_ANSWER),
        (GoldenKind.SMALLTALK, SMALL_TALK, Outcome.RIGHT),
        (GoldenKind.SMALLTALK, HELP, Outcome.RIGHT),
        (GoldenKind.SMALLTALK, ABSTENTION, Outcome.WRONG),
        (GoldenKind.SMALLTALK, answer_of("17,9 milliards"), Outcome.WRONG),
    ],
)
def test_an_answer_is_judged_by_the_kind_of_its_question(kind: GoldenKind, answer: Answer, outcome: Outcome) -> None:
    assert judge(question_of(kind, "17[.,]9"), answer) is outcome


def test_a_fact_counts_in_the_lead_or_the_first_citation_and_nowhere_else(citation: Citation) -> None:
    first, second = replace(citation, text="ceci"), replace(citation, text="cela")
    answer = answer_of("plomb", "ceci", "cela", citations=(first, second))
    for expected, outcome in (("plomb", Outcome.RIGHT), ("ceci", Outcome.RIGHT), ("cela", Outcome.WRONG)):
        assert judge(question_of(GoldenKind.FACT, expected), answer) is outcome


def dated(value: float, year: str, status: FigureStatus = FigureStatus.ACTUAL) -> Figure:
    period = Period(start=f"{year}-01-01", end=f"{year}-12-31", basis=PeriodBasis.STATED)
    return JOBS.model_copy(update={"value": value, "period": period, "status": status})


def expected(value: float, year: str) -> ExpectedFigure:
    return ExpectedFigure(metric="jobs", value=value, period=ExpectedPeriod(start=f"{year}-01-01", end=f"{year}-12-31"))


@pytest.mark.parametrize(
    ("wanted", "outcome"),
    [
        pytest.param(expected(120_000, "2019"), Outcome.RIGHT, id="value and period"),
        pytest.param(ExpectedFigure(metric="jobs", value=120_000), Outcome.RIGHT, id="the value, no period expected"),
        pytest.param(expected(130_000, "2019"), Outcome.WRONG, id="another value"),
        pytest.param(expected(120_400, "2019"), Outcome.RIGHT, id="the value within rounding"),
        pytest.param(expected(120_000, "2020"), Outcome.WRONG, id="another period"),
        pytest.param(expected(148_500, "2024"), Outcome.WRONG, id="given, but not first"),
        pytest.param(
            ExpectedFigures(all=(expected(148_500, "2024"), expected(120_000, "2019"))), Outcome.RIGHT, id="all of two"
        ),
        pytest.param(
            ExpectedFigures(all=(expected(120_000, "2019"), expected(1, "2019"))), Outcome.WRONG, id="one of two"
        ),
    ],
)
def test_the_first_figure_must_be_the_one_expected_and_of_several_all_must_come(
    citation: Citation, wanted: ExpectedFigure | ExpectedFigures, outcome: Outcome
) -> None:
    figures = ((dated(120_000, "2019"), citation), (dated(148_500, "2024"), citation))
    answer = answer_of("Emplois (2019) : 120 000", citations=(citation,), figures=figures)
    question = question_of(GoldenKind.FACT).model_copy(update={"figure": wanted})
    assert judge(question, answer) is outcome
    assert judge(question, ABSTENTION) is Outcome.REFUSED


def test_where_a_passage_leads_any_of_its_figures_counts_but_none_of_another_passage(citation: Citation) -> None:
    other = replace(citation, n=2)
    figures = ((dated(1, "2018"), citation), (dated(120_000, "2019"), citation), (dated(148_500, "2024"), other))
    whole = answer_of(citation.text, citations=(citation, other), figures=figures)
    answer = replace(whole, lead=citation.text[:20])  # one of its sentences
    assert (
        judge(question_of(GoldenKind.FACT).model_copy(update={"figure": expected(120_000, "2019")}), whole)
        is Outcome.RIGHT
    )
    for wanted, outcome in ((expected(120_000, "2019"), Outcome.RIGHT), (expected(148_500, "2024"), Outcome.WRONG)):
        question = question_of(GoldenKind.FACT).model_copy(update={"figure": wanted})
        assert judge(question, answer) is outcome


def test_both_halves_of_a_two_in_one_question_count_anywhere_in_the_reply() -> None:
    answer = answer_of("plomb", "ceci", "cela")
    assert judge(question_of(GoldenKind.TWO_IN_ONE, "plomb", "cela"), answer) is Outcome.RIGHT
    assert judge(question_of(GoldenKind.TWO_IN_ONE, "plomb", "autre"), answer) is Outcome.WRONG


@pytest.mark.parametrize(
    ("said", "unsupported"),
    [
        ("Le chiffre est de 17,9 milliards en 2024, soit 12%.", ()),
        ("The figure is 17.9 billion.", ()),
        ("بلغ الرقم ١٧٫٩ مليار", ()),
        ("Le chiffre est de 17,8 milliards.", (Decimal("17800000000.0"),)),
        ("Le chiffre est de 17,9 millions.", (Decimal("17900000.0"),)),
        ("Il y en a 12.", (Decimal(12),)),
        ("270 000 emplois en 2030", (Decimal(2030),)),
        ("1 et 2", (Decimal(1), Decimal(2))),
    ],
)
def test_a_number_of_a_statement_must_stand_in_what_it_cites(
    citation: Citation, said: str, unsupported: tuple[Decimal, ...]
) -> None:
    """The last digit in brackets is a citation's mark, and no number."""
    cited = replace(citation, text="En 2024, le chiffre est de 17,9 milliards, en hausse de 12 %.")
    answer = answer_of(said, citations=(cited,), figures=((JOBS, cited),))
    assert unsupported_numbers(answer) == unsupported


def test_what_dalil_says_for_itself_may_repeat_the_questions_numbers(citation: Citation) -> None:
    answer = answer_of("sans chiffre", citations=(citation,))
    blocks = (*answer.reply.blocks, note("Rien sur 2035."), Block((Span("2024"),), BlockKind.SOURCE))
    assert unsupported_numbers(replace(answer, reply=Reply(blocks))) == ()
    assert unsupported_numbers(replace(ABSTENTION, lead="Rien sur 2035.")) == ()


def test_a_citation_must_exist_and_be_shown_word_for_word(corpus: Corpus, citation: Citation) -> None:
    assert citations_valid(answer_of(citation.text, citations=(citation,)), corpus)
    assert not citations_valid(answer_of(citation.text), corpus), "an answer without a citation"
    assert not citations_valid(answer_of("autre chose", citations=(citation,)), corpus), "a text that is not shown"
    for changed in (
        replace(citation, passage_id="no-such#p1"),
        replace(citation, text=citation.text[:-1]),
        replace(citation, language=Language.AR),
    ):
        assert not citations_valid(answer_of(citation.text, citations=(changed,)), corpus)
    assert citations_valid(ABSTENTION, corpus)


def test_each_broken_promise_is_found(corpus: Corpus, citation: Citation) -> None:
    fact = question_of(GoldenKind.FACT, "x")
    right = answer_of(citation.text, citations=(citation,))
    assert find_faults(fact, right, corpus) == frozenset()
    assert find_faults(fact, replace(right, language=Language.EN), corpus) == {Fault.LANGUAGE}
    assert find_faults(fact, replace(right, lead="987654"), corpus) == {Fault.NUMBERS}
    assert find_faults(fact, replace(right, citations=()), corpus) >= {Fault.CITATION}
    long = replace(right, citations=(citation,) * 4)
    assert find_faults(fact, long, corpus) == {Fault.LENGTH}
    for kind in (
        GoldenKind.LIST,
        GoldenKind.DISAGREEMENT,
        GoldenKind.TWO_IN_ONE,
        GoldenKind.EVOLUTION,
        GoldenKind.COMPARISON,
    ):
        assert find_faults(question_of(kind, "x"), long, corpus) == frozenset()


def test_an_answer_that_shows_a_disagreement_may_name_all_of_its_sources(corpus: Corpus, citation: Citation) -> None:
    long = answer_of(citation.text, citations=(citation,) * 4)
    fact = question_of(GoldenKind.FACT, "x")
    assert find_faults(fact, long, corpus) == {Fault.LENGTH}
    disagreement = ShownDisagreement(((JOBS, citation), (JOBS.model_copy(update={"value": 5.0}), citation)), None)
    assert find_faults(fact, replace(long, disagreements=(disagreement,)), corpus) == frozenset()


def test_a_passage_whose_figure_a_statement_gives_is_used_without_its_text(corpus: Corpus, citation: Citation) -> None:
    line = "Emplois (2030) : 270 000 emplois"
    figures = ((JOBS, citation),)
    assert citations_valid(answer_of(line, citations=(citation,), figures=figures), corpus)
    assert not citations_valid(answer_of(line, citations=(citation,)), corpus), "no figure of it is given"
    unmarked = Reply((Block((Span(line),), BlockKind.STATEMENT),))
    assert not citations_valid(answer_of(line, citations=(citation,), figures=figures, reply=unmarked), corpus)
    only_listed = Reply((*unmarked.blocks, Block((Span("[1] H24"),), BlockKind.SOURCE)))
    assert not citations_valid(answer_of(line, citations=(citation,), figures=figures, reply=only_listed), corpus)
    other = replace(citation, n=2)
    assert not citations_valid(answer_of(line, citations=(citation,), figures=((JOBS, other),)), corpus)


def test_the_numbers_of_a_figures_period_are_held_in_the_language_of_the_reply(citation: Citation) -> None:
    words = Localized(fr="les 7 premiers mois", en="the first 9 months", ar="أول 8 أشهر")
    figure = JOBS.model_copy(update={"period": Period(basis=PeriodBasis.STATED, words=words)})
    cited = replace(citation, text="Sans chiffre.")
    answer = answer_of("Emplois (les 7 premiers mois) : 270 000", citations=(cited,), figures=((figure, cited),))
    assert unsupported_numbers(answer) == ()
    assert unsupported_numbers(replace(answer, language=Language.EN)) == (Decimal(7),)
    assert unsupported_numbers(replace(answer, figures=((JOBS, cited),))) == (Decimal(7),)


@pytest.mark.parametrize(
    ("operation", "result", "said", "unsupported"),
    [
        (Operation.DIFFERENCE, Decimal(68_500), "68 500 emplois", ()),
        (Operation.DIFFERENCE, Decimal(-68_500), "68 500 emplois", ()),
        (Operation.DIFFERENCE, Decimal("2.5"), "2,5 %", (Decimal("2.5"),)),
        (Operation.CHANGE, Decimal("2.5"), "+2,5 %", ()),
        (Operation.DIFFERENCE, Decimal(68_500), "68 600 emplois", (Decimal(68_600),)),
    ],
)
def test_the_result_of_a_calculation_that_an_answer_shows_is_held(
    citation: Citation, operation: Operation, result: Decimal, said: str, unsupported: tuple[Decimal, ...]
) -> None:
    cited = replace(citation, text="Sans chiffre.")
    operand = cast("DatedFigure", None)
    answer = answer_of(said, citations=(cited,), calculations=(Calculation(operation, operand, operand, result),))
    assert unsupported_numbers(answer) == unsupported


def verdict(kind: GoldenKind, outcome: Outcome, language: Language, *faults: Fault, seconds: float = 0.1) -> Verdict:
    return Verdict(question_of(kind, language=language), ABSTENTION, outcome, frozenset(faults), seconds)


def test_shares_are_over_the_questions_that_they_are_about() -> None:
    scores = score(
        [
            verdict(GoldenKind.FACT, Outcome.RIGHT, Language.FR, seconds=0.1),
            verdict(GoldenKind.LIST, Outcome.WRONG, Language.FR, seconds=0.2),
            verdict(GoldenKind.TWO_IN_ONE, Outcome.REFUSED, Language.FR, seconds=0.3),
            verdict(GoldenKind.FACT, Outcome.RIGHT, Language.FR, Fault.LANGUAGE, seconds=0.4),
            verdict(GoldenKind.NEAR_MISS, Outcome.FALSE_ANSWER, Language.FR, seconds=9.0),
            verdict(GoldenKind.OFF_TOPIC, Outcome.RIGHT, Language.FR, seconds=0.5),
        ]
    )
    assert (scores.questions, scores.accuracy, scores.wrong, scores.false_refusals) == (6, 0.5, 0.25, 0.25)
    assert (scores.false_answers, scores.near_misses_answered, scores.off_topic_answered) == (0.5, 1.0, 0.0)
    assert scores.small_talk is None
    assert scores.language_right == pytest.approx(5 / 6)
    assert scores.seconds_median == pytest.approx(0.35)
    assert scores.seconds_p95 == 9.0


def test_thresholds_hold_in_each_language_on_its_own() -> None:
    """A good language does not make up for a bad one."""
    verdicts = [verdict(GoldenKind.FACT, Outcome.RIGHT, Language.FR)] * 9
    verdicts.append(verdict(GoldenKind.FACT, Outcome.REFUSED, Language.AR))
    card = scorecard(verdicts, Thresholds(min_accuracy=0.5, max_false_answers=0.0, max_false_refusals=0.2))
    assert card.scores["all"].accuracy == 0.9
    assert card.misses == (
        "ar: accuracy 0.0%, at least 50.0% wanted",
        "ar: false refusals 100.0%, at most 20.0% wanted",
    )


@pytest.mark.parametrize(("fault", "misses"), [(Fault.NUMBERS, 1), (Fault.CITATION, 1), (Fault.LANGUAGE, 0)])
def test_a_broken_promise_fails_whatever_the_thresholds(fault: Fault, misses: int) -> None:
    card = scorecard([verdict(GoldenKind.FACT, Outcome.RIGHT, Language.FR, fault)], Thresholds())
    assert len(card.misses) == misses
    assert len(card.failures) == 1


def test_a_scorecard_is_shown_with_its_failures_and_written_as_json() -> None:
    card = scorecard([verdict(GoldenKind.FACT, Outcome.WRONG, Language.AR)], Thresholds(min_accuracy=0.9))
    out = io.StringIO()
    card.show(Console(file=out, width=200), verbose=True)
    assert "g wrong '?' → abstention" in out.getvalue()
    assert "ar: accuracy 0.0%" in out.getvalue()
    written = json.loads(card.to_json())
    assert written["scores"]["ar"]["wrong"] == 1
    assert written["failures"][0]["id"] == "g"
    assert written["misses"] == list(card.misses)


@pytest.mark.parametrize(
    ("files", "named"),
    [
        ({}, "holds no golden question"),
        ({"a.jsonl": "{}"}, "a.jsonl:1: "),
        ({"a.jsonl": "\nnonsense"}, "a.jsonl:2: "),
        ({"a.jsonl": '{"id": "1", "fact": "1", "kind": "riddle", "language": "fr", "question": "?"}'}, "kind"),
        (dict.fromkeys(("a.jsonl", "b.jsonl"), question_of(GoldenKind.FACT).model_dump_json()), "b.jsonl: the id g"),
    ],
)
def test_a_file_of_golden_questions_that_cannot_be_used_is_named(
    tmp_path: Path, files: dict[str, str], named: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(BotError) as caught:
        read_golden_set(tmp_path)
    assert named in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.model
def test_golden_questions_are_asked_of_the_answerer_that_ships(answerer: Answerer, foundations: Foundations) -> None:
    """How many facts come is measured by `dalil eval`; here a few greetings and one fact go the whole way."""
    folder = Path(__file__).parents[1] / "golden"
    questions = read_golden_set(folder)
    chosen = [question for question in questions if question.kind is GoldenKind.SMALLTALK][:3]
    chosen += [question for question in questions if question.fact == "fig-001"]
    verdicts = list(evaluate(chosen, answerer, foundations.corpus, TODAY))
    assert [each.question for each in verdicts] == chosen
    assert all(each.seconds > 0 for each in verdicts)
    assert {each.outcome for each in verdicts if each.question.kind is GoldenKind.SMALLTALK} == {Outcome.RIGHT}
    assert {each.answer.kind for each in verdicts} == {AnswerKind.SMALLTALK, AnswerKind.ANSWER}
    assert all(not each.faults for each in verdicts)
