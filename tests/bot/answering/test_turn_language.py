"""The language of a turn: what the question is in, and what the reply is written in."""

from __future__ import annotations

import pytest

from bot.answering.turn_language import TurnLanguage, TurnLanguageDecider
from knowledge.corpus import Corpus
from knowledge.language import UNSUPPORTED, Language, detect_language

FR, AR, EN = Language.FR, Language.AR, Language.EN

GERMAN = "Wie viele Menschen arbeiten im marokkanischen Offshoring-Sektor Ende 2024 insgesamt?"
SPANISH = "¿Cuántas personas trabajan en el sector del offshoring en Marruecos a finales de 2024?"
DARIJA = "wa7ed l7aja mzyana bzaf"
QUESTIONS = {
    FR: "Combien d'emplois l'offshoring comptait-il à fin 2024 ?",
    AR: "كم عدد مناصب الشغل في الأوفشورينغ بالمغرب عند نهاية 2024؟",
    EN: "How many people did offshoring employ at the end of 2024?",
}


@pytest.fixture(scope="module")
def decider(corpus: Corpus) -> TurnLanguageDecider:
    return TurnLanguageDecider(corpus)


def decide(
    decider: TurnLanguageDecider,
    text: str,
    *,
    preferred: Language | None = None,
    previous: Language | None = None,
    user_language: str | None = None,
) -> TurnLanguage:
    return decider.decide(text, preferred=preferred, previous=previous, user_language=user_language)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("previous", Language)
def test_a_full_question_is_answered_in_its_language_whatever_came_before(
    decider: TurnLanguageDecider, language: Language, previous: Language
) -> None:
    decided = decide(decider, QUESTIONS[language], previous=previous, user_language=previous.value)
    assert decided == TurnLanguage(language, language)
    assert decided.supported


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("preferred", Language)
def test_a_chosen_language_overrules_the_reply_but_not_what_the_question_is_in(
    decider: TurnLanguageDecider, language: Language, preferred: Language
) -> None:
    decided = decide(decider, QUESTIONS[language], preferred=preferred, previous=EN, user_language="en")
    assert decided == TurnLanguage(language, preferred)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("jobs 2030", EN),
        ("emplois 2030", FR),
        ("exports", EN),
        ("exportations", FR),
        ("صادرات", AR),
        ("Et en 2018 ?", FR),
        ("merci", FR),
        ("thanks", EN),
        ("merci GITEX", FR),
        ("thanks GITEX", EN),
    ],
)
@pytest.mark.parametrize("previous", Language)
def test_keywords_are_known_by_the_words_of_the_knowledge_base(
    decider: TurnLanguageDecider, text: str, language: Language, previous: Language
) -> None:
    assert decide(decider, text, previous=previous).question is language


@pytest.mark.parametrize("text", ["2030 ?", "🙂", "?", "2024-05-31", ""])
def test_an_ambiguous_message_goes_by_the_choice_then_the_conversation_then_telegram_then_english(
    decider: TurnLanguageDecider, text: str
) -> None:
    assert decide(decider, text, preferred=FR, previous=AR, user_language="en") == TurnLanguage(FR, FR)
    assert decide(decider, text, previous=AR, user_language="fr") == TurnLanguage(AR, AR)
    assert decide(decider, text, user_language="fr-MA") == TurnLanguage(FR, FR)
    assert decide(decider, text, user_language="pt-br") == TurnLanguage(EN, EN)
    assert decide(decider, text) == TurnLanguage(EN, EN)


@pytest.mark.parametrize("text", ["CGEM ?", "GITEX Africa", "Ghita Mezzour"])
def test_a_name_alone_goes_by_the_conversation(decider: TurnLanguageDecider, text: str) -> None:
    assert decide(decider, text, previous=EN).question is EN
    assert decide(decider, text, previous=AR).question is AR


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who is Younes Sekkouri?", EN),
        ("Qui est Younes Sekkouri ?", FR),
        ("What is the Agence de développement du digital?", EN),
        ("إنجازات GITEX Africa", AR),
    ],
)
def test_names_of_another_language_do_not_decide(decider: TurnLanguageDecider, text: str, language: Language) -> None:
    assert decide(decider, text).question is language


@pytest.mark.parametrize("text", [GERMAN, SPANISH, DARIJA])
def test_an_unsupported_language_is_answered_in_the_choice_or_telegrams_language_or_english(
    decider: TurnLanguageDecider, text: str
) -> None:
    assert decide(decider, text, preferred=AR, previous=FR, user_language="fr") == TurnLanguage(None, AR)
    assert decide(decider, text, previous=FR, user_language="ar") == TurnLanguage(None, AR)
    decided = decide(decider, text, previous=FR, user_language="de")
    assert decided == TurnLanguage(None, EN)
    assert not decided.supported


LONG_KEYWORDS = "classement mondial intelligence artificielle"


def test_a_long_text_that_the_detector_takes_for_another_language_counts_as_ours_where_its_words_are(
    decider: TurnLanguageDecider,
) -> None:
    """Nouns without a verb look like Romanian or Catalan to it; where four words in five are ours, they are not."""
    assert detect_language(LONG_KEYWORDS) == UNSUPPORTED
    assert decide(decider, LONG_KEYWORDS, previous=AR).question is FR
    assert decide(decider, f"{LONG_KEYWORDS} zorro", previous=AR).question is FR, "four words of five"
    with_less = f"{LONG_KEYWORDS} zorro alcachofa"
    assert detect_language(with_less) == UNSUPPORTED
    assert decide(decider, with_less, previous=AR).question is None, "four words of six"


@pytest.mark.parametrize("text", ["sa7bi", "3reft", "wa7ed", "had l7aja"])
def test_digits_for_letters_betray_darija_of_which_no_word_is_known(decider: TurnLanguageDecider, text: str) -> None:
    assert decide(decider, text).question is None


@pytest.mark.parametrize("text", ["jobs f 2030", "jobs 5G", "Industry 4.0 jobs", "jobs in 2030", "H24info jobs"])
def test_digits_beside_words_are_no_darija(decider: TurnLanguageDecider, text: str) -> None:
    assert decide(decider, text).supported


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("ch7al d lkhedma f offshoring?", AR),
        ("شحال ديال المناصب فالأوفشورينغ؟", AR),
        ("chkoun le président de la FMES ?", FR),
        ("bghit n3ref l'objectif d'exportations de l'offshoring en 2030", FR),
    ],
)
def test_darija_with_known_words_is_answered_in_arabic_or_in_french_where_it_is_mostly_french(
    decider: TurnLanguageDecider, text: str, language: Language
) -> None:
    decided = decide(decider, text, user_language="de")
    assert (decided.question, decided.reply) == (language, language)
    assert decided.standard


def test_a_choice_overrules_the_reply_to_darija_and_not_its_reading(decider: TurnLanguageDecider) -> None:
    decided = decide(decider, "ch7al d lkhedma f offshoring?", preferred=EN)
    assert (decided.question, decided.reply) == (AR, EN)


def test_one_letter_between_names_tells_no_language(decider: TurnLanguageDecider) -> None:
    assert decide(decider, "w Maroc Telecom?", previous=AR).reply is AR


def test_a_word_of_two_languages_follows_the_conversation(decider: TurnLanguageDecider) -> None:
    assert decide(decider, "offshoring 2024 ?", previous=FR).reply is FR
    assert decide(decider, "offshoring 2024 ?", previous=EN).reply is EN


@pytest.mark.parametrize("text", ["w f 2024?", "chhal f 2030?", "f 2018", "w exports f 2024?", "w 3la l'emploi?"])
def test_a_follow_up_in_latin_letters_stays_in_an_arabic_conversation(decider: TurnLanguageDecider, text: str) -> None:
    decided = decide(decider, text, previous=AR, user_language="fr")
    assert (decided.question, decided.reply) == (AR, AR)


@pytest.mark.parametrize("text", ["Who had the largest share of the exports?", "Quels emplois à la fin de 2024 ?"])
def test_a_question_in_another_language_leaves_an_arabic_conversation(decider: TurnLanguageDecider, text: str) -> None:
    assert decide(decider, text, previous=AR).reply is not AR


@pytest.mark.parametrize(
    "text", ["chokran", "chokran bzaf", "salam", "labas 3lik", "bslama", "wakha", "شكرا بزاف", "واخا", "بسلامة"]
)
@pytest.mark.parametrize("previous", [None, AR])
def test_a_courtesy_in_darija_is_arabic(decider: TurnLanguageDecider, text: str, previous: Language | None) -> None:
    assert decide(decider, text, previous=previous, user_language="fr").reply is AR


def test_arabic_in_latin_letters_that_is_not_understood_keeps_an_arabic_conversation(
    decider: TurnLanguageDecider,
) -> None:
    assert decide(decider, DARIJA, previous=AR, user_language="fr") == TurnLanguage(None, AR)


@pytest.mark.parametrize("text", ["là-bas ?", "la bas ?", "cv", "cv ?"])
def test_french_words_of_a_courtesy_in_darija_are_none_by_themselves(decider: TurnLanguageDecider, text: str) -> None:
    assert decide(decider, text, previous=FR) == TurnLanguage(FR, FR)


@pytest.mark.parametrize("text", ["labas", "cv labas", "salam labas 3lik?", "chokran bzaf khouya"])
def test_courtesies_in_darija_are_arabic_in_any_conversation(decider: TurnLanguageDecider, text: str) -> None:
    assert decide(decider, text, previous=FR).reply is AR


@pytest.mark.parametrize("previous", [None, *Language])
@pytest.mark.parametrize(
    ("text", "language"),
    [("How many B2B companies are there?", EN), ("Combien d'entreprises B2B au Maroc ?", FR)],
)
def test_a_digit_inside_a_word_makes_no_darija_of_a_sentence(
    decider: TurnLanguageDecider, text: str, language: Language, previous: Language | None
) -> None:
    assert decide(decider, text, previous=previous, user_language="ar") == TurnLanguage(language, language)
