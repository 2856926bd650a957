"""Chooses among what a file says of its article: right, or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from knowledge.ingest.bylines import parse_date, person
from knowledge.ingest.claims import Claim, Field
from knowledge.language import Language
from knowledge.text import fold

_TITLE_SEPARATOR = re.compile(r"\s+[|–—·»-]\s+|\s*\|\s*")
_FEWEST_WORDS_OF_A_TITLE = 3
_TRACKING = re.compile(r"utm_\w+|fbclid|gclid|mc_[ce]id|traffic_source|xtor|amp|outputType|noamp")
_AMP_PATH = re.compile(r"/amp/?$|\.amp(?=\.html$|$)|/amp(?=/)")
# Names that content systems set where nobody set one.
_NO_PUBLISHER = re.compile(
    r"(?:wordpress|joomla!?|drupal|my ?site|my ?blog|home|accueil|blog|site|actualites|news|الرييسيه|example)"
)
_YEAR = re.compile(r"(?:199\d|20\d\d)")


def choose(claims: Sequence[Claim], publishers: Mapping[str, str], language: Language | None) -> dict[Field, Claim]:
    """For each field the claim to believe; a field with none, or with claims that contradict each other, is left out.

    Args:
        claims: The most trusted first.
        publishers: Known publishers by domain.
        language: Of the article, for dates that begin with the day or the month.
    """
    chosen: dict[Field, Claim] = {}
    if url := _url(_of(claims, Field.URL)):
        chosen[Field.URL] = url
    host = _host(url.value) if url else ""
    if publisher := _publisher(_of(claims, Field.PUBLISHER), host, publishers):
        chosen[Field.PUBLISHER] = publisher
    names = {fold(claim.value) for claim in _of(claims, Field.PUBLISHER)} | {fold(name) for name in publishers.values()}
    if title := _title(_of(claims, Field.TITLE), names):
        chosen[Field.TITLE] = title
    if author := _author(_of(claims, Field.AUTHOR), names):
        chosen[Field.AUTHOR] = author
    if published := _published(_of(claims, Field.PUBLISHED), language):
        chosen[Field.PUBLISHED] = published
    return chosen


def _of(claims: Iterable[Claim], field: Field) -> list[Claim]:
    return [claim for claim in claims if claim.field is field]


def _with(claim: Claim, value: str) -> Claim:
    return Claim(claim.field, value, claim.place, claim.shown)


def _url(claims: Iterable[Claim]) -> Claim | None:
    """The first address of an article; a home page is none, though many pages name it as canonical."""
    for claim in claims:
        try:
            parts = urlsplit(claim.value)
            host = parts.hostname or ""
        except ValueError:
            continue
        if parts.scheme not in {"http", "https"} or "." not in host or any(blank.isspace() for blank in claim.value):
            continue
        query = urlencode([(name, value) for name, value in parse_qsl(parts.query) if not _TRACKING.fullmatch(name)])
        path = _AMP_PATH.sub("", parts.path)
        if path.strip("/") or query:
            return _with(claim, urlunsplit((parts.scheme, parts.netloc, path, query, "")))
    return None


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.").removeprefix("m.")


def _publisher(claims: Sequence[Claim], host: str, publishers: Mapping[str, str]) -> Claim | None:
    """The publisher known by the address's domain; else what the page says, where it does not contradict itself."""
    labels = host.split(".")
    for start in range(len(labels) - 1):
        if name := publishers.get(".".join(labels[start:])):
            return Claim(Field.PUBLISHER, name, f"the address's domain {host}")
    named = [_with(claim, name) for claim in claims if (name := _site_name(claim.value, host)) is not None]
    own = [claim for claim in named if _is_of(claim.value, host)]
    if own:
        return own[0]
    return named[0] if len({fold(claim.value) for claim in named}) == 1 else None


def _site_name(text: str, host: str) -> str | None:
    """A site's name without its slogan; None for what names no publisher."""
    parts = [part for part in _TITLE_SEPARATOR.split(text) if part]
    name = next((part for part in parts if _is_of(part, host)), parts[0] if len(parts) == 1 else None)
    if (
        name is None
        or _NO_PUBLISHER.fullmatch(fold(name))
        or re.fullmatch(r"(?:https?://)?(?:[\w-]+\.)+\w{2,}/?", name)
    ):
        return None
    return name if len(name) <= 80 else None  # noqa: PLR2004 - longer than any name


def _is_of(name: str, host: str) -> bool:
    """Whether the name's letters are those of the domain: "Le Matin" of lematin.ma."""
    letters = "".join(filter(str.isalnum, fold(name)))
    domain = "".join(filter(str.isalnum, ".".join(host.split(".")[:-1])))
    return bool(domain) and len(letters) > 2 and (letters in domain or domain in letters)  # noqa: PLR2004 - a name


def _title(claims: Iterable[Claim], names: set[str]) -> Claim | None:
    """The first title that is more than the site's name, without that name at its end."""
    for claim in claims:
        parts = _TITLE_SEPARATOR.split(claim.value)
        value = claim.value
        if not claim.shown and len(parts) > 1 and (fold(parts[-1]) in names or claim.place == "the page's title"):
            value = value[: value.rindex(parts[-1])].rstrip(" |–—·»-")
        if len(value.split()) >= _FEWEST_WORDS_OF_A_TITLE and fold(value) not in names:
            return _with(claim, value)
    return None


def _author(claims: Iterable[Claim], names: set[str]) -> Claim | None:
    named = [
        _with(claim, name)
        for claim in claims
        if (name := person(claim.value)) is not None and fold(name) not in names and "http" not in name
    ]
    return named[0] if len({fold(claim.value) for claim in named}) == 1 else None


def _published(claims: Sequence[Claim], language: Language | None) -> Claim | None:
    """The date that all claims share, as exactly as they share it.

    A day apart is the time zone: then the day that the page shows its readers stands.
    """
    dated = [_with(claim, value) for claim in claims if (value := _date(claim.value, language)) is not None]
    if not dated:
        return None
    shown = [claim for claim in dated if claim.shown]
    if (
        shown
        and all(_is_near(shown[0].value, claim.value) for claim in dated)
        and len({claim.value for claim in shown}) == 1
    ):
        return shown[0]
    exact = {claim.value for claim in dated}
    longest = max(exact, key=len)
    if all(longest.startswith(value) for value in exact):
        return next(claim for claim in dated if claim.value == longest)
    shared = "-".join(_shared_parts(exact))
    return _with(dated[0], shared) if shared else None


def _shared_parts(values: set[str]) -> Iterator[str]:
    for parts in zip(*(value.split("-") for value in sorted(values)), strict=False):
        if len(set(parts)) > 1:
            return
        yield parts[0]


def _date(text: str, language: Language | None) -> str | None:
    return text if _YEAR.fullmatch(text) else parse_date(text, language)


def _is_near(first: str, second: str) -> bool:
    try:
        return abs((date.fromisoformat(first) - date.fromisoformat(second)).days) <= 1
    except ValueError:
        return False
