"""The command line: the only entry to Dalil, and the only place that reads the settings."""

from __future__ import annotations

import signal
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.adding_commands import commands as adding_commands
from bot.command_parts import today
from bot.config import read_settings, require_token
from bot.exit_codes import PROGRAM, ExitCode, run
from bot.gaps_command import commands as gaps_command
from bot.library_commands import commands as library_commands
from bot.review_commands import commands as review_commands
from knowledge.errors import KnowledgeError
from knowledge.language import Language

# Everything else is imported by the command that needs it: --help and --version must not wait for it.

app = typer.Typer(
    name=PROGRAM,
    help="Answers questions about Morocco's offshoring and digital sector in French, Arabic and English, "
    "with its sources, offline.",
    epilog="First steps: dalil build; dalil chat. Settings are environment variables; README.md lists them.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Build = Annotated[bool, typer.Option("--build", help="First prepare the model and the index where needed.")]


def main() -> None:
    """Run a command and leave with its exit code."""
    sys.exit(run(app))


def _share(words: str) -> Any:
    return typer.Option(help=f"{words} A share, held to in each language.", min=0, max=1)


@app.callback(invoke_without_command=True)
def _root(
    context: typer.Context,
    *,
    show_version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    if show_version:
        typer.echo(f"{PROGRAM} {version('dalil-bot')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question; read from standard input if left out.")] = None,
    *,
    jsonl: Annotated[bool, typer.Option("--jsonl", help="Read and write one JSON object a line.")] = False,
    language: Annotated[Language | None, typer.Option(help="Answer in this language.")] = None,
    user_language: Annotated[str | None, typer.Option(help="Language code of the asker's device.")] = None,
    build: Build = False,
) -> None:
    """Answer one question, or JSON lines (docs/contract.md).

    \b
    dalil ask "Combien d'emplois l'offshoring vise-t-il en 2030 ?"
    dalil ask --language en "jobs 2030"
    echo '{"id": 1, "question": "jobs 2030"}' | dalil ask --jsonl
    """  # noqa: D301 - the backslash tells the help to keep the lines
    if jsonl == (question is not None) and (jsonl or sys.stdin.isatty()):
        raise typer.BadParameter("give a question or --jsonl, not both; or pipe a question in.")
    from bot.console import LONGEST_PIECE, show_answer, standard_console
    from bot.jsonlines import LineAnswerer, answer_lines
    from bot.preparation import open_dalil
    from bot.session import Session

    settings = read_settings()
    answerer = open_dalil(settings, build=build).answerer
    if jsonl:
        from bot.charts import ChartStore
        from bot.telegram.html import render

        charts = ChartStore(settings.charts_dir)
        lines = LineAnswerer(answerer, render, charts, today, language=language, user_language=user_language)
        answer_lines(sys.stdin.buffer, sys.stdout.buffer, lines)
        return
    text = question if question is not None else sys.stdin.read(LONGEST_PIECE)
    show_answer(Session(language, user_language).ask(answerer, text, today()), standard_console())


@app.command()
def chat(*, build: Build = False) -> None:
    """Hold a conversation in the console. Commands such as /help, /sources and /lang fr work too.

    \b
    dalil chat --build
    printf 'jobs 2030\\nexportations 2024\\n' | dalil chat
    """  # noqa: D301
    from bot.console import converse, standard_console
    from bot.preparation import open_dalil
    from bot.reloading import AnswererInUse, Reloader

    settings = read_settings()
    dalil = open_dalil(settings, build=build)
    in_use = AnswererInUse(dalil.answerer)

    def report(reason: str | None) -> None:
        if reason is not None:
            standard_console(errors=True).print(f"{PROGRAM}: the knowledge in use stays in use: {reason}")

    with Reloader(settings, dalil.foundations, in_use, report):
        converse(in_use, sys.stdin, standard_console(), today)


@app.command()
def build(
    *,
    force: Annotated[bool, typer.Option("--force", help="Build the index even if it is up to date.")] = False,
) -> None:
    """Prepare the embedding model and the index."""
    from bot.console import standard_console
    from bot.preparation import prepare, summary

    settings = read_settings()
    foundations, built = prepare(settings, standard_console(errors=True), force=force)
    done = "Built the index" if built else "The index is up to date"
    typer.echo(f"{done}: {summary(foundations.corpus)}; in {settings.index_dir}")


@app.command()
def check() -> None:
    """Check the knowledge files: schema and editorial rules."""
    from bot.knowledge_base import read_knowledge
    from bot.preparation import summary
    from knowledge.checking import check_knowledge

    knowledge = read_knowledge(read_settings())
    if problems := check_knowledge(knowledge, today()):
        raise KnowledgeError(problems)
    typer.echo(f"The knowledge is in order: {summary(knowledge.corpus)}.")


@app.command()
def schema(
    *,
    out: Annotated[Path | None, typer.Option(metavar="FILE", help="Write it there, not to standard output.")] = None,
) -> None:
    """Write a JSON schema of article files, from which an editor completes fields and ids (docs/editing.md).

    \b
    dalil schema --out knowledge/article.schema.json
    """  # noqa: D301
    import json

    from bot.knowledge_base import read_corpus
    from knowledge.schema import article_schema

    written = json.dumps(article_schema(read_corpus(read_settings())), ensure_ascii=False, indent=2)
    if out is None:
        typer.echo(written)
        return
    try:
        out.write_text(f"{written}\n", encoding="utf-8")
    except OSError as error:
        raise typer.BadParameter(f"{out} cannot be written: {error.strerror}", param_hint="--out") from error
    typer.echo(f"Wrote {out}. An article completes from it below: # yaml-language-server: $schema=../{out.name}")


@app.command()
def stats(
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
) -> None:
    """Show what the knowledge holds, and what it lacks."""
    from bot.knowledge_base import read_corpus
    from bot.statistics import gather

    statistics = gather(read_corpus(read_settings()), today())
    if as_json:
        typer.echo(statistics.to_json())
        return
    from bot.console import standard_console
    from bot.statistics_tables import show_statistics

    show_statistics(statistics, standard_console())


@app.command("eval")
def evaluate(
    path: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", exists=True, help="Golden questions, *.jsonl.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Write one JSON object.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="List every failure.")] = False,
    min_accuracy: Annotated[float | None, _share("Facts that must be answered rightly.")] = None,
    max_false_answers: Annotated[float | None, _share("Near misses that may be answered.")] = None,
    max_false_refusals: Annotated[float | None, _share("Facts that may be refused.")] = None,
    build: Build = False,
) -> None:
    """Score golden questions.

    The exit code is 1 where a language misses a threshold, or where a reply cites what does not exist or
    gives a number that no cited passage holds.

    \b
    dalil eval tests/golden --min-accuracy 0.9 --max-false-answers 0.05
    """  # noqa: D301
    from rich.progress import track

    from bot.console import standard_console
    from bot.evaluation import evaluate as ask_all
    from bot.golden import read_golden_set
    from bot.preparation import open_dalil
    from bot.scorecard import Thresholds, scorecard

    questions = read_golden_set(path)
    dalil = open_dalil(read_settings(), build=build)
    asked = track(questions, "Asking", console=standard_console(errors=True), transient=True)
    verdicts = list(ask_all(asked, dalil.answerer, dalil.foundations.corpus, today()))
    card = scorecard(verdicts, Thresholds(min_accuracy, max_false_answers, max_false_refusals))
    if as_json:
        typer.echo(card.to_json())
    else:
        card.show(standard_console(), verbose=verbose)
    if card.misses:
        raise typer.Exit(ExitCode.BELOW_THRESHOLD)


for commands in (adding_commands, library_commands, review_commands, gaps_command):
    app.add_typer(commands)


@app.command()
def serve(*, build: Build = False) -> None:
    """Run the Telegram bot by long polling. TELEGRAM_TOKEN holds its token."""
    settings = read_settings()
    require_token(settings)
    # A container's first process ignores SIGTERM unless it handles it; while serving, the bot's own handler does.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(ExitCode.TERMINATED))
    from bot.state.file import held, migration_scripts, prepare

    with held(settings.state_path):
        # Before anything slow begins.
        prepare(settings.state_path, migration_scripts())
        from bot.preparation import open_dalil

        dalil = open_dalil(settings, build=build)
        from bot.reloading import AnswererInUse, Reloader, log_reload
        from bot.telegram.app import run as run_bot

        in_use = AnswererInUse(dalil.answerer)
        with Reloader(settings, dalil.foundations, in_use, log_reload):
            run_bot(settings, in_use)


@app.command()
def doctor() -> None:
    """Check this installation, line by line. The exit code is 2 if one is bad."""
    from bot.console import standard_console
    from bot.doctor import examine, show

    if not show(examine(read_settings(), today()), standard_console()):
        raise typer.Exit(ExitCode.TO_MEND)


if __name__ == "__main__":
    main()
