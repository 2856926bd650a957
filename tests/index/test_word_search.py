"""Passages found by the words that they share with a question."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LexicalIndex, terms
from index.word_search import WordSearch
from word_embedder import CORPUS, EMPTY_CORPUS

TEXTS = [
    ("jobs", "Le secteur emploie 148 500 personnes à Casablanca, selon la CGEM et Ghita Mezzour."),
    ("exports", "Les exportations ont atteint 26,2 milliards de dirhams."),
    ("training", "منحة التكوين تساعد الشباب في الدار البيضاء"),
    ("games", "يدافع فريق بانثرز عن لقبه"),
]
SEARCH = WordSearch(TEXTS)


def shares(question: str, search: WordSearch = SEARCH) -> dict[str, float]:
    return dict(zip(search.passages, search.shares(search.read(question)).tolist(), strict=True))


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        pytest.param("148,500", "jobs", id="English grouping"),
        pytest.param("148.500", "jobs", id="Arabic grouping"),
        pytest.param("١٤٨٥٠٠", "jobs", id="Arabic digits"),
        pytest.param("26.2 billion", "exports", id="magnitude"),
        pytest.param("l'exportation", "exports", id="French elision and plural"),
        pytest.param("EXPORTATIONS", "exports", id="capitals"),
        pytest.param("cgem", "jobs", id="acronym"),
        pytest.param("exprtations", "exports", id="typo"),
        pytest.param("للتكوين", "training", id="Arabic preposition"),
        pytest.param("مِنْحَة", "training", id="Arabic vowels"),
        pytest.param("Panthers", "games", id="a name in the other script"),
    ],
)
def test_a_passage_holds_what_is_asked_for_however_it_is_written(question: str, passage: str) -> None:
    found = shares(question)
    assert found.pop(passage) == pytest.approx(1)
    assert set(found.values()) == {0.0}


@pytest.mark.parametrize("question", ["", "?", "what is the", "astronomie", "كم", "148501"])
def test_a_question_without_a_known_word_finds_nothing(question: str) -> None:
    assert set(shares(question).values()) == {0.0}


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    search = WordSearch([("one", "secteur parc"), ("two", "secteur"), ("three", "secteur prime")])
    found = shares("secteur parc", search)
    assert found["one"] == pytest.approx(1)
    assert found["two"] == found["three"] < 0.5


@given(st.lists(st.sampled_from(["secteur", "prime", "148 500", "CGEM", "منحة", "astronomie", "dirhams"]), max_size=5))
def test_shares_are_those_of_the_lexical_index(asked: list[str]) -> None:
    """Within one script: the answering side weighs the same words the same way."""
    question = " ".join(asked)
    lexical = LexicalIndex(TEXTS)
    expected = [lexical.covered(terms(question), passage) for passage in SEARCH.passages]
    np.testing.assert_allclose(SEARCH.shares(SEARCH.read(question)), expected, atol=1e-6)


def test_texts_and_questions_of_a_corpus_are_searched_in_all_languages() -> None:
    search = WordSearch.of(CORPUS)
    for question in ("emplois", "jobs", "الشغل", "employment"):
        assert max(shares(question, search).items(), key=lambda item: item[1])[0] == "a0#p2"


def test_an_empty_corpus_has_no_passages() -> None:
    assert shares("emplois", WordSearch.of(EMPTY_CORPUS)) == {}
