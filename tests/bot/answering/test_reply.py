"""A reply as plain text: paragraphs apart, sources under their statement, links with their address."""

from __future__ import annotations

from bot.answering.reply import Block, BlockKind, Reply, Span, Style, note


def test_paragraphs_stand_apart_and_a_source_right_under_its_statement() -> None:
    statement = Block((Span("Fact. [1]"),), BlockKind.STATEMENT)
    source = Block((Span("[1] Le Matin"),), BlockKind.SOURCE)
    reply = Reply((note("Preface."), statement, source, statement, source, note("End.")))
    assert reply.text == "Preface.\n\nFact. [1]\n[1] Le Matin\n\nFact. [1]\n[1] Le Matin\n\nEnd."


def test_a_reply_that_starts_with_a_source_starts_with_no_gap() -> None:
    assert Reply((Block((Span("[1]"),), BlockKind.SOURCE),)).text == "[1]"


def test_an_empty_reply_has_no_text() -> None:
    assert Reply(()).text == ""


def test_styles_leave_no_marks_and_a_link_is_followed_by_its_address() -> None:
    block = Block((Span("Le Matin", Style.STRONG), Span(" · "), Span("Titre", Style.EMPHASIS, "https://x.org")))
    assert block.text == "Le Matin · Titre (https://x.org)"


def test_a_link_without_an_address_is_text() -> None:
    assert Block((Span("Titre", url=None), Span("Titre", url=""))).text == "TitreTitre"


def test_a_note_is_dalil_speaking_for_itself() -> None:
    assert note("Bonjour") == Block((Span("Bonjour", Style.PLAIN),), BlockKind.NOTE)
