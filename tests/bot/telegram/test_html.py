"""Every reply becomes messages that Telegram takes and that say what the reply says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answering.reply import Block, BlockKind, Reply, Span, Style, note
from bot.telegram.bidi import strip_controls
from bot.telegram.html import CAPTION_LIMIT, MESSAGE_LIMIT, caption, clean, render
from knowledge.language import Language
from telegram_api import rules
from telegram_api.html import ParsedText, as_stored, parse_html, utf16_length
from telegram_api.rules import formatted, is_blank

ALPHABET = (
    "abc <>&\"';/=éا بد،؟.!? \n\r\t\x00\x0b12%[]()«»“”😀\U0001f1f2\U0001f1e6\u0301\u200d\u200f\u2067\u202b\u2028\ud800"
)
TEXTS = st.text(ALPHABET, max_size=60) | st.text(max_size=20)
URLS = st.none() | st.sampled_from(
    [
        "https://h24info.ma/x?a=1&b=\"'<2>",
        "http://a.ma",
        "javascript:alert(1)",
        "ftp://a.ma",
        "https://",
        "http://[",
        "//a.ma",
    ]
)
SPANS = st.builds(Span, TEXTS, st.sampled_from(Style), URLS)
BLOCKS = st.builds(Block, st.lists(SPANS, min_size=1, max_size=4).map(tuple), st.sampled_from(BlockKind))
REPLIES = st.builds(Reply, st.lists(BLOCKS, min_size=1, max_size=6).map(tuple))
# Blocks up to three messages long, of repeated short texts, so that hypothesis can shrink them.
LONG_BLOCKS = st.builds(
    lambda text, times, kind, style, url: Block((Span(text * times, style, url),), kind),
    st.text(ALPHABET, min_size=1, max_size=12),
    st.integers(1, 900),
    st.sampled_from(BlockKind),
    st.sampled_from(Style),
    URLS,
)
LONG_REPLIES = st.builds(Reply, st.lists(LONG_BLOCKS, min_size=1, max_size=4).map(tuple))


def plain(reply: Reply) -> str:
    """What a reader must find in the messages, one after the other, white space aside."""
    return squeezed("".join(clean(span.text) for block in reply.blocks for span in block.spans))


def squeezed(text: str) -> str:
    return "".join(strip_controls(text).split())


def read(messages: tuple[str, ...]) -> str:
    return squeezed("".join(parse_html(message).text for message in messages))


def check(reply: Reply, language: Language) -> None:
    messages = render(reply, language)
    for message in messages:
        parsed = formatted(message, "HTML")  # refuses what Telegram refuses
        assert 0 < parse_html(message).length <= MESSAGE_LIMIT
        assert parse_html(message).length == utf16_length(parse_html(message).text)
        assert not is_blank(parsed.text)
        assert parsed.text.count("\u2068") == parsed.text.count("\u2069")
        assert all(entity.url is None or entity.url.startswith("http") for entity in parsed.entities)
    if "".join(c for c in plain(reply) if not is_blank(c)):
        assert messages
    # A stretch of nothing visible may be left out, since a message of it would be refused.
    seen, meant = read(messages), plain(reply)
    assert seen == meant or [c for c in seen if not is_blank(c)] == [c for c in meant if not is_blank(c)]


@settings(max_examples=300, deadline=None)
@given(REPLIES, st.sampled_from(Language))
def test_what_a_reader_sees_is_what_the_reply_says(reply: Reply, language: Language) -> None:
    check(reply, language)


@settings(max_examples=40, deadline=None)
@given(LONG_REPLIES, st.sampled_from(Language))
def test_long_replies_are_split_without_loss(reply: Reply, language: Language) -> None:
    check(reply, language)


def test_markup_is_written_and_text_escaped() -> None:
    spans = (
        Span("1 < 2 & "),
        Span("a<b>", Style.STRONG),
        Span("<i>", Style.EMPHASIS),
        Span("L'«A»", url='https://a.ma/?x="1"&y=2'),
    )
    (message,) = render(Reply((Block(spans),)), Language.FR)
    assert message == (
        '1 &lt; 2 &amp; <b>a&lt;b&gt;</b><i>&lt;i&gt;</i><a href="https://a.ma/?x=&quot;1&quot;&amp;y=2">L\'«A»</a>'
    )
    assert [entity.type for entity in parse_html(message).entities] == ["bold", "italic", "text_link"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "tg://user?id=1", "https://", "http://a b", "/x", "http://["])
def test_only_web_addresses_become_links(url: str) -> None:
    assert render(Reply((Block((Span("x", url=url),)),)), Language.EN) == ("x",)


def test_folded_texts_are_quotations_that_open_when_touched_over_their_sources() -> None:
    folded = Block((Span("A <b>\nZ"),), BlockKind.FOLDED)
    source = Block((Span("[1] "), Span("H", Style.STRONG)), BlockKind.SOURCE)
    (message,) = render(Reply((folded, source, folded, source)), Language.EN)
    quotation = "<blockquote expandable>A &lt;b&gt;\nZ</blockquote>\n[1] <b>H</b>"
    assert message == f"{quotation}\n\n{quotation}"
    assert [each.type for each in parse_html(message).entities] == ["expandable_blockquote", "bold"] * 2


def test_a_folded_text_longer_than_a_message_is_folded_in_each() -> None:
    messages = render(Reply((Block((Span("A long sentence. " * 400),), BlockKind.FOLDED),)), Language.EN)
    assert len(messages) == 2
    assert all(message.startswith("<blockquote expandable>") for message in messages)
    assert all(message.endswith("</blockquote>") for message in messages)


def test_what_is_to_be_copied_is_code() -> None:
    assert render(Reply((Block((Span("a & b", Style.CODE),)),)), Language.EN) == ("<code>a &amp; b</code>",)


def test_source_lines_stand_under_their_statement_and_notes_apart() -> None:
    reply = Reply(
        (
            note("N"),
            Block((Span("A [1]"),), BlockKind.STATEMENT),
            Block((Span("[1] H"),), BlockKind.SOURCE),
            note("M"),
        )
    )
    assert render(reply, Language.EN) == ("N\n\nA [1]\n[1] H\n\nM",)
    assert render(reply, Language.EN)[0] == reply.text


def test_an_arabic_reply_reads_from_the_right() -> None:
    reply = Reply(
        (
            Block((Span("في أفق 2030 [1]"),), BlockKind.STATEMENT),
            Block((Span("[1] "), Span("H24info", Style.STRONG), Span(" · "), Span("ملخص")), BlockKind.SOURCE),
        )
    )
    (message,) = render(reply, Language.AR)
    assert message == (
        "في أفق \u20682030\u2069 \u2068[1]\u2069\n\u200f\u2068[1]\u2069 <b>\u2068H24info\u2069</b> · ملخص"
    )


def source(n: int, size: int) -> Block:
    return Block((Span(f"[{n}] "), Span("s" * size, url=f"https://a.ma/{n}")), BlockKind.SOURCE)


def test_a_source_moves_with_the_end_of_its_statement() -> None:
    sentence = "x" * 998 + ". "
    statement = Block((Span(f"{sentence * 4}End [1]."),), BlockKind.STATEMENT)
    first, second = render(Reply((statement, source(1, 300))), Language.EN)
    assert first == (sentence * 4).strip()
    assert second.startswith("End [1].\n[1] <a href")


def test_paragraphs_are_kept_whole_where_they_can_be() -> None:
    paragraphs = [f"{c * 1500}. {c * 500}." for c in "abc"]
    first, second = render(Reply(tuple(map(note, paragraphs))), Language.EN)
    assert first == "\n\n".join(paragraphs[:2])
    assert second == paragraphs[2]


@pytest.mark.parametrize("end", [".", "!", "?", "؟", "…", ".»", ". [1][2]"])
def test_a_long_paragraph_is_split_after_a_sentence(end: str) -> None:
    sentence = f"word {'x' * 900}{end} "
    messages = render(Reply((note((sentence * 6).strip()),)), Language.EN)
    assert len(messages) == 2
    assert all(strip_controls(message).endswith(end) for message in messages)


def test_a_word_is_split_between_graphemes() -> None:
    family = "👩🏽\u200d👧🏽"
    messages = render(Reply((note(family * 2000),)), Language.EN)
    assert "".join(messages) == family * 2000
    assert all(message.startswith("👩") and message.endswith("👧🏽") for message in messages)


def test_a_long_source_keeps_its_link_in_every_part() -> None:
    messages = render(Reply((source(1, 9000),)), Language.EN)
    assert len(messages) == 3
    assert all('<a href="https://a.ma/1">' in message for message in messages)


def test_no_message_has_more_entities_than_telegram_keeps() -> None:
    blocks = tuple(
        Block((Span("p", Style.STRONG), Span("t", url="https://a.ma"), Span("k", Style.EMPHASIS)), BlockKind.SOURCE)
        for _ in range(70)
    )
    for message in render(Reply(blocks), Language.EN):
        assert len(as_stored(parse_html(message)).entities) <= 100


def test_a_reply_of_nothing_visible_is_no_message() -> None:
    assert render(Reply((note("\u2800 \u200b"),)), Language.EN) == ()


def test_what_telegram_would_change_is_changed_before() -> None:
    assert clean("a\x00b\rc\u2028d\ud800e\u202bf\tg\nh") == "a bc d\ufffdef g\nh"
    assert as_stored(ParsedText(clean("a\x00b\rc\ud800"))).text == "a bc\ufffd"


def test_what_telegram_recognises_by_itself_counts_as_entities() -> None:
    check(Reply((note("/a;" * 500), note("see a.ma and @dalil " * 100))), Language.EN)


# Captions.


@pytest.mark.parametrize(
    ("language", "value"),
    [
        (Language.FR, "2024 : 148 500 emplois — 225Tech"),
        (Language.AR, "2024: 148.500 منصب شغل — 225Tech"),
        (Language.EN, "2024: 148,500 jobs 😀 <b> & more"),
    ],
)
@pytest.mark.parametrize("separator", ["; ", "؛ "])
def test_a_long_caption_ends_behind_a_whole_value(language: Language, value: str, separator: str) -> None:
    whole = separator.join([value] * 100)
    taken = rules.caption({"caption": caption(whole, language), "parse_mode": "HTML"})
    assert taken.length > CAPTION_LIMIT - 2 * len(value) - 20
    *values, rest = strip_controls(taken.text).split(separator)
    assert set(values) == {value}
    assert rest == "…"


def test_a_caption_that_fits_is_kept_whole() -> None:
    assert caption("a; b; c", Language.EN) == "a; b; c"
    assert caption("x" * 1024, Language.EN) == "x" * 1024
    assert caption("😀" * 512, Language.EN) == "😀" * 512


@pytest.mark.parametrize("text", ["x" * 1025, "😀" * 600, f"{'ن' * 2000}; 1", f"{'word ' * 300}; 1"])
def test_a_caption_of_one_long_value_is_cut_all_the_same(text: str) -> None:
    taken = rules.caption({"caption": caption(text, Language.AR), "parse_mode": "HTML"})
    assert strip_controls(taken.text).endswith("…")


@given(TEXTS, st.sampled_from(Language))
def test_telegram_takes_every_caption(text: str, language: Language) -> None:
    rules.caption({"caption": caption(f"x{text}", language), "parse_mode": "HTML"})
