"""A short reply says what was asked and where it comes from, and nothing else."""

from __future__ import annotations

from dataclasses import replace

from bot.answering.composing import Composer
from bot.answering.frame import Frame
from bot.answering.model import Answer, Evidence, Finding
from bot.answering.reply import Block, BlockKind, Reply, Span, note
from bot.answering.shortening import shortened
from knowledge.language import Language
from made_corpus import KnownHits, make_article, make_corpus, make_summary

ARTICLE = make_article(*(make_summary(f"Sentence {n}.", id=f"p{n}") for n in (1, 2, 3)))
CORPUS = make_corpus(ARTICLE)


def finding(*ids: str, incomplete: bool = False) -> Finding:
    frame = Frame("q", Language.EN)
    evidence = tuple(Evidence(f"a#{each}", *CORPUS.passages[f"a#{each}"], 0.9) for each in ids)
    return Finding(frame, KnownHits().embed(frame), evidence, incomplete=incomplete)


def answered(*findings: Finding) -> Answer:
    return Composer(CORPUS).compose(findings, Language.EN, (), supported=True)


def test_of_passages_that_answer_the_best_is_kept_with_its_source() -> None:
    answer = answered(finding("p1", "p2"))
    short = shortened(answer)
    assert [block.text[:15] for block in short.reply.blocks] == ["Sentence 1. [1]", "[1] H24 · “Le t"]
    assert (short.citations, short.lead) == (answer.citations, answer.lead)


def test_a_list_is_kept_whole() -> None:
    answer = answered(finding("p1", "p2", incomplete=True))
    assert shortened(answer) == answer


def test_the_answers_to_two_questions_are_both_kept() -> None:
    short = shortened(answered(finding("p1", "p2"), finding("p3")))
    assert [block.text[:15] for block in short.reply.blocks[::2]] == ["Sentence 1. [1]", "Sentence 3. [3]"]


def test_what_is_short_stays_as_it_is() -> None:
    answer = answered(finding("p1"))
    assert shortened(answer) == answer
    page = Answer(answer.kind, answer.language, Reply((note("A page. [2]"),)), "")
    assert shortened(page) == page


def test_a_source_that_the_context_alone_cites_goes_with_it() -> None:
    def source(n: int) -> Block:
        return Block((Span(f"[{n}] "), Span("H24")), BlockKind.SOURCE)

    fact = Block((Span("500 jobs [1] [3]"),), BlockKind.STATEMENT)
    context = Block((Span("Others say 700 [2] [1]"),), BlockKind.STATEMENT, context=True)
    blocks = (fact, context, note("What differs: the date."), source(1), source(2), source(3))
    answer = replace(answered(finding("p1")), reply=Reply(blocks))
    assert shortened(answer).reply.blocks == (fact, blocks[2], source(1), source(3))
