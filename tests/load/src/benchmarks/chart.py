"""build/bench.svg: each figure as a bar, beside its reference and its target."""

from collections.abc import Mapping
from html import escape

from benchmarks.measuring import Row
from benchmarks.results_file import Measured
from benchmarks.table import amount, target_of

_WIDTH = 860
_MARGIN = 24
_BAR_LEFT, _BAR_WIDTH, _BAR_HEIGHT = 330, 350, 12
_ROW_HEIGHT, _HEADING_HEIGHT = 44, 34
_STYLE = """
svg { font-family: system-ui, sans-serif; font-size: 13px; }
.ground { fill: #ffffff; } text { fill: #1f2328; } .faint { fill: #59636e; font-size: 11px; }
.heading { font-weight: 600; } .rule { stroke: #d1d9e0; } .target { stroke: #1f2328; }
.reached { fill: #1a7f64; } .missed { fill: #c2571a; } .plain { fill: #4a6fa5; }
.reference { fill: #b6bfc8; }
@media (prefers-color-scheme: dark) {
  .ground { fill: #0d1117; } text { fill: #e6edf3; } .faint { fill: #9198a1; }
  .rule { stroke: #3d444d; } .target { stroke: #e6edf3; } .reached { fill: #3fb68b; }
  .missed { fill: #e8843c; } .plain { fill: #7aa2dc; } .reference { fill: #59636e; }
}
"""


def chart_of(measured: Mapping[str, Measured]) -> str:
    """Return the chart as an SVG document, a panel for each benchmark."""
    parts: list[str] = []
    top = _MARGIN
    for key, entry in measured.items():
        parts.append(_heading(key, entry, top))
        top += _HEADING_HEIGHT
        for row in entry.table:
            parts.append(_panel(row, top))
            top += _ROW_HEIGHT
        top += _MARGIN // 2
    parts.append(
        _text(_MARGIN, top, "grey: the reference of the same run; stroke: the target", "faint")
    )
    height = top + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" role="img" aria-label="Benchmarks of Linli">\n'
        f"<style>{_STYLE}</style>\n"
        f'<rect class="ground" width="{_WIDTH}" height="{height}"/>\n' + "\n".join(parts) + "\n"
        "</svg>\n"
    )


def _heading(key: str, entry: Measured, top: int) -> str:
    day = f"{entry.measured_at:%Y-%m-%d}"
    return "\n".join(
        (
            _text(_MARGIN, top + 14, f"{key}  {entry.title}", "heading"),
            _text(_WIDTH - _MARGIN, top + 14, day, "faint", end=True),
            f'<path class="rule" d="M{_MARGIN} {top + 22.5}H{_WIDTH - _MARGIN}"/>',
        )
    )


def _panel(row: Row, top: int) -> str:
    target = _target_value(row)
    longest = max(row.value, row.reference or 0, target or 0) or 1

    def reach(value: float) -> float:
        return round(value / longest * _BAR_WIDTH, 1)

    kind = {None: "plain", True: "reached", False: "missed"}[row.is_reached]
    parts = [
        _text(_MARGIN, top + 12, row.name),
        _text(_MARGIN, top + 27, _said_of_target(row), "faint"),
        _bar(top + 2, reach(row.value), kind),
        _text(_BAR_LEFT + reach(row.value) + 6, top + 12, f"{amount(row.value)} {row.unit}"),
    ]
    if row.reference is not None:
        beside = f"{amount(row.reference)} {row.reference_name}"
        parts.append(_bar(top + 18, reach(row.reference), "reference"))
        parts.append(_text(_BAR_LEFT + reach(row.reference) + 6, top + 28, beside, "faint"))
    if target is not None:
        at = _BAR_LEFT + reach(target)
        parts.append(f'<path class="target" stroke-width="2" d="M{at} {top}V{top + 32}"/>')
    return "\n".join(parts)


def _target_value(row: Row) -> float | None:
    """Return the target in the row's own unit."""
    if row.target is None:
        return None
    if row.target.of == "value":
        return row.target.value
    return None if row.reference is None else row.target.value * row.reference


def _said_of_target(row: Row) -> str:
    if row.is_reached is None:
        return ""
    ratio = f", ratio {row.ratio:.2f}" if row.ratio is not None else ""
    return f"{target_of(row)}: {'reached' if row.is_reached else 'missed'}{ratio}"


def _bar(top: int, width: float, kind: str) -> str:
    return (
        f'<rect class="{kind}" x="{_BAR_LEFT}" y="{top}" width="{width}" '
        f'height="{_BAR_HEIGHT}" rx="2"/>'
    )


def _text(x: float, y: float, said: str, kind: str = "", *, end: bool = False) -> str:
    anchor = ' text-anchor="end"' if end else ""
    styled = f' class="{kind}"' if kind else ""
    return f'<text x="{x}" y="{y}"{styled}{anchor}>{escape(said)}</text>'
