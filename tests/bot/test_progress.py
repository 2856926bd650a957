"""Whoever waits for a build sees how it comes on."""

from __future__ import annotations

import io

from rich.console import Console

from bot.progress import building_progress


def test_a_log_gets_a_line_for_each_quarter_and_nothing_where_nothing_is_embedded() -> None:
    log = io.StringIO()
    with building_progress(Console(file=log)):
        pass
    assert log.getvalue() == ""
    with building_progress(Console(file=log)) as report:
        for done in range(1, 11):
            report(done, 10)
    assert log.getvalue().split("\n") == [f"Building the index: {share}%" for share in (25, 50, 75, 100)] + [""]


def test_a_terminal_gets_a_bar_with_rate_and_remaining_time() -> None:
    terminal = io.StringIO()
    with building_progress(Console(file=terminal, force_terminal=True, width=120)) as report:
        for done in range(1, 8):
            report(done, 9)
    shown = terminal.getvalue()
    assert "Building the index" in shown
    assert "7/9" in shown
    assert " texts/s" in shown
    assert "0:00:0" in shown
