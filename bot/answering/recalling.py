"""What a conversation keeps of a turn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.figures import span_of
from bot.answering.frame import Intent, Quantity
from bot.answering.model import Answer, AnswerKind, Finding, PastTurn, ShownFigure, Slots

FIGURES_KEPT = 12
PASSAGES_KEPT = 12
"""As many as the longest evolution has; what is kept of a turn stays small."""


def recall(findings: Sequence[Finding], answer: Answer) -> PastTurn:
    """A question and its answer; of several questions in one message, the first that was answered."""
    main = next((finding for finding in findings if finding.evidence), findings[0])
    frame = main.frame
    # "The jobs of Capgemini" were understood as a metric of companies; a growth is asked for by the metric that grows.
    shown = tuple(dict.fromkeys(figures.metric for figures in main.figures))
    metrics = frame.metrics if frame.intent is Intent.GROWTH and frame.metrics else shown or frame.metrics
    lead = main.figures[0].lines[0].shown.figure.entity if main.figures else None
    entities = frame.entities or ((lead,) if lead else ())
    slots = Slots(metrics, entities, frame.times, frame.intent, frame.quantity, frame.targets)
    turn = PastTurn(answer.kind, frame.text, frame.language, frame.completed, slots)
    return _with_reply(turn, answer, figures=bool(main.figures))


def recall_figures(answer: Answer) -> PastTurn:
    """Figures that a button or command showed; what follows is about their metric."""
    if not answer.figures:
        return recall_page(answer)
    first, _ = answer.figures[0]
    entities = (first.entity,) if first.entity else ()
    times = {span_of(figure) for figure, _ in answer.figures if figure.entity == first.entity}
    intent = Intent.EVOLUTION if len(times) > 1 else Intent.FACT
    slots = Slots((first.metric,), entities, intent=intent, quantity=Quantity.NUMBER)
    return _with_reply(PastTurn(answer.kind, language=answer.language, slots=slots), answer, figures=True)


def recall_aside(answer: Answer, about: PastTurn | None) -> PastTurn:
    """A reply about an earlier answer: what follows is still about that one."""
    return replace(about, completed=True, actions=_actions(answer)) if about else recall_page(answer)


def recall_page(answer: Answer) -> PastTurn:
    """A page or a friendly word: only what it offers can be taken up."""
    kind = AnswerKind.HELP if answer.kind is AnswerKind.ANSWER else answer.kind
    return PastTurn(kind, actions=_actions(answer))


def _with_reply(turn: PastTurn, answer: Answer, *, figures: bool) -> PastTurn:
    shown = [ShownFigure(figure.metric, figure.entity, span_of(figure)) for figure, _ in answer.figures]
    passages = tuple(citation.passage_id for citation in answer.citations)
    return replace(
        turn,
        passages=passages[:PASSAGES_KEPT],
        figures=tuple(dict.fromkeys(shown))[:FIGURES_KEPT] if figures else (),
        actions=_actions(answer),
    )


def _actions(answer: Answer) -> tuple[str, ...]:
    return tuple(option.action for option in answer.options)
