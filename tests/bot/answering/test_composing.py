"""The reply: the fact first, then a source line with all that a reader needs to judge it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answering.composing import Composer
from bot.answering.frame import Frame, Intent
from bot.answering.message import SmallTalk
from bot.answering.model import AbstentionReason, Answer, AnswerKind, Evidence, Finding, Option
from bot.answering.reply import BlockKind, Span, Style
from bot.localisation import localiser
from knowledge.language import Language
from knowledge.model import Article, Localized, Passage
from knowledge.periods import year_span
from knowledge.sentences import Stretch
from made_corpus import TOPICS, KnownHits, make_article, make_corpus, make_figure, make_quote, make_summary

FR, AR, EN = Language.FR, Language.AR, Language.EN
TEXTS = {FR: "Un fait.", AR: "معلومة.", EN: "A fact."}
SUMMARY = make_summary(texts=TEXTS)
FACT = make_article(SUMMARY)


def finding(*evidence: tuple[Article, Passage], frame: Frame | None = None, **fields: object) -> Finding:
    """A finding with this evidence; without any, it has no passage."""
    frame = frame or Frame("q", EN)
    chosen = tuple(Evidence(f"{article.id}#{passage.id}", article, passage, 0.9) for article, passage in evidence)
    reason = None if chosen else AbstentionReason.NO_PASSAGE
    query = KnownHits().embed(frame)
    values: dict[str, object] = {"evidence": chosen, "reason": reason, "confidence": 0.9, **fields}
    return Finding(frame, query, **values)  # type: ignore[arg-type]


def compose(*findings: Finding, language: Language = EN, topics: Sequence[str] = (), supported: bool = True) -> Answer:
    articles = {each.article.id: each.article for finding in findings for each in finding.evidence}
    corpus = make_corpus(*articles.values())
    return Composer(corpus).compose(findings, language, topics, supported=supported)


def statement_and_source(answer: Answer) -> tuple[str, str]:
    statement, source = answer.reply.blocks
    assert (statement.kind, source.kind) == (BlockKind.STATEMENT, BlockKind.SOURCE)
    return statement.text, source.text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            FR,
            (
                "Un fait. [1]\n[1] H24 · «\u00a0Le titre\u00a0» (https://example.org/a) · mai 2024 · "
                "résumé par Dalil d'un article en français"
            ),
        ),
        (
            AR,
            "معلومة. [1]\n[1] H24 · «Le titre» (https://example.org/a) · ماي 2024 · ملخص أعده «دليل» لمقال بالفرنسية",
        ),
        (
            EN,
            (
                "A fact. [1]\n[1] H24 · “Le titre” (https://example.org/a) · May 2024 · "
                "Dalil's summary of an article in French"
            ),
        ),
    ],
)
def test_a_summary_with_its_source_reads_so_in_each_language(language: Language, text: str) -> None:
    answer = compose(finding((FACT, SUMMARY)), language=language)
    assert answer.reply.text == text
    assert (answer.kind, answer.language, answer.lead) == (AnswerKind.ANSWER, language, TEXTS[language])


def test_the_publisher_is_strong_the_title_a_link_and_the_kind_emphasised() -> None:
    _, source = compose(finding((FACT, SUMMARY))).reply.blocks
    assert Span("H24", Style.STRONG) in source.spans
    assert Span("“Le titre”", url="https://example.org/a") in source.spans
    assert Span("Dalil's summary of an article in French", Style.EMPHASIS) in source.spans


def test_a_source_without_address_has_no_link() -> None:
    article = make_article(SUMMARY, url=None)
    _, source = compose(finding((article, SUMMARY))).reply.blocks
    assert all(span.url is None for span in source.spans)
    assert "“Le titre” · May 2024" in source.text


@pytest.mark.parametrize(
    ("published", "about", "expected"),
    [("2019-06-14", None, "· 14 June 2019 ·"), (None, "2023", "· undated; covers 2023 ·"), (None, None, "· undated ·")],
)
def test_a_source_is_dated_or_says_that_it_is_not(published: str | None, about: str | None, expected: str) -> None:
    article = make_article(SUMMARY, published=published, about=about)
    assert expected in statement_and_source(compose(finding((article, SUMMARY))))[1]


def test_where_the_title_is_unknown_our_label_is_shown_as_ours() -> None:
    article = make_article(SUMMARY, title=None, label=Localized(fr="Fiche", ar="بطاقة", en="Sheet"))
    _, source = statement_and_source(compose(finding((article, SUMMARY))))
    assert "Sheet (Dalil's own description) (https://example.org/a)" in source
    assert "“" not in source


@pytest.mark.parametrize(
    ("source_language", "reply", "statement", "label"),
    [
        (FR, FR, "«\u00a0X\u00a0» [1]", "citation exacte d'un article en français"),
        (EN, EN, "“X” [1]", "exact quote from an article in English"),
        (AR, AR, "«X» [1]", "اقتباس حرفي من مقال بالعربية"),
        (FR, EN, "[in French] «\u00a0X\u00a0» [1]", "exact quote from an article in French"),
        (AR, FR, "[en arabe] «X» [1]", "citation exacte d'un article en arabe"),
        (EN, AR, "[بالإنجليزية] “X” [1]", "اقتباس حرفي من مقال بالإنجليزية"),
    ],
)
def test_a_verbatim_passage_is_quoted_as_it_is_and_labelled_where_its_language_is_another(
    source_language: Language, reply: Language, statement: str, label: str
) -> None:
    passage = make_quote("X", source_language)
    answer = compose(finding((make_article(passage, language=source_language), passage)), language=reply)
    lead, quote, source = (block.text for block in answer.reply.blocks)
    assert quote == statement
    assert lead.startswith(TOPICS["jobs"].names.in_language(reply).capitalize()[:1])
    assert source.endswith(label)
    (citation,) = answer.citations
    assert (citation.text, citation.language) == ("X", source_language)


def test_a_summary_is_never_quoted_and_a_quote_never_called_a_summary() -> None:
    summary = compose(finding((FACT, SUMMARY))).reply.text
    assert "“A fact" not in summary
    assert "quote" not in summary
    passage = make_quote("X", EN)
    quote = compose(finding((make_article(passage), passage))).reply.text
    assert "summary" not in quote


def test_citations_are_numbered_through_and_each_passage_is_cited_once() -> None:
    second = make_summary("Two.", id="p2")
    article = make_article(SUMMARY, second)
    answer = compose(finding((article, SUMMARY), (article, second)), finding((article, second)))
    assert [(each.n, each.passage_id) for each in answer.citations] == [(1, "a#p1"), (2, "a#p2")]
    assert [block.text[-3:] for block in answer.reply.blocks if block.kind is BlockKind.STATEMENT] == ["[1]", "[2]"]


def test_a_citation_names_the_speaker_in_the_language_of_the_reply() -> None:
    passage = make_summary(said_by="mezzour")
    article = make_article(passage)
    assert compose(finding((article, passage)), language=AR).citations[0].said_by == "غيثة مزور"
    assert compose(finding((article, passage)), language=EN).citations[0].said_by == "Ghita Mezzour"
    assert compose(finding((FACT, SUMMARY))).citations[0].said_by is None


def test_figures_come_with_the_citation_that_they_stand_in() -> None:
    passage = make_summary(id="p2", figures=(make_figure("jobs", 5), make_figure("growth", 6)))
    article = make_article(SUMMARY, passage)
    answer = compose(finding((article, SUMMARY), (article, passage)))
    assert [(figure.value, citation.n) for figure, citation in answer.figures] == [(5, 2), (6, 2)]


@pytest.mark.parametrize(
    ("language", "words"), [(FR, "cette partie"), (AR, "هذا الجزء"), (EN, "this part of your message")]
)
@pytest.mark.parametrize("answered_first", [True, False])
def test_a_message_answered_by_half_says_which_half_has_no_source(
    language: Language, words: str, answered_first: bool
) -> None:
    halves = [finding((FACT, SUMMARY), frame=Frame("known", EN)), finding(frame=Frame("the price of tea", EN))]
    answer = compose(*(halves if answered_first else halves[::-1]), language=language)
    assert answer.kind is AnswerKind.ANSWER
    (said,) = (block.text for block in answer.reply.blocks if block.kind is BlockKind.NOTE)
    assert words in said
    assert "the price of tea" in said
    assert "known" not in said
    assert answer.lead == TEXTS[language], "the lead is the fact, wherever it stands"
    assert (answer.reply.blocks[0].kind is BlockKind.STATEMENT) is answered_first


def test_the_resolved_question_holds_every_part_and_the_confidence_is_that_of_the_least_sure_answer() -> None:
    parts = (
        finding((FACT, SUMMARY), frame=Frame("one", EN), confidence=0.8),
        finding((FACT, SUMMARY), frame=Frame("two", EN), confidence=0.7),
        finding(frame=Frame("three", EN), confidence=0.1),
    )
    answer = compose(*parts)
    assert (answer.resolved_question, answer.confidence) == ("one / two / three", 0.7)


@pytest.mark.parametrize("incomplete", [True, False])
def test_a_list_says_that_it_may_be_incomplete(incomplete: bool) -> None:
    answer = compose(finding((FACT, SUMMARY), frame=Frame("q", EN, Intent.LIST), incomplete=incomplete))
    assert answer.reply.text.endswith("This list may be incomplete: it holds only what my sources say.") is incomplete


@pytest.mark.parametrize("found", [True, False])
@pytest.mark.parametrize(
    ("language", "words"), [(FR, "Je parle français"), (AR, "أتحدث العربية"), (EN, "I speak French, Arabic")]
)
def test_an_unsupported_language_is_told_first_which_ones_dalil_speaks(
    language: Language, words: str, found: bool
) -> None:
    part = finding((FACT, SUMMARY)) if found else finding()
    assert compose(part, language=language, supported=False).reply.text.startswith(words)
    assert words not in compose(part, language=language).reply.text


@pytest.mark.parametrize(
    ("language", "refusal", "label"),
    [
        (FR, "Aucune de mes sources", "jobs en français"),
        (AR, "لا يجيب أي مصدر", "jobs بالعربية"),
        (EN, "None of my sources", "jobs in English"),
    ],
)
def test_an_abstention_offers_its_topics_as_text_and_as_options(language: Language, refusal: str, label: str) -> None:
    answer = compose(finding(confidence=0.2), language=language, topics=("jobs", "parks", "ranks"))
    assert (answer.kind, answer.reason) == (AnswerKind.ABSTENTION, AbstentionReason.NO_PASSAGE)
    assert answer.lead.startswith(refusal)
    assert answer.topics == ("jobs", "parks", "ranks")
    assert [option.action for option in answer.options] == ["topic:jobs", "topic:parks", "topic:ranks"]
    assert answer.options[0] == Option(label, "topic:jobs")
    refused, offered = answer.reply.text.split("\n\n")
    assert refused == answer.lead
    title, *lines = offered.split("\n")
    assert title == localiser(language).text("nearest-topics")
    assert lines == [f"• {option.label}" for option in answer.options]
    assert answer.confidence == 0.2
    assert answer.citations == ()


def test_an_abstention_without_topics_offers_nothing() -> None:
    answer = compose(finding())
    assert answer.options == ()
    assert answer.reply.text == answer.lead


@pytest.mark.parametrize(
    ("frame", "reason", "language", "named"),
    [
        (Frame("q", EN, periods=(year_span(2011),)), AbstentionReason.OTHER_PERIOD, EN, "(2011)"),
        (Frame("q", EN, periods=(year_span(2011, 2013),)), AbstentionReason.OTHER_PERIOD, AR, "(2011-2013)"),
        (Frame("q", EN, countries=frozenset({"TN"})), AbstentionReason.OTHER_PLACE, FR, "(Tunisie)"),
        (Frame("q", EN, countries=frozenset({"TN"})), AbstentionReason.OTHER_PLACE, AR, "(تونس)"),
        (Frame("q", EN, countries=frozenset({"TN", "FR"})), AbstentionReason.OTHER_PLACE, EN, "(France, Tunisia)"),
        (Frame("q", EN, cities=frozenset({"agadir"})), AbstentionReason.OTHER_PLACE, FR, "(Agadir)"),
    ],
)
def test_a_refusal_names_the_period_or_place_that_no_source_covers(
    frame: Frame, reason: AbstentionReason, language: Language, named: str
) -> None:
    answer = compose(finding(frame=frame, reason=reason), language=language)
    assert named in answer.lead
    assert answer.reason is reason


def test_of_several_refused_parts_the_first_is_the_reason() -> None:
    first = finding(frame=Frame("one", EN, periods=(year_span(2011),)), reason=AbstentionReason.OTHER_PERIOD)
    answer = compose(first, finding(frame=Frame("two", EN)))
    assert answer.reason is AbstentionReason.OTHER_PERIOD
    assert answer.resolved_question == "one / two"


@pytest.mark.parametrize(
    "kind", [kind for kind in SmallTalk if kind not in {SmallTalk.CAPABILITIES, SmallTalk.SOURCES}]
)
def test_small_talk_is_answered_differently_in_each_language_and_searches_nothing(kind: SmallTalk) -> None:
    answers = [Composer(make_corpus()).small_talk(kind, language) for language in Language]
    assert {answer.kind for answer in answers} == {AnswerKind.SMALLTALK}
    assert len({answer.reply.text for answer in answers}) == len(Language)
    assert [answer.language for answer in answers] == list(Language)
    assert {(answer.confidence, answer.citations, answer.reply.text == answer.lead) for answer in answers} == {
        (None, (), True)
    }


@pytest.mark.parametrize("language", Language)
def test_too_long_a_question_is_an_abstention_with_that_reason(language: Language) -> None:
    answer = Composer(make_corpus()).too_long(language)
    assert (answer.kind, answer.reason) == (AnswerKind.ABSTENTION, AbstentionReason.TOO_LONG)
    assert answer.reply.text == answer.lead == localiser(language).text("too-long")


@pytest.mark.parametrize("language", Language)
def test_the_sentence_that_answers_is_strong_where_it_stands_and_is_the_lead(language: Language) -> None:
    """A passage is shown word for word, in its order: its later sentences speak of what the earlier ones name."""
    text = "First. The second answers. Third."
    summary = make_summary(text)
    article = make_article(summary)
    stretch = Stretch(7, 26)
    found = finding((article, summary))
    evidence = replace(found.evidence[0], answering=dict.fromkeys(Language, stretch))
    answer = compose(replace(found, evidence=(evidence,)), language=language)
    assert answer.lead == "The second answers."
    assert answer.reply.blocks[0].spans == (
        Span("First. "),
        Span("The second answers.", Style.STRONG),
        Span(" Third. [1]"),
    )


def test_within_a_quote_the_sentence_that_answers_is_strong_too() -> None:
    quote = make_quote("Un. Deux.", FR)
    found = finding((make_article(quote), quote))
    evidence = replace(found.evidence[0], answering={FR: Stretch(4, 9)})
    _, block, *_ = compose(replace(found, evidence=(evidence,)), language=EN).reply.blocks
    assert Span("Deux.", Style.STRONG) in block.spans
    assert "Un. Deux." in block.text


def test_of_several_passages_only_the_first_has_a_strong_sentence() -> None:
    first, second = make_summary("One. Two."), make_summary("Three. Four.", id="p2")
    article = make_article(first, second)
    found = finding((article, first), (article, second))
    evidence = (replace(found.evidence[0], answering=dict.fromkeys(Language, Stretch(0, 4))), found.evidence[1])
    answer = compose(replace(found, evidence=evidence))
    statements = [block for block in answer.reply.blocks if block.kind is BlockKind.STATEMENT]
    strong = [span.text for block in statements for span in block.spans if span.style is Style.STRONG]
    assert (len(statements), strong) == (2, ["One."])
