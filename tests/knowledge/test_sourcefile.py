"""YAML files whose values still know their line."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge.errors import KnowledgeError, Problem
from knowledge.sourcefile import field_name, read_source_file

TEXT = """\
# a comment
id: one
published: "2024"
about: 2024-05-31
empty: null
passages:
  - id: p1
    text: {fr: "oui",
           ar: 'نعم'}
  - id: p2
"""


def read(folder: Path, content: bytes) -> Problem:
    """The one problem of a file that cannot be read."""
    (folder / "one.yaml").write_bytes(content)
    with pytest.raises(KnowledgeError) as caught:
        read_source_file(folder / "one.yaml", folder)
    (problem,) = caught.value.problems
    return problem


def test_every_field_knows_its_line(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(TEXT, encoding="utf-8")
    lines = read_source_file(tmp_path / "one.yaml", tmp_path).lines
    assert lines["id",] == 2
    assert lines["passages",] == 6
    assert lines["passages", 0, "id"] == 7
    assert lines["passages", 0, "text", "fr"] == 8
    assert lines["passages", 0, "text", "ar"] == 9
    assert lines["passages", 1] == 10


def test_quotation_marks_are_remembered(tmp_path: Path) -> None:
    """Null needs none."""
    (tmp_path / "one.yaml").write_text(TEXT, encoding="utf-8")
    source = read_source_file(tmp_path / "one.yaml", tmp_path)
    assert source.plain == {("id",), ("about",), ("passages", 0, "id"), ("passages", 1, "id")}


def test_dates_stay_as_they_are_written(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("a: 2024-05-31\nb: 2024-02-31\n", encoding="utf-8")
    assert read_source_file(tmp_path / "one.yaml", tmp_path).data == {"a": "2024-05-31", "b": "2024-02-31"}


def test_a_problem_at_a_field_that_is_missing_stands_at_its_nearest_parent(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(TEXT, encoding="utf-8")
    source = read_source_file(tmp_path / "one.yaml", tmp_path)
    problem = source.problem(("passages", 1, "text", "en"), "is missing.", "write it.")
    assert str(problem) == "one.yaml:10: passages[1].text.en: is missing. Fix: write it."
    assert source.problem(("nowhere",), "is missing.", "add it.").line == 2


def test_a_field_is_named_as_editors_read_it() -> None:
    assert field_name(("passages", 2, "text", "ar")) == "passages[2].text.ar"
    assert field_name(("a", 0, 1)) == "a[0][1]"
    assert field_name(()) == ""


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        pytest.param("a: 1\nb: 'x\n", 3, "is not valid YAML: found unexpected end of stream", id="open quote"),
        pytest.param("a: 1\nb: c: d\n", 2, "mapping values are not allowed", id="two colons"),
        pytest.param("a: 1\n\tb: 2\n", 2, "a tab character", id="tab"),
        pytest.param("a: *b\n", 1, "undefined alias", id="alias of nothing"),
        pytest.param("a: 1\n? [b]\n: c\n", 2, "unhashable key", id="a list as a key"),
        pytest.param("a: 1\nb: !!python/name:os.system x\n", 2, "could not determine a constructor", id="code"),
        pytest.param("a: 1\n---\nb: 2\n", 2, "another document", id="two documents"),
        pytest.param("a: 1\nb: x\x00y\n", 2, "control characters are not allowed", id="NUL"),
        pytest.param("a: &x [*x]\n", 1, "uses the alias *x", id="contains itself"),
        pytest.param("a: &x [1]\nb: &y [*x, *x]\nc: [*y, *y]\n", 2, "uses the alias *x", id="aliases that grow"),
        pytest.param("", 0, "holds no mapping", id="empty"),
        pytest.param("# only a comment\n", 0, "holds no mapping", id="only a comment"),
        pytest.param("- a\n- b\n", 0, "holds no mapping", id="a list"),
        pytest.param("words\n", 0, "holds no mapping", id="a text"),
    ],
)
def test_what_is_no_yaml_mapping_is_refused_with_line_and_fix(
    tmp_path: Path, content: str, line: int, message: str
) -> None:
    problem = read(tmp_path, content.encode())
    assert (problem.file, problem.line) == ("one.yaml", line)
    assert message in problem.message
    assert problem.fix
    assert "\n" not in str(problem)


@pytest.mark.parametrize(
    ("content", "line"),
    [
        pytest.param("a: 1\nb: été\n".encode("latin-1"), 2, id="Latin-1"),
        pytest.param("a: été".encode("utf-16"), 1, id="UTF-16"),
        pytest.param("a: 1\n\n\nb: نعم\n".encode("cp1256"), 4, id="Windows Arabic"),
    ],
)
def test_another_encoding_is_refused_with_the_line_of_its_first_byte(tmp_path: Path, content: bytes, line: int) -> None:
    problem = read(tmp_path, content)
    assert (problem.line, problem.fix) == (line, "save it as UTF-8.")
    assert "is not UTF-8" in problem.message


def test_utf_8_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_bytes("a: été\n".encode("utf-8-sig"))
    assert read_source_file(tmp_path / "one.yaml", tmp_path).data == {"a": "été"}


def test_a_key_given_twice_is_refused_at_its_second_line_at_any_depth(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text("a: 1\nb:\n  - c: 1\n    d: 2\n    c: 3\na: 2\n", encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        read_source_file(tmp_path / "one.yaml", tmp_path)
    assert [str(problem) for problem in caught.value.problems] == [
        "one.yaml:5: b[0].c: is given twice. Fix: keep one of the two.",
        "one.yaml:6: a: is given twice. Fix: keep one of the two.",
    ]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"^none\.yaml: cannot be read: No such file or directory\. Fix: "):
        read_source_file(tmp_path / "none.yaml", tmp_path)
