"""How well a passage fits a Frame."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.cues import load_cues
from bot.answering.features import NOT_ASKED, ONLY_APPEARED, RELATED_METRIC, WITHIN, FeatureReader, Features, period_fit
from bot.answering.frame import Frame, Quantity
from bot.answering.frame_reading import FrameReader
from bot.answering.passage_facts import PassageFacts, read_passage_facts
from index.lexical import LexicalIndex
from knowledge.language import Language
from knowledge.model import Article, FigureStatus, Passage
from knowledge.periods import Span, year_span
from made_corpus import make_article, make_corpus, make_figure, make_hit, make_summary

TODAY = date(2026, 11, 21)
NONE_FIT = frozenset[str]()


def feature_reader(*articles: Article) -> FeatureReader:
    corpus = make_corpus(*articles)
    return FeatureReader(corpus, LexicalIndex.of(corpus), load_cues())


def fit(question: str | Frame, passage: Passage, *others: Passage, fitting: bool = False) -> Features:
    """The features of one passage against a question; ``fitting`` where it holds a figure that the Frame pins down."""
    article = make_article(passage, *others)
    reader = feature_reader(article)
    if isinstance(question, str):
        (frame,) = FrameReader(make_corpus(article), load_cues()).read(question, Language.EN, TODAY)
    else:
        frame = question
    passage_id = f"a#{passage.id}"
    ids = frozenset({passage_id} if fitting else set[str]())
    (features,) = reader.read(frame, reader.question_terms(frame), [make_hit(passage_id, likeness=0.25)], ids, [0.0])
    return features


def facts_with(*periods: str, published: str | None = "2024-05", text: str = "It is so.") -> PassageFacts:
    """The facts of a passage with a figure for each period, ``2014`` or ``2014/2018``."""
    figures = []
    for period in periods:
        start, _, end = period.partition("/")
        figures.append(make_figure("jobs", 5, start=start, end=end or start))
    corpus = make_corpus(make_article(make_summary(text, figures=tuple(figures)), published=published))
    return read_passage_facts(corpus, load_cues())["a#p1"]


def asked(*periods: Span) -> Frame:
    return Frame("q", Language.EN, periods=periods)


MAY_2019 = Span(date(2019, 5, 1), date(2019, 5, 31))


@pytest.mark.parametrize(
    ("periods", "held", "expected"),
    [
        pytest.param((), ("2019",), NOT_ASKED, id="no period asked for"),
        pytest.param((year_span(2019),), ("2019",), 1.0, id="the same year"),
        pytest.param((year_span(2019),), ("2019-12-31",), 1.0, id="a day of the year asked for"),
        pytest.param((year_span(2014, 2020),), ("2016/2018",), 1.0, id="years within those asked for"),
        pytest.param((MAY_2019,), ("2019",), WITHIN, id="a month of a year held"),
        pytest.param((year_span(2018),), ("2014/2018",), 365 / 1826, id="the last year of several"),
        pytest.param((year_span(2014),), ("2014/2018",), 365 / 1826, id="the first year of several"),
        pytest.param((year_span(2016),), ("2014/2018",), 366 / 1826, id="a year amid several"),
        pytest.param((year_span(2015, 2018),), ("2014/2018",), 1461 / 1826, id="most of several years"),
        pytest.param((year_span(2011),), ("2019",), 0.0, id="another year"),
        pytest.param((year_span(2024),), ("2019",), ONLY_APPEARED, id="the year in which the article appeared"),
        pytest.param((year_span(2024),), ("2024",), 1.0, id="a period held, in the year in which the article appeared"),
        pytest.param((year_span(2024),), (), ONLY_APPEARED, id="the same, without any period"),
        pytest.param((year_span(2011),), (), 0.0, id="no period, and it appeared in another year"),
        pytest.param((year_span(2011), year_span(2019)), ("2019",), 1.0, id="one of two years asked for"),
        pytest.param((year_span(2019),), ("2011", "2019"), 1.0, id="one of two years held"),
    ],
)
def test_the_period_fit_says_how_exactly_periods_meet(
    periods: tuple[Span, ...], held: tuple[str, ...], expected: float
) -> None:
    assert period_fit(asked(*periods), facts_with(*held)) == pytest.approx(expected)


@pytest.mark.parametrize(("year", "expected"), [(2018, WITHIN), (2014, 365 / 1826)])
def test_the_last_year_of_a_targets_period_is_when_it_is_to_be_met(year: int, expected: float) -> None:
    target = make_figure("jobs", 5, start="2014", end="2018", status=FigureStatus.TARGET)
    corpus = make_corpus(make_article(make_summary(figures=(target,))))
    facts = read_passage_facts(corpus, load_cues())["a#p1"]
    assert period_fit(asked(year_span(year)), facts) == pytest.approx(expected)


def test_an_undated_article_without_periods_fits_no_period() -> None:
    assert period_fit(asked(year_span(2024)), facts_with(published=None)) == 0.0


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("Tell me about GITEX", 1.0),
        ("Did CGEM attend GITEX?", 0.5),
        ("Tell me about CGEM", 0.0),
        ("Tell me more", NOT_ASKED),
    ],
)
def test_the_entity_fit_is_the_share_of_the_entities_asked_for(question: str, expected: float) -> None:
    assert fit(question, make_summary("GITEX opens.")).entity == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("APEBI, the Federation of technology, came.", 1.0, id="introduced"),
        pytest.param("APEBI came.", 0.5, id="only named"),
        pytest.param("GITEX opens.", 0.0, id="not named"),
    ],
)
def test_asked_what_one_is_a_passage_that_only_uses_its_name_fits_half(text: str, expected: float) -> None:
    assert fit("What is APEBI?", make_summary(text)).entity == expected
    assert fit("Is APEBI there?", make_summary(text)).entity == float(expected > 0)


def test_a_definition_without_an_entity_asks_for_none() -> None:
    assert fit("What is it?", make_summary("APEBI came.")).entity == NOT_ASKED


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("exports", 1.0),
        ("turnover", RELATED_METRIC),
        ("jobs", 0.0),
        ("exports and jobs", 1.0),
        ("Tell me more", NOT_ASKED),
    ],
)
def test_the_metric_fit_knows_the_metric_and_those_named_with_the_same_words(question: str, expected: float) -> None:
    assert fit(question, make_summary(figures=(make_figure("exports", 5),))).metric == expected


@pytest.mark.parametrize(
    ("quantity", "number", "named"),
    [
        (Quantity.AMOUNT, 1.0, NOT_ASKED),
        (Quantity.NUMBER, 1.0, NOT_ASKED),
        (Quantity.RANK, 0.0, NOT_ASKED),
        (Quantity.PLACE, NOT_ASKED, 1.0),
        (Quantity.REASON, NOT_ASKED, 0.0),
        (None, NOT_ASKED, NOT_ASKED),
    ],
)
def test_numbers_and_named_things_fit_where_they_are_asked_for(
    quantity: Quantity | None, number: float, named: float
) -> None:
    passage = make_summary("In Rabat.", figures=(make_figure("exports", 5),))
    features = fit(Frame("q", Language.EN, quantity=quantity), passage)
    assert (features.number, features.named) == (number, named)


@pytest.mark.parametrize(
    ("targets", "status", "expected"),
    [
        (True, FigureStatus.TARGET, 1.0),
        (True, FigureStatus.ACTUAL, 0.0),
        (False, FigureStatus.TARGET, 0.0),
        (False, FigureStatus.ACTUAL, 1.0),
        (True, None, NOT_ASKED),
    ],
)
def test_targets_meet_questions_about_targets_and_actuals_the_others(
    *, targets: bool, status: FigureStatus | None, expected: float
) -> None:
    figures = (make_figure("jobs", 5, status=status),) if status else ()
    assert fit(Frame("q", Language.EN, targets=targets), make_summary(figures=figures)).target == expected


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param("How many people does Intelcia employ?", 1.0, id="a name that no passage holds"),
        pytest.param("How many people does Technopark employ?", 0.0, id="a name that a passage holds"),
        pytest.param("How many people does Technoparc employ?", 0.0, id="the same, misspelt"),
        pytest.param("How many people does intelcia employ?", 0.0, id="no capital letter"),
        pytest.param("Intelcia employs how many?", 0.0, id="a capital at the start says nothing"),
        pytest.param("كم عدد مستخدمي Intelcia؟", 1.0, id="Latin letters in an Arabic question"),
        pytest.param("How many people does CGEM employ?", 0.0, id="a name that we know though no passage holds it"),
    ],
)
def test_a_name_that_no_passage_knows_is_a_stranger(question: str, expected: float) -> None:
    assert fit(question, make_summary("Technopark employs people.")).stranger == expected


def test_covered_and_unknown_are_shares_of_the_questions_words() -> None:
    features = fit("people employed", make_summary("Technopark employs people."))
    assert (features.covered, features.unknown) == (1.0, 0.0)
    features = fit("zebra", make_summary("Technopark employs people."))
    assert (features.covered, features.unknown) == (0.0, 1.0)
    features = fit("people zebra", make_summary("Technopark employs people."))
    assert 0 < features.covered < 1
    assert features.covered + features.unknown == pytest.approx(1)


def test_another_name_of_what_a_passage_is_about_counts_as_covered() -> None:
    assert fit("federation", make_summary("APEBI came.")).covered == 1.0


def test_the_likenesses_are_the_hits() -> None:
    features = fit("people", make_summary())
    assert (features.dense, features.late, features.weak, features.asked, features.asked_weak) == (0.25,) * 5


def test_the_terms_of_a_question_leave_its_years_out_and_correct_misspelt_words() -> None:
    reader = feature_reader(make_article(make_summary("Technopark employs people, 300 of them.")))
    (frame,) = FrameReader(make_corpus(), load_cues()).read("Technoparc 300 2019", Language.EN, TODAY)
    number, name = reader.question_terms(frame)
    assert number == {"#300"}
    assert "technopark" in name


def test_values_stand_in_the_order_of_the_names() -> None:
    features = fit("exports 2024 of CGEM", make_summary())
    assert features.values() == tuple(getattr(features, name) for name in Features.names())


def test_each_hit_gets_features_of_its_own_in_order() -> None:
    article = make_article(make_summary("GITEX opens."), make_summary("CGEM came.", id="p2"))
    reader = feature_reader(article)
    frame = Frame("q", Language.EN, entities=("cgem",))
    features = reader.read(
        frame, reader.question_terms(frame), [make_hit("a#p1"), make_hit("a#p2", rank=2)], NONE_FIT, [0.0, 0.0]
    )
    assert [each.entity for each in features] == [0.0, 1.0]
    assert reader.read(frame, (), [], NONE_FIT, []) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Jobs in Tunisia and France.", 1.0, id="both"),
        pytest.param("Jobs in Tunisia.", 0.0, id="one of two"),
        pytest.param("Jobs.", 0.0, id="none, whatever its article names"),
    ],
)
def test_the_place_fits_where_the_passage_itself_names_every_country_asked_for(text: str, expected: float) -> None:
    elsewhere = make_summary("In Tunisia and in France.", id="p2")
    assert fit("jobs in Tunisia and France", make_summary(text), elsewhere).place == expected


@pytest.mark.parametrize("question", ["jobs", "jobs in Morocco", "jobs in Rabat"])
def test_no_place_is_asked_for_where_no_other_country_is_named(question: str) -> None:
    assert fit(question, make_summary("In Tunisia.")).place == NOT_ASKED


@pytest.mark.parametrize(
    ("text", "expected"), [("Automotive wages.", 1.0), ("The automotive branch.", 0.5), ("It grew.", 0.0)]
)
def test_the_detail_is_the_share_of_the_branches_and_details_asked_for(text: str, expected: float) -> None:
    frame = FrameReader(make_corpus(), load_cues()).read("the average salary in cars", Language.EN, TODAY)[0]
    assert len(frame.constraints) == 2
    assert fit(frame, make_summary(text)).detail == expected


def test_without_branch_or_detail_none_is_asked_for() -> None:
    assert fit("jobs", make_summary("Automotive wages.")).detail == NOT_ASKED


@pytest.mark.parametrize(
    ("metrics", "fitting", "expected"),
    [(("jobs",), True, 1.0), (("jobs",), False, 0.0), ((), True, NOT_ASKED), ((), False, NOT_ASKED)],
)
def test_the_figure_fits_where_the_question_pins_it_down(
    metrics: tuple[str, ...], *, fitting: bool, expected: float
) -> None:
    frame = Frame("q", Language.EN, metrics=metrics)
    assert fit(frame, make_summary(figures=(make_figure("jobs", 5),)), fitting=fitting).figure == expected


def test_each_hit_fits_on_its_own() -> None:
    reader = feature_reader(make_article(make_summary(), make_summary(id="p2")))
    hits = [make_hit("a#p1"), make_hit("a#p2", rank=2)]
    first, second = reader.read(Frame("q", Language.EN, metrics=("jobs",)), (), hits, frozenset({"a#p2"}), [0.0, 0.0])
    assert (first.figure, second.figure) == (0.0, 1.0)
    assert (first.sure_figure, second.sure_figure) == (0.0, 1.0)


def test_the_rest_is_the_share_of_the_words_that_nothing_accounts_for_and_the_passage_holds() -> None:
    text = "Technopark employs people; zebras graze."
    elsewhere = make_summary("Technopark employs women.", id="p2")
    assert fit("How many jobs?", make_summary(text)).rest == 1.0, "nothing is left over"
    assert fit("How many jobs at Technopark?", make_summary(text)).rest == 1.0
    assert fit("How many jobs at Technoparc?", make_summary(text)).rest == 1.0, "corrected"
    assert fit("How many jobs for women?", make_summary(text), elsewhere).rest == 0.0
    assert 0 < fit("How many jobs at Technopark for women?", make_summary(text), elsewhere).rest < 1


def test_a_figure_is_as_sure_as_what_is_left_of_the_question() -> None:
    passage = make_summary("Technopark employs people.", figures=(make_figure("jobs", 5),))
    elsewhere = make_summary("Technopark employs women.", id="p2")
    for question in ("How many jobs?", "How many jobs at Technopark for women?", "How many jobs for women?"):
        fitting = fit(question, passage, elsewhere, fitting=True)
        assert fitting.sure_figure == fitting.rest
        assert fit(question, passage, elsewhere).sure_figure == 0.0
