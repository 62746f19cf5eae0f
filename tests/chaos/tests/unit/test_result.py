"""When a run is as promised: all kept, all asked, nothing odd, and played to its end."""

from io import StringIO
from typing import Any

import pytest
from chaos.audit.lines import Line
from chaos.recovery import Recovery
from chaos.run import Result
from chaos.summary import show
from rich.console import Console


def result(**other: Any) -> Result:
    given: dict[str, Any] = {
        "seed": 1,
        "kills": 20,
        "only": [],
        "store": "",
        "recoveries": [recovery()],
        "audit": [Line(rule="a rule", counted=3)],
        "writes": {},
        "acknowledged": 3,
        "unknown_answers": 0,
        "retries": 0,
        "oddities": {},
    }
    return Result(**given | other)


def recovery(**other: Any) -> Recovery:
    seconds = dict.fromkeys(
        ("away_seconds", "written_seconds", "flowing_seconds", "ready_seconds"), 1.0
    )
    given: dict[str, Any] = {
        "number": 1,
        "kind": "worker while relaying",
        "process": "issues-worker",
        "pid": 1,
        "aimed": True,
        **seconds,
    }
    return Recovery(**given | other)


def shown(of: Result) -> str:
    console = Console(width=200, record=True, file=StringIO())
    show(console, of, replay="make chaos SEED=1")
    return console.export_text()


def test_all_kept_and_asked_is_kept() -> None:
    assert result().is_kept
    assert "nothing lost, nothing twice" in shown(result())


@pytest.mark.parametrize(
    "other",
    [
        {"audit": []},
        {"audit": [Line(rule="a rule", counted=1, violations=["it is not so"])]},
        {"audit": [Line(rule="a rule")]},
        {"oddities": {"supervisord gave kafka up": 1}},
        {"ended_by": "NotBack: kafka"},
        {"recoveries": [recovery(flowing_seconds=31.0)]},
        {"recoveries": [recovery(outstanding="events wait")]},
    ],
)
def test_anything_else_is_not(other: dict[str, Any]) -> None:
    assert not result(**other).is_kept
    assert "play it again: make chaos SEED=1" in shown(result(**other))


@pytest.mark.parametrize("short", [{"kills": 19}, {"only": ["kafka"]}])
def test_a_short_run_may_leave_a_rule_unasked_and_says_so(short: dict[str, Any]) -> None:
    unasked = result(audit=[Line(rule="a rule")], **short)

    assert unasked.is_kept
    assert "not asked" in shown(unasked)


def test_workers_that_were_not_met_at_their_work_are_told() -> None:
    missed = result(recoveries=[recovery(aimed=False)])

    assert missed.is_kept
    assert "not met while relaying: 1" in shown(missed)
