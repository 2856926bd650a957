"""The sentence that answers: by what it shares with the question, and by the kind of thing that is asked for."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answering.cues import load_cues
from bot.answering.frame import FrameReader
from bot.answering.sentence import SentenceFinder
from index.lexical import LexicalIndex
from knowledge.language import Language
from knowledge.model import Passage
from knowledge.names import NameIndex
from made_corpus import ENTITIES, make_article, make_corpus, make_quote, make_summary

FR, AR, EN = Language.FR, Language.AR, Language.EN
TODAY = date(2026, 11, 21)
LEVERS = "The government wants a stronger offer."


def answering(question: str, passage: Passage, language: Language = EN) -> str:
    corpus = make_corpus(make_article(passage))
    lexical = LexicalIndex.of(corpus)
    finder = SentenceFinder(corpus, lexical, load_cues(), NameIndex.of(ENTITIES))
    (frame,) = FrameReader(corpus, load_cues()).read(question, language, TODAY)
    terms = tuple(lexical.correct(term) for term in frame.terms)
    return finder.find(frame, terms, passage)[language].of(passage.text[language])


@pytest.mark.parametrize(
    ("question", "first", "second"),
    [
        pytest.param("who signed the offer", LEVERS, "Ghita Mezzour spoke of it.", id="a person"),
        pytest.param("who is behind the offer, apart from Mezzour", LEVERS, "APEBI spoke of it.", id="an organisation"),
        pytest.param("when does the offer begin", LEVERS, "It begins on 3 May 2024.", id="a date"),
        pytest.param("where is the stronger offer made", LEVERS, "It is made in Rabat.", id="a place"),
        pytest.param("why a stronger offer", LEVERS, "The reason is that others pay more.", id="a reason"),
        pytest.param("how many jobs does the offer bring", LEVERS, "It brings 500 people.", id="a number"),
        pytest.param("what share of it is stronger", "The offer counts 500 jobs.", "It is 26% larger.", id="a share"),
    ],
)
def test_what_holds_the_kind_of_thing_asked_for_answers(question: str, first: str, second: str) -> None:
    assert answering(question, make_summary(f"{first} {second}")) == second


def test_a_date_or_person_that_the_question_names_itself_is_no_answer() -> None:
    passage = make_summary("The offer is of 3 May 2024. It was signed on 7 June 2025.")
    assert answering("when was the offer of 3 May 2024 signed", passage) == "It was signed on 7 June 2025."
    people = make_summary("Ghita Mezzour made an offer. CGEM took it up.")
    assert answering("who took up the offer of Ghita Mezzour", people) == "CGEM took it up."


def test_the_first_sentence_of_a_summary_answers_unless_another_shares_much_more() -> None:
    """Its editor put the fact there; a quote has no such order."""
    text = "The offer is stronger. Training is paid for."
    hardly, much = "salaries, holidays, pensions, training", "paid training"
    assert answering(hardly, make_summary(text)) == "The offer is stronger."
    assert answering(much, make_summary(text)) == "Training is paid for."
    assert answering(hardly, make_quote(text, language=EN)) == "Training is paid for."


def test_the_sentence_is_found_in_every_language_of_a_passage() -> None:
    texts = {
        FR: "L'offre est plus forte. Elle commence le 3 mai 2024.",
        AR: "العرض أقوى. يبدأ في 3 ماي 2024.",
        EN: "The offer is stronger. It begins on 3 May 2024.",
    }
    passage = make_summary(texts=texts)
    for question, language in (("quand commence l'offre", FR), ("متى يبدأ العرض", AR), ("when does it begin", EN)):
        assert answering(question, passage, language).endswith("2024.")
        assert not texts[language].startswith(answering(question, passage, language))
