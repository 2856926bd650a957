"""The fixed pages, in three languages, and the paging of the sources."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.model import Answer, AnswerKind, Option
from bot.answering.pages import EXAMPLES, MEDIA, SOURCES_A_PAGE, Media, Page, Pages
from bot.answering.reply import BlockKind, Span
from bot.localisation import localiser
from knowledge.language import Language
from knowledge.model import Localized
from made_corpus import TOPICS, make_article, make_corpus

FR, AR, EN = Language.FR, Language.AR, Language.EN
TWELVE = [
    make_article(id=f"a{n:02}", title=f"Title {n}", published=f"20{n + 10}", publisher=f"P{n}") for n in range(12)
]


def made_pages(contact: str | None = None) -> Pages:
    return Pages(make_corpus(*TWELVE), contact)


def titles(answer: Answer) -> list[str]:
    entries = [block for block in answer.reply.blocks if block.kind is BlockKind.STATEMENT]
    return [span.text.strip("“”") for block in entries for span in block.spans if span.text.startswith("“")]


@pytest.mark.parametrize("page", Page)
@pytest.mark.parametrize("language", Language)
def test_every_page_is_help_in_the_language_asked_for(page: Page, language: Language) -> None:
    answer = made_pages().show(page.value, "", language)
    assert (answer.kind, answer.language, answer.reason) == (AnswerKind.HELP, language, None)
    assert answer.lead == answer.reply.blocks[0].text
    others = [made_pages().show(page.value, "", other).lead for other in Language if other is not language]
    assert answer.lead not in others
    arabic = sum("\u0600" <= letter <= "\u06ff" for letter in answer.lead)
    assert (arabic > len(answer.lead) / 3) is (language is AR)


@pytest.mark.parametrize("page", [Page.START, Page.HELP])
@pytest.mark.parametrize("language", Language)
def test_start_and_help_end_with_example_questions_in_their_language(page: Page, language: Language) -> None:
    text = made_pages().show(page.value, "", language).reply.text
    examples = [topic.examples.in_language(language) for topic in TOPICS.values()]
    lines = text.split("\n")[-EXAMPLES:]
    assert lines == [f"• {example}" for example in examples[:EXAMPLES]]


def test_about_counts_names_the_newest_and_all_topics_and_disclaims() -> None:
    text = made_pages().show("about", "", EN).reply.text
    assert "12 articles in 12 passages" in text
    assert "newest source: 2021." in text
    assert all(topic.names.en in text for topic in TOPICS.values())
    assert localiser(EN).text("about-disclaimer") in text


def test_about_gives_a_contact_only_where_there_is_one() -> None:
    assert "editor@example.org" in made_pages("editor@example.org").show("about", "", FR).reply.text
    assert "Pour signaler une erreur" not in made_pages().show("about", "", FR).reply.text


def test_about_without_a_dated_article_says_so() -> None:
    pages = Pages(make_corpus(make_article(published=None)), None)
    assert "newest source: undated." in pages.show("about", "", EN).reply.text


@pytest.mark.parametrize(
    ("argument", "first", "last", "actions"),
    [
        ("", 11, 7, ["sources:2"]),
        ("1", 11, 7, ["sources:2"]),
        ("2", 6, 2, ["sources:1", "sources:3"]),
        ("3", 1, 0, ["sources:2"]),
        pytest.param("0", 11, 7, ["sources:2"], id="below the first"),
        pytest.param("4", 1, 0, ["sources:2"], id="behind the last"),
        pytest.param("9999", 1, 0, ["sources:2"], id="far behind the last"),
        pytest.param("-1", 11, 7, ["sources:2"], id="negative"),
        pytest.param("99999", 11, 7, ["sources:2"], id="too many digits"),
        pytest.param("٢", 11, 7, ["sources:2"], id="Arabic digit"),
        pytest.param("²", 11, 7, ["sources:2"], id="superscript"),
        pytest.param("2.0", 11, 7, ["sources:2"], id="fraction"),
        pytest.param("2\n", 11, 7, ["sources:2"], id="line end"),
        pytest.param("nonsense", 11, 7, ["sources:2"], id="no number"),
    ],
)
def test_sources_are_shown_five_a_page_newest_first_whatever_page_is_asked_for(
    argument: str, first: int, last: int, actions: list[str]
) -> None:
    answer = made_pages().show("sources", argument, EN)
    assert titles(answer) == [f"Title {n}" for n in range(first, last - 1, -1)]
    assert [option.action for option in answer.options] == actions


@pytest.mark.parametrize(
    ("language", "title", "previous", "following"),
    [
        (FR, "Sources, page 2 sur 3", "Page précédente", "Page suivante"),
        (AR, "المصادر، الصفحة 2 من 3", "الصفحة السابقة", "الصفحة التالية"),
        (EN, "Sources, page 2 of 3", "Previous page", "Next page"),
    ],
)
def test_a_page_in_the_middle_leads_both_ways(language: Language, title: str, previous: str, following: str) -> None:
    answer = made_pages().show("sources", "2", language)
    assert answer.lead == title
    assert answer.options == (Option(previous, "sources:1"), Option(following, "sources:3"))


def test_going_on_from_page_to_page_shows_every_article_once() -> None:
    shown: list[str] = []
    action = "sources:1"
    while action:
        name, _, argument = action.partition(":")
        answer = made_pages().show(name, argument, EN)
        shown += titles(answer)
        action = next((each.action for each in answer.options if each.label == "Next page"), "")
    assert sorted(shown) == sorted(f"Title {n}" for n in range(12))
    assert SOURCES_A_PAGE == 5


def test_a_single_page_leads_nowhere() -> None:
    answer = Pages(make_corpus(*TWELVE[:5]), None).show("sources", "1", EN)
    assert (answer.options, answer.lead) == ((), "Sources, page 1 of 1")


def test_undated_articles_stand_last_by_what_they_are_about() -> None:
    articles = [
        make_article(id="a", title="none", published=None),
        make_article(id="b", title="about 2020", published=None, about="2020"),
        make_article(id="c", title="about 2023", published=None, about="2023"),
        make_article(id="d", title="dated", published="2010"),
    ]
    shown = Pages(make_corpus(*articles), None).show("sources", "", EN)
    assert titles(shown) == ["dated", "about 2023", "about 2020", "none"]


def test_a_source_entry_names_publisher_title_with_link_and_date() -> None:
    labelled = make_article(id="z", title=None, label=Localized(fr="F", ar="ب", en="Sheet"), published=None, url=None)
    first, second = Pages(make_corpus(make_article(), labelled), None).show("sources", "", EN).reply.blocks[1:]
    assert first.text == "H24 · “Le titre” (https://example.org/a) · May 2024"
    assert Span("“Le titre”", url="https://example.org/a") in first.spans
    assert second.text == "H24 · Sheet (Dalil's own description) · undated"


def test_lang_offers_each_language_by_its_own_name_and_the_automatic_choice() -> None:
    for language, automatic in ((FR, "Automatique"), (AR, "تلقائي"), (EN, "Automatic")):
        assert made_pages().show("lang", "", language).options == (
            Option("français", "lang:fr"),
            Option("العربية", "lang:ar"),
            Option("English", "lang:en"),
            Option(automatic, "lang:auto"),
        )


@pytest.mark.parametrize("choice", Language)
def test_a_chosen_language_is_confirmed_in_that_language(choice: Language) -> None:
    answer = made_pages().show("lang", choice.value, EN)
    assert (answer.language, answer.lead) == (choice, localiser(choice).text("lang-chosen"))
    assert answer.options == ()


def test_the_automatic_choice_is_confirmed_in_the_language_of_the_moment() -> None:
    answer = made_pages().show("lang", "auto", AR)
    assert (answer.language, answer.lead) == (AR, localiser(AR).text("lang-automatic"))


@pytest.mark.parametrize("choice", ["de", "FR", "xx", "auto "])
def test_an_unknown_choice_of_language_offers_the_choice_again(choice: str) -> None:
    assert made_pages().show("lang", choice, EN) == made_pages().show("lang", "", EN)


@pytest.mark.parametrize("name", ["unknown", "", "START", "topic", "start "])
@pytest.mark.parametrize("language", Language)
def test_an_unknown_action_gets_a_polite_word(name: str, language: Language) -> None:
    answer = made_pages().show(name, "", language)
    assert answer.reply.text == localiser(language).text("unknown-action")
    assert answer.kind is AnswerKind.HELP


@pytest.mark.parametrize("language", Language)
def test_each_kind_of_media_gets_a_word_of_its_own(language: Language) -> None:
    answers = [made_pages().show(MEDIA, kind.value, language) for kind in Media]
    assert {answer.kind for answer in answers} == {AnswerKind.SMALLTALK}
    assert len({answer.reply.text for answer in answers}) == len(Media)
    assert [answer.lead for answer in answers] == [localiser(language).text(f"media-{kind}") for kind in Media]


@pytest.mark.parametrize("kind", ["", "hologram", "STICKER"])
def test_unknown_media_is_answered_as_other_media(kind: str) -> None:
    assert made_pages().show(MEDIA, kind, EN) == made_pages().show(MEDIA, Media.OTHER.value, EN)


def test_a_topics_example_is_in_the_language_asked_for_and_an_unknown_topic_has_none() -> None:
    assert made_pages().topic_example("jobs", AR) == "كم jobs؟"
    assert made_pages().topic_example("jobs", FR) == "Combien, jobs ?"
    assert made_pages().topic_example("unknown", FR) is None
    assert made_pages().topic_example("", FR) is None


@given(st.sampled_from([*Page, MEDIA, "topic", "x"]), st.text(max_size=12), st.sampled_from(Language))
def test_any_argument_gives_a_page_with_words(name: str, argument: str, language: Language) -> None:
    answer = made_pages().show(name, argument, language)
    assert answer.reply.text.strip()
    assert answer.lead == answer.reply.blocks[0].text


def test_sources_without_any_article_are_page_one_of_one() -> None:
    assert Pages(make_corpus(), None).show("sources", "1", EN).lead == "Sources, page 1 of 1"
