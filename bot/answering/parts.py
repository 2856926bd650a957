"""The parts of a reply, one for each question of a message: what is said, word for word, over where it comes from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.answering.citing import Citations, shown_text, source_line
from bot.answering.figure_answer import FigureAnswer, Shape
from bot.answering.figure_composing import FigureComposer
from bot.answering.figure_wording import FigureWording
from bot.answering.model import Citation, Finding, ShownDisagreement
from bot.answering.pairs import Pairs
from bot.answering.quoting import Asked, quote_lead
from bot.answering.reply import Block, BlockKind, Span, Style, note
from bot.localisation import Localiser
from knowledge.corpus import Corpus
from knowledge.language import Language
from knowledge.model import Figure, PassageKind, Role
from knowledge.periods import format_partial_date
from knowledge.sentences import Stretch

PASSAGES_AT_MOST = 3
"""Citations of an answer from passages, the quotes of summaries among them: length buys nothing."""


@dataclass(frozen=True, slots=True)
class Part:
    """The answer to one question of a message."""

    blocks: tuple[Block, ...]
    lead: str = ""
    figures: tuple[tuple[Figure, Citation], ...] = ()
    disagreements: tuple[ShownDisagreement, ...] = ()


class PartComposer:
    """Composes parts; the citations that they need are added to the reply's."""

    def __init__(self, corpus: Corpus, wording: FigureWording) -> None:
        self._corpus = corpus
        self._figures = FigureComposer(corpus, wording)
        self._pairs = Pairs(corpus)

    def of_figures(self, figures: FigureAnswer, citations: Citations, locale: Localiser, question: str = "") -> Part:
        """The figures, the passage behind the first, and every source."""
        before = len(citations.all)
        asked = Asked.of(
            self._corpus,
            question,
            metrics=(figures.metric,),
            entities=filter(None, (figures.lines[0].shown.figure.entity,)),
            values=[f"{Decimal(str(dated.figure.value)):f}" for dated in figures.shown],
        )
        statement = self._figures.compose(figures, lambda passage_id: citations.cite(passage_id, asked).n, locale)
        blocks = [Block((Span(statement.text),), BlockKind.STATEMENT)]
        blocks += [Block((Span(text),), BlockKind.STATEMENT, context=True) for text in statement.context]
        blocks += [note(text) for text in statement.notes]
        first, *others = citations.all[before:] or citations.all[:1]
        if figures.shape is Shape.VALUE:
            blocks += self.statement(first, asked, locale, context=True)
            partner = self._pairs.partner(first.passage_id)
            if partner is not None and first.passage.kind is PassageKind.SUMMARY:
                blocks.append(source_line(first, locale))
                first = citations.cite(partner, asked)
                others = [each for each in others if each is not first]
                blocks += self.statement(first, asked, locale, context=True)
        blocks += [source_line(citation, locale) for citation in (first, *others)]
        cited = {citation.passage_id: citation for citation in citations.all}
        shown = [(dated.figure, cited[dated.passage_id]) for dated in figures.shown if dated.passage_id in cited]
        shown += [each for each in _side_by_side(figures, cited) if each not in shown]
        return Part(tuple(blocks), statement.lead, tuple(shown), _shown_disagreements(figures, cited, locale))

    def of_finding(self, finding: Finding, citations: Citations, locale: Localiser) -> Part:
        """The passages that answer a question: all of a list, else what further sources say is context.

        Of the first the sentence that answers is set strong.
        """
        asked = Asked.of(self._corpus, finding.frame.text, finding.frame.metrics, finding.frame.entities)
        passage_ids = [evidence.passage_id for evidence in finding.evidence]
        part = self.of_passages(passage_ids, citations, locale, asked, finding.evidence[0].answering)
        if finding.role is not None and finding.frame.role_of is not None:
            return self._with_role(part, finding.role, finding.frame.role_of, citations, locale)
        if finding.incomplete:
            return replace(part, blocks=(*part.blocks, note(locale.text("list-may-be-incomplete"))))
        sources = (place for place, block in enumerate(part.blocks, start=1) if block.kind is BlockKind.SOURCE)
        end = next(sources, 0)  # nothing new is shown where the reply has cited it all
        return replace(part, blocks=(*part.blocks[:end], *(replace(each, context=True) for each in part.blocks[end:])))

    def _with_role(self, part: Part, role: Role, person: str, citations: Citations, locale: Localiser) -> Part:
        """A person's post, over the passage that names it."""
        text = locale.text(
            "role",
            person=self._corpus.entities[person].names.in_language(locale.language),
            title=role.title.in_language(locale.language),
            date=format_partial_date(role.as_of, locale.language),
        )
        n = next(each.n for each in citations.all if each.article.id == role.article)
        statement = Block((Span(f"{text} [{n}]"),), BlockKind.STATEMENT)
        rest = (replace(block, context=block.context or block.kind is BlockKind.STATEMENT) for block in part.blocks)
        return replace(part, blocks=(statement, *rest), lead=text, figures=())

    def of_passages(
        self,
        passage_ids: Sequence[str],
        citations: Citations,
        locale: Localiser,
        asked: Asked,
        answering: Mapping[Language, Stretch] | None = None,
    ) -> Part:
        """Each passage over its source; one that the reply has cited already is not repeated.

        Args:
            passage_ids: One at least.
            citations: The reply's.
            locale: The reply's.
            asked: What its quotes are to answer.
            answering: The stretch of the first passage that answers, in each of its languages.
        """
        before = len(citations.all)
        shown = self._pairs.side_by_side(passage_ids, max(len(passage_ids), PASSAGES_AT_MOST))
        cited = [citations.cite(passage_id, asked) for passage_id in shown]
        new = citations.all[before:]
        blocks: list[Block] = []
        for citation in new:
            strong = _answering_sentence(citation, answering or {}) if citation.passage_id == passage_ids[0] else None
            blocks += [*self.statement(citation, asked, locale, strong), source_line(citation, locale)]
        figures = tuple((figure, citation) for citation in new for figure in citation.passage.accepted_figures)
        first = _answering_sentence(cited[0], answering or {}) if shown[0] == passage_ids[0] else None
        return Part(tuple(blocks), first or cited[0].text, figures)

    def statement(
        self, citation: Citation, asked: Asked, locale: Localiser, strong: str | None = None, *, context: bool = False
    ) -> tuple[Block, ...]:
        """A passage word for word with its citation mark, a quote under the line that says who said it.

        Args:
            citation: Cites it.
            asked: What a quote is to answer.
            locale: The reply's.
            strong: A part of the text that is set strong.
            context: Whether a short reply leaves it out.
        """
        text = f"{shown_text(citation, locale)} [{citation.n}]"
        spans = [Span(text)]
        if strong is not None:
            start = text.index(citation.text) + citation.text.index(strong)
            end = start + len(strong)
            spans = [Span(text[:start]), Span(text[start:end], Style.STRONG), Span(text[end:])]
        statement = Block(tuple(span for span in spans if span.text), BlockKind.STATEMENT, context)
        if citation.passage.kind is PassageKind.SUMMARY:
            return (statement,)
        lead = quote_lead(citation.article, citation.said_by, asked, self._corpus, locale)
        return (replace(note(lead), context=context), statement)


def of_sentence(text: str, citation: Citation, locale: Localiser) -> Part:
    """A sentence of a passage over its source."""
    statement = Block((Span(f"{text} [{citation.n}]"),), BlockKind.STATEMENT)
    return Part((statement, source_line(citation, locale)), text)


def _answering_sentence(citation: Citation, answering: Mapping[Language, Stretch]) -> str | None:
    """The sentence of a passage that answers; None where there is none, or a shortened quote leaves it out."""
    stretch = answering.get(citation.language)
    sentence = stretch.of(citation.passage.text[citation.language]) if stretch else ""
    return sentence if sentence and sentence in citation.text else None


def _side_by_side(figures: FigureAnswer, cited: Mapping[str, Citation]) -> Iterator[tuple[Figure, Citation]]:
    """The figures that the reply cites for what it says of a disagreement."""
    for _, disagreement in figures.disagreements:
        for reference in disagreement.figures:
            citation = cited.get(reference.passage)
            for figure in citation.passage.accepted_figures if citation else ():
                if citation and (figure.metric, figure.value) == (reference.metric, reference.value):
                    yield figure, citation


def _shown_disagreements(
    figures: FigureAnswer, cited: Mapping[str, Citation], locale: Localiser
) -> tuple[ShownDisagreement, ...]:
    """The values shown that differ, with the reason that the knowledge gives."""
    if not figures.differing:
        return ()
    reasons = [each.reason.in_language(locale.language) for _, each in figures.disagreements if each.reason]
    shown = [line.shown for line in (*figures.disputed, *figures.differing)]
    held = tuple((dated.figure, cited[dated.passage_id]) for dated in shown)
    return (ShownDisagreement(held, reasons[0] if reasons else None),)
