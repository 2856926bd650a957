"""A reply as short as can be: what was asked, and where it comes from."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answering.model import Answer
from bot.answering.reply import BlockKind, Reply

_CITATION_MARK = re.compile(r"\[[0-9]+\]")


def shortened(answer: Answer) -> Answer:
    """The same answer without context, and without the sources that only the context cites.

    Its citations stay, so that its buttons still lead to all of them.
    """
    kept = [block for block in answer.reply.blocks if not block.context]
    said = " ".join(block.text for block in kept if block.kind is not BlockKind.SOURCE)
    marks = frozenset(_CITATION_MARK.findall(said))
    cited = (b for b in kept if b.kind is not BlockKind.SOURCE or marks & {b.spans[0].text.strip()})
    return replace(answer, reply=Reply(tuple(cited)))
