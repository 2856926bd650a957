"""What an index measures on the reference set, once for a model: the centring and the balance across languages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from index.balance import fit_balance
from index.centring import Centring, ReferenceSet, encode_reference
from index.embedding import Embedder
from index.storage import flush

MEANS_FILE = "means.safetensors"
BALANCE_FILE = "balance.json"


def has_measures(folder: Path) -> bool:
    """Whether `measure` has finished there."""
    return (folder / MEANS_FILE).exists() and (folder / BALANCE_FILE).exists()


def measure(embedder: Embedder, reference: ReferenceSet, folder: Path, advance: Callable[[int], None]) -> None:
    """Run the model over the reference set and write what is measured; killed at any point, it writes all or nothing.

    Args:
        embedder: The model in use.
        reference: The fixed texts.
        folder: Gets the two files.
        advance: Called with how many more texts are embedded.

    Raises:
        IndexingError: The model gives vectors that are not finite.
    """
    encodings = encode_reference(embedder, reference, advance)
    aside = [folder / f".{name}" for name in (MEANS_FILE, BALANCE_FILE)]
    Centring.fit(encodings).save(aside[0])
    # As every later build will read it.
    fit_balance(encodings, Centring.load(aside[0])).save(aside[1])
    for path in aside:
        flush(path)
        path.replace(folder / path.name.removeprefix("."))
