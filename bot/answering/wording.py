"""How sources and periods are worded, wherever a reply names one."""

from __future__ import annotations

from datetime import date

from bot.localisation import Localiser
from knowledge.model import Article, Entity
from knowledge.periods import Span, format_partial_date
from knowledge.text import fold


def article_publisher(article: Article, locale: Localiser) -> str:
    """Who published an article, or that this is not known; and who else did."""
    first = article.publisher or locale.text("unknown-publisher")
    named = (each.publisher for each in article.also_published_by if each.publisher)
    others = [name for name in dict.fromkeys(named) if name != first]
    if not others:
        return first
    return locale.text("also-published-by", publisher=first, others=locale.text("list-separator").join(others))


def is_publisher(entity: Entity, article: Article) -> bool:
    """Whether an entity published an article; in another language it may have another name than the article gives."""
    return article.publisher is not None and fold(article.publisher) in map(fold, entity.all_names)


def article_title(article: Article, locale: Localiser) -> str:
    """The title as published, in quotation marks, or our label, shown as ours; or that there is none."""
    if article.title is not None:
        return locale.text("quoted", text=article.title)
    if article.label is None:
        return locale.text("untitled")
    return locale.text("our-label", label=article.label.in_language(locale.language))


def article_date(article: Article, locale: Localiser) -> str:
    """When an article was published, or that this is not known and what it is about."""
    if article.published is not None:
        return format_partial_date(article.published, locale.language)
    if article.about is not None:
        return locale.text("undated-about", about=format_partial_date(article.about, locale.language))
    return locale.text("undated")


def period(span: Span, locale: Localiser) -> str:
    """A period as a reader writes it: years, a month, a day, from one day to another, or since or until some time."""
    first, last = span.start, span.end
    if first == date.min:
        return locale.text("period-until", year=str(last.year))
    if last == date.max:
        whole = (first.month, first.day) == (1, 1)
        named = str(first.year) if whole else format_partial_date(first.isoformat()[:7], locale.language)
        return locale.text("period-since", time=named)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return str(first.year) if first.year == last.year else f"{first.year}-{last.year}"
    if first == last:
        return format_partial_date(first.isoformat(), locale.language)
    if (first.year, first.month) == (last.year, last.month):
        return format_partial_date(first.isoformat()[:7], locale.language)
    return " – ".join(format_partial_date(day.isoformat(), locale.language) for day in (first, last))
