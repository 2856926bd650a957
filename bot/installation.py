"""What pip knows of this installation: the Python it runs on, the packages it needs, who owns its folders."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from importlib.metadata import (
    Distribution,
    PackageNotFoundError,
    distribution,
    packages_distributions,
    version,
)
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import unquote, urlparse

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

DISTRIBUTION = "dalil-bot"
TOP_LEVEL = ("bot", "index", "knowledge")


def find_distribution() -> Distribution | None:
    """Our own metadata, None where we run from a folder that was never installed."""
    try:
        return distribution(DISTRIBUTION)
    except PackageNotFoundError:
        return None


def python_faults(ours: Distribution, running: str) -> Iterator[str]:
    """One line if a Python version such as ``3.11.7`` is not among those that we know to work."""
    wanted = ours.metadata["Requires-Python"]
    if not SpecifierSet(wanted).contains(running):
        yield f"{running} runs, Dalil needs {wanted}"


def package_faults(requirements: list[str]) -> Iterator[str]:
    """One line for each package that is missing or of another version than the requirements say.

    Args:
        requirements: As `Distribution.requires` gives them; those of extras are passed over.
    """
    for requirement in map(Requirement, requirements):
        if requirement.marker is not None and not requirement.marker.evaluate({"extra": ""}):
            continue
        try:
            found = version(requirement.name)
        except PackageNotFoundError:
            yield f"{requirement.name} is missing"
            continue
        # A local version such as torch 2.13.0+cpu is the same release.
        if not requirement.specifier.contains(found.split("+")[0], prereleases=True):
            yield f"{requirement.name} is {found}, expected {requirement.specifier}"


def ownership_faults(ours: Distribution) -> Iterator[str]:
    """One line for each top-level package that another distribution ships too, or that comes from elsewhere.

    `bot`, `index` and `knowledge` are common names, and pip lets another wheel overwrite ours without a word.
    """
    owners = packages_distributions()
    editable = _editable_folder(ours)
    for name in TOP_LEVEL:
        others = sorted(set(owners.get(name, ())) - {DISTRIBUTION})
        if others:
            yield f"{name} is also shipped by {', '.join(others)}"
            continue
        spec = find_spec(name)
        where = Path(spec.origin).parent if spec and spec.origin else None
        # An editable installation owns no files but a path to its folder.
        expected = editable / name if editable else Path(str(ours.locate_file(name)))
        if where is None or where.resolve() != expected.resolve():
            yield f"{name} is imported from {where}, not from {expected}"


def _editable_folder(ours: Distribution) -> Path | None:
    direct = json.loads(ours.read_text("direct_url.json") or "{}")
    if not direct.get("dir_info", {}).get("editable"):
        return None
    return Path(unquote(urlparse(direct["url"]).path))


def running_python() -> str:
    """The version of the interpreter, such as ``3.11.7``."""
    return ".".join(map(str, sys.version_info[:3]))
