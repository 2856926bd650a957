"""Reads Markdown: its marks tell headings, lists and tables apart, and are no part of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from knowledge.ingest.bylines import parse_date
from knowledge.ingest.characters import clean_line, has_words
from knowledge.ingest.claims import Claim, Contents, Field
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.lines import block_of_line, ends_sentence

_FRONT_MATTER = re.compile(r"\A\s*---\n(?P<fields>(?:[^\n]*\n){1,60}?)---\s*(?:\n|\Z)")
_FIELDS = {
    "title": Field.TITLE,
    "author": Field.AUTHOR,
    "publisher": Field.PUBLISHER,
    "source": Field.PUBLISHER,
    "site": Field.PUBLISHER,
    "date": Field.PUBLISHED,
    "published": Field.PUBLISHED,
    "url": Field.URL,
    "canonical": Field.URL,
    "link": Field.URL,
}
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*$")
_UNDERLINE = re.compile(r"(?:=+|-{2,})$")
_RULE = re.compile(r"(?:[-*_]\s*){3,}$|`{3,}.*|~{3,}.*|\[[^\]]+\]:\s*\S+.*")
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])\s+")
_TABLE_RULE = re.compile(r"\|?(?:\s*:?-+:?\s*\|)*\s*:?-+:?\s*\|?")
_IMAGE = re.compile(r"!\[[^\]]{0,300}\]\([^)]{0,1000}\)")
_LINK = re.compile(r"\[([^\]]{0,500})\](?:\([^)]{0,1000}\)|\[[^\]]{0,100}\])|<(https?://[^>\s]{1,500})>")
_EMPHASIS = re.compile(
    r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*_])|`([^`\n]{1,300})`|~~([^~\n]{1,300})~~"
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,300}>|<!--.{0,2000}?-->")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!|>~-])")


def read_markdown(text: str) -> Contents:
    """Make blocks of Markdown, and read the fields above it."""
    text = "\n".join(text.splitlines())
    claims: list[Claim] = []
    if match := _FRONT_MATTER.match(text):
        claims += _front_matter(match["fields"])
        text = text[match.end() :]
    blocks = tuple(_blocks([line.strip() for line in text.split("\n")]))
    titles = [line.strip() for line in text.split("\n") if re.match(r"\s{0,3}#\s", line)]
    if len(titles) == 1 and (match := _HEADING.match(titles[0])):
        claims.append(Claim(Field.TITLE, _plain(match[2]), "the only heading of the first level", shown=True))
    return Contents(blocks, tuple(claims))


def _front_matter(fields: str) -> Iterator[Claim]:
    for line in fields.split("\n"):
        name, _, value = line.partition(":")
        field = _FIELDS.get(name.strip().lower())
        value = clean_line(value.strip().strip("\"'"))
        if field is Field.PUBLISHED:
            value = parse_date(value) or ""
        if field is not None and value:
            yield Claim(field, value, f"the field {name.strip()} above the text")


def _blocks(lines: list[str]) -> Iterator[Block]:
    run: list[str] = []
    for line in [*lines, ""]:
        if line and not _RULE.fullmatch(line) and not _HEADING.match(line):
            run.append(line.removeprefix(">").strip())
            continue
        if line and _UNDERLINE.fullmatch(line) and run:
            run.append(line)
            continue
        yield from _of_run(run)
        run = []
        if match := _HEADING.match(line):
            yield Block(BlockKind.HEADING, _plain(match[2]))


def _of_run(run: list[str]) -> Iterator[Block]:
    """The blocks of lines that no empty line parts."""
    if not run:
        return
    if len(run) > 1 and _UNDERLINE.fullmatch(run[1]):
        yield Block(BlockKind.HEADING, _plain(run[0]))
        yield from _of_run(run[2:])
    elif len(run) > 1 and "|" in run[0] and _TABLE_RULE.fullmatch(run[1]):
        rows = (" | ".join(filter(has_words, map(_plain, row.split("|")))) for row in [run[0], *run[2:]])
        yield Block(BlockKind.TABLE, "\n".join(filter(None, rows)))
    else:
        first = next((number for number, line in enumerate(run) if _ITEM.match(line)), len(run))
        if text := _plain(" ".join(run[:first])):
            yield Block(BlockKind.PARAGRAPH, text) if ends_sentence(text) else block_of_line(text)
        items: list[str] = []
        for line in run[first:]:
            if match := _ITEM.match(line):
                items.append(line[match.end() :])
            else:
                items[-1] += f" {line}"
        if items and not all(_LINK.fullmatch(item) for item in items):
            yield Block(BlockKind.LIST, "\n".join(map(_plain, items)))


def _plain(text: str) -> str:
    text = _LINK.sub(lambda link: link[1] or link[2] or "", _IMAGE.sub("", _TAG.sub("", text)))
    for _ in range(2):  # emphasis within emphasis
        text = _EMPHASIS.sub(lambda marked: marked[2] or marked[3] or marked[4] or "", text)
    return clean_line(_ESCAPE.sub(r"\1", text))
