"""Which kind of quantity a unit counts."""

from __future__ import annotations

from bot.answering.frame import Quantity
from knowledge.model import Unit

_KINDS = {
    **dict.fromkeys((Unit.MAD, Unit.USD, Unit.EUR), Quantity.AMOUNT),
    **dict.fromkeys((Unit.PERCENT, Unit.PERCENT_OF_GROSS_TAXABLE_PAY), Quantity.SHARE),
    **dict.fromkeys((Unit.RANK, Unit.PLACES), Quantity.RANK),
}

CURRENCIES = {"dollars": Unit.USD, "euros": Unit.EUR}
"""The unit of an amount by the constraint that asks for it; dirhams go without saying."""


def quantity_of(unit: Unit) -> Quantity:
    """An amount of money, a share, a rank, or else a count."""
    return _KINDS.get(unit, Quantity.COUNT)
