"""A quote and a summary of one article are shown as one source, and are no rivals."""

from __future__ import annotations

import pytest

from bot.answering.composing import Composer
from bot.answering.frame import Frame, Intent
from bot.answering.model import Answer, Evidence, Finding
from bot.answering.pairs import Pairs
from knowledge.language import Language
from knowledge.model import Article, Source
from made_corpus import KnownHits, make_article, make_corpus, make_quote, make_summary

FR, AR, EN = Language.FR, Language.AR, Language.EN
SOURCE = Source(file="a.html", digest="0" * 64, text="0" * 64)
JOBS = make_summary(
    texts={
        FR: "Le secteur employait 148 500 personnes à fin 2024.",
        AR: "بلغ عدد العاملين 148.500 عند نهاية 2024.",
        EN: "The sector employed 148,500 people at the end of 2024.",
    }
)
PARKS = make_summary("Three parks opened in Rabat.", id="p2")
JOBS_QUOTE = make_quote("« Nous comptons 148 500 personnes employées à fin 2024 », dit-elle.", FR, id="q1")
OTHER_QUOTE = make_quote("Le temps est resté beau toute la semaine.", FR, id="q2")
JOINED = make_article(JOBS, PARKS, JOBS_QUOTE, OTHER_QUOTE, source=SOURCE)


def compose(passage: str, language: Language, article: Article = JOINED) -> Answer:
    frame = Frame("Combien ?", language, Intent.FACT)
    held = {each.id: each for each in article.passages}
    found = Finding(frame, KnownHits().embed(frame), (Evidence(f"a#{passage}", article, held[passage], 0.9),))
    return Composer(make_corpus(article)).compose([found], language, (), supported=True)


def test_a_quote_and_the_summary_of_the_same_fact_are_partners() -> None:
    pairs = Pairs(make_corpus(JOINED))
    assert (pairs.partner("a#p1"), pairs.partner("a#q1")) == ("a#q1", "a#p1")
    assert (pairs.partner("a#p2"), pairs.partner("a#q2")) == (None, None)
    assert pairs.told_twice("a#p1") == pairs.told_twice("a#q1") != frozenset()
    assert pairs.told_twice("a#p2") == frozenset()


def test_passages_of_an_article_that_was_not_added_have_no_partners() -> None:
    assert Pairs(make_corpus(make_article(JOBS, JOBS_QUOTE))).partner("a#p1") is None


@pytest.mark.parametrize("found", ["p1", "q1"])
def test_the_summary_in_the_askers_language_stands_above_the_quote(found: str) -> None:
    answer = compose(found, EN)
    assert [citation.passage_id for citation in answer.citations] == ["a#p1", "a#q1"]
    summary, _, _, quote, source = (block.text for block in answer.reply.blocks)
    assert summary == "The sector employed 148,500 people at the end of 2024. [1]"
    assert quote.endswith(f"[in French] «\u00a0{JOBS_QUOTE.text[FR]}\u00a0» [2]")
    assert source.endswith("exact quote from an article in French")
    assert answer.lead == JOBS.text[EN]


def test_no_more_passages_are_shown_than_an_answer_may_cite() -> None:
    pairs = Pairs(make_corpus(JOINED))
    assert pairs.side_by_side(["a#q1", "a#p2", "a#q2"], 3) == ("a#p1", "a#q1", "a#p2")
    assert pairs.side_by_side(["a#q2", "a#p2", "a#q1"], 3) == ("a#q2", "a#p2", "a#q1")
    assert pairs.side_by_side(["a#q1", "a#p1"], 3) == ("a#p1", "a#q1")
