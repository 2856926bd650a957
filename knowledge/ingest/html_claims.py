"""What an HTML page says of its article, outside the article's text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from knowledge.ingest.bylines import read_byline
from knowledge.ingest.characters import clean_line
from knowledge.ingest.claims import Claim, Field
from knowledge.ingest.json_ld import json_ld_claims

_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(https?://\S+)|^\s*url:\s*(https?://\S+)", re.MULTILINE)
_BESIDE = (
    "ancestor::nav or ancestor::aside or ancestor::footer or ancestor::li or ancestor::*[contains(@class,'related')"
    " or contains(@class,'comment') or contains(@class,'sidebar') or contains(@class,'widget')"
    " or contains(@class,'recommend') or contains(@class,'teaser') or contains(@class,'most-')]"
)
_TITLE_CLASSES = ("entry-title", "post-title", "article-title", "headline", "titre")
_BYLINE_CLASSES = ("byline", "author", "auteur", "date", "publish", "meta", "posted", "entry-info")
_BELOW_TITLE = 30
"""Elements below the title among which its byline stands; a widget with dates of its own comes later."""
_META = (
    (Field.TITLE, "og:title"),
    (Field.TITLE, "twitter:title"),
    (Field.PUBLISHER, "og:site_name"),
    (Field.PUBLISHER, "application-name"),
    (Field.AUTHOR, "author"),
    (Field.AUTHOR, "article:author"),
    (Field.AUTHOR, "parsely-author"),
    (Field.PUBLISHED, "article:published_time"),
    (Field.PUBLISHED, "og:article:published_time"),
    (Field.PUBLISHED, "datePublished"),
    (Field.PUBLISHED, "date"),
    (Field.PUBLISHED, "DC.date.issued"),
    (Field.PUBLISHED, "dcterms.created"),
    (Field.PUBLISHED, "parsely-pub-date"),
    (Field.URL, "og:url"),
)


def html_claims(page: HtmlElement) -> tuple[Claim, ...]:
    """Every claim of a page, the most trusted first."""
    return tuple(claim for claim in _claims(page) if claim.value)


def _claims(page: HtmlElement) -> Iterator[Claim]:
    headings = [text for element in page.xpath(f"//h1[not({_BESIDE})]") if (text := _text(element))]
    if len(set(headings)) == 1:
        yield Claim(Field.TITLE, headings[0], "the page's only h1", shown=True)
    named = " or ".join(f"contains(@class,'{name}')" for name in _TITLE_CLASSES)
    marked = {_text(element) for element in page.xpath(f"//*[self::h1 or self::h2][{named}][not({_BESIDE})]")}
    if len(marked) == 1:
        yield Claim(Field.TITLE, marked.pop(), "the heading marked as title", shown=True)
    for element in page.xpath("//link[contains(concat(' ', @rel, ' '), ' canonical ')]/@href"):
        yield Claim(Field.URL, str(element).strip(), "canonical link")
    yield from json_ld_claims([str(text) for text in page.xpath("//script[@type='application/ld+json']/text()")])
    meta = {
        (element.get("property") or element.get("name") or element.get("itemprop") or "").lower(): element.get(
            "content"
        )
        for element in reversed(page.xpath("//meta[@content]"))
    }
    for field, name in _META:
        if value := meta.get(name.lower()):
            yield Claim(field, clean_line(value), f"meta {name}")
    yield from _microdata(page)
    yield from _shown(page)
    for text in page.xpath("//head/title"):
        yield Claim(Field.TITLE, _text(text), "the page's title")
    for comment in page.xpath("//comment()[position() < 5]"):
        if match := _SAVED_FROM.search(comment.text or ""):
            yield Claim(Field.URL, match[1] or match[2], "the browser's note of what was saved")


def _microdata(page: HtmlElement) -> Iterator[Claim]:
    for element in page.xpath(f"//*[@itemprop='datePublished'][not({_BESIDE})]"):
        value = element.get("datetime") or element.get("content") or _text(element)
        yield Claim(Field.PUBLISHED, value, "itemprop datePublished")
    authors = {_text(element) for element in page.xpath(f"//*[@rel='author' or @itemprop='author'][not({_BESIDE})]")}
    for author in authors if len(authors) == 1 else ():
        yield Claim(Field.AUTHOR, author, "the author's mark", shown=True)


def _shown(page: HtmlElement) -> Iterator[Claim]:
    """Bylines: what stands next below the title, and what calls itself one elsewhere."""
    below = page.xpath(f"(//h1)[last()]/following::*[not({_BESIDE})][position() <= {_BELOW_TITLE}]")
    classes = " or ".join(f"contains(@class,'{name}')" for name in _BYLINE_CLASSES)
    marked = page.xpath(f"//*[self::time or {classes}][not(self::body or self::html or self::article or {_BESIDE})]")
    found: set[Field] = set()
    for element in [*below, *marked[:_BELOW_TITLE]]:
        byline = read_byline(_text(element))
        if byline is None:
            continue
        if byline.author and Field.AUTHOR not in found:
            found.add(Field.AUTHOR)
            yield Claim(Field.AUTHOR, byline.author, "the byline", shown=True)
        if byline.published and (byline.labelled or element in below) and Field.PUBLISHED not in found:
            found.add(Field.PUBLISHED)
            yield Claim(Field.PUBLISHED, byline.published, "the byline", shown=True)


def _text(element: HtmlElement) -> str:
    return clean_line(
        " ".join(str(text) for text in element.xpath(".//text()[not(ancestor::script or ancestor::style)]"))
    )
