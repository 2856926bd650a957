"""The command that walks an editor through the figures that were proposed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.command_parts import edit_text, today
from bot.config import read_settings
from bot.exit_codes import ExitCode
from knowledge.errors import KnowledgeError

if TYPE_CHECKING:
    from bot.reviewing import ProposedFigure, Reviewer

commands = typer.Typer()

_CHOICES = "[a]ccept, [c]orrect, [r]eject, [s]kip, [q]uit"


@commands.command()
def review(
    article_id: Annotated[str | None, typer.Argument(metavar="ID", help="Of this article alone.")] = None,
    *,
    show: Annotated[bool, typer.Option("--list", help="List the proposed figures with their numbers.")] = False,
    accept: Annotated[list[int] | None, typer.Option(metavar="N", help="Accept a figure of the article ID.")] = None,
    reject: Annotated[list[int] | None, typer.Option(metavar="N", help="Reject a figure of the article ID.")] = None,
) -> None:
    """Accept, correct or reject the figures that were proposed for added articles.

    Each decision is written at once, so that a review may be left and taken up again at any time. Only accepted
    figures are answered with. The numbers for --accept and --reject are those that --list shows.

    \b
    dalil review
    dalil review --list ID
    dalil review ID --accept 1 --accept 3 --reject 2
    """  # noqa: D301 - the backslash tells the help to keep the lines
    from bot.reviewing import Reviewer

    reviewer = Reviewer(read_settings(), today())
    proposed = reviewer.proposed(article_id)
    if show:
        for each in proposed:
            typer.echo(_shown(each))
    elif accept or reject:
        if article_id is None:
            raise typer.BadParameter("--accept and --reject need the ID of an article.")
        _decide(reviewer, proposed, accept or [], reject or [])
    else:
        _walk(reviewer, proposed)


def _decide(reviewer: Reviewer, proposed: tuple[ProposedFigure, ...], accept: list[int], reject: list[int]) -> None:
    by_number = {each.n: each for each in proposed}
    wrong = sorted({n for n in (*accept, *reject) if n not in by_number} | (set(accept) & set(reject)))
    if wrong:
        raise typer.BadParameter(f"{', '.join(map(str, wrong))}: no such figure, or both accepted and rejected.")
    refused = False
    for n in accept:
        refused |= not _accepted(reviewer, by_number[n])
    for n in reject:
        reviewer.reject(by_number[n])
    if refused:
        raise typer.Exit(ExitCode.REFUSED)


def _accepted(reviewer: Reviewer, proposed: ProposedFigure) -> bool:
    try:
        reviewer.accept(proposed)
    except KnowledgeError as error:
        for problem in error.problems:
            typer.echo(f"  {problem}", err=True)
        return False
    return True


def _walk(reviewer: Reviewer, proposed: tuple[ProposedFigure, ...]) -> None:
    decided = 0
    for place, each in enumerate(proposed, start=1):
        typer.echo(f"\n({place}/{len(proposed)}) {_shown(each)}")
        choice = _asked(reviewer, each)
        if choice == "q":
            break
        decided += choice != "s"
    left = len(proposed) - decided
    typer.echo(f"{decided} decided, {left} left." if proposed else "No figure waits for a review.")


def _asked(reviewer: Reviewer, proposed: ProposedFigure) -> str:
    """What the editor decided, once it is written: a, c, r, s or q."""
    while True:
        choice = str(typer.prompt(_CHOICES)).strip().lower()[:1]
        if choice == "a" and _accepted(reviewer, proposed):
            return choice
        if choice == "c" and _corrected(reviewer, proposed):
            return choice
        if choice == "r":
            reviewer.reject(proposed)
        if choice and choice in "rsq":
            return choice


def _corrected(reviewer: Reviewer, proposed: ProposedFigure) -> bool:
    from knowledge.ingest.writing import figure_yaml, read_figure

    written = edit_text(f"# {' '.join(proposed.sentence.split())}\n{figure_yaml(proposed.figure)}")
    try:
        reviewer.accept(proposed, read_figure(written))
    except KnowledgeError as error:
        for problem in error.problems:
            typer.echo(f"  {problem}", err=True)
        return False
    return True


def _shown(proposed: ProposedFigure) -> str:
    from knowledge.errors import printable

    figure = proposed.figure
    period = " to ".join(filter(None, (figure.period.start, figure.period.end))) or "no period"
    parts = [figure.metric, f"{figure.value:,.15g} {figure.unit}", period, figure.status, figure.entity, figure.bound]
    head = f"{proposed.article_id}#{proposed.passage_id} [{proposed.n}] {' · '.join(filter(None, parts))}"
    return f"{head}\n    {printable(' '.join(proposed.sentence.split()))}"
