"""The commands for the articles that were added: list, show, remove, export."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from bot.command_parts import Id, NoBuild, Yes, bring_up_to_date, today
from bot.config import read_settings
from bot.errors import BotError

# Everything heavy is imported by the command that needs it: --help must not wait for it.

commands = typer.Typer()


@commands.command("list")
def list_articles() -> None:
    """List the articles that were added."""
    from bot.console import standard_console
    from bot.knowledge_base import read_own_articles
    from bot.library_views import show_list

    settings = read_settings()
    articles = read_own_articles(settings)
    if not articles:
        typer.echo(f"No articles were added yet to {settings.library_dir}. Add some: dalil add FILE")
        return
    show_list(articles.values(), standard_console())


@commands.command()
def show(article_id: Id) -> None:
    """Show an article that was added, with its passages."""
    from bot.console import standard_console
    from bot.knowledge_base import read_own_articles
    from bot.library_views import show_article
    from knowledge.library import Library

    settings = read_settings()
    article = read_own_articles(settings).get(article_id)
    if article is None:
        raise Library(settings.library_dir).no_such_article(article_id)
    show_article(article, article.same_as, standard_console())


@commands.command()
def remove(article_id: Id, *, yes: Yes = False, no_build: NoBuild = False) -> None:
    """Take an article out that was added. Its id is never used again."""
    from knowledge.library import Library

    settings = read_settings()
    library = Library(settings.library_dir)
    if library.path(article_id) not in library.paths():
        raise library.no_such_article(article_id)
    if not yes and sys.stdin.isatty():
        typer.confirm(f"Remove {article_id}?", abort=True)
    with library.only_writer():
        library.remove(article_id, today())
    typer.echo(f"Removed {article_id}.")
    if not no_build:
        bring_up_to_date(settings)


@commands.command()
def export(
    what: Annotated[list[str], typer.Argument(metavar="[ID] FOLDER", help="An own article, and where to write it.")],
    *,
    every: Annotated[bool, typer.Option("--all", help="Every own article.")] = False,
) -> None:
    """Write articles that were added into a folder, which another Dalil can use as its library.

    \b
    dalil export h24info-2024-05-un-titre /tmp/articles
    DALIL_LIBRARY_DIR=/tmp/articles dalil list
    """  # noqa: D301
    from bot.knowledge_base import read_own_articles
    from knowledge.library import Library

    *ids, folder = what
    if every == bool(ids) or len(ids) > 1:
        raise typer.BadParameter("give one ID and a folder, or --all and a folder.")
    settings = read_settings()
    library, target = Library(settings.library_dir), Library(Path(folder).expanduser().absolute())
    articles = read_own_articles(settings)
    chosen = list(articles) if every else ids
    for article_id in chosen:
        if article_id not in articles:
            raise library.no_such_article(article_id)
    with target.only_writer():
        held = target.used_ids()
        for article_id in chosen:
            if article_id in held:
                raise BotError(f"{target.folder} has used the id {article_id} already. Choose another folder.")
        for article_id in chosen:
            article = articles[article_id]
            written = library.path(article_id).read_bytes().decode()
            target.write(article, written, library.text(article) or "", today())
    typer.echo(f"Wrote {len(chosen)} articles to {target.folder}.")
