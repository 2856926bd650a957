"""Evidence or a reason for none: what cannot answer is vetoed, however near it lies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import cast

import pytest

from bot.answering.answerer import Answerer
from bot.answering.confidence import ConfidenceModel
from bot.answering.cues import load_cues
from bot.answering.evidence import CANDIDATES, CITATIONS_AT_MOST, EvidenceFinder
from bot.answering.features import FeatureReader, Features
from bot.answering.figure_choice import FigureChooser
from bot.answering.figures import FigureBook
from bot.answering.frame import Frame, Intent, Quantity
from bot.answering.frame_reading import FrameReader
from bot.answering.model import AbstentionReason, Answer, AnswerKind, Conversation, Finding, Question
from bot.answering.verifier import Verifier
from index.lexical import LexicalIndex
from index.model import Hit
from index.retrieval import Retriever
from index.vectors import Vectors
from knowledge.language import Language
from knowledge.model import Article, FigureStatus, Passage
from knowledge.periods import Span, year_span
from made_corpus import KnownHits, make_article, make_corpus, make_figure, make_hit, make_quote, make_summary

TODAY = date(2026, 11, 21)
NAMES = Features.names()
NO_PASSAGE, OTHER_PERIOD, OTHER_PLACE = (
    AbstentionReason.NO_PASSAGE,
    AbstentionReason.OTHER_PERIOD,
    AbstentionReason.OTHER_PLACE,
)


def make_model(*, threshold: float = 0.5, sureness: float = 10.0) -> ConfidenceModel:
    """Ranks by `dense` alone; as sure as ``sigmoid(sureness × dense)``."""
    return ConfidenceModel(
        model_digest="0",
        threshold=threshold,
        ranking={**dict.fromkeys(NAMES, 0.0), "dense": 1.0},
        confidence={**dict.fromkeys((*NAMES, "score", "margin"), 0.0), "dense": sureness},
        intercept=0.0,
    )


class Believing(Verifier):
    """Says the same of every passage."""

    def __init__(self, logit: float) -> None:
        super().__init__(())
        self._logit = logit

    def judge(self, question: Vectors | None, passages: Sequence[Vectors | None]) -> tuple[float, ...]:
        del question
        return (self._logit,) * len(passages)


def finder(
    articles: Sequence[Article],
    hits: Sequence[Hit],
    model: ConfidenceModel | None = None,
    *,
    verifier: Verifier | None = None,
) -> EvidenceFinder:
    corpus = make_corpus(*articles)
    reader = FeatureReader(corpus, LexicalIndex.of(corpus), load_cues())
    figures = FigureChooser(corpus, FigureBook(corpus))
    return EvidenceFinder(
        corpus,
        cast("Retriever", KnownHits(hits)),
        reader=reader,
        verifier=verifier or Verifier(()),
        confidence=model or make_model(),
        figures=figures,
    )


def find(question: str | Frame, passage: Passage, published: str | None = "2024-05") -> Finding:
    """What is found where one passage lies as near as can be."""
    article = make_article(passage, published=published)
    if isinstance(question, str):
        (question,) = FrameReader(make_corpus(article), load_cues()).read(question, Language.EN, TODAY)
    return finder([article], [make_hit("a#p1", likeness=1.0)]).find(question)


JOBS_2018 = (make_figure("jobs", 500, start="2018"),)
EXPORTS_2018, EXPORTS_2024 = ((make_figure("exports", 500, start=year),) for year in ("2018", "2024"))
JOBS = (make_figure("jobs", 500),)
JOBS_TARGET = (make_figure("jobs", 900, start="2030", status=FigureStatus.TARGET),)


@pytest.mark.parametrize(
    ("question", "passage", "reason"),
    [
        pytest.param("jobs in Tunisia", make_summary(figures=JOBS), OTHER_PLACE, id="another country"),
        pytest.param("jobs in Tunisia", make_summary("In France."), OTHER_PLACE, id="a third country"),
        pytest.param("jobs in Tunisia and France", make_summary("In France."), OTHER_PLACE, id="one country of two"),
        pytest.param("jobs in Tunisia", make_summary("In Tunisia."), None, id="the country asked for"),
        pytest.param("jobs in Morocco", make_summary(figures=JOBS), None, id="Morocco"),
        pytest.param("jobs in Agadir", make_summary("In Rabat."), OTHER_PLACE, id="another city"),
        pytest.param("jobs in Rabat", make_summary("In Rabat."), None, id="the city asked for"),
        pytest.param("jobs of 2011", make_summary(figures=JOBS_2018), OTHER_PERIOD, id="another year"),
        pytest.param("jobs of 2018", make_summary(figures=JOBS_2018), None, id="the year asked for"),
        pytest.param(
            "What happened to jobs in 2024?",
            make_summary(figures=JOBS_2018),
            OTHER_PERIOD,
            id="only appeared in that year",
        ),
        pytest.param("What happened in 2024?", make_summary(), None, id="appeared in that year and names no other"),
        pytest.param(
            "What happened to jobs in May 2024?", make_summary(figures=JOBS_2018), None, id="asked for by its date"
        ),
        pytest.param(
            "jobs in May 2024",
            make_summary(figures=JOBS_2018),
            OTHER_PERIOD,
            id="a figure of another year is no figure",
        ),
        pytest.param(
            "What of jobs in 2016?",
            make_summary(figures=(make_figure("jobs", 5, start="2014", end="2018"),)),
            OTHER_PERIOD,
            id="one year amid five",
        ),
        pytest.param("car exports", make_summary("Exports."), NO_PASSAGE, id="another branch"),
        pytest.param("textile exports", make_summary("Textile exports."), None, id="the branch asked for"),
        pytest.param("textile exports", make_summary("Exports."), NO_PASSAGE, id="a branch that is not there"),
        pytest.param("textile and car exports", make_summary("Textile exports."), NO_PASSAGE, id="one branch of two"),
        pytest.param("banking exports", make_summary("Exports."), None, id="a branch that is only weighed"),
        pytest.param("the price of a stand", make_summary("A stand."), None, id="a detail that is only weighed"),
        pytest.param("the average salary", make_summary(figures=JOBS), NO_PASSAGE, id="a detail that is not there"),
        pytest.param("the average salary", make_summary("Wages grow."), None, id="a detail that is there"),
        pytest.param("How many?", make_summary("It grew."), NO_PASSAGE, id="no number at all"),
        pytest.param("How much money?", make_summary(figures=JOBS), NO_PASSAGE, id="no amount but a count"),
        pytest.param("How many?", make_summary(figures=JOBS), None, id="a count"),
        pytest.param(
            "How much money?", make_summary(figures=(make_figure("growth", 5),)), None, id="a share for an amount"
        ),
        pytest.param("How much money?", make_summary("It grew."), NO_PASSAGE, id="neither an amount nor a share"),
        pytest.param("How many jobs?", make_summary("Of 12 places."), None, id="a number of no metric"),
        pytest.param(
            "What became of jobs?", make_summary(figures=(make_figure("growth", 5),)), None, id="another metric"
        ),
        pytest.param(
            "How many jobs?", make_summary(figures=(make_figure("growth", 5),)), NO_PASSAGE, id="no count but a share"
        ),
        pytest.param("What became of jobs?", make_summary(figures=JOBS_TARGET), None, id="only a target"),
        pytest.param("How many jobs?", make_summary(figures=JOBS_TARGET), None, id="only a target, and said so"),
        pytest.param(
            "What amount of turnover?", make_summary(figures=(make_figure("exports", 5),)), None, id="related metric"
        ),
        pytest.param(
            "How many jobs at CGEM?", make_summary(figures=JOBS), NO_PASSAGE, id="an organisation that is not mentioned"
        ),
        pytest.param("How many jobs at CGEM?", make_summary("CGEM.", figures=JOBS), None, id="the organisation asked"),
        pytest.param("How many jobs at GITEX?", make_summary(figures=JOBS), None, id="an event is no organisation"),
        pytest.param("What of CGEM over the three years to 2018?", make_summary("In 2011."), None, id="until then"),
        pytest.param("What of CGEM before 2018?", make_summary("In 2011."), None, id="before then"),
        pytest.param("What of CGEM in 2018?", make_summary("In 2011."), OTHER_PERIOD, id="in that year"),
        pytest.param("What happened to jobs in late 2024?", make_summary(figures=JOBS_2018), None, id="a part of it"),
        pytest.param("exports up to the end of December 2018", make_summary(figures=EXPORTS_2018), None, id="its end"),
        pytest.param("exports of July 2018", make_summary(figures=EXPORTS_2018), OTHER_PERIOD, id="a sum of the year"),
        pytest.param(
            "What happened to exports in May 2024?", make_summary(figures=EXPORTS_2024), None, id="in that very month"
        ),
        pytest.param(
            "What happened to jobs in July 2018?", make_summary(figures=JOBS_2018), None, id="a level of the year"
        ),
        pytest.param("Who is president of APEBI?", make_summary("CGEM speaks."), NO_PASSAGE, id="nobody's post"),
        pytest.param(
            "Who is president of APEBI, asked by CGEM?",
            make_summary("The president of APEBI spoke."),
            None,
            id="the post in one of the organisations named",
        ),
        pytest.param("Which rank?", make_summary("It grew."), None, id="ranks are left to the weights"),
        pytest.param("What share?", make_summary("It grew."), None, id="shares are left to the weights"),
    ],
)
def test_a_passage_that_cannot_answer_is_vetoed_though_nothing_is_nearer(
    question: str, passage: Passage, reason: AbstentionReason | None
) -> None:
    found = find(question, passage)
    assert found.reason is reason
    assert bool(found.evidence) == (reason is None)
    assert (found.confidence == 0.0) == (reason is not None)


def test_what_an_article_said_in_the_year_it_appeared_is_no_other_period_where_the_source_is_named() -> None:
    passage = make_summary(figures=JOBS_2018)
    frame = Frame("q", Language.EN, entities=("mezzour",), periods=(year_span(2024),))
    assert find(frame, passage).reason is OTHER_PERIOD
    assert find(frame, make_summary(figures=JOBS_2018, said_by="mezzour")).reason is None


def test_a_number_given_for_another_country_is_left_to_its_passage() -> None:
    found = find("How many jobs of Morocco are at risk in France?", make_summary("In France.", figures=JOBS))
    assert found.reason is None


def test_a_place_is_named_as_the_reason_before_a_period() -> None:
    frame = Frame("q", Language.EN, countries=frozenset({"TN"}), periods=(year_span(2011),))
    assert find(frame, make_summary(figures=JOBS_2018)).reason is OTHER_PLACE


def test_a_period_is_no_reason_where_the_passage_held_no_promise() -> None:
    article = make_article(make_summary(figures=JOBS_2018))
    frame = Frame("q", Language.EN, periods=(year_span(2011),))
    assert finder([article], [make_hit("a#p1", likeness=1.0)]).find(frame).reason is OTHER_PERIOD
    assert finder([article], [make_hit("a#p1", likeness=-1.0)]).find(frame).reason is NO_PASSAGE


def test_a_period_is_no_reason_where_a_passage_of_the_period_ranks_higher() -> None:
    article = make_article(make_summary(figures=JOBS_2018), make_summary("In 2011.", id="p2"))
    hits = [make_hit("a#p1", likeness=0.1), make_hit("a#p2", likeness=0.2)]
    frame = Frame("q", Language.EN, periods=(year_span(2011),))
    found = finder([article], hits, make_model(threshold=0.9)).find(frame)
    assert (found.reason, found.evidence) == (NO_PASSAGE, ())
    assert 0.5 < found.confidence < 0.9


def test_below_the_threshold_there_is_no_evidence_and_the_confidence_is_kept() -> None:
    article = make_article()
    frame = Frame("q", Language.EN)
    for threshold, answered in ((0.74, False), (0.72, True)):
        found = finder([article], [make_hit("a#p1", likeness=0.1)], make_model(threshold=threshold)).find(frame)
        assert bool(found.evidence) is answered
        assert found.confidence == pytest.approx(0.731, abs=0.001)


def test_without_any_hit_there_is_no_passage() -> None:
    found = finder([make_article()], []).find(Frame("q", Language.EN))
    assert (found.reason, found.confidence, found.evidence) == (NO_PASSAGE, 0.0, ())


def ten_passages() -> tuple[Article, list[Hit]]:
    passages = [make_summary(id=f"p{n}") for n in range(1, 11)]
    hits = [make_hit(f"a#{passage.id}", likeness=n / 100) for n, passage in enumerate(passages, start=30)]
    return make_article(*passages), hits


@pytest.mark.parametrize("intent", [Intent.FACT, Intent.LIST])
def test_at_most_three_passages_are_cited_best_first(intent: Intent) -> None:
    article, hits = ten_passages()
    found = finder([article], hits).find(Frame("q", Language.EN, intent=intent))
    assert [each.passage_id for each in found.evidence] == [f"a#p{n}" for n in (10, 9, 8)]
    assert found.incomplete is (intent is Intent.LIST)


def test_a_further_passage_must_be_nearly_as_sure_as_the_first_and_above_the_threshold() -> None:
    article = make_article(make_summary(), make_summary(id="p2"), make_summary(id="p3"))
    hits = [make_hit("a#p1", likeness=1.0), make_hit("a#p2", likeness=0.15), make_hit("a#p3", likeness=0.13)]
    frame = Frame("q", Language.EN)
    cited = {
        threshold: [
            each.passage_id for each in finder([article], hits, make_model(threshold=threshold)).find(frame).evidence
        ]
        for threshold in (0.1, 0.81, 0.9)
    }
    assert cited == {0.1: ["a#p1", "a#p2"], 0.81: ["a#p1", "a#p2"], 0.9: ["a#p1"]}, "0.82 is enough, 0.79 is not"


def test_the_next_best_passages_are_worth_reading_unless_they_are_far_below_the_threshold() -> None:
    article, hits = ten_passages()
    found = finder([article], hits).find(Frame("q", Language.EN))
    assert found.further == tuple(f"a#p{n}" for n in (7, 6, 5))
    distant = [hits[9], make_hit("a#p1", likeness=-0.13), make_hit("a#p2", likeness=-0.15)]
    near = finder([article], distant).find(Frame("q", Language.EN))
    assert near.further == ("a#p1",), "0.21 is enough, 0.18 is not"


def test_the_passages_of_figures_that_answer_are_not_offered_again() -> None:
    article = make_article(make_summary(figures=JOBS_2018), make_summary("Of 500 jobs, 20 went.", id="p2"))
    hits = [make_hit("a#p1", likeness=0.9), make_hit("a#p2", likeness=0.8)]
    found = finder([article], hits).find(Frame("q", Language.EN, quantity=Quantity.COUNT, metrics=("jobs",)))
    assert found.figures
    assert found.further == ("a#p2",)


@pytest.mark.parametrize(
    ("question", "metric", "answered"),
    [
        pytest.param("How many jobs?", "jobs", True, id="the metric asked for"),
        pytest.param("How many jobs at Globex?", "jobs", False, id="of a name that nothing knows"),
        pytest.param("How much are exports?", "turnover", False, id="another metric that may be meant"),
    ],
)
def test_a_figure_that_meets_all_that_is_asked_needs_less_likeness(
    question: str, metric: str, *, answered: bool
) -> None:
    article = make_article(make_summary("It grew.", figures=(make_figure(metric, 500),)))
    (frame,) = FrameReader(make_corpus(article), load_cues()).read(question, Language.EN, TODAY)
    doubtful, sure = (
        finder([article], [make_hit("a#p1", likeness=likeness)], make_model(threshold=0.6)).find(frame)
        for likeness in (0.0, 1.0)
    )
    assert bool(doubtful.figures) is answered
    assert sure.figures


@pytest.mark.parametrize(("logit", "answered"), [(-1.0, False), (0.0, False), (1.0, True)])
def test_a_name_read_as_a_metric_rules_out_no_passage_that_the_verifier_believes_in(
    logit: float, *, answered: bool
) -> None:
    # The question names turnover, the passage has a figure of jobs alone and says what turnover is made of.
    article = make_article(make_summary("It employs 500 and turns over 9 million.", figures=JOBS))
    (frame,) = FrameReader(make_corpus(article), load_cues()).read("How much exports?", Language.EN, TODAY)
    found = finder([article], [make_hit("a#p1", likeness=1.0)], verifier=Believing(logit)).find(frame)
    assert (found.reason is None) is answered


@pytest.mark.parametrize(
    ("question", "as_figure"),
    [
        pytest.param("jobs in May 2018", True, id="nothing else is said"),
        pytest.param("Which sectors came before jobs of 2018?", False, id="something else about it"),
        pytest.param("How many jobs of 2018 for the sectors?", True, id="it is asked for outright"),
    ],
)
def test_what_is_asked_beside_a_figure_is_answered_by_its_passage(question: str, *, as_figure: bool) -> None:
    found = find(question, make_summary("Sectors: cars, then jobs here.", figures=JOBS_2018))
    assert found.evidence
    assert bool(found.figures) is as_figure


@pytest.mark.parametrize(("text", "as_figure"), [("It is 5 million dollars.", False), ("It is 50 million.", True)])
def test_a_passage_that_speaks_of_the_currency_asked_for_comes_before_a_figure_in_another(
    text: str, *, as_figure: bool
) -> None:
    found = find("How much turnover in dollars?", make_summary(text, figures=(make_figure("turnover", 5e7),)))
    assert found.evidence
    assert bool(found.figures) is as_figure


def test_a_vetoed_passage_is_not_cited_beside_one_that_answers() -> None:
    article = make_article(make_summary("In 2011."), make_summary(figures=JOBS_2018, id="p2"))
    hits = [make_hit("a#p1", likeness=0.9), make_hit("a#p2", likeness=1.0)]
    found = finder([article], hits).find(Frame("q", Language.EN, periods=(year_span(2011),)))
    assert [each.passage_id for each in found.evidence] == ["a#p1"]


def test_candidates_keep_the_order_of_retrieval_and_say_why_they_cannot_answer() -> None:
    rabat = make_article(make_summary("In Rabat."))
    tunisia = make_article(make_summary("In Tunisia."), make_summary("It grew.", id="p2"), id="b")
    found = finder([rabat, tunisia], [make_hit("a#p1"), make_hit("b#p2", rank=2), make_hit("b#p1", rank=3)])
    frame = Frame("q", Language.EN, countries=frozenset({"TN"}))
    query = KnownHits().embed(frame)
    assert [(each.hit.passage_id, each.veto) for each in found.candidates(frame, query)] == [
        ("a#p1", OTHER_PLACE),
        ("b#p2", None),
        ("b#p1", None),
    ], "a country named anywhere in an article holds for all of its passages"


def test_no_more_candidates_are_weighed_than_stated() -> None:
    article = make_article(*(make_summary(id=f"p{n}") for n in range(CANDIDATES + 5)))
    hits = [make_hit(f"a#p{n}") for n in range(CANDIDATES + 5)]
    frame = Frame("q", Language.EN)
    assert len(finder([article], hits).candidates(frame, KnownHits().embed(frame))) == CANDIDATES


def test_a_question_about_a_target_is_answered_with_what_ranks_first() -> None:
    target = make_summary(figures=(make_figure("jobs", 900, start="2030", status=FigureStatus.TARGET),), id="p2")
    article = make_article(make_summary(figures=JOBS_2018), target)
    hits = [make_hit("a#p1", likeness=0.9), make_hit("a#p2", likeness=0.8)]
    frame = Frame(
        "q", Language.EN, Intent.TARGET, Quantity.COUNT, periods=(Span(date(2030, 1, 1), date(2030, 12, 31)),)
    )
    assert [each.passage.id for each in finder([article], hits).find(frame).evidence] == ["p2"]


def ask(answerer: Answerer, text: str) -> Answer:
    answer, _ = answerer.answer(Question(text, TODAY), Conversation())
    return answer


@pytest.mark.model
@pytest.mark.parametrize("text", ["Qui préside la FMES ?", "Who is the president of FMES?", "من يرأس FMES؟"])
def test_who_holds_a_post_is_not_answered_with_the_holders_of_others(answerer: Answerer, text: str) -> None:
    answer = ask(answerer, text)
    assert "Chraibi" in answer.reply.text or "الشرايبي" in answer.reply.text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Combien d'emplois l'offshoring comptait-il au Sénégal ?", OTHER_PLACE),
        ("How many offshoring jobs are there in Senegal?", OTHER_PLACE),
        ("كم عدد مناصب الشغل في الأوفشورينغ بالسنغال؟", OTHER_PLACE),
        ("Combien d'emplois l'offshoring comptait-il à Agadir ?", OTHER_PLACE),
        ("How many people did offshoring employ in 2012?", OTHER_PERIOD),
        ("Combien d'emplois l'offshoring comptait-il en 2012 ?", OTHER_PERIOD),
        ("كم بلغت عائدات صادرات ترحيل الخدمات سنة 2012؟", OTHER_PERIOD),
        ("What is the average salary in offshoring?", NO_PASSAGE),
        ("What is the occupancy rate of Casanearshore?", NO_PASSAGE),
        ("Combien de salariés chez Accenture au Maroc ?", NO_PASSAGE),
        ("number of employees accenture morocco", NO_PASSAGE),
        ("كم عدد مستخدمي ديلويت في المغرب؟", NO_PASSAGE),
        ("Quelle est la recette du couscous ?", NO_PASSAGE),
        ("كيف تطبخ الطاجين؟", NO_PASSAGE),
    ],
)
def test_the_shipped_knowledge_refuses_and_says_why(answerer: Answerer, text: str, reason: AbstentionReason) -> None:
    answer = ask(answerer, text)
    assert (answer.kind, answer.reason, answer.citations) == (AnswerKind.ABSTENTION, reason, ())


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    ["Combien d'emplois l'offshoring comptait-il à fin 2024 ?", "Quels sont les partenaires de Morocco Tech ?"],
)
def test_the_shipped_knowledge_answers_with_few_citations(answerer: Answerer, text: str) -> None:
    answer = ask(answerer, text)
    assert answer.kind is AnswerKind.ANSWER
    assert 1 <= len(answer.citations) <= CITATIONS_AT_MOST


def test_a_finding_names_what_was_weighed_best_first_without_what_a_veto_forbids() -> None:
    article = make_article(
        make_summary("Rabat.", id="p1"), make_summary("Jobs.", id="p2"), make_summary("Fez.", id="p3")
    )
    hits = [make_hit(f"a#p{n}", likeness=likeness) for n, likeness in ((1, 0.2), (2, 0.4), (3, 0.3))]
    assert finder([article], hits).find(Frame("q", Language.EN)).ranked == ("a#p2", "a#p3", "a#p1")
    sure = make_model(threshold=0.999)
    refused = finder([article], hits, sure).find(Frame("q", Language.EN))
    assert (refused.evidence, refused.ranked) == ((), ("a#p2", "a#p3", "a#p1"))
    tunisian = Frame("q", Language.EN, countries=frozenset({"TN"}))
    assert finder([article], hits).find(tunisian).ranked == ()


def test_the_first_passage_says_which_of_its_sentences_answers() -> None:
    found = find("how many jobs", make_summary("Work is good. There are 500 jobs.", figures=()))
    (evidence,) = found.evidence
    text = evidence.passage.text[Language.EN]
    assert evidence.answering[Language.EN].of(text) == "There are 500 jobs."


@pytest.mark.parametrize(
    ("passage", "answered"),
    [
        pytest.param(make_summary("It is so."), False, id="a summary"),
        pytest.param(make_quote("It is so.", Language.EN), True, id="a quote"),
    ],
)
def test_a_quote_may_answer_where_a_summary_as_likely_may_not(passage: Passage, *, answered: bool) -> None:
    found = finder([make_article(passage)], [make_hit("a#p1", likeness=0.0)], make_model(threshold=0.6))
    assert (found.find(Frame("is it so", Language.EN)).reason is None) is answered
