"""What came out of W1, from the runs of the two sides."""

from collections.abc import Mapping, Sequence

from benchmarks.measuring import Figure, Result, Row, Target
from benchmarks.runs import Runs
from benchmarks.sides import Run

_ENOUGH = Target("at least", 0.7, of="ratio")
_REFERENCE = "Apollo Server"


def result_of(own: Sequence[Run], reference: Sequence[Run], calls: Mapping[str, int]) -> Result:
    """Return the figures of the runs of both sides.

    Args:
        calls: how many each service answered for one page.
    """
    rps, reference_rps = _runs(own, "pages_per_second"), _runs(reference, "pages_per_second")
    figures: dict[str, Figure] = {
        "ratio_to_reference": round(rps.median / reference_rps.median, 3),
        "rps": round(rps.median, 1),
        "reference_rps": round(reference_rps.median, 1),
        "calls_per_service": dict(calls),
        "rps_of_each_run": [round(each, 1) for each in rps.measured],
        "reference_rps_of_each_run": [round(each, 1) for each in reference_rps.measured],
    }
    rows = [
        Row.of_runs(
            name="pages",
            runs=rps,
            unit="/s",
            reference=reference_rps.median,
            reference_name=_REFERENCE,
            target=_ENOUGH,
        )
    ]
    for name in ("p50_ms", "p99_ms"):
        row = _beside(name.removesuffix("_ms"), "ms", _runs(own, name), _runs(reference, name))
        figures |= {name: round(row.value, 1), f"reference_{name}": round(row.reference or 0, 1)}
        rows.append(row)
    cpu, reference_cpu = _cpu_by_process(own), _cpu_by_process(reference)
    figures |= {"cpu_ms_per_page": dict(cpu), "reference_cpu_ms_per_page": dict(reference_cpu)}
    for name, used in cpu.items():
        rows.append(_processor(f"processor, {name}", used, reference_cpu[name]))
    rows.append(
        Row(
            name="calls to a service",
            value=max(calls.values()),
            unit="a page",
            target=Target("exactly", 1),
        )
    )
    wrong_answers = [fault for each in (*own, *reference) for fault in each.faults]
    return Result(figures, tuple(rows), (*wrong_answers, *faults_of_calls(calls)))


def faults_of_calls(calls: Mapping[str, int]) -> list[str]:
    """Where a page is not one call to each service: it has one level of questions to each."""
    return [
        f"a page is {count} calls to {service}, and not 1"
        for service, count in calls.items()
        if count != 1
    ]


def _runs(runs: Sequence[Run], name: str) -> Runs:
    return Runs([getattr(each, name) for each in runs])


def _beside(name: str, unit: str, own: Runs, reference: Runs) -> Row:
    return Row.of_runs(
        name=name,
        runs=own,
        unit=unit,
        reference=reference.median,
        reference_name=_REFERENCE,
    )


def _cpu_by_process(runs: Sequence[Run]) -> dict[str, float]:
    names = runs[0].cpu_ms_per_page
    medians = {name: Runs([each.cpu_ms_per_page[name] for each in runs]).median for name in names}
    return {name: round(each, 2) for name, each in medians.items()}


def _processor(name: str, used: float, reference: float) -> Row:
    return Row(
        name=name,
        value=used,
        unit="ms a page",
        reference=reference,
        reference_name=_REFERENCE,
    )
