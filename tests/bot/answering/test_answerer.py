"""The whole Answerer over the shipped knowledge: from a message to an answer, and never an exception."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.answering.answerer import LONGEST_MESSAGE, Answerer
from bot.answering.model import AbstentionReason, Answer, AnswerKind, Conversation, Question
from bot.answering.pages import Page
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.numbers import find_numbers

pytestmark = pytest.mark.model

TODAY = date(2026, 11, 21)
FR, AR, EN = Language.FR, Language.AR, Language.EN
KNOWN = {
    FR: "Combien d'emplois l'offshoring comptait-il à fin 2024 ?",
    AR: "كم عدد مناصب الشغل في الأوفشورينغ بالمغرب عند نهاية 2024؟",
    EN: "How many people did offshoring employ at the end of 2024?",
}


def ask(
    answerer: Answerer,
    text: str,
    *,
    preferred: Language | None = None,
    previous: Language | None = None,
    user_language: str | None = None,
) -> Answer:
    answer, conversation = answerer.answer(Question(text, TODAY, preferred, user_language), Conversation(previous))
    assert conversation.language is answer.language
    return answer


@pytest.mark.parametrize("language", Language)
def test_a_question_is_answered_in_its_language_with_the_figure_and_its_source(
    answerer: Answerer, language: Language
) -> None:
    answer = ask(answerer, KNOWN[language])
    assert (answer.kind, answer.language) == (AnswerKind.ANSWER, language)
    first = answer.citations[0]
    figure, cited = answer.figures[0]
    assert (figure.value, str(figure.period.end)[:4]) == (148_500, "2024")
    assert cited is first
    assert figure in first.passage.figures
    assert 148_500 in {number.value for number in find_numbers(answer.lead)}
    assert first.text in answer.reply.text
    assert str(first.article.publisher) in answer.reply.text
    assert str(first.article.url) in answer.reply.text


@pytest.mark.parametrize("preferred", Language)
def test_the_choice_of_lang_overrules_the_questions_language(answerer: Answerer, preferred: Language) -> None:
    answer = ask(answerer, KNOWN[FR], preferred=preferred, previous=FR, user_language="fr")
    assert (answer.kind, answer.language) == (AnswerKind.ANSWER, preferred)
    assert all(citation.language is preferred for citation in answer.citations)


@pytest.mark.parametrize("language", Language)
def test_an_ambiguous_message_stays_in_the_conversations_language(answerer: Answerer, language: Language) -> None:
    _, conversation = answerer.answer(Question(KNOWN[language], TODAY), Conversation())
    answer, conversation = answerer.answer(Question("2030 ?", TODAY), conversation)
    assert answer.language is language
    answer, _ = answerer.answer(Question("🙂", TODAY), conversation)
    assert answer.language is language


def test_a_message_in_another_language_turns_the_conversation(answerer: Answerer) -> None:
    assert ask(answerer, KNOWN[AR], previous=FR).language is AR


def test_an_unsupported_language_is_searched_and_told_which_ones_dalil_speaks(answerer: Answerer) -> None:
    german = "Welchen Rang hat Marokko im UN E-Government Index 2024?"
    answer = ask(answerer, german, previous=AR, user_language="fr-FR")
    assert answer.language is FR
    assert answer.reply.text.startswith("Je parle français, arabe et anglais.")
    assert answer.kind is AnswerKind.ANSWER


@pytest.mark.parametrize("language", Language)
def test_too_long_a_message_is_refused_in_its_language_and_at_once(answerer: Answerer, language: Language) -> None:
    started = time.perf_counter()
    answer = ask(answerer, KNOWN[language] * 2_000)
    assert time.perf_counter() - started < 5
    assert (answer.kind, answer.reason) == (AnswerKind.ABSTENTION, AbstentionReason.TOO_LONG)
    assert answer.language is language


def test_a_message_of_the_greatest_length_is_read_and_one_letter_more_is_not(answerer: Answerer) -> None:
    question = KNOWN[EN].ljust(LONGEST_MESSAGE, "!")
    assert ask(answerer, question).kind is AnswerKind.ANSWER
    assert ask(answerer, f"{question}!").reason is AbstentionReason.TOO_LONG


def test_more_words_than_the_model_holds_are_too_long_as_well(answerer: Answerer) -> None:
    assert ask(answerer, "1 " * 2_000).reason is AbstentionReason.TOO_LONG


def test_what_can_you_do_opens_the_help_page(answerer: Answerer) -> None:
    answer = ask(answerer, "Bonjour, que sais-tu faire ?")
    helped, _ = answerer.act(Page.HELP.value, Question("", TODAY), Conversation(FR))
    assert answer == helped


@pytest.mark.parametrize(("text", "language"), [("Bonjour", FR), ("مرحبا", AR), ("Hello", EN)])
def test_a_greeting_is_greeted_in_its_language_without_a_search(
    answerer: Answerer, text: str, language: Language
) -> None:
    answer = ask(answerer, text)
    assert (answer.kind, answer.language, answer.confidence) == (AnswerKind.SMALLTALK, language, None)


def test_both_questions_of_a_message_are_answered(answerer: Answerer) -> None:
    answer = ask(answerer, f"{KNOWN[EN]} How much was invested in offshoring from 2016 to 2018?")
    values = {figure.value for figure, _ in answer.figures}
    assert {148_500, 1_000_000_000} <= values


def test_the_half_without_a_source_is_named(answerer: Answerer) -> None:
    answer = ask(answerer, f"{KNOWN[FR]} Quel est le prix du ticket de tram ?")
    assert answer.kind is AnswerKind.ANSWER
    assert "«\u00a0Quel est le prix du ticket de tram ?\u00a0»" in answer.reply.text


def test_a_refusal_offers_three_topics_and_pressing_one_answers_its_example(answerer: Answerer, corpus: Corpus) -> None:
    refused = ask(answerer, "Quelle est la recette du couscous ?")
    assert refused.kind is AnswerKind.ABSTENTION
    assert len(refused.options) == len(set(refused.topics)) == 3
    for option, topic in zip(refused.options, refused.topics, strict=True):
        answer, conversation = answerer.act(option.action, Question("", TODAY), Conversation(FR))
        assert answer.kind is AnswerKind.ANSWER
        assert answer.resolved_question == corpus.topics[topic].examples.fr
        assert (answer.language, conversation.language) == (FR, FR)


@pytest.mark.parametrize("language", Language)
def test_a_topics_example_is_answered_in_the_language_of_the_user(
    answerer: Answerer, corpus: Corpus, language: Language
) -> None:
    answer, _ = answerer.act("topic:jobs", Question("", TODAY, language), Conversation(EN))
    assert (answer.kind, answer.language) == (AnswerKind.ANSWER, language)
    assert answer.resolved_question == corpus.topics["jobs"].examples.in_language(language)


def test_an_action_speaks_the_choice_then_the_conversations_then_telegrams_language_then_english(
    answerer: Answerer,
) -> None:
    def language_of(preferred: Language | None, previous: Language | None, user_language: str | None) -> Language:
        question = Question("", TODAY, preferred, user_language)
        answer, conversation = answerer.act("about", question, Conversation(previous))
        assert conversation.language is answer.language
        return answer.language

    assert language_of(FR, AR, "en") is FR
    assert language_of(None, AR, "fr") is AR
    assert language_of(None, None, "fr-MA") is FR
    assert language_of(None, None, "de") is EN
    assert language_of(None, None, None) is EN


@pytest.mark.parametrize("action", ["topic:unknown", "topic:", "topic", "", ":", "nonsense:1:2"])
def test_an_action_that_is_no_longer_known_gets_a_polite_word(answerer: Answerer, action: str) -> None:
    answer, _ = answerer.act(action, Question("", TODAY), Conversation(FR))
    assert answer.reply.text.startswith("Ce bouton ou cette commande n'est plus valable.")


def test_the_same_message_gets_the_same_answer(answerer: Answerer) -> None:
    assert ask(answerer, KNOWN[FR]) == ask(answerer, KNOWN[FR])


def test_relative_periods_follow_the_date_that_is_given(answerer: Answerer) -> None:
    text = "How many people did offshoring employ last year?"
    in_2025, _ = answerer.answer(Question(text, date(2025, 6, 1)), Conversation())
    in_2012, _ = answerer.answer(Question(text, date(2012, 6, 1)), Conversation())
    figure, _ = in_2025.figures[0]
    assert (figure.value, str(figure.period.end)[:4]) == (148_500, "2024")
    assert (in_2012.kind, in_2012.reason) == (AnswerKind.ABSTENTION, AbstentionReason.OTHER_PERIOD)


ODD_LETTERS = "\ud800\udfff\x00\x1b\u202e\u2066\u200f\ufeff\u0301\u0489\ufdfa\U0001f600٣²½ﬁ"
PIECES = st.one_of(
    st.text(max_size=20),
    st.text(st.characters(), max_size=10),
    st.text(st.sampled_from(ODD_LETTERS), max_size=10),
    st.sampled_from(
        ["emplois", "exports 2019", "كم", " et combien ", "\n", "؟ ", "à part CGEM", "31 février 2024", "%"]
    ),
)
MESSAGES = st.lists(PIECES, max_size=6).map("".join)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(MESSAGES, st.sampled_from([None, *Language]))
@example("\ud800", None)
@example("emplois \udfff en 2030 et quand \ud83d", None)
@example("jobs \x00 2030", None)
@example("\u202eemplois\u2066 \u200f2030", AR)
@example("e" + "\u0301" * 500 + "mplois", None)
@example("a\u0489\u0316" * 900, None)
@example("\ufdfa" * 60, None)
@example("x" * 10_000, FR)
@example("combien " * 1_250, None)
@example("كم " * 3_334, None)
@example("🙂" * 5_000, None)
@example("2019-" * 2_000, None)
def test_any_text_gives_an_answer_that_can_be_written(
    answerer: Answerer, text: str, preferred: Language | None
) -> None:
    answer = ask(answerer, text, preferred=preferred)
    assert answer.reply.text.encode("utf-8").strip()
    assert answer.lead
    assert (answer.kind is AnswerKind.ANSWER) == bool(answer.citations)
    assert (answer.kind is AnswerKind.ABSTENTION) == (answer.reason is not None)
    assert preferred is None or answer.language is preferred
    assert "\ud800" not in (answer.resolved_question or "")
