"""Reads what a page says of its article in JSON-LD (schema.org)."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from knowledge.ingest.characters import clean_line
from knowledge.ingest.claims import Claim, Field

_ARTICLE_TYPES = frozenset(
    {"Article", "NewsArticle", "BlogPosting", "Report", "ReportageNewsArticle", "AnalysisNewsArticle", "TechArticle"}
    | {
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "AdvertiserContentArticle",
        "ScholarlyArticle",
    }
)
_DEEPEST = 8


def json_ld_claims(scripts: list[str]) -> list[Claim]:
    """Title, date, publisher, author and address of the one article that a page's JSON-LD describes.

    A page that describes several lists other articles as well, and which is its own is not said: then nothing is.
    """
    nodes = [node for script in scripts for node in _nodes(_parsed(script), 0)]
    by_id = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 2}  # noqa: PLR2004 - more than a reference
    articles = [
        node for node in nodes if _types(node) & _ARTICLE_TYPES and ("headline" in node or "datePublished" in node)
    ]
    if len({_text(node.get("headline")) for node in articles}) != 1:
        return []
    claims: list[Claim] = []
    for node in articles:
        claims += _claims(Field.TITLE, node.get("headline"), "JSON-LD headline")
        claims += _claims(Field.PUBLISHED, node.get("datePublished"), "JSON-LD datePublished")
        claims += _claims(Field.PUBLISHER, _name(node.get("publisher"), by_id), "JSON-LD publisher")
        claims += _claims(Field.AUTHOR, _name(node.get("author"), by_id, person=True), "JSON-LD author")
        claims += _claims(Field.URL, _address(node), "JSON-LD url")
    return claims


def _claims(field: Field, value: Any, place: str) -> list[Claim]:
    text = _text(value)
    return [Claim(field, text, place)] if text else []


def _text(value: Any) -> str:
    return clean_line(html.unescape(value)) if isinstance(value, str) else ""


def _parsed(script: str) -> Any:
    script = script.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
    try:
        return json.loads(script, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(data: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(data, list):
        for item in data:
            yield from _nodes(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "publisher", "author"):
            yield from _nodes(data.get(key), depth + 1)


def _types(node: Mapping[str, Any]) -> frozenset[str]:
    kind = node.get("@type")
    return frozenset(item for item in (kind if isinstance(kind, list) else [kind]) if isinstance(item, str))


def _name(value: Any, by_id: Mapping[str, Mapping[str, Any]], *, person: bool = False) -> str | None:
    """The name of a person or organisation, given outright, as a node, or as a reference to one."""
    if isinstance(value, list):
        names = [name for item in value if (name := _name(item, by_id, person=person))]
        return names[0] if len(set(names)) == 1 else None
    if isinstance(value, dict):
        reference = value.get("@id")
        if "name" not in value and isinstance(reference, str) and reference in by_id:
            value = by_id[reference]
        if person and "Organization" in _types(value):
            return None
        value = value.get("name")
    return value if isinstance(value, str) else None


def _address(node: Mapping[str, Any]) -> str | None:
    for key in ("url", "mainEntityOfPage"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str):
            return value
    return None
