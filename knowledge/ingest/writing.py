"""Writes an article as YAML, as an editor would: dates and digests in quotation marks, nothing that says nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from knowledge.loading import is_date, read_part
from knowledge.model import Article, Figure
from knowledge.sourcefile import FieldPath, parse_source_file

_ALWAYS = ("title", "publisher", "author", "published", "url")
"""Fields that are written even where nothing was found, so that the editor sees them."""
_WIDTH = 110
_HEAD = "# Read from a file by dalil add. After a change: dalil check; dalil build. More: docs/ingestion.md\n"


class _Quoted(str):
    """A text that stands in quotation marks."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's own
        return True


# Reading takes each of these for a line end and gives a plain one back, unless it stands escaped.
_OTHER_LINE_ENDS = re.compile("[\r\x85\u2028\u2029]")


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = '"' if _OTHER_LINE_ENDS.search(text) else "|" if "\n" in text else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(
    _Quoted, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style='"')
)


def article_yaml(article: Article) -> str:
    """Write an article; reading it again gives the same article."""
    data = article.model_dump(mode="json", exclude_defaults=True)
    order = type(article).model_fields
    data = {name: data.get(name) for name in order if name in data or name in _ALWAYS}
    written = yaml.dump(_plain(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)
    return f"{_HEAD}{written}"


def figure_yaml(figure: Figure) -> str:
    """Write one figure, for an editor to correct; its place in the text and its review are not the editor's affair."""
    data = figure.model_dump(mode="json", exclude={"sentence", "review"})
    return yaml.dump(_plain(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


def read_figure(written: str) -> Figure:
    """Read what `figure_yaml` wrote and an editor changed.

    Raises:
        KnowledgeError: Naming every line and field that is wrong.
    """
    return read_part(parse_source_file("figure", written.encode()), Figure)


def _plain(data: Any, path: FieldPath = ()) -> Any:
    """Numbers without a needless ``.0``, dates in quotation marks."""
    if isinstance(data, Mapping):
        return {key: _plain(value, (*path, key)) for key, value in data.items()}
    if isinstance(data, list):
        return [_plain(value, (*path, place)) for place, value in enumerate(data)]
    if isinstance(data, float) and data.is_integer():
        return int(data)
    if isinstance(data, str) and is_date(path):
        return _Quoted(data)
    return data
