"""Reads an HTML page: trafilatura finds where the article stands, the page's own structure gives its blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import lxml.html
import trafilatura
from lxml import etree
from lxml.html import HtmlElement
from trafilatura.settings import Document

from knowledge.ingest.claims import Contents
from knowledge.ingest.document import Block, BlockKind
from knowledge.ingest.html_blocks import html_blocks
from knowledge.ingest.html_claims import html_claims
from knowledge.text import fold

# The article's element is the deepest that holds this share of the text that trafilatura found; the rest is
# what it found beside the article.
_SHARE_OF_ARTICLE = 0.9
_LONGEST_CHAPO = 800
_HIDDEN = "//*[@hidden or @aria-hidden='true' or contains(translate(@style, ' ', ''), 'display:none')]"
_BESIDE_TAGS = "descendant::nav|descendant::aside|descendant::footer|descendant::form|descendant::dialog"
# Class names and ids of what sites set into and around their articles.
_BESIDE_NAMES = re.compile(
    r"(?:^|[\s_-])(?:shar(?:e|ing)|partag\w*|social\w*|addtoany|related\w*|similar\w*|similaires?|recommend\w*"
    r"|newsletter\w*|signup|cookies?|consent|didomi|comments?|commentaires?|respond|disqus\w*"
    r"|breadcrumbs?|ariane|tags?|tagcloud|tag-links|mots-cles|author-(?:box|bio|info)\w*|about-author|advert\w*|ads?|rec"
    r"|pub|publicite|sponsor\w*|promo|outbrain|taboola|sidebar|most-?read|popular|trending|ticker|breaking|popup|modal"
    r"|a-lire\w*|lire-aussi|read-?(?:also|more)|inline-related|whatsapp\w*|telegram|nav\w*|menu|pagination"
    r"|toolbar|rating|credits?|caption|twitter-tweet|instagram-media|screen-reader-text|links)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_BESIDE = 0.4
"""Share of the article's element above which a name is not believed: themes name their main column so, too."""
_CHAPO_NAMES = re.compile(
    r"(?:^|[\s_-])(?:chap[oô]|chapeau|lead|standfirst|excerpt|intro|sub-?title|sous-titre|summary)\b", re.IGNORECASE
)


def read_html(text: str) -> Contents:
    """Find the article of a page and what the page says of it. No link of it is followed."""
    page = _parsed(text)
    if page is None:
        return Contents(())
    claims = html_claims(page)
    for element in page.xpath(_HIDDEN):
        _remove(element)
    article = _article(page)
    chapo = _chapo(article)
    dropped = tuple(_without_beside(article))
    return Contents((*chapo, *html_blocks(article)), claims, dropped)


def _parsed(text: str) -> HtmlElement | None:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(text.replace("\x00", "").encode(), parser=parser)
    except etree.ParserError:
        return None


def _article(page: HtmlElement) -> HtmlElement:
    """The deepest element that holds what trafilatura takes for the article; the page where it finds none."""
    found = trafilatura.bare_extraction(page, include_comments=False)
    if not isinstance(found, Document) or not found.text:
        return page
    wanted = _letters(found.text)
    weights: dict[HtmlElement, int] = {}
    for element in page.iter("p", "li", "td", "h2", "h3", "h4", "div", "blockquote", "summary", "dd", "dt", "span"):
        own = _letters(
            "".join(element.xpath("./text() | ./*[self::a or self::b or self::strong or self::em or self::i]//text()"))
        )
        if len(own) > 3 and own in wanted:  # noqa: PLR2004 - longer than a number
            weights[element] = len(own)
    needed = _SHARE_OF_ARTICLE * sum(weights.values())
    held: dict[HtmlElement, int] = {}
    for element, weight in weights.items():
        for holder in (element, *element.iterancestors()):
            held[holder] = held.get(holder, 0) + weight
    holders = [element for element, weight in held.items() if weight >= needed]
    return max(holders, key=lambda element: sum(1 for _ in element.iterancestors()), default=page)


def _chapo(article: HtmlElement) -> Iterator[Block]:
    """The lead that many sites set between the title and the element of the text."""
    text = _letters(article.text_content())
    for element in article.xpath("preceding::*[preceding::h1 or self::h2][self::p or self::div or self::h2]"):
        lead = " ".join(element.text_content().split())
        named = _CHAPO_NAMES.search(_names(element)) or element.get("itemprop") in {
            "description",
            "alternativeHeadline",
        }
        if named and lead and len(lead) <= _LONGEST_CHAPO and _letters(lead) not in text:
            text += _letters(lead)
            yield Block(BlockKind.PARAGRAPH, lead)


def _without_beside(article: HtmlElement) -> Iterator[str]:
    """Take out of the article's element what is set into it; what it said."""
    most = _MOST_BESIDE * len(article.text_content())
    named = [
        element
        for element in article.iterdescendants()
        if isinstance(element.tag, str) and _BESIDE_NAMES.search(_names(element))
    ]
    for element in [*article.xpath(_BESIDE_TAGS), *named]:
        text = " ".join(element.text_content().split())
        if element.getparent() is not None and len(text) <= most:
            _remove(element)
            if text:
                yield text


def _names(element: HtmlElement) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}"


def _remove(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, fold(text)))
