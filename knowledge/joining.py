"""Puts the operator's own articles beside the shipped ones; of one and the same text they make one source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from knowledge.errors import Problem
from knowledge.model import Article, PassageKind
from knowledge.sourcefile import FieldPath, SourceFile


def join_articles(
    shipped: Mapping[str, Article], own: Mapping[str, Article], files: Mapping[str, SourceFile]
) -> tuple[dict[str, Article], list[tuple[str, Problem]]]:
    """All articles by id; an own one that a shipped one summarises gives it its passages, its address and its source.

    Args:
        shipped: The shipped articles, or none.
        own: The operator's, of other ids.
        files: Their files, for what is wrong.

    Returns:
        The articles, and the ids of own ones that cannot be joined, each with the reason.
    """
    joined = dict(shipped)
    problems: list[tuple[str, Problem]] = []
    for article in own.values():
        summarised = shipped.get(article.same_as or "")
        if summarised is None:
            joined[article.id] = article
            continue
        obstacle = _obstacle(article, joined[summarised.id])
        if obstacle is not None:
            problems.append((article.id, files[article.id].problem(*obstacle)))
            continue
        addresses = dict.fromkeys((*summarised.alt_urls, *filter(None, (article.url, *article.alt_urls))))
        joined[summarised.id] = summarised.model_copy(
            update={
                "passages": (*summarised.passages, *article.passages),
                "alt_urls": tuple(url for url in addresses if url != summarised.url),
                "source": article.source,
                "also_published_by": (*summarised.also_published_by, *article.also_published_by),
            }
        )
    return joined, problems


def _obstacle(article: Article, summarised: Article) -> tuple[FieldPath, str, str] | None:
    """Why an own article cannot join the shipped one that it names: field, message and fix."""
    if summarised.source is not None:
        message = f"{summarised.id} has its quotes from another added article already."
        return ("same_as",), message, "remove one of the two: dalil list."
    if article.language is not summarised.language:
        message = f"names {summarised.id}, whose source is in {summarised.language}."
        return ("same_as",), message, "correct the language, or write null."
    taken = {passage.id for passage in summarised.passages}
    twice = sorted(taken & {passage.id for passage in article.passages})
    if twice:
        message = f"has the ids {', '.join(twice)}, which {summarised.id} has too."
        return ("passages",), message, "number the passages q1, q2 and so on."
    return None


def check_quotes(article: Article, text: str | None) -> Iterable[tuple[FieldPath, str, str]]:
    """Check that every quote of an added article is what stands at its place in the cleaned text.

    Args:
        article: The article.
        text: Its cleaned text; None where that is missing or not the one that the article names.

    Returns:
        Field, message and fix of everything that is wrong.
    """
    if article.source is None:
        message = "is missing: only dalil add knows what the article quotes."
        yield ("source",), message, "add the file that it comes from: dalil add FILE"
        return
    if text is None:
        message = "names a cleaned text that is missing or was changed."
        yield ("source", "text"), message, f"read the file again: dalil replace {article.id} FILE"
        return
    for position, passage in enumerate(article.passages):
        if passage.kind is not PassageKind.VERBATIM:
            continue
        quote = passage.text.get(article.language, "")
        if passage.start is None or passage.end is None:
            yield ("passages", position, "start"), "is missing.", "give start and end."
        elif text[passage.start : passage.end] != quote:
            message = "is not what stands at start to end in the cleaned text."
            path = ("passages", position, "text", article.language.value)
            yield path, message, "quote it word for word, or correct start and end."


def with_way_out(problem: Problem, article_id: str) -> Problem:
    """A problem of an added article; one that cannot be mended can be taken out."""
    return replace(problem, fix=f"{problem.fix} Or take the article out: dalil remove {article_id}")
