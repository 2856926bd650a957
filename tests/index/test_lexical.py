"""Words, names and figures that a question shares with passages."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LexicalIndex, stopwords, terms, word_forms
from knowledge.text import fold
from word_embedder import CORPUS, EMPTY_CORPUS

INDEX = LexicalIndex(
    [
        ("jobs", "Le secteur emploie 148 500 personnes à Casablanca, selon la CGEM."),
        ("jobs", "يشغل القطاع 148.500 شخص بالدار البيضاء."),
        ("exports", "Les exportations ont atteint 26,2 milliards de dirhams."),
        ("exports", "Exports reached 26.2 billion dirhams."),
        ("training", "La prime à la formation aide les jeunes à Casablanca."),
        ("training", "منحة التكوين تساعد الشباب."),
    ]
)


def covered(question: str, passage: str) -> float:
    return INDEX.covered(terms(question), passage)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("exportation", "exportations", id="plural"),
        pytest.param("formations", "formation", id="plural of a question"),
        pytest.param("reaching", "reached", id="English endings"),
        pytest.param("الشباب", "شباب", id="Arabic article"),
        pytest.param("وبالتكوين", "التكوين", id="Arabic proclitics"),
    ],
)
def test_forms_of_one_word_share_a_stem(one: str, other: str) -> None:
    assert word_forms(fold(one)) & word_forms(fold(other))


@pytest.mark.parametrize(("one", "other"), [("exports", "experts"), ("jobs", "jeunes"), ("منحة", "منصب")])
def test_different_words_share_no_stem(one: str, other: str) -> None:
    assert not word_forms(fold(one)) & word_forms(fold(other))


@pytest.mark.parametrize(
    ("one", "other"), [("148 500", "148,500"), ("26,2 milliards", "26.2 billion"), ("٢٨", "28"), ("0,5", "0.50")]
)
def test_a_number_is_the_same_term_however_it_is_written(one: str, other: str) -> None:
    assert terms(one) == terms(other) != ()


@pytest.mark.parametrize(("one", "other"), [("26,2 milliards", "26,2 millions"), ("148 500", "148 501")])
def test_different_numbers_are_different_terms(one: str, other: str) -> None:
    assert terms(one) != terms(other)


@pytest.mark.parametrize("text", ["", "?", "Quel est le", "what is the", "ما هو", "a"])
def test_words_that_carry_no_subject_are_no_terms(text: str) -> None:
    assert terms(text) == ()


def test_words_that_carry_no_subject_can_be_kept() -> None:
    assert len(terms("what is the", keep_stopwords=True)) == 3


def test_stopwords_are_folded_single_words() -> None:
    assert all(fold(word) == word for word in stopwords())
    assert {"combien", "how", "كم"} <= stopwords()


@given(st.text(max_size=40))
def test_every_term_of_any_text_has_a_form_and_stopwords_only_add(text: str) -> None:
    everything = terms(text, keep_stopwords=True)
    assert all(term and all(term) for term in everything)
    assert set(terms(text)) <= set(everything)


@pytest.mark.parametrize(
    ("question", "passage"),
    [
        ("Combien de personnes emploie le secteur ?", "jobs"),
        ("CASABLANCA selon la cgem", "jobs"),
        ("148,500", "jobs"),
        ("exports in dirhams", "exports"),
        ("أكثر من 26,2 مليار", "exports"),
        ("primes de formation", "training"),
        ("منحة تكوين", "training"),
    ],
)
def test_a_passage_covers_a_question_whose_words_it_has(question: str, passage: str) -> None:
    assert covered(question, passage) == pytest.approx(1)
    others = {"jobs", "exports", "training"} - {passage}
    assert all(covered(question, other) < 1 for other in others)


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    (casablanca,), (cgem,), (unknown,) = terms("Casablanca"), terms("CGEM"), terms("astronomie")
    assert INDEX.weight(casablanca) == pytest.approx(math.log(4 / 3) + 1)
    assert INDEX.weight(cgem) == pytest.approx(math.log(4 / 2) + 1)
    assert INDEX.weight(unknown) == pytest.approx(math.log(4 / 1) + 1)
    half = covered("Casablanca CGEM", "training")
    assert half == pytest.approx(INDEX.weight(casablanca) / (INDEX.weight(casablanca) + INDEX.weight(cgem)))


def test_other_names_count_as_held() -> None:
    (question,) = (terms("Casa"),)
    assert INDEX.covered(question, "jobs") == 0
    assert INDEX.covered(question, "jobs", also=word_forms("casa")) == 1
    assert INDEX.unknown(question) == 1
    assert INDEX.unknown(question, also=word_forms("casa")) == 0


def test_the_share_of_words_that_no_passage_has() -> None:
    assert INDEX.unknown(terms("formation à Casablanca")) == 0
    assert INDEX.unknown(terms("وبالتكوين")) == 0, "one known form is enough"
    assert INDEX.unknown(terms("astronomie")) == 1
    mixed = INDEX.unknown(terms("formation astronomie"))
    assert 0.5 < mixed < 1, "the unknown word is the rarer one"


@pytest.mark.parametrize("passage", ["jobs", "no such passage"])
def test_a_question_without_terms_is_neither_covered_nor_unknown(passage: str) -> None:
    assert INDEX.covered((), passage) == 0
    assert INDEX.unknown(()) == 0


def test_a_passage_that_is_not_there_covers_nothing() -> None:
    assert covered("formation", "no such passage") == 0


@pytest.mark.parametrize(
    ("typo", "meant"),
    [("formtion", "formation"), ("casablnca", "casablanca"), ("exprtations", "exportations"), ("dirhms", "dirhams")],
)
def test_a_misspelt_word_becomes_the_known_one(typo: str, meant: str) -> None:
    (term,) = terms(typo)
    (known,) = terms(meant)
    assert INDEX.correct(term) & known


@pytest.mark.parametrize("word", ["formation", "astronomie", "cascade", "cgm", "148501", "dubai", ""])
def test_a_known_a_short_a_foreign_word_and_a_number_stay_as_they_are(word: str) -> None:
    for term in terms(word):
        assert INDEX.correct(term) == term


def test_correcting_twice_changes_nothing_more() -> None:
    for term in terms("formtion casablnca astronomie 148500"):
        assert INDEX.correct(INDEX.correct(term)) == INDEX.correct(term)


def test_a_corpus_is_indexed_over_all_its_languages() -> None:
    index = LexicalIndex.of(CORPUS)
    for question in ("emplois", "jobs", "مناصب الشغل"):
        assert index.covered(terms(question), "a0#p2") == 1


def test_an_empty_corpus_knows_no_word() -> None:
    index = LexicalIndex.of(EMPTY_CORPUS)
    question = terms("emplois 2030")
    assert (index.covered(question, "a0#p1"), index.unknown(question)) == (0, 1)
    assert [index.correct(term) for term in question] == list(question)
