"""Own articles stand beside those that ship; of one text they make one source."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError
from knowledge.library import text_digest
from knowledge.loading import load_corpus, load_knowledge
from knowledge.model import Publication
from own_articles import TEXT, add_to, own_article
from small_knowledge import write_knowledge

SOURCE = f"source:\n  file: a.html\n  digest: '{'0' * 64}'\n  text: {text_digest(TEXT)}\n"


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    return write_knowledge(tmp_path / "knowledge")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    return tmp_path / "library"


def test_an_own_article_stands_beside_those_that_ship(knowledge: Path, library: Path) -> None:
    add_to(library, own_article())
    assert set(load_corpus(knowledge, library).articles) == {"exports-2024", "own"}
    assert set(load_corpus(knowledge).articles) == {"exports-2024"}


def test_a_library_that_does_not_exist_holds_nothing(knowledge: Path, library: Path) -> None:
    assert set(load_corpus(knowledge, library).articles) == {"exports-2024"}


def test_an_own_article_that_a_shipped_one_summarises_is_one_source_with_it(knowledge: Path, library: Path) -> None:
    also = (Publication(publisher="Médias24"),)
    add_to(library, own_article(same_as="exports-2024", url="https://example.org/x", also_published_by=also))
    loaded = load_knowledge(knowledge, library)
    (article,) = loaded.corpus.articles.values()
    assert [passage.id for passage in article.passages] == ["p1", "p2", "q1", "q2"]
    assert "exports-2024#q1" in loaded.corpus.passages
    assert article.alt_urls == ("https://example.org/x",)
    assert article.also_published_by == also
    assert set(loaded.articles) == {"exports-2024", "own"}


def test_without_the_shipped_one_it_stands_alone(knowledge: Path, library: Path) -> None:
    add_to(library, own_article(same_as="exports-2024"))
    assert list(load_corpus(knowledge, library, shipped=False).passages) == ["own#q1", "own#q2"]


def test_the_headings_of_quotes_are_embedded_and_are_no_part_of_them(knowledge: Path, library: Path) -> None:
    add_to(library, own_article())
    corpus = load_corpus(knowledge, library)
    rendering = next(each for each in corpus.renderings if each.passage_id == "own#q1")
    assert rendering.text == TEXT.split("\n\n")[0]
    assert rendering.embedded == f"Titre\n{rendering.text}"
    other = own_article(passages=tuple(p.model_copy(update={"heading": None}) for p in own_article().passages))
    add_to(library, other)
    assert load_corpus(knowledge, library).digest != corpus.digest


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        pytest.param("id: own", "id: exports-2024", "is taken by articles/exports-2024.yaml", id="a shipped id"),
        pytest.param(SOURCE, "", "source: is missing", id="no source"),
        pytest.param("language: fr", "language: en", "is not what stands at start to end", id="another language"),
        pytest.param("id: q1", "id: p1", "has the ids p1, which exports-2024 has too", id="passages of one id"),
        pytest.param("start: 0", "start: 3", "is not what stands at start to end", id="a wrong offset"),
        pytest.param("  start: 0\n", "", "passages[0].start: is missing", id="no offset"),
        pytest.param("148 500", "150 000", "is not what stands at start to end", id="a changed quote"),
        pytest.param("published:", "publshed:", "publshed: Extra inputs", id="a field mistyped"),
        pytest.param("passages:", "passages: :", "is not valid YAML", id="no YAML"),
    ],
)
def test_an_own_article_that_is_wrong_is_refused_with_the_command_that_takes_it_out(
    old: str, new: str, message: str, knowledge: Path, library: Path
) -> None:
    path = add_to(library, own_article(same_as="exports-2024")).path("own")
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(knowledge, library)
    assert message in str(caught.value)
    assert all(problem.file == "library/articles/own.yaml" for problem in caught.value.problems)
    assert all(problem.fix.endswith("dalil remove own") for problem in caught.value.problems)


def test_a_second_own_article_of_one_summary_is_refused(knowledge: Path, library: Path) -> None:
    add_to(library, own_article(same_as="exports-2024"))
    add_to(library, own_article("second", same_as="exports-2024"))
    with pytest.raises(KnowledgeError, match="has its quotes from another added article already"):
        load_knowledge(knowledge, library)


def test_an_article_is_the_same_from_its_copy_and_from_its_yaml(knowledge: Path, library: Path) -> None:
    add_to(library, own_article())
    fast = load_knowledge(knowledge, library)
    (copy,) = (library / "parsed").iterdir()
    copy.write_text("half a c", encoding="utf-8")
    slow = load_knowledge(knowledge, library)
    assert fast.articles == slow.articles
    assert set(fast.files) == set(slow.files)
    assert fast.files["own"] == slow.files["own"]


def test_a_copy_of_an_article_that_was_changed_since_is_not_read(knowledge: Path, library: Path) -> None:
    path = add_to(library, own_article()).path("own")
    path.write_text(path.read_text(encoding="utf-8").replace("H24info", "Médias24"), encoding="utf-8")
    assert load_corpus(knowledge, library).articles["own"].publisher == "Médias24"


def test_what_the_copy_quotes_must_stand_in_the_text_too(knowledge: Path, library: Path) -> None:
    add_to(library, own_article())
    (text,) = (library / "texts").iterdir()
    text.write_text("something else", encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"articles/own.yaml:\d+: source.text: names a cleaned text"):
        load_knowledge(knowledge, library)
