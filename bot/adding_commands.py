"""The commands that read files into the operator's own articles: add and replace."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.command_parts import Id, NoBuild, Yes, bring_up_to_date, edit_text, today
from bot.config import read_settings
from bot.exit_codes import ExitCode
from knowledge.errors import Problem
from knowledge.language import Language

if TYPE_CHECKING:
    from bot.adding import Adder, Proposal, Result
    from knowledge.ingest.drafting import Details

# Everything heavy is imported by the command that needs it: --help must not wait for it.

commands = typer.Typer()

DryRun = Annotated[bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")]
Edit = Annotated[bool, typer.Option("--edit", help="Open each article in $EDITOR before it is checked and written.")]
Title = Annotated[str | None, typer.Option(help="Its title, for a single file.")]
Publisher = Annotated[str | None, typer.Option(help="Who published it.")]
Author = Annotated[str | None, typer.Option(help="Its author, for a single file.")]
Published = Annotated[str | None, typer.Option(help="YYYY, YYYY-MM or YYYY-MM-DD, for a single file.")]
TextLanguage = Annotated[Language | None, typer.Option(help="The language of the text.")]
Address = Annotated[str | None, typer.Option(help="Its address, for a single file.")]
Topic = Annotated[list[str] | None, typer.Option(help="A topic of topics.yaml; may be given several times.")]
Kind = Annotated[str | None, typer.Option(metavar="official|press|blog", help="What kind of source it is.")]


@commands.command()
def add(
    paths: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER…", help="Text, Markdown, HTML, PDF or DOCX.")],
    *,
    dry_run: DryRun = False,
    edit: Edit = False,
    title: Title = None,
    publisher: Publisher = None,
    author: Author = None,
    published: Published = None,
    language: TextLanguage = None,
    url: Address = None,
    topic: Topic = None,
    reliability: Kind = None,
    yes: Yes = False,
    no_build: NoBuild = False,
) -> None:
    """Add articles of your own, to be quoted word for word (docs/ingestion.md).

    Nothing is fetched from the network. A file that cannot be read stops no other; the exit code is then 1.

    \b
    dalil add article.html --publisher H24info
    dalil add --dry-run articles/
    """  # noqa: D301 - the backslash tells the help to keep the lines
    from bot.adding import Adder, Outcome, Result, find_files
    from bot.console import standard_console
    from bot.library_views import show_result, show_summary

    settings = read_settings()
    details = _details(
        title=title,
        publisher=publisher,
        author=author,
        published=published,
        language=language,
        url=url,
        topic=topic,
        reliability=reliability,
    )
    found = list(find_files(paths))
    if (title or author or published or url) and len(found) > 1:
        raise typer.BadParameter("--title, --author, --published and --url are for a single file.")
    adder = Adder(settings, today())
    console = standard_console()
    results = []
    for each in found:
        if isinstance(each, Problem):
            result = Result(Path(each.file), Outcome.REFUSED, problems=(each,))
        else:
            result = _add_one(adder, each, details, dry_run=dry_run, edit=edit, yes=yes)
        results.append(result)
        show_result(result, console)
    show_summary(results, console)
    changed = {Outcome.ADDED, Outcome.ALSO_PUBLISHED} & {result.outcome for result in results}
    if changed and not no_build:
        bring_up_to_date(settings)
    if not results or any(result.outcome is Outcome.REFUSED for result in results):
        raise typer.Exit(ExitCode.REFUSED)


@commands.command()
def replace(
    article_id: Id,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="The newer file.")],
    *,
    dry_run: DryRun = False,
    edit: Edit = False,
    title: Title = None,
    publisher: Publisher = None,
    author: Author = None,
    published: Published = None,
    language: TextLanguage = None,
    url: Address = None,
    topic: Topic = None,
    reliability: Kind = None,
    yes: Yes = False,
    no_build: NoBuild = False,
) -> None:
    """Read a newer file in the place of an article that was added.

    What an editor has said of the article stays, and so do accepted figures whose sentence is still there.
    """
    from bot.adding import Adder, Outcome
    from bot.console import standard_console
    from bot.library_views import show_result
    from knowledge.library import Library

    settings = read_settings()
    library = Library(settings.library_dir)
    if library.path(article_id) not in library.paths():
        raise library.no_such_article(article_id)
    details = _details(
        title=title,
        publisher=publisher,
        author=author,
        published=published,
        language=language,
        url=url,
        topic=topic,
        reliability=reliability,
    )
    adder = Adder(settings, today())
    result = _add_one(adder, path, details, dry_run=dry_run, edit=edit, yes=yes, replaced=article_id)
    show_result(result, standard_console())
    if result.outcome is Outcome.REFUSED:
        raise typer.Exit(ExitCode.REFUSED)
    if result.outcome is Outcome.REPLACED and not no_build:
        bring_up_to_date(settings)


def _details(
    *,
    title: str | None,
    publisher: str | None,
    author: str | None,
    published: str | None,
    language: Language | None,
    url: str | None,
    topic: list[str] | None,
    reliability: str | None,
) -> Details:
    from knowledge.ingest.drafting import Details
    from knowledge.model import Reliability

    if reliability is not None and reliability not in set(Reliability):
        raise typer.BadParameter(f"{reliability!r} is none of {', '.join(Reliability)}.", param_hint="--reliability")
    kind = Reliability(reliability) if reliability else None
    return Details(title, publisher, author, published, language, url, tuple(topic or ()), kind)


def _add_one(
    adder: Adder,
    path: Path,
    details: Details,
    *,
    dry_run: bool,
    edit: bool,
    yes: bool,
    replaced: str | None = None,
) -> Result:
    from bot.console import standard_console
    from bot.library_views import show_proposal

    def approve(proposal: Proposal) -> bool:
        show_proposal(proposal, standard_console())
        if dry_run:
            return False
        return yes or not sys.stdin.isatty() or typer.confirm("Write it?", default=True)

    return adder.add(path, details, approve=approve, edit=_edit if edit else None, replaced=replaced)


def _edit(text: str, problems: Sequence[Problem]) -> str | None:
    """Open an article in the editor; once more where something is wrong with it, as long as somebody is there."""
    for problem in problems:
        typer.echo(f"  {problem}")
    if problems and not (sys.stdin.isatty() and typer.confirm("Edit it again?", default=True)):
        return None
    return edit_text(text)
