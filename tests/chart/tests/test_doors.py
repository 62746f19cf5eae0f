"""What is reached from outside is /graphql and the doors of docs/edges.md, and nothing else."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from charted.rendering import Object, Rendered

ROOT = Path(__file__).parents[3]
EDGES: Object = yaml.safe_load((ROOT / "docs/edges.openapi.yaml").read_text())
INSIDE = {"/live", "/metrics", "/ready", "/revocations"}
"""docs/edges.md: not routed from outside."""
Door = tuple[str, bool, str]
"""A path, whether what is below it is meant as well, and the Service."""


def of_ingress(rendered: Rendered) -> list[Door]:
    rules = rendered.named("Ingress", "linli")["spec"]["rules"]
    return [
        (one["path"], one["pathType"] == "Prefix", one["backend"]["service"]["name"])
        for rule in rules
        for one in rule["http"]["paths"]
    ]


def of_route(rendered: Rendered) -> list[Door]:
    return [
        (match["path"]["value"], match["path"]["type"] == "PathPrefix", backend["name"])
        for rule in rendered.named("HTTPRoute", "linli")["spec"]["rules"]
        for match in rule["matches"]
        for backend in rule["backendRefs"]
    ]


def leads_to(doors: list[Door], path: str) -> str | None:
    """The Service that a request goes to: the longest path wins, as the standards say."""
    fitting = [
        (door, service)
        for door, with_below, service in doors
        if path == door or (with_below and path.startswith(f"{door}/"))
    ]
    return max(fitting, key=lambda one: len(one[0]))[1] if fitting else None


def edges() -> Iterator[tuple[str, str]]:
    """Each path with the process that serves it."""
    for path, operations in EDGES["paths"].items():
        process = next(iter(operations.values())).get("x-process")
        if path not in INSIDE:
            yield path.replace("{", "").replace("}", ""), process


@pytest.fixture(params=[of_ingress, of_route])
def doors(request: pytest.FixtureRequest, everything: Rendered) -> list[Door]:
    found: list[Door] = request.param(everything)
    return found


def test_every_edge_leads_to_its_owner(doors: list[Door]) -> None:
    listed = dict(edges())
    assert len(listed) > 5
    assert {path: leads_to(doors, path) for path in listed} == listed


def test_every_door_is_an_edge_or_the_graph(doors: list[Door]) -> None:
    paths = [path for path, _ in edges()]
    assert leads_to(doors, "/graphql") == "gateway"
    for door, _, service in doors:
        known = [path for path in paths if path == door or path.startswith(f"{door}/")]
        assert known or (door, service) == ("/graphql", "gateway"), door


@pytest.mark.parametrize(
    "path", [*sorted(INSIDE), "/", "/graphql/x", "/jwks.json/x", "/imports-of"]
)
def test_what_is_inside_stays_inside(doors: list[Door], path: str) -> None:
    assert leads_to(doors, path) is None


def test_every_service_that_is_led_to_is_there(doors: list[Door], everything: Rendered) -> None:
    ports = {
        one["metadata"]["name"]: [port["name"] for port in one["spec"]["ports"]]
        for one in everything.of_kind("Service")
    }
    for _, _, service in doors:
        assert ports[service] == ["http"]


def test_the_ingress_speaks_tls(production: Rendered) -> None:
    spec = production.named("Ingress", "linli")["spec"]
    assert spec["tls"] == [{"hosts": [spec["rules"][0]["host"]], "secretName": "linli-tls"}]
