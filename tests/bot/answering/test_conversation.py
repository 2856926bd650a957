"""Conversations through the whole Answerer, over the shipped knowledge."""

from __future__ import annotations

from datetime import date

import pytest
from pydantic import TypeAdapter

from bot.answering.answerer import Answerer
from bot.answering.model import TURNS_KEPT, AnswerKind, Conversation
from bot.session import Session
from knowledge.language import Language
from knowledge.periods import Span

pytestmark = pytest.mark.model

TODAY = date(2026, 11, 21)
FIRST = "Combien de personnes travaillaient dans l'offshoring marocain à la fin de 2024 ?"


def hold(answerer: Answerer, *messages: str) -> tuple[Session, list[str]]:
    """A conversation, and the text of each reply."""
    session = Session()
    return session, [session.ask(answerer, message, TODAY).reply.text for message in messages]


def test_a_new_period_keeps_the_metric_and_the_reply_says_how_it_was_understood(answerer: Answerer) -> None:
    session = Session()
    session.ask(answerer, FIRST, TODAY)
    answer = session.ask(answerer, "et en 2018 ?", TODAY)
    assert "80 000" in answer.lead.replace("\u202f", " ").replace("\u00a0", " ")
    assert answer.reply.blocks[0].text == "↳ emplois de l'offshoring · 2018"
    assert answer.resolved_question == "emplois de l'offshoring 2018"


def test_the_third_follow_up_works_as_well_as_the_first(answerer: Answerer) -> None:
    session, _ = hold(answerer, FIRST, "et en 2018 ?", "2010 ?", "et l'objectif pour 2030 ?")
    figure = session.conversation.turns[-1].figures[0]
    assert figure.metric == "offshoring_jobs"
    assert figure.span is not None
    assert figure.span.end.year == 2030
    assert session.conversation.turns[-1].slots.targets


def test_a_new_metric_keeps_the_period_that_was_said(answerer: Answerer) -> None:
    session, _ = hold(answerer, "How many people should Morocco's offshoring sector employ by 2030?", "and exports?")
    last = session.conversation.turns[-1]
    assert last.figures[0].metric == "offshoring_export_revenue"
    assert last.slots.targets


def test_what_was_aimed_at_is_not_asked_of_a_year_that_is_over(answerer: Answerer) -> None:
    session, _ = hold(answerer, "Quel est l'objectif d'exportations de l'offshoring pour 2030 ?", "et en 2018 ?")
    assert not session.conversation.turns[-1].slots.targets
    assert session.conversation.turns[-1].kind is AnswerKind.ANSWER


def test_a_refusal_does_not_poison_the_context(answerer: Answerer) -> None:
    session, _ = hold(answerer, FIRST, "et en 1950 ?", "Qui a gagné le match de football hier soir ?", "et en 2018 ?")
    kinds = [turn.kind for turn in session.conversation.turns]
    assert kinds == [AnswerKind.ANSWER, AnswerKind.ABSTENTION, AnswerKind.ABSTENTION, AnswerKind.ANSWER]
    assert session.conversation.turns[-1].figures[0].metric == "offshoring_jobs"


def test_a_refused_question_can_be_corrected(answerer: Answerer) -> None:
    session, _ = hold(answerer, "Combien ont rapporté les exportations de l'offshoring en 1997 ?", "et en 2024 ?")
    last = session.conversation.turns[-1]
    assert last.kind is AnswerKind.ANSWER
    assert last.figures[0].metric == "offshoring_export_revenue"


def test_a_subject_that_follows_a_question_in_words_is_what_the_answer_is_about(answerer: Answerer) -> None:
    """The old question alone would be answered once more, as if nothing new had been asked."""
    _, replies = hold(answerer, "Quels sont les objectifs de Maroc Digital 2030 ?", "et l'intelligence artificielle ?")
    assert "intelligence artificielle" in replies[-1].splitlines()[0]
    assert "intelligence artificielle doit apporter" in replies[-1]
    _, replies = hold(answerer, "How many jobs did Capgemini create?", "what about AI?")
    assert "Capgemini" not in replies[-1]


def test_a_question_that_stands_alone_is_the_same_with_and_without_a_conversation(answerer: Answerer) -> None:
    question = "Combien MoroccoTech a-t-il de partenaires ?"
    _, alone = hold(answerer, question)
    _, after = hold(answerer, FIRST, question)
    assert after[-1] == alone[-1]


def test_a_name_that_the_knowledge_does_not_have_is_refused(answerer: Answerer) -> None:
    session, _ = hold(answerer, "Combien Maroc Telecom paie-t-il pour sa licence 5G ?", "et Vodafone ?")
    assert session.conversation.turns[-1].kind is AnswerKind.ABSTENTION


def test_another_language_is_for_one_reply(answerer: Answerer) -> None:
    session = Session()
    session.ask(answerer, FIRST, TODAY)
    translated = session.ask(answerer, "in Arabic please", TODAY)
    assert translated.language is Language.AR
    assert "148.500" in translated.lead
    assert session.ask(answerer, "2018 ?", TODAY).language is Language.FR


def test_the_source_the_speaker_and_the_date_come_without_a_search(answerer: Answerer) -> None:
    session = Session()
    first = session.ask(answerer, FIRST, TODAY)
    for message in ("source ?", "qui a dit ça ?", "c'était quand ?", "plus court"):
        answer = session.ask(answerer, message, TODAY)
        assert answer.kind is AnswerKind.ANSWER
        assert answer.confidence is None
        assert answer.citations[0].passage_id == first.citations[0].passage_id
    assert "80" in session.ask(answerer, "et en 2018 ?", TODAY).lead, "what follows is still about the question"


def test_yes_and_a_number_take_what_was_offered(answerer: Answerer) -> None:
    session = Session()
    offered = session.ask(answerer, FIRST, TODAY).options
    assert session.ask(answerer, "oui", TODAY).chart is not None
    session = Session()
    session.ask(answerer, FIRST, TODAY)
    number = [option.action.partition(":")[0] for option in offered].index("quotes") + 1
    assert session.ask(answerer, str(number), TODAY).citations


def test_a_number_chooses_a_language_for_good(answerer: Answerer) -> None:
    session = Session()
    session.act(answerer, "lang", TODAY)
    session.ask(answerer, "2", TODAY)
    assert session.preferred is list(Language)[1]


@pytest.mark.parametrize("text", ["who said that?", "plus court", "من قال ذلك؟"])
def test_nothing_can_be_said_of_an_answer_that_was_not_given(answerer: Answerer, text: str) -> None:
    assert Session().ask(answerer, text, TODAY).kind is AnswerKind.SMALLTALK


def test_a_subject_alone_is_offered_its_figures(answerer: Answerer) -> None:
    session = Session()
    answer = session.ask(answerer, "offshoring 2024 ?", TODAY)
    readings = [option.action for option in answer.options if option.action.startswith("ask:")]
    assert len(readings) in {2, 3}
    assert "ask:offshoring_jobs:2024" in readings
    chosen = session.ask(answerer, str(readings.index("ask:offshoring_jobs:2024") + 1), TODAY)
    assert chosen.figures[0][0].value == 148_500


def test_a_complete_question_is_offered_none(answerer: Answerer) -> None:
    answer = Session().ask(answerer, FIRST, TODAY)
    assert not any(option.action.startswith("ask:") for option in answer.options)


def test_a_conversation_is_written_as_json_and_read_back(answerer: Answerer) -> None:
    messages = (FIRST, "et en 2018 ?", "et le Portugal ?", "source ?", "Qui préside l'APEBI ?", "merci", "2018 ?")
    session, _ = hold(answerer, *messages)
    adapter = TypeAdapter(Conversation)
    written = adapter.dump_json(session.conversation)
    assert adapter.validate_json(written) == session.conversation
    assert len(session.conversation.turns) == TURNS_KEPT
    assert len(written) < 8_000, "a conversation keeps no reply's words"
    assert adapter.validate_json(adapter.dump_json(Conversation())) == Conversation()


@pytest.mark.parametrize(
    "text",
    [
        "Comment ont évolué les emplois de l'offshoring depuis 2020 ?",
        "How have offshoring jobs evolved since 2020?",
        "كيف تطورت مناصب الشغل في ترحيل الخدمات منذ 2020؟",
    ],
)
def test_since_a_year_is_all_that_came_since(answerer: Answerer, text: str) -> None:
    answer = Session().ask(answerer, text, TODAY)
    assert [figure.value for figure, _ in answer.figures] == [120_000, 130_000, 148_500]


@pytest.mark.parametrize(
    "follow_up", ["et l'année suivante ?", "and the year after?", "والسنة الموالية؟", "et l'année d'avant ?"]
)
def test_a_year_beside_a_time_that_is_open_on_one_side_is_no_error(answerer: Answerer, follow_up: str) -> None:
    session, _ = hold(answerer, "exportations de l'offshoring depuis 2020", follow_up)
    (span,) = session.conversation.turns[-1].slots.periods
    assert span.start.year == span.end.year in {2019, 2021}


def test_an_open_time_is_read_again_as_the_next_message_leaves_it(answerer: Answerer) -> None:
    session, _ = hold(answerer, FIRST, "et avant 2015 ?", "et les exportations ?")
    first, second = (turn.slots.periods for turn in session.conversation.turns[1:])
    assert first == second == (Span(date.min, date(2014, 12, 31)),)


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("Concentrix ?", "combien d'employés ?"),
        ("Concentrix?", "how many employees?"),
        ("كونسنتريكس؟", "كم عدد الموظفين؟"),
        ("Accenture ?", "combien d'employés ?"),
    ],
)
def test_a_question_behind_a_bare_name_is_about_that_name_or_refused(
    answerer: Answerer, name: str, question: str
) -> None:
    _, replies = hold(answerer, name, question, "et le chiffre d'affaires ?")
    for reply in replies[1:]:
        assert reply.startswith("↳")
        assert name.strip(" ?؟") in reply.splitlines()[0] or "Concentrix" in reply.splitlines()[0]
        assert not any(digit in reply for digit in "0123456789")


@pytest.mark.parametrize(
    ("noise", "question"),
    [
        ("météo", "Combien d'emplois en 2024 ?"),
        ("Bonjourr", "How many jobs in 2024?"),
        ("asdf", "كم عدد مناصب الشغل سنة 2024؟"),
    ],
)
def test_a_word_that_nobody_knows_captures_no_question_that_names_its_own_metric(
    answerer: Answerer, noise: str, question: str
) -> None:
    for before in ((), ("chiffre d'affaires de l'outsourcing en 2023",)):
        session, _ = hold(answerer, *before, noise, question, "et en 2018 ?")
        kinds = [turn.kind for turn in session.conversation.turns[-3:]]
        assert kinds == [AnswerKind.ABSTENTION, AnswerKind.ANSWER, AnswerKind.ANSWER]
        assert {turn.figures[0].metric for turn in session.conversation.turns[-2:]} == {"offshoring_jobs"}


@pytest.mark.parametrize("question", ["combien d'emplois ?", "how many employees?", "chiffre d'affaires ?"])
def test_what_directly_follows_an_unknown_name_is_about_it_and_what_comes_later_need_not_be(
    answerer: Answerer, question: str
) -> None:
    session, _ = hold(answerer, "Accenture ?", question, "emplois ?")
    kinds = [turn.kind for turn in session.conversation.turns]
    assert kinds == [AnswerKind.ABSTENTION, AnswerKind.ABSTENTION, AnswerKind.ANSWER]


@pytest.mark.parametrize("question", ["combien d'employés ?", "how many employees?", "كم عدد الموظفين؟"])
def test_a_bare_name_that_has_figures_is_given_its_own(answerer: Answerer, question: str) -> None:
    session, _ = hold(answerer, "Capgemini ?", question)
    assert session.conversation.turns[-1].figures[0].entity == "capgemini"


@pytest.mark.parametrize(
    ("question", "follow_up"),
    [
        ("combien d'emplois dans l'offshoring en 2024 ?", "et les centres d'appels ?"),
        ("how many jobs in offshoring in 2024?", "and call centres?"),
        ("كم عدد مناصب الشغل في ترحيل الخدمات سنة 2024؟", "ومراكز النداء؟"),
    ],
)
def test_another_subject_keeps_what_was_counted(answerer: Answerer, question: str, follow_up: str) -> None:
    session, _ = hold(answerer, question, follow_up)
    assert session.conversation.turns[-1].figures[0].metric == "call_centre_jobs"


def test_of_a_subject_without_such_a_figure_no_other_kind_is_given(answerer: Answerer) -> None:
    session, _ = hold(answerer, "combien d'emplois dans l'offshoring en 2024 ?", "et les startups ?")
    assert session.conversation.turns[-1].kind is AnswerKind.ABSTENTION


@pytest.mark.parametrize(
    ("question", "command", "language"),
    [
        (FIRST, "more", Language.FR),
        (FIRST, "shorter", Language.FR),
        (FIRST, "Source?", Language.FR),
        (FIRST, "المزيد", Language.FR),
        (FIRST, "who said that?", Language.EN),
        ("How many people worked in offshoring at the end of 2024?", "plus court", Language.EN),
        ("كم عدد مناصب الشغل في ترحيل الخدمات سنة 2024؟", "more", Language.AR),
    ],
)
def test_a_word_of_command_keeps_the_language_of_the_conversation(
    answerer: Answerer, question: str, command: str, language: Language
) -> None:
    session = Session()
    session.ask(answerer, question, TODAY)
    assert session.ask(answerer, command, TODAY).language is language


def test_a_courtesy_in_another_language_is_returned_in_it_and_changes_nothing(answerer: Answerer) -> None:
    session = Session()
    session.ask(answerer, FIRST, TODAY)
    assert session.ask(answerer, "thanks", TODAY).language is Language.EN
    assert session.ask(answerer, "2018 ?", TODAY).language is Language.FR


ASKED = (
    FIRST,
    "How many people worked in offshoring at the end of 2024?",
    "كم عدد مناصب الشغل في ترحيل الخدمات سنة 2024؟",
)


@pytest.mark.parametrize(
    ("doubt", "told"),
    [
        ("tu es sûr ?", "Vérifiez par vous-même : voici les sources de ma dernière réponse"),
        ("are you sure?", "Check for yourself: here are the sources of my last answer"),
        ("هل أنت متأكد؟", "تحققوا بأنفسكم: هذه مصادر جوابي الأخير"),
    ],
)
def test_doubt_of_a_calculation_is_not_told_that_sources_hold_it(answerer: Answerer, doubt: str, told: str) -> None:
    session = Session()
    compared = session.ask(answerer, "compare les exportations de l'offshoring en 2020 et 2023", TODAY)
    assert "= 4,4 milliards" in compared.reply.text.replace("\u202f", " ").replace("\u00a0", " ")
    text = session.ask(answerer, doubt, TODAY).reply.text.replace("\u00a0", " ")
    assert text.startswith(told)


@pytest.mark.parametrize(
    ("question", "doubt"), tuple(zip(ASKED, ("tu es sûr ?", "are you sure?", "هل أنت متأكد؟"), strict=True))
)
def test_doubt_is_met_with_the_answer_its_sources_and_their_words(
    answerer: Answerer, question: str, doubt: str
) -> None:
    session = Session()
    first = session.ask(answerer, question, TODAY)
    answer = session.ask(answerer, doubt, TODAY)
    assert answer.lead == first.lead
    assert answer.citations == first.citations
    assert answer.reply.blocks[1:] == first.reply.blocks


def test_doubt_is_told_that_sources_disagree(answerer: Answerer) -> None:
    session = Session()
    session.ask(answerer, "emplois de l'offshoring en 2018", TODAY)
    answer = session.ask(answerer, "vraiment ?", TODAY)
    assert "69 900" in answer.reply.text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("question", "more", "told"),
    [
        (ASKED[0], "autres sources ?", "D'autres sources donnent les mêmes chiffres :"),
        (ASKED[1], "other sources?", "Other sources give the same figures:"),
        (ASKED[2], "مصادر أخرى؟", "تورد مصادر أخرى الأرقام نفسها:"),
    ],
)
def test_other_sources_are_such_as_give_the_same_and_were_not_cited(
    answerer: Answerer, question: str, more: str, told: str
) -> None:
    session = Session()
    first = session.ask(answerer, question, TODAY)
    answer = session.ask(answerer, more, TODAY)
    cited = {citation.passage_id for citation in first.citations}
    assert answer.citations
    assert cited.isdisjoint(citation.passage_id for citation in answer.citations)
    assert {148_500} <= {figure.value for figure, _ in answer.figures}
    assert answer.reply.blocks[0].text.replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("question", "more", "told"),
    [
        ("Quand GITEX Africa 2024 a-t-il eu lieu ?", "autres sources ?", "Ma réponse s'appuie sur ces sources :"),
        ("When did GITEX Africa 2024 take place?", "other sources?", "My answer rests on these sources:"),
        ("متى انعقد جيتكس إفريقيا 2024؟", "مصادر أخرى؟", "يستند جوابي إلى هذه المصادر:"),
    ],
)
def test_of_an_answer_in_words_its_own_sources_are_shown_and_no_others_denied(
    answerer: Answerer, question: str, more: str, told: str
) -> None:
    session = Session()
    first = session.ask(answerer, question, TODAY)
    answer = session.ask(answerer, more, TODAY)
    assert answer.citations == first.citations
    assert answer.reply.blocks[0].text.replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("question", "where", "told"),
    [
        ("Quand GITEX Africa 2024 a-t-il eu lieu ?", "où ça ?", "Lieux que nomme ce passage : Marrakech."),
        ("When did GITEX Africa 2024 take place?", "where?", "Places that this passage names: Marrakech."),
        ("متى انعقد جيتكس إفريقيا 2024؟", "أين؟", "الأماكن التي يذكرها هذا المقطع: مراكش."),
        (FIRST, "où ça ?", "Ce passage ne nomme aucun lieu plus précis que le Maroc."),
    ],
)
def test_where_is_told_by_the_passage_of_the_answer(answerer: Answerer, question: str, where: str, told: str) -> None:
    _, replies = hold(answerer, question, where)
    assert replies[-1].splitlines()[0].replace("\u00a0", " ") == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("emplois de l'offshoring en 2020 et 2024", "Mes sources ne donnent pas ce chiffre pour : 2020."),
        ("offshoring jobs in 2020 and 2024", "My sources do not give this figure for: 2020."),
        ("مناصب الشغل في ترحيل الخدمات سنة 2020 و2024", "لا تذكر مصادري هذا الرقم بالنسبة إلى: 2020."),
    ],
)
def test_of_two_years_the_one_without_a_figure_is_named(answerer: Answerer, text: str, told: str) -> None:
    answer = Session().ask(answerer, text, TODAY)
    assert [figure.value for figure, _ in answer.figures] == [148_500, 148_500]
    assert told in answer.reply.text.replace("\u00a0", " ")


def test_a_year_that_lies_ahead_has_what_is_aimed_at(answerer: Answerer) -> None:
    answer = Session().ask(answerer, "emplois de l'offshoring en 2024 et 2030", TODAY)
    assert [figure.value for figure, _ in answer.figures][:2] == [148_500, 270_000]
    assert "Mes sources ne donnent pas" not in answer.reply.text


def test_three_years_are_all_given(answerer: Answerer) -> None:
    answer = Session().ask(answerer, "emplois de l'offshoring en 2010, 2018 et 2024", TODAY)
    assert [figure.value for figure, _ in answer.figures] == [46_000, 80_000, 148_500]


@pytest.mark.parametrize(
    "text",
    ["chokran", "salam", "labas", "labas 3lik?", "شكرا بزاف", "واخا", "بسلامة", "bslama", "wakha", "ki dayr?", "صافي"],
)
def test_a_courtesy_in_darija_wants_no_search(answerer: Answerer, text: str) -> None:
    answer = Session(user_language="fr").ask(answerer, text, TODAY)
    assert (answer.kind, answer.language) == (AnswerKind.SMALLTALK, Language.AR)


def test_an_arabic_conversation_goes_on_in_latin_letters(answerer: Answerer) -> None:
    session, _ = hold(answerer, "كم عدد مناصب الشغل في ترحيل الخدمات سنة 2024؟", "w f 2018?", "chhal f 2030?")
    assert session.conversation.language is Language.AR
    assert [turn.figures[0].metric for turn in session.conversation.turns] == ["offshoring_jobs"] * 3


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("chifre d'afaires de l'ofshoring en 2023", "chiffre d'affaires de l'offshoring en 2023"),
        ("offshoring turnovr in 2023", "offshoring turnover in 2023"),
        ("رقم معامللات ترحيل الخدمات سنة 2023", "رقم معاملات ترحيل الخدمات سنة 2023"),
    ],
)
def test_a_misspelt_metric_is_answered_as_the_right_one(answerer: Answerer, text: str, right: str) -> None:
    misspelt, spelt = (Session().ask(answerer, each, TODAY) for each in (text, right))
    assert misspelt.lead == spelt.lead


@pytest.mark.parametrize("word", ["ok", "d'accord", "حسنا"])
def test_agreement_behind_a_refusal_takes_none_of_several_topics(answerer: Answerer, word: str) -> None:
    session, _ = hold(answerer, FIRST, "Qui a gagné le match de football hier soir ?")
    assert len(session.conversation.turns[-1].actions) > 1
    answer = session.ask(answerer, word, TODAY)
    assert (answer.kind, answer.taken) == (AnswerKind.SMALLTALK, None)


def test_agreement_takes_nothing_that_was_offered_before_the_last_reply(answerer: Answerer) -> None:
    session = Session()
    assert any(option.action.startswith("evolution:") for option in session.ask(answerer, FIRST, TODAY).options)
    session.ask(answerer, "offshoring " * 1000, TODAY)
    assert session.ask(answerer, "d'accord", TODAY).taken is None
