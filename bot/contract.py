"""The output of the machine-readable contract: one JSON object for an answer, every key always there.

docs/contract.md describes the keys. The functions here are pure; `bot.jsonlines` reads and writes the lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from bot.answering.calculations import Calculation
from bot.answering.model import Answer, Citation, ShownDisagreement
from knowledge.language import Language
from knowledge.model import Figure, PassageKind

CONTRACT = 1
"""Raised whenever a key changes its meaning or goes away; a new key alone does not raise it."""

_BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class CitationJson(TypedDict):
    """A source line; ``title`` is as published, ``label`` is ours, in the reply's language."""

    n: int
    article: str
    passage: str
    kind: str
    text: str
    language: str
    source_language: str
    title: str | None
    label: str | None
    publisher: str | None
    published: str | None
    about: str | None
    said_by: str | None
    url: str | None


class FigureJson(TypedDict):
    """A figure of a cited passage; ids of metrics and speakers are those of the knowledge files."""

    metric: str
    value: int | float
    unit: str
    period: dict[str, str | None]
    status: str
    entity: str | None
    bound: str | None
    said_by: str | None
    article: str
    passage: str


class CalculationJson(TypedDict):
    """An arithmetic expression over the values of figures, and what it gives."""

    expression: str
    operands: list[int | float]
    result: int | float


class DisagreementJson(TypedDict):
    """Figures that differ; ``reason`` is null where no source gives one."""

    figures: list[FigureJson]
    reason: str | None


class ChartJson(TypedDict):
    """A picture of an evolution: where it lies, and what it shows in words."""

    path: str
    alt: str


class Response(TypedDict):
    """One line of output; every key is always there."""

    contract: int
    id: str | int | None
    language: str
    kind: str
    reason: str | None
    text: str
    messages: list[str]
    lead: str
    citations: list[CitationJson]
    figures: list[FigureJson]
    calculations: list[CalculationJson]
    disagreements: list[DisagreementJson]
    chart: ChartJson | None
    options: list[dict[str, str]]
    topics: list[str]
    resolved_question: str | None
    confidence: float | None
    seconds: float


class ErrorResponse(TypedDict):
    """The output for a line that could not be answered."""

    contract: int
    id: str | int | None
    error: str


def plain(text: str) -> str:
    """A text without controls of writing direction, which belong to a rendering and not to data."""
    return _BIDI_CONTROLS.sub("", text)


def response(
    answer: Answer, request_id: str | int, messages: Sequence[str], chart: Path | None, seconds: float
) -> Response:
    """Write an answer as the contract has it.

    Args:
        answer: What the Answerer returned.
        request_id: The line's own.
        messages: The reply as Telegram HTML, one text a message.
        chart: The picture of the answer's chart, if it has one.
        seconds: How long answering took.
    """
    return Response(
        contract=CONTRACT,
        id=request_id,
        language=answer.language.value,
        kind=answer.kind.value,
        reason=answer.reason.value if answer.reason else None,
        text=plain(answer.reply.text),
        messages=list(messages),
        lead=plain(answer.lead),
        citations=[_citation(citation, answer.language) for citation in answer.citations],
        figures=[_figure(figure, citation, answer.language) for figure, citation in answer.figures],
        calculations=[_calculation(calculation) for calculation in answer.calculations],
        disagreements=[_disagreement(disagreement, answer.language) for disagreement in answer.disagreements],
        chart=ChartJson(path=str(chart), alt=plain(answer.chart.alt)) if chart and answer.chart else None,
        options=[{"label": plain(option.label), "action": option.action} for option in answer.options],
        topics=list(answer.topics),
        resolved_question=answer.resolved_question,
        confidence=answer.confidence,
        seconds=round(seconds, 4),
    )


def error_response(message: str, request_id: str | int | None) -> ErrorResponse:
    """Write an error as the contract has it."""
    return ErrorResponse(contract=CONTRACT, id=request_id, error=message)


def _citation(citation: Citation, language: Language) -> CitationJson:
    article = citation.article
    return CitationJson(
        n=citation.n,
        article=article.id,
        passage=citation.passage_id,
        kind="summary" if citation.passage.kind is PassageKind.SUMMARY else "quote",
        text=citation.text,
        language=citation.language.value,
        source_language=article.language.value,
        title=article.title,
        label=article.label.in_language(language) if article.label else None,
        publisher=article.publisher,
        published=article.published,
        about=article.about,
        said_by=citation.said_by,
        url=article.url,
    )


def _figure(figure: Figure, citation: Citation, language: Language) -> FigureJson:
    period = figure.period
    return FigureJson(
        metric=figure.metric,
        value=_number(figure.value),
        unit=figure.unit.value,
        period={
            "start": period.start,
            "end": period.end,
            "basis": period.basis.value,
            "words": period.words.in_language(language) if period.words else None,
        },
        status=figure.status.value,
        entity=figure.entity,
        bound=figure.bound.value if figure.bound else None,
        said_by=figure.said_by,
        article=citation.article.id,
        passage=citation.passage_id,
    )


def _calculation(calculation: Calculation) -> CalculationJson:
    operands = (calculation.later.figure.value, calculation.earlier.figure.value)
    return CalculationJson(
        expression=calculation.expression,
        operands=[_number(value) for value in operands],
        result=_number(float(calculation.result)),
    )


def _disagreement(disagreement: ShownDisagreement, language: Language) -> DisagreementJson:
    figures = [_figure(figure, citation, language) for figure, citation in disagreement.figures]
    return DisagreementJson(figures=figures, reason=disagreement.reason)


def _number(value: float) -> int | float:
    return int(value) if value.is_integer() else value
