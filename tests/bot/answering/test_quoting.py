"""Quotes: exact, cut at sentence ends alone, around the sentence that answers, under a line on where it is from."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.asides import Aside
from bot.answering.composing import Composer
from bot.answering.figure_choice import FigureChooser
from bot.answering.figures import FigureBook
from bot.answering.frame import Frame, Intent
from bot.answering.last_answer import LastAnswer
from bot.answering.model import Answer, AnswerKind, Evidence, Finding, PastTurn, Slots
from bot.answering.quoting import LEFT_OUT, LONGEST_QUOTE, Asked, quote_lead, shortened
from bot.localisation import localiser
from index.model import EmbeddedQuery
from knowledge.language import Language
from knowledge.model import Article, Passage
from knowledge.sentences import find_sentences
from made_corpus import KnownHits, make_article, make_corpus, make_quote

FR, AR, EN = Language.FR, Language.AR, Language.EN
CORPUS = make_corpus(make_article())
FILLER = "Les professionnels réunis à Rabat ont longuement parlé de formation, de bureaux et de transports."
FACT = "Le secteur emploie 148 500 personnes à fin 2024."
LONG = " ".join([*[FILLER] * 5, FACT, *[FILLER] * 5])


def asked(text: str) -> Asked:
    return Asked.of(CORPUS, text)


def compose(passage: Passage, article: Article, language: Language, *metrics: str) -> Answer:
    corpus = make_corpus(article)
    read = Frame("Combien de personnes ?", language, Intent.FACT, metrics=metrics)
    evidence = (Evidence(f"{article.id}#{passage.id}", article, passage, 0.9),)
    found = Finding(read, KnownHits().embed(read), evidence, confidence=0.9)
    assert isinstance(found.query, EmbeddedQuery)
    return Composer(corpus).compose([found], language, (), supported=True)


def test_a_short_passage_is_quoted_whole() -> None:
    assert shortened(FACT, FR, asked("transports")) == FACT


def test_a_long_passage_is_cut_around_the_sentence_that_shares_the_questions_words_and_numbers() -> None:
    for question in ("Combien de personnes ?", "148.500"):
        quote = shortened(LONG, FR, asked(question))
        assert FACT in quote
        assert quote.startswith(f"{LEFT_OUT} ")
        assert quote.endswith(f" {LEFT_OUT}")
        assert len(quote) <= LONGEST_QUOTE + 2 * len(f"{LEFT_OUT} ")


def test_a_name_asked_for_in_one_language_finds_its_sentence_in_another() -> None:
    text = " ".join([FILLER] * 5 + ["Ghita Mezzour l'a confirmé hier."] + [FILLER] * 5)
    assert "Ghita Mezzour" in shortened(text, FR, Asked.of(CORPUS, "ماذا قالت", entities=("mezzour",)))


def test_without_a_question_the_beginning_is_shown() -> None:
    quote = shortened(LONG, FR, Asked())
    assert LONG.startswith(quote.removesuffix(f" {LEFT_OUT}"))


SENTENCES = st.sampled_from(
    ("Il emploie 148 500 personnes.", "« C'est bien. Très bien », dit M. Alami.", "بلغت 26,2 مليار درهم.", FILLER)
)


@given(st.lists(SENTENCES, min_size=1, max_size=30), st.sampled_from(Language), st.sampled_from(["26,2", "Alami", ""]))
def test_every_piece_of_a_quote_is_an_exact_substring_of_whole_sentences(
    sentences: list[str], language: Language, question: str
) -> None:
    text = " ".join(sentences)
    quote = shortened(text, language, asked(question))
    piece = quote.removeprefix(f"{LEFT_OUT} ").removesuffix(f" {LEFT_OUT}")
    start = text.index(piece)
    stretches = find_sentences(text, language)
    starts = {text[each.start : each.start + len(piece)] for each in stretches}
    assert piece in starts
    assert any(text[: each.end].endswith(piece) for each in stretches)
    assert (start > 0) >= quote.startswith(LEFT_OUT)


@given(st.text(min_size=1, max_size=3000).filter(str.strip), st.sampled_from(Language))
def test_every_quote_in_a_reply_is_an_exact_substring_of_the_cleaned_text(text: str, language: Language) -> None:
    passage = make_quote(text.strip(), EN)
    answer = compose(passage, make_article(passage, language=EN), language)
    (citation,) = answer.citations
    piece = citation.text.removeprefix(f"{LEFT_OUT} ").removesuffix(f" {LEFT_OUT}")
    assert piece in text
    assert f"“{citation.text}” [1]" in answer.reply.text


@pytest.mark.parametrize(
    ("language", "question", "expected"),
    [
        (FR, Asked(metrics=("jobs",)), "Jobs — H24, mai 2024\u00a0:"),
        (EN, Asked(metrics=("exports", "jobs"), entities=("gitex",)), "Exports — H24, May 2024:"),
        (AR, Asked(entities=("mezzour",)), "غيثة مزور — H24، ماي 2024:"),
        (EN, Asked(), "Jobs in English — H24, May 2024:"),
    ],
)
def test_the_line_above_a_quote_says_of_what_it_is_who_said_it_and_when(
    language: Language, question: Asked, expected: str
) -> None:
    assert quote_lead(make_article(), None, question, CORPUS, localiser(language)) == expected


def test_the_line_above_a_quote_names_who_is_quoted() -> None:
    lead = quote_lead(make_article(), "Ghita Mezzour", Asked(metrics=("jobs",)), CORPUS, localiser(FR))
    assert lead == "Jobs — Ghita Mezzour (H24), mai 2024\u00a0:"


def test_an_unknown_publisher_is_called_so() -> None:
    article = make_article(make_quote(FACT, FR), publisher=None, published=None, title=None)
    text = compose(article.passages[0], article, EN, "jobs").reply.text
    assert text.startswith("Jobs — unknown publisher, undated:\n\n[in French] «\u00a0")
    assert "[1] unknown publisher · untitled (https://example.org/a) · undated" in text


@pytest.mark.parametrize("aside", [Aside.WHO, Aside.WHEN, Aside.SHORTER, Aside.SURE, Aside.FR])
def test_a_quote_is_introduced_in_an_aside_as_it_was_in_the_answer(aside: Aside) -> None:
    """Without what was asked, its line would name the topic of its article."""
    article = make_article(make_quote(FACT, FR))
    corpus = make_corpus(article)
    (first, *_) = compose(article.passages[0], article, FR, "jobs").reply.blocks
    turn = PastTurn(AnswerKind.ANSWER, "Combien ?", FR, slots=Slots(("jobs",)), passages=(f"{article.id}#p1",))
    last = LastAnswer(corpus, FigureChooser(corpus, FigureBook(corpus)), Composer(corpus))
    answer = last.about(aside, turn, FR, date(2026, 11, 21))
    assert answer is not None
    assert first.text in [block.text for block in answer.reply.blocks]
