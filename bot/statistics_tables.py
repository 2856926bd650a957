"""Shows statistics to a person, as tables, with the gaps last."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.statistics import ARTICLES_AT_LEAST, Articles, Gaps, MetricFigures, Statistics, Value
from knowledge.language import Language
from knowledge.numbers import format_number

NONE = "–"
_UNITS = {"score_0_to_1": "of 1", "percent_of_gross_taxable_pay": "% of pay", "percent": "%", "count": ""}


def show_statistics(statistics: Statistics, console: Console) -> None:
    """Print the counts, then every metric that has figures, then what is lacking."""
    console.print(_articles(statistics.articles))
    console.print(_figures(statistics))
    console.print(_metrics(statistics.metrics))
    for gap in _gaps(statistics.gaps):
        console.print(gap, soft_wrap=not console.is_terminal)


def _articles(articles: Articles) -> Table:
    table = Table("", "", title=f"{articles.total} articles", show_header=False)
    table.add_row("published in", _counts({**articles.by_year, "undated": articles.undated}))
    table.add_row("language", _counts(articles.by_language))
    table.add_row("reliability", _counts(articles.by_reliability))
    several = {name: n for name, n in articles.by_publisher.items() if n > 1}
    single = len(articles.by_publisher) - len(several)
    table.add_row("publisher", _counts({**several, "others, one article each": single}))
    return table


def _figures(statistics: Statistics) -> Table:
    title = f"{statistics.passages} passages, {statistics.figures} figures"
    table = Table("", "", title=title, show_header=False)
    table.add_row("about", _counts({**statistics.figures_by_year, "undated": statistics.figures_undated}))
    if statistics.figures_proposed:
        table.add_row("proposed", f"{statistics.figures_proposed} more, to be accepted")
    return table


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{name}: {n}" for name, n in counts.items() if n)


def _metrics(metrics: Mapping[str, MetricFigures]) -> Table:
    table = Table(title="Figures by metric", box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
    table.add_column("metric", no_wrap=True)
    for heading in ("no.", "targets", "years", "latest reached"):
        table.add_column(heading, justify="right")
    for name, each in metrics.items():
        if each.figures:
            latest = _written(each.latest) if each.latest else NONE
            table.add_row(name, str(each.figures), str(each.targets or NONE), _years(each), latest)
    return table


def _years(each: MetricFigures) -> str:
    if each.first_year is None:
        return NONE
    return str(each.first_year) if each.first_year == each.last_year else f"{each.first_year}–{each.last_year}"


def _written(latest: Value) -> str:
    amount = f"{format_number(latest.value, Language.EN)} {_UNITS.get(latest.unit, latest.unit)}".strip()
    period = _period(latest.start, latest.end) if latest.start and latest.end else "undated"
    return f"{amount} ({', '.join(filter(None, (latest.entity, period)))})"


def _period(start: str, end: str) -> str:
    """A year by its number, whole months by theirs, so that half a year is not taken for one."""
    if start == end:
        return end
    if (start[4:], end[4:]) == ("-01-01", "-12-31"):
        return end[:4] if start[:4] == end[:4] else f"{start[:4]}–{end[:4]}"
    if start[:4] == end[:4]:
        return end[:7] if start[:7] == end[:7] else f"{start[:7]}–{end[5:7]}"
    return f"{start[:7]}–{end[:7]}"


def _gaps(gaps: Gaps) -> Iterator[Text]:
    """One line for each kind of gap that there is."""
    old = [f"{name} ({end})" for name, end in gaps.metrics_old.items()]
    thin = [f"{topic} ({n})" for topic, n in gaps.topics_thin.items()]
    yield from _gap("metrics without any figure", gaps.metrics_without_figure)
    yield from _gap("metrics with targets alone", gaps.metrics_only_targets)
    yield from _gap("metrics without a dated value that was reached", gaps.metrics_only_undated)
    yield from _gap("metrics whose latest value reached is more than two years old", old)
    for metric, years in gaps.years_without_value.items():
        yield from _gap(f"years without a value of {metric}", map(str, years))
    yield from _gap("articles without a date", gaps.articles_without_date)
    yield from _gap("articles without a title", gaps.articles_without_title)
    yield from _gap(f"topics with fewer than {ARTICLES_AT_LEAST} articles", thin)
    yield from _gap("disagreements without a reason", gaps.disagreements_without_reason)


def _gap(what: str, lacking: Iterable[str]) -> Iterator[Text]:
    lacking = tuple(lacking)
    if lacking:
        yield Text.assemble((f"{len(lacking)} {what}: ", "bold"), ", ".join(lacking))
