"""A newer file in the place of an older one: what an editor has decided stays, as far as the text still says it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from knowledge.ingest.drafting import Details, Draft
from knowledge.model import Article, Figure, Offsets, Passage


def kept_details(details: Details, article: Article) -> Details:
    """What the editor says now, and else what the article says already."""
    return replace(
        details,
        title=details.title or article.title,
        publisher=details.publisher or article.publisher,
        author=details.author or article.author,
        published=details.published or article.published,
        language=details.language or article.language,
        url=details.url or article.url,
        topics=details.topics or article.topics,
        reliability=details.reliability or article.reliability,
    )


def carry_over(draft: Draft, old: Article, old_text: str | None) -> Draft:
    """A draft with what was decided of the article that it replaces.

    A passage of the same text keeps its id, and no other passage gets an id that the old article had. An accepted
    figure stays where its sentence still stands in the text, word for word.
    """
    passages = _renumbered(draft.article.passages, old)
    if old_text is not None:
        for passage in old.passages:
            for figure in passage.accepted_figures:
                passages = _with_figure(passages, draft.text, figure, old_text)
    fields = {
        "passages": passages,
        "same_as": old.same_as,
        "also_published_by": old.also_published_by,
        "alt_urls": old.alt_urls,
    }
    return Draft(draft.article.model_copy(update=fields), draft.text, draft.missing)


def _renumbered(passages: tuple[Passage, ...], old: Article) -> tuple[Passage, ...]:
    held: Mapping[str, str] = {next(iter(each.text.values())): each.id for each in reversed(old.passages)}
    last = max((int(number) for each in old.passages for number in re.findall(r"^q(\d+)$", each.id)), default=0)
    renumbered: list[Passage] = []
    for passage in passages:
        known = held.get(next(iter(passage.text.values())))
        if known is None or known in {each.id for each in renumbered}:
            last += 1
            known = f"q{last}"
        renumbered.append(passage.model_copy(update={"id": known}))
    return tuple(renumbered)


def _with_figure(passages: tuple[Passage, ...], text: str, figure: Figure, old_text: str) -> tuple[Passage, ...]:
    if figure.sentence is None:
        return passages
    sentence = old_text[figure.sentence.start : figure.sentence.end]
    start = text.find(sentence)
    end = start + len(sentence)
    kept = figure.model_copy(update={"sentence": Offsets(start=start, end=end)})
    return tuple(
        passage.model_copy(update={"figures": (kept, *_others(passage, figure))})
        if passage.start is not None and passage.end is not None and 0 <= passage.start <= start < end <= passage.end
        else passage
        for passage in passages
    )


def _others(passage: Passage, figure: Figure) -> list[Figure]:
    """The figures of a passage that are not proposals of one that was accepted."""
    return [each for each in passage.figures if (each.metric, each.value) != (figure.metric, figure.value)]
