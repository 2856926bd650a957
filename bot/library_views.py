"""What the commands of the library print: proposals, results, lists."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.adding import Outcome, Proposal, Result
from knowledge.errors import printable
from knowledge.ingest.duplicates import Likeness
from knowledge.model import Article, Passage, PassageKind, Review

_DROPPED_SHOWN = 8
_LONGEST_DROPPED = 70
_ORDER = tuple(Outcome)
_SPACE = re.compile("[\u00a0\u2009\u202f]")


def show_proposal(proposal: Proposal, console: Console) -> None:
    """Print what would be written: what the file says of itself, what was dropped, the passages."""
    draft, document = proposal.draft, proposal.document
    article = draft.article
    console.print(Text(f"\n{_shown(str(document.path))}", style="bold"))
    console.print(_fields(article, document.found_in))
    if draft.missing:
        console.print(Text(f"Not found: {', '.join(draft.missing)}", style="yellow"))
    for repair in document.repairs:
        console.print(Text(f"Repaired: {_shown(repair)}", style="yellow"))
    if proposal.repeats is not None:
        how = "This file was added" if proposal.repeats.likeness is Likeness.FILE else "The same text was added"
        message = f"{how} before: {proposal.repeats.article.id}. It becomes no second source."
        console.print(Text(message, style="yellow"))
    if proposal.summary is not None:
        console.print(f"Dalil has a summary of it: {proposal.summary}. The two become one source.")
    kept = sum(len(block.text.split()) for block in document.blocks)
    console.print(f"Kept: {len(document.blocks)} blocks, {kept} words. Dropped: {len(document.dropped)}.")
    for dropped in document.dropped[:_DROPPED_SHOWN]:
        console.print(Text(f"  − {_short(dropped)}", style="dim"))
    if len(document.dropped) > _DROPPED_SHOWN:
        console.print(Text(f"  − and {len(document.dropped) - _DROPPED_SHOWN} more", style="dim"))
    show_passages(article, console)


def show_passages(article: Article, console: Console) -> None:
    """Print the passages of an article, each under its heading, with how many figures it has."""
    heading: str | None = None
    for passage in article.passages:
        if passage.heading != heading:
            heading = passage.heading
            console.print(Text(f"  {_shown(heading or '')}", style="italic"))
        console.print(Text(f"  [{passage.id}] {_text(passage)}{_figures(passage)}"), soft_wrap=True)


def show_article(article: Article, shared: str | None, console: Console) -> None:
    """Print one own article.

    Args:
        article: As its file has it.
        shared: The id of the shipped article with which it is one source, if there is one.
        console: Where to.
    """
    console.print(Text(article.id, style="bold"))
    console.print(_fields(article, {}))
    for each in article.also_published_by:
        place = _shown(" · ".join(filter(None, (each.publisher, each.published, each.url))))
        console.print(f"also published by: {place or 'unknown'}")
    if shared is not None:
        console.print(f"one source with Dalil's summary: {shared}")
    show_passages(article, console)


def show_list(articles: Iterable[Article], console: Console) -> None:
    """Print own articles, one a line."""
    for article in articles:
        proposed = sum(figure.review is Review.PROPOSED for each in article.passages for figure in each.figures)
        parts = [
            article.id,
            article.publisher,
            article.published,
            article.language,
            f"{len(article.passages)} passages",
        ]
        parts += [f"figures proposed: {proposed}"] if proposed else []
        parts += [article.title]
        console.print(Text(" · ".join(_shown(part) if part else "–" for part in parts)), soft_wrap=True)


def show_result(result: Result, console: Console) -> None:
    """Print what became of a file, on one line, with a line for each problem."""
    style = "red" if result.outcome is Outcome.REFUSED else "green" if result.article_id else ""
    article = f" {result.article_id}" if result.article_id else ""
    console.print(Text(f"{result.outcome}:{article} ← {_shown(str(result.path))}", style=style), soft_wrap=True)
    for problem in result.problems:
        console.print(Text(f"  {problem}", style=style), soft_wrap=True)


def show_summary(results: Sequence[Result], console: Console) -> None:
    """Print how many files became what."""
    counts = Counter(result.outcome for result in results)
    parts = [f"{counts[outcome]} {outcome}" for outcome in _ORDER if counts[outcome]]
    console.print(Text(f"{len(results)} files: {', '.join(parts)}."))


def _fields(article: Article, found_in: Mapping[str, str]) -> Table:
    table = Table(box=None, show_header=False, pad_edge=False)
    rows = {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "published": article.published,
        "language": article.language.value,
        "url": article.url,
        "topics": ", ".join(article.topics),
        "reliability": article.reliability.value,
    }
    for name, value in rows.items():
        where = f"  ({_shown(found_in[name])})" if value and name in found_in else ""
        table.add_row(Text(name, style="dim"), Text(f"{_shown(value) if value else '–'}{where}"))
    return table


def _text(passage: Passage) -> str:
    text = next(iter(passage.text.values()))
    return _shown(text.replace("\n", " / ")) if passage.kind is PassageKind.VERBATIM else _shown(text)


def _figures(passage: Passage) -> str:
    proposed = sum(figure.review is Review.PROPOSED for figure in passage.figures)
    accepted = len(passage.accepted_figures)
    parts = [f"figures: {accepted}"] if accepted else []
    parts += [f"figures proposed: {proposed}"] if proposed else []
    return f"  ({', '.join(parts)})" if parts else ""


def _shown(text: str) -> str:
    """A text on one line, without anything that a console would take for more than a text."""
    return printable(_SPACE.sub(" ", text))


def _short(text: str) -> str:
    text = _shown(" ".join(text.split()))
    return text if len(text) <= _LONGEST_DROPPED else f"{text[: _LONGEST_DROPPED - 1]}…"
