"""A small knowledge folder that is right in every respect, for tests that then break one thing in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ARTICLE_FILE = "articles/exports-2024.yaml"
HERE = "# here"
"""Put behind a line that a test breaks; `marked_line` finds it again."""

ARTICLE = """\
id: exports-2024
title: "Les exportations de l'offshoring"
publisher: H24info
published: "2024-05"
date_basis: "printed on the page"
about: null
language: fr
reliability: press
topics:
  - exports
passages:
  - id: p1
    kind: summary
    text:
      fr: "L'offshoring a exporté pour 26,2 milliards de dirhams en 2023."
      ar: "بلغت صادرات ترحيل الخدمات 26,2 مليار درهم سنة 2023."
      en: "Offshoring exported 26.2 billion dirhams in 2023."
    said_by: ministry
    entities:
      - ministry
    figures:
      - metric: export_revenue
        value: 26200000000
        unit: MAD
        period:
          start: "2023-01-01"
          end: "2023-12-31"
          basis: stated
        status: actual
        said_by: ministry
  - id: p2
    kind: verbatim
    text:
      fr: "« Nous formons des jeunes », a dit la ministre."
    said_by: ministry
"""

METRICS = """\
export_revenue:
  unit: MAD
  kind: flow
  topic: exports
  related:
    - jobs
  names: {fr: "recettes d'exportation", ar: "عائدات التصدير", en: "export receipts"}
  aliases: {en: ["export revenue"]}
  definitions: {fr: "Recettes du secteur.", ar: "عائدات القطاع.", en: "Receipts of the sector."}
jobs:
  unit: jobs
  kind: stock
  topic: exports
  names: {fr: "emplois", ar: "مناصب الشغل", en: "jobs"}
  definitions: {fr: "Emplois du secteur.", ar: "مناصب القطاع.", en: "Jobs of the sector."}
"""

ENTITIES = """\
ministry:
  kind: organisation
  names: {fr: "ministère", ar: "الوزارة", en: "ministry"}
  aliases: {fr: ["le département"]}
minister:
  kind: person
  names: {fr: "Ghita Mezzour", ar: "غيثة مزور", en: "Ghita Mezzour"}
  roles:
    - title: {fr: "ministre", ar: "وزيرة", en: "minister"}
      as_of: "2024-05"
      article: exports-2024
"""

TOPICS = """\
exports:
  names: {fr: "Exportations", ar: "الصادرات", en: "Exports"}
  examples: {fr: "Combien ?", ar: "كم؟", en: "How much?"}
"""

FILES: Mapping[str, str] = {
    ARTICLE_FILE: ARTICLE,
    "metrics.yaml": METRICS,
    "entities.yaml": ENTITIES,
    "topics.yaml": TOPICS,
}


@dataclass(frozen=True)
class Broken:
    """One thing wrong in one file, and what the editor is to be told of it.

    Attributes:
        name: The file.
        old: What stands in it, once.
        new: What is put there instead.
        field: The field that the problem names.
        message: Part of what it says.
        fix: Part of the fix that it names.
    """

    name: str
    old: str
    new: str
    field: str
    message: str
    fix: str

    def files(self) -> dict[str, str]:
        """The broken file, for `write_knowledge`."""
        return break_file(self.name, self.old, self.new)


def write_knowledge(folder: Path, changed: Mapping[str, str] | None = None) -> Path:
    """Write the small knowledge folder.

    Args:
        folder: Where; created if need be.
        changed: Texts by file name that replace or join those of `FILES`.
    """
    (folder / "articles").mkdir(parents=True, exist_ok=True)
    for name, text in {**FILES, **(changed or {})}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def break_file(name: str, old: str, new: str) -> dict[str, str]:
    """One file of the folder with one passage replaced, for `write_knowledge`."""
    assert FILES[name].count(old) == 1, f"{old!r} must stand once in {name}"
    return {name: FILES[name].replace(old, new)}


def marked_line(text: str) -> int:
    """The 1-based number of the line marked with `HERE`."""
    return next(number for number, line in enumerate(text.splitlines(), start=1) if HERE in line)
