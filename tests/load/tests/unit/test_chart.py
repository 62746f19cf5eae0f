"""The chart is a well-formed picture of the figures."""

from datetime import UTC, datetime
from xml.etree.ElementTree import Element, fromstring

from benchmarks.chart import chart_of
from benchmarks.machine import Machine
from benchmarks.measuring import Result, Row, Target
from benchmarks.results_file import Measured

_MACHINE = Machine(cpu="", cores=1, ram_gib=1, kernel="", store="", versions={}, load_before=0)
_SVG = "{http://www.w3.org/2000/svg}"


def drawn(*rows: Row) -> Element:
    entry = Measured.of(
        Result({}, rows),
        title="pages <b>",
        at=datetime(2026, 11, 26, tzinfo=UTC),
        seed=1,
        machine=_MACHINE,
    )
    return fromstring(chart_of({"W1": entry}))  # noqa: S314  our own


def widths(picture: Element, kind: str) -> list[float]:
    bars = picture.iter(f"{_SVG}rect")
    return [float(bar.get("width", "nan")) for bar in bars if bar.get("class") == kind]


def test_bars_are_as_long_as_their_figures() -> None:
    target = Target("at least", 0.7, of="ratio")

    picture = drawn(Row(name="a", value=75, unit="/s", reference=100, target=target))

    (figure,), (reference,) = widths(picture, "reached"), widths(picture, "reference")
    assert figure / reference == 0.75
    assert widths(picture, "missed") == []


def test_a_missed_target_is_seen() -> None:
    picture = drawn(Row(name="a", value=300, unit="ms", target=Target("at most", 250)))

    assert len(widths(picture, "missed")) == 1
    assert any("≤ 250: missed" in (text.text or "") for text in picture.iter(f"{_SVG}text"))


def test_nothing_at_all_is_drawn_as_no_bar() -> None:
    assert widths(drawn(Row(name="a", value=0, unit="/s")), "plain") == [0.0]


def test_names_are_text_and_no_markup() -> None:
    texts = [text.text for text in drawn().iter(f"{_SVG}text")]

    assert "W1  pages <b>" in texts
