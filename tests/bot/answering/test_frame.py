"""The Frame: the one reading of a question, in three languages."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.answering.cues import load_cues
from bot.answering.frame import Frame, Intent, Quantity
from bot.answering.frame_reading import FrameReader
from bot.answering.message import QUESTIONS_AT_MOST, SmallTalk
from knowledge.language import Language
from knowledge.periods import Span, year_span
from made_corpus import make_corpus

TODAY = date(2026, 11, 21)


def read(reader: FrameReader, text: str, today: date = TODAY) -> Frame:
    """The Frame of a message that asks one question."""
    (frame,) = reader.read(text, Language.EN, today)
    return frame


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Quels sont les partenaires de Morocco Tech ?", Intent.LIST),
        ("List the partners of Morocco Tech", Intent.LIST),
        ("اذكر شركاء موروكو تيك", Intent.LIST),
        ("Comment les exportations ont évolué ?", Intent.EVOLUTION),
        ("How have exports evolved over the years?", Intent.EVOLUTION),
        ("كيف تطورت الصادرات عبر السنوات؟", Intent.EVOLUTION),
        ("Les exportations de 2024 par rapport à 2018", Intent.COMPARISON),
        ("Exports of 2024 compared with 2018", Intent.COMPARISON),
        ("مقارنة صادرات 2018 بصادرات 2024", Intent.COMPARISON),
        ("Quel objectif pour 2030 ?", Intent.TARGET),
        ("What jobs target for 2030?", Intent.TARGET),
        ("هدف مناصب الشغل في أفق 2030", Intent.TARGET),
        ("Qui a annoncé ce chiffre ?", Intent.WHO_SAID),
        ("Who said so?", Intent.WHO_SAID),
        ("من صرح بذلك؟", Intent.WHO_SAID),
        ("C'est quoi l'APEBI ?", Intent.DEFINITION),
        ("What is the APEBI?", Intent.DEFINITION),
        ("ما هي APEBI؟", Intent.DEFINITION),
        ("Combien d'emplois en 2024 ?", Intent.FACT),
        ("How many jobs in 2024?", Intent.FACT),
        ("كم عدد مناصب الشغل سنة 2024؟", Intent.FACT),
    ],
)
def test_the_intent_is_read_in_three_languages(frame_reader: FrameReader, text: str, intent: Intent) -> None:
    assert read(frame_reader, text).intent is intent


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What is the target for 2030?", Intent.TARGET),
        ("What is the comparison of the targets?", Intent.COMPARISON),
        ("Who said what the trend of the targets is?", Intent.WHO_SAID),
        ("What are the pillars?", Intent.LIST),
        ("List the targets for 2030", Intent.TARGET),
        ("Quels sont les objectifs pour 2030 ?", Intent.TARGET),
    ],
)
def test_of_several_intents_the_most_telling_wins_wherever_it_stands(
    frame_reader: FrameReader, text: str, intent: Intent
) -> None:
    assert read(frame_reader, text).intent is intent


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Combien d'emplois en 2024 ?", Quantity.COUNT),
        ("How many jobs in 2024?", Quantity.COUNT),
        ("كم عدد مناصب الشغل سنة 2024؟", Quantity.COUNT),
        ("Quel montant a été investi ?", Quantity.AMOUNT),
        ("How much money was invested?", Quantity.AMOUNT),
        ("كم قيمة الاستثمارات؟", Quantity.AMOUNT),
        ("Quel pourcentage des habitants ?", Quantity.SHARE),
        ("What percentage of people?", Quantity.SHARE),
        ("ما نسبة السكان؟", Quantity.SHARE),
        ("Quel rang mondial ?", Quantity.RANK),
        ("Where does Morocco rank?", Quantity.RANK),
        ("ما هي مرتبة المغرب؟", Quantity.RANK),
        ("Quand a été lancé Morocco Tech ?", Quantity.DATE),
        ("When was Morocco Tech launched?", Quantity.DATE),
        ("متى أطلقت موروكو تيك؟", Quantity.DATE),
        ("Qui préside la CGEM ?", Quantity.PERSON),
        ("Who is president of CGEM?", Quantity.PERSON),
        ("من هو رئيس الاتحاد؟", Quantity.PERSON),
        ("Où se trouve Technopark ?", Quantity.PLACE),
        ("Where is Technopark?", Quantity.PLACE),
        ("أين يوجد تكنوبارك؟", Quantity.PLACE),
        ("Pourquoi cette réussite ?", Quantity.REASON),
        ("Why this success?", Quantity.REASON),
        ("لماذا هذا النجاح؟", Quantity.REASON),
        ("Parle-moi de Technopark", None),
        ("Tell me about Technopark", None),
        ("حدثني عن تكنوبارك", None),
    ],
)
def test_the_quantity_is_read_in_three_languages(
    frame_reader: FrameReader, text: str, quantity: Quantity | None
) -> None:
    assert read(frame_reader, text).quantity is quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Quel rang, quel pourcentage", Quantity.RANK),
        ("Quel pourcentage, quel rang", Quantity.SHARE),
        ("What year was the revenue announced?", Quantity.DATE),
        ("Which minister announced the revenue?", Quantity.PERSON),
        ("ما نسبة عائدات القطاع؟", Quantity.SHARE),
    ],
)
def test_the_quantity_named_first_wins(frame_reader: FrameReader, text: str, quantity: Quantity) -> None:
    assert read(frame_reader, text).quantity is quantity


@pytest.mark.parametrize(
    ("text", "quantity"),
    [
        ("Combien le secteur a-t-il de croissance ?", Quantity.SHARE),
        ("À combien s'élève le nombre d'emplois ?", Quantity.COUNT),
        ("À combien s'élève le chiffre d'affaires ?", Quantity.AMOUNT),
        ("How much has turnover been?", Quantity.AMOUNT),
        ("كم بلغ رقم المعاملات؟", Quantity.AMOUNT),
        ("كم بلغت نسبة النمو؟", Quantity.SHARE),
    ],
)
def test_how_much_gives_way_to_the_kind_of_number_that_follows(
    frame_reader: FrameReader, text: str, quantity: Quantity
) -> None:
    assert read(frame_reader, text).quantity is quantity


@pytest.mark.parametrize(
    "text", ["Combien ?", "How much?", "كم؟", "Combien, et en quelle année ?", "À combien s'élève l'investissement ?"]
)
def test_how_much_stays_open_where_no_kind_of_number_follows(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).quantity is Quantity.NUMBER


@pytest.mark.parametrize(
    "text", ["Les jeunes, quand ils travaillent", "Young people who work", "Les villes où ils travaillent"]
)
def test_an_interrogative_in_the_middle_of_a_sentence_asks_nothing(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).quantity is None


@pytest.mark.parametrize("text", ["exports 2019", "exportations 2019", "صادرات 2019", "emplois 2030", "jobs in 2030"])
def test_a_metric_with_a_period_and_nothing_else_asks_for_a_number(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).quantity is Quantity.NUMBER


@pytest.mark.parametrize("text", ["exports", "exports Morocco", "les exportations du Maroc", "صادرات", "jobs"])
def test_a_metric_alone_asks_for_a_number(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).quantity is Quantity.NUMBER


@pytest.mark.parametrize(
    "text", ["exports Technopark", "textile exports", "exports 2019 Technopark", "Technopark 2019", "Morocco", "2019"]
)
def test_keywords_ask_for_no_number_without_a_metric_or_with_another_subject(
    frame_reader: FrameReader, text: str
) -> None:
    assert read(frame_reader, text).quantity is None


@pytest.mark.parametrize("text", ["exports last year", "exportations de l'année dernière", "صادرات السنة الماضية"])
def test_a_metric_with_a_relative_period_asks_for_a_number_too(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).quantity is Quantity.NUMBER


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("exports last year", 2025),
        ("exportations de l'année dernière", 2025),
        ("صادرات السنة الماضية", 2025),
        ("exports this year", 2026),
        ("exportations de cette année", 2026),
        ("صادرات هذه السنة", 2026),
        ("exports next year", 2027),
        ("exportations de l'an prochain", 2027),
        ("صادرات العام المقبل", 2027),
    ],
)
def test_a_relative_period_is_counted_from_today(frame_reader: FrameReader, text: str, year: int) -> None:
    assert read(frame_reader, text).periods == (year_span(year),)
    assert read(frame_reader, text, date(2020, 1, 1)).periods == (year_span(year - 6),)


def test_periods_named_outright_do_not_depend_on_today(frame_reader: FrameReader) -> None:
    for today in (TODAY, date(1999, 12, 31)):
        assert read(frame_reader, "exports in May 2024", today).periods == (Span(date(2024, 5, 1), date(2024, 5, 31)),)


@pytest.mark.parametrize(
    ("text", "metric"),
    [
        ("Recettes d'exportation de l'offshoring", "offshoring_export_revenue"),
        ("offshoring jobs", "offshoring_jobs"),
        ("مناصب الشغل", "offshoring_jobs"),
    ],
)
def test_metrics_are_recognised_in_three_languages(frame_reader: FrameReader, text: str, metric: str) -> None:
    assert read(frame_reader, text).metrics == (metric,)


def test_entities_come_once_each_in_the_order_they_stand(frame_reader: FrameReader) -> None:
    frame = read(frame_reader, "Did CGEM meet Ghita Mezzour, or CGEM the APEBI?")
    assert frame.entities == ("cgem", "ghita-mezzour", "apebi")
    assert frame.organisations == ("cgem", "apebi")


@pytest.mark.parametrize("text", ["Morocco exports", "Les exportations du Maroc", "صادرات المغرب", "Moroccan exports"])
def test_morocco_is_neither_entity_nor_country_since_everything_is_about_it(
    frame_reader: FrameReader, text: str
) -> None:
    frame = read(frame_reader, text)
    assert (frame.entities, frame.countries) == ((), frozenset())


@pytest.mark.parametrize("text", ["jobs in Tunisia", "emplois en Tunisie", "مناصب الشغل بتونس"])
def test_another_country_is_recognised(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).countries == {"TN"}


@pytest.mark.parametrize("text", ["jobs in Casablanca", "emplois à Casablanca", "مناصب الشغل بالدار البيضاء"])
def test_a_city_is_recognised(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).cities == {"casablanca"}


@pytest.mark.parametrize(
    ("text", "constraint"),
    [
        ("car exports", "automotive"),
        ("les exportations automobiles", "automotive"),
        ("صادرات السيارات", "automotive"),
        ("salaire moyen", "salary"),
        ("average salary", "salary"),
        ("متوسط الأجور", "salary"),
    ],
)
def test_another_branch_or_a_detail_is_a_constraint(frame_reader: FrameReader, text: str, constraint: str) -> None:
    assert read(frame_reader, text).constraints == {constraint}


@pytest.mark.parametrize(
    ("text", "constraints", "strict"),
    [
        ("the average salary in banks", {"salary", "banking"}, {"salary"}),
        ("the price of textiles", {"price", "textile"}, {"textile"}),
        ("the price of energy", {"price", "energy"}, set[str]()),
    ],
)
def test_only_some_constraints_are_strict(
    frame_reader: FrameReader, text: str, constraints: set[str], strict: set[str]
) -> None:
    frame = read(frame_reader, text)
    assert (set(frame.constraints), set(frame.strict)) == (constraints, strict)


@pytest.mark.parametrize(
    ("text", "targets", "ahead"),
    [
        ("What is the target for jobs?", True, False),
        ("How many jobs in 2030?", True, True),
        ("How many jobs in 2026?", False, True),
        ("How many jobs in 2024?", False, False),
    ],
)
def test_a_target_is_asked_for_in_words_or_by_a_time_that_has_not_begun(
    frame_reader: FrameReader, text: str, *, targets: bool, ahead: bool
) -> None:
    frame = read(frame_reader, text)
    assert (frame.targets, frame.ahead) == (targets, ahead)


def test_a_later_question_shares_the_time_of_the_first(frame_reader: FrameReader) -> None:
    first, second = frame_reader.read("How many jobs in 2030? And how many startups?", Language.EN, TODAY)
    assert second.periods == first.periods == (year_span(2030),)
    assert second.targets
    assert second.ahead


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Why 270,000 jobs in 2030?", {270_000.0}),
        ("Est-ce 26,2 milliards en 2024 ?", {26_200_000_000.0}),
        ("How many jobs on 31 May 2024?", set[float]()),
    ],
)
def test_the_numbers_that_a_question_gives_are_read_without_its_dates(
    frame_reader: FrameReader, text: str, values: set[float]
) -> None:
    assert read(frame_reader, text).values == values


@pytest.mark.parametrize(
    "text",
    [
        "What was turnover before it climbed to 17.9 billion?",
        "Quel était le chiffre d'affaires avant d'atteindre 17,9 milliards ?",
        "كم كان رقم المعاملات قبل أن يبلغ 17,9 مليار؟",
    ],
)
def test_a_value_that_was_reached_later_is_not_what_is_asked_about(frame_reader: FrameReader, text: str) -> None:
    frame = read(frame_reader, text)
    assert not frame.values
    assert frame.outgrown == {17_900_000_000.0}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Qui a promis la 5G fin 2024 ?", True),
        ("Who promised 5G in late 2024?", True),
        ("من وعد بالجيل الخامس أواخر سنة 2024؟", True),
        ("Qui a promis la 5G en 2024 ?", False),
        ("Who promised at the end that 5G comes in 2024?", False),
    ],
)
def test_a_year_is_known_to_be_named_by_a_part_of_it(frame_reader: FrameReader, text: str, *, part: bool) -> None:
    assert read(frame_reader, text).part_of_year is part


def test_years_that_are_counted_are_no_open_time(frame_reader: FrameReader) -> None:
    counted = read(frame_reader, "emplois de l'offshoring sur les deux dernières années jusqu'à fin 2018")
    assert counted.loose
    assert counted.times == (year_span(2018),)
    assert read(frame_reader, "emplois de l'offshoring jusqu'à fin 2018").window is not None


@pytest.mark.parametrize("text", ["Et cette année-là ?", "Qui dirigeait la CGEM cette année-là ?"])
def test_that_year_is_not_this_year(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).times == ()


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Combien d'emplois l'offshoring comptait-il ?", {"comptait"}),
        ("How many offshoring jobs in 2024?", set[str]()),
        ("objectif emplois 2030 offshoring", set[str]()),
        ("How many offshoring jobs in December 2020?", set[str]()),
        ("How many offshoring jobs for zebras in 2024?", {"zebras"}),
    ],
)
def test_the_rest_is_what_no_metric_name_cue_or_year_accounts_for(
    frame_reader: FrameReader, text: str, left: set[str]
) -> None:
    rest = read(frame_reader, text).rest
    assert len(rest) == len(left)
    assert all(any(word in term for term in rest) for word in left)


@pytest.mark.parametrize(
    "text",
    [
        "Which minister besides Ghita Mezzour spoke of GITEX?",
        "Quel ministre, à part Ghita Mezzour, a parlé de GITEX ?",
        "أي وزيرة باستثناء غيثة مزور تحدثت عن GITEX؟",
        "Which minister other than Ghita Mezzour, apart from Ghita Mezzour, spoke of GITEX?",
    ],
)
def test_a_name_that_the_question_leaves_out_is_not_asked_for(frame_reader: FrameReader, text: str) -> None:
    frame = read(frame_reader, text)
    assert frame.entities == ("gitex-africa",)
    assert "Mezzour" not in frame.text
    assert "مزور" not in frame.text


def test_an_exclusion_takes_only_the_name_right_behind_it(frame_reader: FrameReader) -> None:
    frame = read(frame_reader, "Besides speeches, what did Ghita Mezzour do at GITEX?")
    assert frame.entities == ("ghita-mezzour", "gitex-africa")
    assert frame.text.startswith("Besides speeches")


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Bonjour, combien d'emplois en 2030 ?", "combien d'emplois en 2030 ?"),
        ("Hello Dalil! How many jobs in 2030?", "How many jobs in 2030?"),
        ("السلام عليكم، كم عدد مناصب الشغل؟", "كم عدد مناصب الشغل؟"),
        ("Merci beaucoup. Et combien d'emplois ?", "combien d'emplois ?"),
        ("Good morning and thank you - how many jobs?", "how many jobs?"),
        ("🙂 Bonjour 🙂 combien d'emplois ?", "🙂 combien d'emplois ?"),
    ],
)
def test_a_greeting_in_front_of_a_question_is_dropped(frame_reader: FrameReader, text: str, rest: str) -> None:
    frame = frame_reader.read(text, Language.FR, TODAY)[0]
    assert frame.text == rest
    assert frame.quantity is Quantity.COUNT
    assert frame.small_talk is None


@pytest.mark.parametrize("text", ["Très bien, combien d'emplois ?", "Le nombre d'emplois, merci"])
def test_filler_that_follows_no_greeting_is_kept(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).text == text


@pytest.mark.parametrize(
    "text", ["Combien d'emplois en 2030 ? Merci !", "How many jobs in 2030? Thanks", "كم عدد مناصب الشغل؟ شكرا جزيلا"]
)
def test_thanks_behind_a_question_are_no_question(frame_reader: FrameReader, text: str) -> None:
    assert len(frame_reader.read(text, None, TODAY)) == 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Bonjour", SmallTalk.GREETING),
        ("Hello there!", SmallTalk.GREETING),
        ("السلام عليكم", SmallTalk.GREETING),
        ("Merci beaucoup, très utile", SmallTalk.THANKS),
        ("thank you very much!", SmallTalk.THANKS),
        ("شكرا جزيلا", SmallTalk.THANKS),
        ("Au revoir", SmallTalk.GOODBYE),
        ("bye", SmallTalk.GOODBYE),
        ("مع السلامة", SmallTalk.GOODBYE),
        ("Comment vas-tu ?", SmallTalk.WELLBEING),
        ("How are you?", SmallTalk.WELLBEING),
        ("كيف حالك؟", SmallTalk.WELLBEING),
        ("Que sais-tu faire ?", SmallTalk.CAPABILITIES),
        ("What can you do?", SmallTalk.CAPABILITIES),
        ("ماذا تستطيع أن تفعل؟", SmallTalk.CAPABILITIES),
        ("Qui es-tu ?", SmallTalk.IDENTITY),
        ("Who are you?", SmallTalk.IDENTITY),
        ("من أنت؟", SmallTalk.IDENTITY),
        ("Bonjour, que sais-tu faire ?", SmallTalk.CAPABILITIES),
    ],
)
def test_small_talk_alone_is_recognised_in_three_languages(
    frame_reader: FrameReader, text: str, kind: SmallTalk
) -> None:
    frame = read(frame_reader, text)
    assert (frame.intent, frame.small_talk) == (Intent.SMALL_TALK, kind)
    assert frame.text == text


@pytest.mark.parametrize("text", ["2", "12.", "٣", "0 ?"])
def test_a_number_of_no_list_asks_nothing(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).small_talk is SmallTalk.NO_WORDS
    assert read(frame_reader, "2018").small_talk is None


@pytest.mark.parametrize("text", ["", "   ", "\n", "🙂🙂", "?!", "…", "\u200f", "_"])
def test_a_message_without_words_is_small_talk_without_words(frame_reader: FrameReader, text: str) -> None:
    assert read(frame_reader, text).small_talk is SmallTalk.NO_WORDS


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        (
            "Combien d'emplois en 2030 et quel chiffre d'affaires ?",
            ("Combien d'emplois en 2030", "quel chiffre d'affaires ?"),
        ),
        ("How many jobs, and what revenue?", ("How many jobs", "what revenue?")),
        ("How many jobs? What revenue?", ("How many jobs?", "What revenue?")),
        ("How many jobs\nWhat revenue", ("How many jobs", "What revenue")),
        ("كم عدد مناصب الشغل؟ كم نسبة النمو؟", ("كم عدد مناصب الشغل؟", "كم نسبة النمو؟")),
        ("كم عدد مناصب الشغل وكم نسبة النمو؟", ("كم عدد مناصب الشغل", "كم نسبة النمو؟")),
        ("كم عدد مناصب الشغل، ومتى أطلقت موروكو تيك؟", ("كم عدد مناصب الشغل", "متى أطلقت موروكو تيك؟")),
    ],
)
def test_two_questions_in_one_message_are_read_as_two(
    frame_reader: FrameReader, text: str, parts: tuple[str, ...]
) -> None:
    assert tuple(frame.text for frame in frame_reader.read(text, None, TODAY)) == parts


@pytest.mark.parametrize(
    "text",
    [
        "Combien d'emplois et de stagiaires ?",
        "How many jobs and companies?",
        "مناصب الشغل والصادرات",
        "عائدات وصادرات القطاع",
        "What is the difference between jobs and exports?",
    ],
)
def test_an_and_between_two_nouns_parts_nothing(frame_reader: FrameReader, text: str) -> None:
    assert len(frame_reader.read(text, None, TODAY)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "La part des entreprises de dix et quinze salariés",
        "What is half and whole revenue?",
        "مناصب الشغل وكمية الصادرات",
        "صادرات من المغرب ومن فرنسا",
    ],
)
def test_an_and_before_a_word_that_only_starts_like_an_interrogative_parts_nothing(
    frame_reader: FrameReader, text: str
) -> None:
    assert len(frame_reader.read(text, None, TODAY)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "How many exhibitors were at GITEX Africa 2024 and where was it?",
        "Quel nombre d'exposants à GITEX Africa 2024 et où était-ce ?",
        "كم عدد العارضين في جيتكس إفريقيا 2024 وأين أقيم؟",
    ],
)
def test_a_part_without_a_subject_of_its_own_shares_the_first_ones_entities(
    frame_reader: FrameReader, text: str
) -> None:
    first, second = frame_reader.read(text, None, TODAY)
    assert first.entities == second.entities == ("gitex-africa",)
    assert (first.quantity, second.quantity) == (Quantity.COUNT, Quantity.PLACE)
    assert first.periods == second.periods == (year_span(2024),)


def test_a_part_with_a_subject_of_its_own_shares_nothing(frame_reader: FrameReader) -> None:
    _, second = frame_reader.read("When was GITEX Africa held and who is Chakib Alj?", None, TODAY)
    assert second.entities == ("chakib-alj",)
    _, second = frame_reader.read("When was GITEX Africa held and how many offshoring jobs?", None, TODAY)
    assert second.entities == ()


def test_at_most_three_questions_are_read(frame_reader: FrameReader) -> None:
    frames = frame_reader.read("How many jobs? What revenue? When? Where? Who?", None, TODAY)
    assert [frame.text for frame in frames] == ["How many jobs?", "What revenue?", "When?"]
    assert len(frames) == QUESTIONS_AT_MOST


@pytest.mark.parametrize("language", [*Language, None])
def test_every_part_carries_the_language_that_was_decided(frame_reader: FrameReader, language: Language | None) -> None:
    for text in ("How many jobs? What revenue?", "Bonjour", ""):
        assert {frame.language for frame in frame_reader.read(text, language, TODAY)} == {language}


def test_without_any_names_a_question_is_still_read() -> None:
    frame = read(FrameReader(make_corpus(), load_cues()), "How many cats in 2024?")
    assert (frame.quantity, frame.periods, frame.entities) == (Quantity.COUNT, (year_span(2024),), ())


@settings(max_examples=60)
@given(st.text(max_size=60))
@example("\x1fa")
def test_any_text_gives_one_to_three_frames_small_talk_alone(frame_reader: FrameReader, text: str) -> None:
    frames = frame_reader.read(text, None, TODAY)
    assert 1 <= len(frames) <= QUESTIONS_AT_MOST
    for frame in frames:
        assert (frame.intent is Intent.SMALL_TALK) == (frame.small_talk is not None)
        assert frame.small_talk is None or len(frames) == 1
