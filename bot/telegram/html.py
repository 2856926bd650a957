"""A reply as Telegram HTML: the one place where text is escaped."""

from __future__ import annotations

import html
import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from bot.answering.reply import BlockKind, Reply, Span, Style, note
from bot.telegram.bidi import isolate_runs, line_mark, strip_controls
from bot.telegram.splitting import Piece, Run, Runs, split, utf16_length
from knowledge.language import Language

# Counted by Telegram after it has read the markup. https://core.telegram.org/bots/api#sendmessage and #sendphoto
MESSAGE_LIMIT = 4096
CAPTION_LIMIT = 1024

# Between two values of a chart in words.
_VALUE_END = re.compile("(?<=[;؛]) ")

_TAGS = {Style.STRONG: "b", Style.EMPHASIS: "i", Style.CODE: "code"}
_WITH_SOURCE = frozenset({BlockKind.STATEMENT, BlockKind.FOLDED, BlockKind.SOURCE})
# What Telegram would turn into spaces or delete behind our back.
_BECOMES_SPACE = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\u2028\u2029]")
_LONE_SURROGATE = re.compile("[\ud800-\udfff]")
# Letters and symbols that show nothing; a message of nothing else is refused.
_BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")
_BLANK_CATEGORIES = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf"})


def render(reply: Reply, language: Language, longest: int = MESSAGE_LIMIT) -> tuple[str, ...]:
    """Write a reply as the messages that Telegram takes.

    A message is split between paragraphs where it can be, then between sentences, and never inside a tag;
    a source line stays whole and with the end of its statement. Folded texts become quotations that open when touched.

    Args:
        reply: At least one visible character; otherwise there is no message.
        language: The reply's, which sets the reading direction.
        longest: The most UTF-16 units of a message.
    """
    paragraphs = _paragraphs(reply)
    limit = longest
    while True:
        messages = [_trimmed(message) for message in split(paragraphs, limit)]
        lines = [_lines(message) for message in messages if _is_visible(message)]
        length = max((_length(message, language) for message in lines), default=0)
        if length <= longest:
            return tuple(_html(message, language) for message in lines)
        # Isolating adds two characters a run, which only the finished message tells.
        limit = min(limit - 1, limit * longest // length)


def caption(text: str, language: Language) -> str:
    """Write a picture's caption, ended behind a whole value where it is too long, so that no number is cut.

    Args:
        text: Plain text, at least one visible character; semicolons stand between its values.
        language: The text's, which sets the reading direction.
    """
    values = _VALUE_END.split(text)
    for shown in range(len(values), 0, -1):
        kept = " ".join(values if shown == len(values) else [*values[:shown], "…"])
        # Isolating only adds to the length, and takes long.
        if utf16_length(kept) > CAPTION_LIMIT:
            continue
        messages = render(Reply((note(kept),)), language, CAPTION_LIMIT)
        if len(messages) == 1:
            return messages[0]
    return render(Reply((note(values[0]),)), language, CAPTION_LIMIT - 1)[0] + "…"


def clean(text: str) -> str:
    """The text without what Telegram refuses or changes: control characters and halves of characters."""
    text = _LONE_SURROGATE.sub("\ufffd", strip_controls(text).replace("\r", ""))
    return _BECOMES_SPACE.sub(" ", text)


def _paragraphs(reply: Reply) -> list[Piece]:
    """A statement and the source lines under it are one paragraph."""
    paragraphs: list[Piece] = []
    previous: BlockKind | None = None
    for block in reply.blocks:
        runs = tuple(_run(span, folded=block.kind is BlockKind.FOLDED) for span in block.spans)
        if block.kind is BlockKind.SOURCE and previous in _WITH_SOURCE:
            paragraphs[-1] = Piece((*paragraphs[-1].lines, runs))
        else:
            paragraphs.append(Piece((runs,), gap="\n" if block.kind is BlockKind.SOURCE else "\n\n"))
        previous = block.kind
    return paragraphs


def _run(span: Span, *, folded: bool) -> Run:
    url = span.url if span.url and _is_web_address(span.url) else None
    return Run(clean(span.text), span.style, url, folded)


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return (
        parts.scheme in {"http", "https"} and bool(parts.hostname) and not re.search(r"[\s\x00-\x1f\ud800-\udfff]", url)
    )


def _trimmed(runs: Runs) -> Runs:
    """Runs without white space at both ends, which Telegram would cut off."""
    texts = [run.text for run in runs]
    for order, strip in ((range(len(texts)), str.lstrip), (range(len(texts) - 1, -1, -1), str.rstrip)):
        for i in order:
            texts[i] = strip(texts[i])
            if texts[i]:
                break
    return tuple(run.with_text(text) for text, run in zip(texts, runs, strict=True) if text)


def _is_visible(runs: Runs) -> bool:
    characters = (character for run in runs for character in run.text)
    return any(c not in _BLANK and unicodedata.category(c) not in _BLANK_CATEGORIES for c in characters)


def _lines(runs: Runs) -> list[list[Run]]:
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(run.with_text(first))
        lines += [[run.with_text(text)] for text in rest]
    return lines


def _marked(line: Iterable[Run], language: Language) -> list[Run]:
    """A line with its foreign runs isolated, tag by tag, and its direction marked."""
    runs = [run for run in line if run.text]
    mark = line_mark("".join(run.text for run in runs), language)
    isolated = [run.with_text(isolate_runs(run.text, language)) for run in runs]
    return [Run(mark), *isolated] if mark else isolated


def _length(lines: list[list[Run]], language: Language) -> int:
    texts = ("".join(run.text for run in _marked(line, language)) for line in lines)
    return utf16_length("\n".join(texts))


def _html(lines: list[list[Run]], language: Language) -> str:
    written: list[str] = []
    for folded, group in itertools.groupby(lines, _is_folded):
        text = "\n".join("".join(map(_tagged, _marked(line, language))) for line in group)
        written.append(f"<blockquote expandable>{text}</blockquote>" if folded else text)
    return "\n".join(written)


def _is_folded(line: Sequence[Run]) -> bool:
    return any(run.folded and run.text for run in line)


def _tagged(run: Run) -> str:
    text = html.escape(run.text, quote=False)
    if not text.strip():
        return text
    if tag := _TAGS.get(run.style):
        text = f"<{tag}>{text}</{tag}>"
    return f'<a href="{html.escape(run.url)}">{text}</a>' if run.url else text
