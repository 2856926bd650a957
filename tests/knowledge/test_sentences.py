"""Sentences: never cut at an abbreviation or within quotation marks, and never longer than the model reads."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.embedding import SentenceTransformerEmbedder
from knowledge.language import Language
from knowledge.sentences import MOST_WEIGHT, find_lines, find_sentences, weigh

FR, AR, EN = Language.FR, Language.AR, Language.EN
PROMPT_AND_ENDS = 6


def cut(text: str, language: Language) -> list[str]:
    return [sentence.of(text) for sentence in find_sentences(text, language)]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        pytest.param(FR, ["M. Alami dirige l'agence.", "Mme. Berrada la préside."], id="titles"),
        pytest.param(FR, ["Le p.d.g. de l'A.M.R.C. est parti.", "Qui vient ?"], id="acronyms with dots"),
        pytest.param(FR, ["Le plan vise 26,2 milliards, cf. p. 3.", "Rien de plus !"], id="page numbers"),
        pytest.param(FR, ["« C'est bon. Très bon ! »", "Elle part."], id="a quotation stays whole"),
        pytest.param(FR, ["« Tout va bien. Nous formons », a-t-elle dit.", "Fin."], id="a quotation in a sentence"),
        pytest.param(AR, ["وأضاف د. أحمد أن الرقم 3.5 مليار.", "هل هذا صحيح؟", "نعم؛ لكن."], id="Arabic marks"),
        pytest.param(AR, ["قال الوزير: «هذا جيد. جدا!»", "ثم ذهب."], id="an Arabic quotation"),
        pytest.param(EN, ["Mr. Smith left at 5 p.m. on Jan. 3.", "The U.S. won."], id="English abbreviations"),
        pytest.param(EN, ["He said: “Fine. Good.”", "Then he left."], id="English quotation marks"),
    ],
)
def test_sentences_end_where_a_reader_sees_them_end(language: Language, sentences: list[str]) -> None:
    assert cut(" ".join(sentences), language) == sentences


def test_a_no_break_space_behind_an_initial_is_read() -> None:
    """A panic of sentencex 1.0.32 ends the program there; the French press sets one before every « ? » and « ; »."""
    assert cut("Le site A.\u202f? Oui.", FR)


@given(st.text(), st.sampled_from(Language))
@example("A.\u202fB", FR)
def test_sentences_cover_a_text_but_for_white_space(text: str, language: Language) -> None:
    end = 0
    for sentence in find_sentences(text, language):
        assert not text[end : sentence.start].strip()
        assert sentence.of(text) == sentence.of(text).strip() != ""
        end = sentence.end
    assert not text[end:].strip()


@given(st.sampled_from(["mot, ", "mot ", "مناصب ", "123 ", "x", "a; b "]), st.integers(1, 3000))
def test_no_sentence_and_no_line_is_longer_than_the_model_reads(part: str, times: int) -> None:
    text = part * times
    for piece in (*find_sentences(text, FR), *find_lines(text)):
        assert weigh(piece.of(text)) <= MOST_WEIGHT


def test_a_sentence_too_long_is_taken_apart_at_its_commas() -> None:
    clause = "une clause de sept mots bien comptés"
    pieces = cut(", ".join([clause] * 60) + ".", FR)
    assert len(pieces) > 1
    assert all(piece.startswith("une clause") and piece[-1] in ",." for piece in pieces)


@pytest.mark.model
@pytest.mark.parametrize(
    "text",
    [
        "Le secteur emploie 148 500 personnes et vise 40 milliards de dirhams à l'horizon 2030, selon le ministère. "
        * 9,
        "بلغت صادرات ترحيل الخدمات 26,2 مليار درهم سنة 2023، حسب وزارة الانتقال الرقمي وإصلاح الإدارة. " * 9,
        "Casablanca | 148 500 | 26,2 | +20 %\n" * 25,
        "x" * 400,
        "antidisestablishmentarianism " * 40,
        "🙂" * 200,
        "ﷺ " * 20,
    ],
)
def test_a_weight_is_no_less_than_the_tokens(text: str, embedder: SentenceTransformerEmbedder) -> None:
    assert weigh(text) >= embedder.count_tokens(text) - PROMPT_AND_ENDS
