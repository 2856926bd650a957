"""Where the right passage stands among those weighed, whether or not it was answered from."""

from __future__ import annotations

import pytest

from bot.answering.model import Answer, AnswerKind
from bot.answering.reply import Reply, note
from bot.evaluation import Outcome, Verdict
from bot.golden import GoldenKind, GoldenQuestion
from bot.ranking import RightPassages, reciprocal_rank
from bot.scorecard import score
from knowledge.language import Language
from made_corpus import make_article, make_corpus, make_quote, make_summary

FR, AR, EN = Language.FR, Language.AR, Language.EN
RIGHT = RightPassages(
    make_corpus(
        make_article(
            make_summary(texts={FR: "Il y a 500 emplois.", AR: "خمسمائة منصب.", EN: "There are 500 jobs."}),
            make_summary("Nothing.", id="p2"),
        ),
        make_article(make_quote("Encore 500 emplois.", language=FR), id="b"),
    )
)


def question(
    *expect: str, language: Language = EN, kind: GoldenKind = GoldenKind.FACT, article: str | None = None
) -> GoldenQuestion:
    return GoldenQuestion(id="g", fact="g", kind=kind, language=language, question="?", expect=expect, article=article)


@pytest.mark.parametrize(
    ("asked", "right"),
    [
        pytest.param(question("500", "jobs"), {"a#p1"}, id="all that is expected"),
        pytest.param(question("500"), {"a#p1", "b#p1"}, id="any language of a passage that lacks the question's"),
        pytest.param(question("500", language=AR), {"b#p1"}, id="the question's language where the passage has it"),
        pytest.param(question("500", article="b"), {"b#p1"}, id="the article named"),
        pytest.param(question("700"), set(), id="nowhere"),
        pytest.param(question(), set(), id="nothing is expected"),
        pytest.param(question("500", kind=GoldenKind.TWO_IN_ONE), set(), id="two passages are needed"),
    ],
)
def test_a_passage_is_right_where_it_says_what_is_expected(asked: GoldenQuestion, right: set[str]) -> None:
    assert RIGHT.of(asked) == right


@pytest.mark.parametrize(
    ("ranked", "right", "expected"),
    [
        (("a", "b", "c"), {"a"}, 1),
        (("a", "b", "c"), {"b", "c"}, 1 / 2),
        (("a", "b"), {"c"}, 0),
        ((), {"c"}, 0),
        (("a", "b"), set(), None),
    ],
)
def test_the_first_right_passage_counts(ranked: tuple[str, ...], right: set[str], expected: float | None) -> None:
    assert reciprocal_rank(ranked, frozenset(right)) == expected


def verdict(rank: int | None, *, lead: str = "", outcome: Outcome = Outcome.RIGHT) -> Verdict:
    """A fact whose right passage was ranked so; 0 where it was not weighed, None where no passage is right."""
    answer = Answer(AnswerKind.ANSWER, EN, Reply((note(lead),)), lead)
    reciprocal = 1 / rank if rank else rank
    return Verdict(question("500"), answer, outcome, frozenset(), 0.1, reciprocal)


def test_recall_counts_ranks_and_leaves_out_what_no_passage_answers() -> None:
    scores = score([verdict(rank) for rank in (1, 1, 5, 6, 0, None)])
    assert (scores.recall_at_1, scores.recall_at_5) == (2 / 5, 3 / 5)
    assert scores.mrr == pytest.approx((1 + 1 + 1 / 5 + 1 / 6 + 0) / 5)
    nothing = score([verdict(None)])
    assert (nothing.recall_at_1, nothing.recall_at_5, nothing.mrr) == (None, None, None)


def test_a_lead_is_right_where_it_says_what_is_expected_by_itself() -> None:
    verdicts = [verdict(1, lead="500 jobs."), verdict(1, lead="Jobs."), verdict(1, outcome=Outcome.REFUSED)]
    assert score(verdicts).lead_right == 1 / 2
    assert score(verdicts[2:]).lead_right is None
