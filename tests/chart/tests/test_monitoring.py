"""Alerts and dashboard speak of figures that Linli's processes give."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from charted.rendering import CHARTS, Object, Rendered

ROOT = Path(__file__).parents[3]
OF_OTHERS = {"up", "process_resident_memory_bytes", "process_cpu_seconds_total"}
"""Prometheus' own, and those that both client libraries give by themselves."""
WORDS = {
    "avg",
    "by",
    "histogram_quantile",
    "increase",
    "max",
    "min",
    "rate",
    "sum",
}


def metrics_of_the_programs() -> dict[str, str]:
    """Every figure that the sources define, with its kind."""
    found: dict[str, str] = {}
    python = re.compile(r'\b(Counter|Gauge|Histogram)\(\s*"([a-z_]+)"')
    for file in [*ROOT.glob("chassis/src/**/*.py"), *ROOT.glob("services/*/src/**/*.py")]:
        found |= {name: kind for kind, name in python.findall(file.read_text())}
    node = re.compile(r"new (Counter|Gauge|Histogram)\(\{\s*name: '([a-z_]+)'")
    for file in ROOT.glob("gateway/src/*.js"):
        found |= {name: kind for kind, name in node.findall(file.read_text())}
    return found


def alerts(rendered: Rendered) -> list[Object]:
    groups = rendered.named("PrometheusRule", "linli")["spec"]["groups"]
    return [rule for group in groups for rule in group["rules"]]


def panels(rendered: Rendered) -> list[Object]:
    data = rendered.named("ConfigMap", "linli-dashboard")["data"]
    found: list[Object] = json.loads(data["dashboard.json"])["panels"]
    return found


def expressions(rendered: Rendered) -> Iterator[tuple[str, str]]:
    for rule in alerts(rendered):
        yield rule["alert"], rule["expr"]
    for panel in panels(rendered):
        for target in panel["targets"]:
            yield panel["title"], target["expr"]


def names_in(expression: str) -> set[str]:
    """The figures that an expression of PromQL asks for."""
    bare = re.sub(r'"[^"]*"|\{[^}]*\}|\[[^\]]*\]|\b(by|without) *\([^)]*\)', " ", expression)
    return set(re.findall(r"[a-zA-Z_:][a-zA-Z0-9_:]*", bare)) - WORDS


def unknown_in(expression: str) -> set[str]:
    kinds = metrics_of_the_programs()
    ways = {
        "Counter": ("",),
        "Gauge": ("",),
        "Histogram": ("_bucket", "_count", "_sum"),
    }
    given = {name + way for name, kind in kinds.items() for way in ways[kind]} | OF_OTHERS
    return names_in(expression) - given


def test_every_figure_that_is_asked_for_is_given(everything: Rendered) -> None:
    asked = list(expressions(everything))
    assert len(asked) > 20
    assert {title: unknown_in(text) for title, text in asked if unknown_in(text)} == {}


@pytest.mark.parametrize(
    ("expression", "unknown"),
    [
        ("max by (job) (linli_outbox_oldest_seconds) > 1", set()),
        ("sum by (job) (linli_outbox_age) > 1", {"linli_outbox_age"}),
        ("rate(linli_event_delay_seconds[5m])", {"linli_event_delay_seconds"}),
        ('up{job="none"} == 0', set()),
    ],
)
def test_a_figure_that_nobody_gives_is_seen(expression: str, unknown: set[str]) -> None:
    assert unknown_in(expression) == unknown


def test_every_counter_is_asked_for_its_growth(everything: Rendered) -> None:
    """What counts since the start of a process says nothing by itself."""
    counters = {name for name, kind in metrics_of_the_programs().items() if kind == "Counter"}
    for title, expression in expressions(everything):
        for name in names_in(expression) & counters:
            found = re.search(rf"(rate|increase)\({name}(\{{[^}}]*\}})?\[", expression)
            assert found, f"{title}: {expression}"


def test_an_alert_says_what_it_means_and_what_to_do(everything: Rendered) -> None:
    for rule in alerts(everything):
        assert rule["labels"]["severity"] in {"warning", "critical"}, rule["alert"]
        assert set(rule["annotations"]) == {"summary", "description"}, rule["alert"]
        for label in re.findall(r"\$labels\.([a-z_]+)", str(rule["annotations"])):
            grouped = re.findall(r"by \(([^)]*)\)", rule["expr"])
            known = {each.strip() for one in grouped for each in one.split(",")} or {"job"}
            assert label in known, rule["alert"]
    names = [rule["alert"] for rule in alerts(everything)]
    assert len(names) == len(set(names))


def test_the_monitor_finds_each_process_once(everything: Rendered) -> None:
    spec = everything.named("ServiceMonitor", "linli")["spec"]
    wanted = spec["selector"]["matchLabels"].items()
    components = spec["selector"]["matchExpressions"][0]["values"]
    found = []
    for service in everything.of_kind("Service"):
        labels = service["metadata"]["labels"]
        if wanted <= labels.items() and labels.get("app.kubernetes.io/component") in components:
            found.append(labels[spec["jobLabel"]])
            assert spec["endpoints"][0]["port"] in {one["name"] for one in service["spec"]["ports"]}
    assert sorted(found) == sorted(
        one["metadata"]["name"] for one in everything.of_kind("Deployment")
    )


def test_the_dashboard_is_one_that_grafana_reads() -> None:
    dashboard = json.loads((CHARTS / "linli/files/dashboard.json").read_text())
    assert dashboard["uid"] == "linli"
    ids = [panel["id"] for panel in dashboard["panels"]]
    assert len(ids) == len(set(ids))
    for panel in dashboard["panels"]:
        assert panel["description"]
        assert panel["datasource"]["uid"] == "${datasource}"
