"""References of passages: short, the same after a restart, and harmless where they name nothing."""

from __future__ import annotations

import pytest

from bot.answering import references
from bot.answering.references import REFERENCE_LENGTH, REFERENCES_AT_MOST, References, refer
from bot.errors import BotError
from knowledge.corpus import Corpus

PASSAGES = tuple(f"article-{n}#p1" for n in range(10))


def test_a_reference_leads_back_to_its_passages_in_their_order() -> None:
    named = (PASSAGES[3], PASSAGES[0], PASSAGES[7])
    assert References(PASSAGES).resolve(refer(named)) == named


def test_a_reference_is_the_same_whatever_else_there_is() -> None:
    assert refer(["article-3#p1"]) == "X_62gGL9"
    assert References(["article-3#p1"]).resolve("X_62gGL9") == ("article-3#p1",)


def test_a_removed_article_is_passed_over_and_the_others_stay() -> None:
    text = refer(PASSAGES[:3])
    assert References([PASSAGES[0], PASSAGES[2]]).resolve(text) == (PASSAGES[0], PASSAGES[2])


@pytest.mark.parametrize("text", ["", ".", "....", "nothing", "é" * 30, "\x00", "article-0#p1", "A" * 5000])
def test_what_names_nothing_gives_nothing(text: str) -> None:
    assert References(PASSAGES).resolve(text) == ()


def test_a_passage_named_twice_is_given_once() -> None:
    assert References(PASSAGES).resolve(refer([PASSAGES[0], PASSAGES[0]])) == (PASSAGES[0],)


def test_only_so_many_are_named_as_a_button_can_send() -> None:
    text = refer(PASSAGES)
    assert References(PASSAGES).resolve(text) == PASSAGES[:REFERENCES_AT_MOST]
    assert len(f"quotes:{text}") <= 64
    assert References(PASSAGES).resolve(".".join(refer([each]) for each in PASSAGES)) == PASSAGES[:REFERENCES_AT_MOST]


def test_two_passages_of_one_reference_are_an_error_that_names_both(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(references, "REFERENCE_LENGTH", 1)
    with pytest.raises(BotError, match=r"'article-\d+#p1' and 'article-\d+#p1' would share the reference '.'"):
        References(f"article-{n}#p1" for n in range(65))


def test_the_shipped_passages_have_references_of_their_own(corpus: Corpus) -> None:
    known = References(corpus.passages)
    assert all(known.resolve(refer([each])) == (each,) for each in corpus.passages)
    assert {len(refer([each])) for each in corpus.passages} == {REFERENCE_LENGTH}
