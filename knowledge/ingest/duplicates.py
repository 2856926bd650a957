"""Recognises an article that is there already: added before, republished elsewhere, or summarised by what ships."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from datasketch import MinHash

from knowledge.library import Library
from knowledge.model import Article
from knowledge.text import words

SAME_TEXT = 0.9
"""The share of words, in their order, from which two texts are one: a new head line and an agency's sign-off change
less, another article on the same event shares less than half."""

_SHINGLE = 3
_PERMUTATIONS = 64
_LIKELY = 0.4
"""Of texts of which 10% of the words differ, all apart from each other, MinHash finds 57% of the shingles the same; its
own error is 6 points."""
_LENGTHS = 0.75
"""The shorter text of two that are one has at least 82% of the longer one's words; bytes vary a little more."""

_VOCABULARY = 0.6
"""The share of the larger vocabulary that two texts must have in common to be compared further: 10% of the words may be
others, and a word that occurs once counts as much as "the"."""

_NO_CONTENT = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_\w+|igshid|amp|ref|share|spm|xtor)$")
_HOST = re.compile(r"^(?:www|m|amp|mobile)\.")
_PATH = re.compile(r"(?:/amp)?/?(?:index\.(?:html?|php))?$")


class Likeness(StrEnum):
    """In what way an article is there already."""

    FILE = "file"
    TEXT = "text"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Known:
    """An own article that a new one repeats."""

    article: Article
    likeness: Likeness


def find_known(draft: Article, text: str, own: Mapping[str, Article], library: Library) -> Known | None:
    """The own article that a draft repeats, if any.

    Args:
        draft: The article that is to be added.
        text: Its cleaned text.
        own: The articles of the library.
        library: Holds their texts.
    """
    if draft.source is not None:
        for article in own.values():
            if draft.source.digest in _file_digests(article):
                return Known(article, Likeness.FILE)
    alike = find_same_text(text, (each for each in own.values() if each.language is draft.language), library)
    if alike is not None:
        return Known(alike, Likeness.TEXT)
    addresses = _addresses(draft)
    for article in own.values():
        if addresses & _addresses(article):
            return Known(article, Likeness.ADDRESS)
    return None


def _file_digests(article: Article) -> set[str]:
    sources = (article.source, *(each.source for each in article.also_published_by))
    return {source.digest for source in sources if source}


def _addresses(article: Article) -> set[str]:
    urls = (article.url, *article.alt_urls, *(each.url for each in article.also_published_by))
    return {normal_address(url) for url in urls if url}


def find_same_text(text: str, articles: Iterable[Article], library: Library) -> Article | None:
    """The article whose text is the same, or 90% the same; of several, the one that is most so."""
    length = len(text.encode())
    own_words = [word.folded for word in words(text)]
    own_sketch = _sketch(own_words)
    own_vocabulary = set(text.casefold().split())
    found: list[tuple[float, str, Article]] = []
    for article in articles:
        other = library.text(article)
        if other is None or not _LENGTHS <= len(other.encode()) / length <= 1 / _LENGTHS:
            continue
        vocabulary = set(other.casefold().split())
        if len(own_vocabulary & vocabulary) < _VOCABULARY * max(len(own_vocabulary), len(vocabulary)):
            continue
        other_words = [word.folded for word in words(other)]
        if (
            own_sketch.jaccard(_sketch(other_words)) >= _LIKELY
            and (share := _share(own_words, other_words)) >= SAME_TEXT
        ):
            found.append((share, article.id, article))
    return max(found, key=lambda each: each[:2])[2] if found else None


def _sketch(text: Sequence[str]) -> MinHash:
    sketch = MinHash(num_perm=_PERMUTATIONS, seed=1)
    shingles = (text[start : start + _SHINGLE] for start in range(max(1, len(text) - _SHINGLE + 1)))
    sketch.update_batch([" ".join(shingle).encode() for shingle in shingles])
    return sketch


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def find_summarised(draft: Article, shipped: Mapping[str, Article]) -> Article | None:
    """The shipped article that summarises a draft: one of the same address, or of the same title and date."""
    addresses = _addresses(draft)
    alike = [article for article in shipped.values() if article.language is draft.language]
    for article in alike:
        if addresses & _addresses(article):
            return article
    for article in alike:
        if _same_title(draft.title, article.title) and _same_date(draft.published, article.published):
            return article
    return None


def _same_title(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return False
    return [word.folded for word in words(one)] == [word.folded for word in words(other)] != []


def _same_date(one: str | None, other: str | None) -> bool:
    """Whether two dates are one, as far as the vaguer of them says."""
    if one is None or other is None:
        return False
    length = min(len(one), len(other))
    return one[:length] == other[:length]


def normal_address(url: str) -> str:
    """An address without what changes nothing: scheme, ``www.`` and the like, ``/amp``, tracking, the part behind #."""
    try:
        parts = urlsplit(url.strip())
        host = _HOST.sub("", (parts.hostname or "").lower())
    except ValueError:  # no address: it equals itself alone
        return url
    query = sorted((key, value) for key, value in parse_qsl(parts.query) if not _NO_CONTENT.match(key.lower()))
    path = _PATH.sub("", unquote(parts.path))
    return f"{host}{path}" + (f"?{urlencode(query)}" if query else "")
