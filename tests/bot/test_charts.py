"""Charts as pictures."""

from __future__ import annotations

import struct
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answering.charting import Chart, ChartPoint
from bot.charts import HEIGHT, WIDTH, ChartStore, draw
from knowledge.language import Language

CHART = Chart(
    language=Language.FR,
    title="Recettes d'exportation",
    unit="milliards de dirhams",
    points=(ChartPoint("2023", 17.9, "17,9", target=False), ChartPoint("2024", 26.2, "26,2", target=False)),
    reached="Atteint",
    targets="Objectif",
    source="Sources : H24",
    alt="…",
)
ARABIC = replace(
    CHART, language=Language.AR, title="عائدات التصدير", unit="مليار درهم", reached="محقق", targets="هدف",
    source="المصادر: H24",
)  # fmt: skip
AIMED = replace(CHART, points=(CHART.points[0], replace(CHART.points[1], target=True)))


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param(CHART, id="French"),
        pytest.param(ARABIC, id="Arabic"),
        pytest.param(replace(ARABIC, points=AIMED.points), id="Arabic with a target"),
        pytest.param(replace(CHART, points=CHART.points * 10), id="many points"),
        pytest.param(replace(CHART, points=(replace(CHART.points[0], value=-3.0), CHART.points[1])), id="a fall"),
        pytest.param(replace(CHART, source="H24, " * 200), id="many publishers"),
    ],
)
def test_a_chart_is_drawn_as_a_png_of_1280_by_720_pixels(chart: Chart) -> None:
    picture = draw(chart)
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", picture[16:24]) == (WIDTH, HEIGHT) == (1280, 720)


def test_values_reached_and_values_aimed_at_look_different() -> None:
    assert draw(CHART) != draw(AIMED)
    assert draw(CHART) == draw(CHART)


def test_the_same_content_is_drawn_once(tmp_path: Path) -> None:
    store = ChartStore(tmp_path / "charts")
    path = store.path(CHART)
    assert path.read_bytes() == draw(CHART)
    path.write_bytes(b"kept")
    assert store.path(replace(CHART)) == path
    assert ChartStore(tmp_path / "charts").path(CHART).read_bytes() == b"kept"
    assert list(path.parent.iterdir()) == [path]


def test_other_content_is_another_picture(tmp_path: Path) -> None:
    store = ChartStore(tmp_path)
    assert len({store.path(chart) for chart in (CHART, AIMED, ARABIC)}) == 3


def test_nothing_is_written_before_a_chart_is_asked_for(tmp_path: Path) -> None:
    ChartStore(tmp_path / "charts")
    assert list(tmp_path.iterdir()) == []
