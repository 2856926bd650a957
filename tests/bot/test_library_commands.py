"""Articles of the operator's own: added, listed, shown and removed; nothing is ever half-written."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from bot.cli import app
from bot.exit_codes import ExitCode, run
from command_line import environment_for
from knowledge.corpus import Corpus
from knowledge.ingest.writing import article_yaml
from knowledge.library import Library
from knowledge.loading import load_corpus, load_knowledge
from knowledge.model import PassageKind, Reliability
from own_articles import TEXT, own_article
from small_knowledge import write_knowledge

BODY = (
    "Le secteur de l'offshoring emploie désormais des milliers de jeunes diplômés dans le royaume, et le ministère "
    "veut aller plus loin. Les écoles forment chaque année de nouvelles promotions, que les entreprises recrutent "
    "aussitôt. Cette dynamique doit continuer, selon les professionnels réunis à Rabat.\n\n"
    "Les emplois ont atteint 148 500 emplois à fin 2024. Les recettes d'exportation se sont élevées à 26,2 milliards "
    "de dirhams en 2024, ce qui place le pays parmi les premiers du continent. Les opérateurs attendent maintenant la "
    "suite des mesures promises par le gouvernement au début de l'année."
)
OTHER = (
    "The ministry signed three agreements with universities to train engineers for the digital sector this week. The "
    "first of them opens a school in the north of the country, where several operators have settled in recent years. "
    "The two others concern scholarships and internships, and will be paid for by the companies themselves."
)

OTHER_FR = (
    "Les parcs technologiques accueillent cette année de nouveaux locataires venus d'Europe, et les loyers y restent "
    "stables selon les gestionnaires. Un deuxième bâtiment ouvrira ses portes avant la fin des travaux de la gare, ce "
    "qui doublera la surface disponible pour les entreprises du numérique."
)
Run = Callable[..., int]


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return write_knowledge(tmp_path / "knowledge")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """The library folder, which does not exist yet."""
    return tmp_path / "own" / "library"


@pytest.fixture
def dalil(knowledge: Path, library: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process; no index is built."""
    monkeypatch.setenv("DALIL_KNOWLEDGE_DIR", str(knowledge))
    monkeypatch.setenv("DALIL_LIBRARY_DIR", str(library))
    monkeypatch.setenv("DALIL_CACHE_DIR", str(tmp_path / "cache"))

    def run_here(command: str, *arguments: object) -> int:
        build = ["--no-build"] if command in {"add", "remove", "replace"} else []
        monkeypatch.setattr(sys, "argv", ["dalil", command, *build, *map(str, arguments)])
        return run(app)

    return run_here


@pytest.fixture
def page(tmp_path: Path) -> Path:
    return write(tmp_path / "in" / "page.txt", BODY)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def own_ids(library: Path) -> list[str]:
    return [path.stem for path in Library(library).paths()]


def everything_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def corpus(knowledge: Path, library: Path) -> Corpus:
    return load_corpus(knowledge, library)


# Adding.


def test_an_added_file_becomes_an_article_that_quotes_it_word_for_word(
    dalil: Run, page: Path, knowledge: Path, library: Path
) -> None:
    assert dalil("add", page, "--publisher", "H24info", "--published", "2024-05", "--title", "Un titre") == 0
    (article_id,) = own_ids(library)
    assert article_id == "h24info-2024-05-un-titre"
    article = corpus(knowledge, library).articles[article_id]
    text = Library(library).text(article)
    assert text == BODY
    assert [passage.text[article.language] for passage in article.passages] == BODY.split("\n\n")
    assert {passage.kind for passage in article.passages} == {PassageKind.VERBATIM}
    assert article.source is not None
    assert article.source.file == "page.txt"


def test_what_was_not_found_is_null_and_listed(
    dalil: Run, page: Path, knowledge: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dalil("add", page)
    article = corpus(knowledge, library).articles[own_ids(library)[0]]
    assert (article.title, article.publisher, article.author, article.published, article.url) == (None,) * 5
    assert "Not found: title, publisher, author, published, url" in " ".join(capsys.readouterr().out.split())


def test_what_the_editor_says_overrules_the_file(dalil: Run, page: Path, knowledge: Path, library: Path) -> None:
    options = ("--author", "A. B.", "--url", "https://example.org/a", "--topic", "exports", "--reliability", "official")
    assert dalil("add", page, *options) == 0
    article = corpus(knowledge, library).articles[own_ids(library)[0]]
    assert (article.author, article.url, article.topics) == ("A. B.", "https://example.org/a", ("exports",))
    assert article.reliability is Reliability.OFFICIAL


def test_a_dry_run_shows_and_writes_nothing(
    dalil: Run, page: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dalil("add", "--dry-run", page) == 0
    assert "Les emplois ont atteint" in capsys.readouterr().out
    assert not library.exists()


def test_a_wrong_value_is_refused_with_its_field(
    dalil: Run, page: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert dalil("add", page, "--published", "2999") == ExitCode.REFUSED
    assert "published: 2999 is not plausible" in capsys.readouterr().out
    assert own_ids(library) == []


def test_a_batch_goes_on_behind_a_file_that_cannot_be_read(
    dalil: Run, page: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write(page.parent / "empty.txt", "")
    write(page.parent / "z.txt", OTHER)
    assert dalil("add", page.parent) == ExitCode.REFUSED
    shown = capsys.readouterr().out
    assert "empty.txt: is empty." in shown.replace("  ", " ")
    assert "3 files: 2 added, 1 refused." in shown
    assert len(own_ids(library)) == 2


def test_options_of_one_article_are_refused_for_several(dalil: Run, page: Path, library: Path) -> None:
    write(page.parent / "z.txt", OTHER)
    assert dalil("add", page.parent, "--title", "Un titre") == ExitCode.TO_MEND
    assert not library.exists()


def test_the_same_file_again_changes_nothing(
    dalil: Run, page: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dalil("add", page)
    before = everything_in(library)
    assert dalil("add", page) == 0
    assert "1 files: 1 already there." in capsys.readouterr().out
    assert everything_in(library) == before


def test_the_editor_may_change_an_article_before_it_is_written(
    dalil: Run, page: Path, knowledge: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/^publisher: null/publisher: Le Journal/'")
    monkeypatch.delenv("VISUAL", raising=False)
    assert dalil("add", "--edit", page) == 0
    assert corpus(knowledge, library).articles[own_ids(library)[0]].publisher == "Le Journal"


def test_an_edit_that_changes_a_quote_is_refused(
    dalil: Run, page: Path, library: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/148 500/150 000/'")
    monkeypatch.delenv("VISUAL", raising=False)
    assert dalil("add", "--edit", page) == ExitCode.REFUSED
    assert "is not what stands at start to end in the cleaned text" in capsys.readouterr().out
    assert own_ids(library) == []


def test_a_missing_editor_is_said(
    dalil: Run, page: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("VISUAL", "no-such-editor")
    assert dalil("add", "--edit", page) == ExitCode.TO_MEND
    assert "Set EDITOR" in capsys.readouterr().err


# One text, one source.


def test_an_article_republished_elsewhere_is_no_second_source(
    dalil: Run, page: Path, knowledge: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dalil("add", page, "--publisher", "H24info", "--title", "Un titre")
    again = write(page.parent / "again.txt", f"{BODY} (Avec MAP)")
    assert dalil("add", again, "--publisher", "Médias24", "--url", "https://example.org/again") == 0
    assert "also published: h24info-un-titre" in capsys.readouterr().out
    (article_id,) = own_ids(library)
    (also,) = corpus(knowledge, library).articles[article_id].also_published_by
    assert (also.publisher, also.url) == ("Médias24", "https://example.org/again")
    before = everything_in(library)
    assert dalil("add", again) == 0
    assert "1 files: 1 already there." in capsys.readouterr().out
    assert everything_in(library) == before


def test_another_text_at_a_known_address_is_refused_with_the_command_that_replaces_it(
    dalil: Run, page: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dalil("add", page, "--title", "Un titre", "--url", "https://example.org/a")
    newer = write(page.parent / "newer.txt", BODY.split("\n\n")[1] + " Une suite entièrement nouvelle a été publiée.")
    assert dalil("add", newer, "--url", "http://www.example.org/a/") == ExitCode.REFUSED
    assert "dalil replace un-titre FILE" in capsys.readouterr().out


def test_an_article_that_ships_as_a_summary_becomes_one_source_with_it(
    dalil: Run, page: Path, knowledge: Path, library: Path
) -> None:
    options = ("--title", "LES EXPORTATIONS de l'offshoring", "--published", "2024-05-31")
    assert dalil("add", page, *options) == 0
    (article,) = corpus(knowledge, library).articles.values()
    assert article.id == "exports-2024"
    assert [passage.id for passage in article.passages] == ["p1", "p2", "q1", "q2"]


# Names and links that mean harm.


def test_a_name_with_line_breaks_and_direction_marks_is_shown_escaped(
    dalil: Run, tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "in" / "a\nb\u202ec.txt", BODY)
    assert dalil("add", path) == 0
    shown = capsys.readouterr().out
    assert "a\\nb\\u202ec.txt" in shown
    assert "\u202e" not in shown
    assert dalil("list") == dalil("show", own_ids(library)[0]) == 0


def test_links_out_of_the_folder_and_back_into_it_are_not_followed(
    dalil: Run, page: Path, tmp_path: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = write(tmp_path / "outside.txt", OTHER)
    (page.parent / "leaves.txt").symlink_to(outside)
    (page.parent / "loop").symlink_to(page.parent)
    (page.parent / "self").symlink_to(page.parent / "self")
    assert dalil("add", page.parent) == ExitCode.REFUSED
    shown = capsys.readouterr().out
    assert "leaves.txt: is a link that leads out of its folder" in shown
    assert "loop: is a link back to a folder above it" in shown
    assert "4 files: 1 added, 3 refused." in shown
    assert len(own_ids(library)) == 1


def test_a_file_that_is_not_there_is_refused(dalil: Run, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dalil("add", tmp_path / "nowhere.txt") == ExitCode.REFUSED
    assert "cannot be read: No such file" in capsys.readouterr().out


# Listing, showing, removing.


def test_added_articles_are_listed_and_shown(dalil: Run, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dalil("add", page, "--publisher", "H24info", "--title", "Un titre")
    capsys.readouterr()
    assert dalil("list") == 0
    listed = capsys.readouterr().out
    assert listed.startswith("h24info-un-titre · H24info · – · fr · 2 passages")
    assert dalil("show", "h24info-un-titre") == 0
    assert "[q2] Les emplois ont atteint 148 500" in capsys.readouterr().out


def test_an_id_is_never_used_again(dalil: Run, page: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dalil("add", page, "--title", "Un titre")
    assert dalil("remove", "un-titre") == 0
    assert own_ids(library) == []
    assert list((library / "texts").iterdir()) == []
    dalil("add", page, "--title", "Un titre")
    assert own_ids(library) == ["un-titre-2"]
    assert dalil("show", "un-titre") == ExitCode.TO_MEND
    assert "It was removed on" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["nothing", "../../knowledge/articles/exports-2024", "", "a\nb"])
def test_only_what_was_added_can_be_removed(
    name: str, dalil: Run, page: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dalil("add", page)
    before = everything_in(library.parent.parent)
    assert dalil("remove", "--yes", name) == ExitCode.TO_MEND
    assert "holds no article" in capsys.readouterr().err
    assert everything_in(library.parent.parent) == before


# A library that is broken.


def test_a_broken_own_article_stops_dalil_with_the_command_that_takes_it_out(
    dalil: Run, page: Path, knowledge: Path, library: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dalil("add", page, "--title", "Un titre")
    path = library / "articles" / "un-titre.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("language: fr", "language: de"), encoding="utf-8")
    assert dalil("check") == ExitCode.TO_MEND
    error = capsys.readouterr().err
    assert error.startswith("library/articles/un-titre.yaml:")
    assert "language:" in error
    assert error.strip().endswith("dalil remove un-titre")
    assert dalil("remove", "un-titre") == 0
    assert dalil("check") == 0


def test_a_changed_text_is_noticed(dalil: Run, page: Path, library: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dalil("add", page, "--title", "Un titre")
    (text,) = (library / "texts").iterdir()
    text.write_text(text.read_text(encoding="utf-8").replace("148 500", "150 000"), encoding="utf-8")
    assert dalil("check") == ExitCode.TO_MEND
    assert "names a cleaned text that is missing or was changed" in capsys.readouterr().err


def test_own_articles_alone_leave_out_what_ships(
    dalil: Run, page: Path, knowledge: Path, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DALIL_SHIPPED_ARTICLES", "false")
    assert dalil("stats") == ExitCode.TO_MEND
    dalil("add", page, "--title", "Un titre")
    assert dalil("check") == dalil("stats") == 0
    assert list(load_knowledge(knowledge, library, shipped=False).corpus.articles) == ["un-titre"]


# Processes of their own.


def start(tmp_path: Path, knowledge: Path, library: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = environment_for(
        tmp_path / "cache", DALIL_KNOWLEDGE_DIR=str(knowledge), DALIL_LIBRARY_DIR=str(library)
    )
    return subprocess.Popen(
        [sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def test_two_adds_at_once_lose_nothing(tmp_path: Path, knowledge: Path, library: Path) -> None:
    numbers = ["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"]
    for place, number in enumerate(numbers):
        text = " ".join(f"Le {number} {word} est {number} fois plus {word}." for word in BODY.split()[:40])
        write(tmp_path / f"in{place % 2}" / f"{number}.txt", text)
    running = [
        start(
            tmp_path,
            knowledge,
            library,
            "-m",
            "bot.cli",
            "add",
            "--no-build",
            str(tmp_path / folder),
            "--publisher",
            "P",
        )
        for folder in ("in0", "in1")
    ]
    finished = [(process.communicate(timeout=120), process.returncode) for process in running]
    assert [code for _, code in finished] == [0, 0], finished
    assert len(own_ids(library)) == len(numbers)
    assert set(json.loads((library / "ledger.json").read_text(encoding="utf-8"))["ids"]) == set(own_ids(library))
    assert len(load_corpus(knowledge, library).articles) == 1 + len(numbers)


def test_who_waited_for_another_writer_looks_again_before_writing(
    tmp_path: Path, page: Path, knowledge: Path, library: Path
) -> None:
    """The id that was free when the article was shown is taken while the command waits for its turn."""
    with Library(library).only_writer():
        process = start(
            tmp_path, knowledge, library, "-m", "bot.cli", "add", "--no-build", str(page), "--title", "Un titre"
        )
        assert process.stdout is not None
        assert any(line.startswith("Kept:") for line in iter(process.stdout.readline, ""))
        taken = own_article("un-titre", title="Un titre")
        Library(library).write(taken, article_yaml(taken), TEXT, date(2026, 11, 21))
    output, errors = process.communicate(timeout=120)
    assert process.returncode == 0, errors
    assert "added: un-titre-2" in output
    assert own_ids(library) == ["un-titre", "un-titre-2"]
    assert load_corpus(knowledge, library).articles["un-titre"].publisher == "H24info"


def test_a_disk_that_fills_leaves_nothing_half_written(
    dalil: Run, page: Path, tmp_path: Path, knowledge: Path, library: Path
) -> None:
    """No file may grow beyond what the text takes, so that the article behind it cannot be written."""
    full = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (800, 800)); from bot.cli import main; main()"
    dalil("add", write(tmp_path / "first.txt", OTHER), "--title", "First")
    before = everything_in(library)
    process = start(tmp_path, knowledge, library, "-c", full, "add", "--no-build", str(page), "--title", "Un titre")
    output, errors = process.communicate(timeout=120)
    assert process.returncode == ExitCode.REFUSED, errors
    assert "cannot be written: File too large. Fix: free the disk" in output
    assert everything_in(library) == before
    assert dalil("check") == 0


def test_what_a_killed_writer_left_is_cleared_away(dalil: Run, page: Path, library: Path) -> None:
    dalil("add", page, "--title", "Un titre")
    for name in ("articles/b.yaml.part", "texts/b.0123.txt.part", "ledger.json.part"):
        (library / name).write_text("half", encoding="utf-8")
    assert dalil("check") == 0
    assert dalil("remove", "un-titre") == 0
    assert everything_in(library) == {"ledger.json", ".lock"}


# Replacing and exporting.


def test_a_newer_file_takes_the_place_of_an_article_and_what_the_editor_said_stays(
    dalil: Run, page: Path, knowledge: Path, library: Path
) -> None:
    dalil("add", page, "--title", "Un titre", "--publisher", "H24info")
    dalil("review", "h24info-un-titre", "--accept", 1)
    newer = write(page.parent / "newer.txt", f"{OTHER_FR}\n\n{BODY.split(chr(10))[2]}")
    assert dalil("replace", "h24info-un-titre", newer) == 0
    assert own_ids(library) == ["h24info-un-titre"]
    article = corpus(knowledge, library).articles["h24info-un-titre"]
    assert (article.title, article.publisher) == ("Un titre", "H24info")
    assert [passage.id for passage in article.passages] == ["q3", "q2"]
    (figure,) = article.passages[1].accepted_figures
    assert figure.sentence is not None
    text = Library(library).text(article)
    assert text is not None
    assert text[figure.sentence.start : figure.sentence.end].startswith("Les emplois ont atteint")
    assert len(list((library / "texts").iterdir())) == 1


def test_only_what_is_there_can_be_replaced(dalil: Run, page: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dalil("replace", "nothing", page) == ExitCode.TO_MEND
    assert "holds no article 'nothing'" in capsys.readouterr().err


def test_exported_articles_are_a_library(
    dalil: Run, page: Path, knowledge: Path, library: Path, tmp_path: Path
) -> None:
    dalil("add", page, write(page.parent / "other.txt", OTHER))
    assert dalil("export", own_ids(library)[0], tmp_path / "one") == 0
    assert own_ids(tmp_path / "one") == own_ids(library)[:1]
    assert dalil("export", "--all", tmp_path / "all") == 0
    exported, own = corpus(knowledge, tmp_path / "all"), corpus(knowledge, library)
    assert exported.articles == own.articles


def test_an_export_overwrites_nothing(
    dalil: Run, page: Path, library: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    dalil("add", page)
    assert dalil("export", "--all", tmp_path / "all") == 0
    assert dalil("export", "--all", tmp_path / "all") == ExitCode.TO_MEND
    assert "has used the id" in capsys.readouterr().err
    assert dalil("export", "--all", own_ids(library)[0], tmp_path / "more") == ExitCode.TO_MEND


# Reviewing.


@pytest.fixture
def figures(dalil: Run, page: Path, knowledge: Path, library: Path) -> Callable[[], list[tuple[float, str]]]:
    """An added article with two proposed figures; called, the figures it has and their review."""
    dalil("add", page, "--title", "Un titre")

    def held() -> list[tuple[float, str]]:
        article = corpus(knowledge, library).articles["un-titre"]
        return [(figure.value, figure.review.value) for passage in article.passages for figure in passage.figures]

    assert held() == [(148_500, "proposed"), (26_200_000_000, "proposed")]
    return held


Held = Callable[[], list[tuple[float, str]]]


def test_proposed_figures_are_listed_with_their_sentence(
    dalil: Run, figures: Held, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert dalil("review", "--list") == 0
    first, sentence, *_ = capsys.readouterr().out.split("\n")
    assert first == "un-titre#q2 [1] jobs · 148,500 jobs · 2024-01-01 to 2024-12-31 · actual"
    assert sentence.strip() == "Les emplois ont atteint 148 500 emplois à fin 2024."


def test_scripts_accept_and_reject_by_number(dalil: Run, figures: Held) -> None:
    assert dalil("review", "un-titre", "--accept", 1, "--reject", 2) == 0
    assert figures() == [(148_500, "accepted")]
    assert dalil("review", "un-titre", "--accept", 1) == ExitCode.TO_MEND
    assert dalil("review", "--accept", 1) == ExitCode.TO_MEND


def test_a_review_may_be_left_and_taken_up_again(
    dalil: Run, figures: Held, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("a\nq\n"))
    assert dalil("review") == 0
    assert "1 decided, 1 left." in capsys.readouterr().out
    assert figures() == [(148_500, "accepted"), (26_200_000_000, "proposed")]
    monkeypatch.setattr("sys.stdin", io.StringIO("x\ns\n"))
    assert dalil("review") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO("r\n"))
    assert dalil("review") == 0
    assert figures() == [(148_500, "accepted")]


def test_a_figure_may_be_corrected(dalil: Run, figures: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/^metric: .*/metric: export_revenue/; s/^unit: .*/unit: MAD/'")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("s\nc\n"))
    assert dalil("review") == 0
    assert figures() == [(148_500, "proposed"), (26_200_000_000, "accepted")]


def test_a_correction_that_the_text_does_not_hold_is_refused(
    dalil: Run, figures: Held, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i 's/^value: .*/value: 150000/'")
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO("c\nq\n"))
    assert dalil("review") == 0
    assert "does not stand in the passage's fr text" in capsys.readouterr().err
    assert figures() == [(148_500, "proposed"), (26_200_000_000, "proposed")]
