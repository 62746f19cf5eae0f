"""Every value has its place in the schema, a description there, and a comment where it stands."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from charted.rendering import CHARTS, Object

CHART_NAMES = ["linli", "linli-trial"]
OPEN = {
    "labels",
    "matchLabels",
    "nodeSelector",
    "podAnnotations",
    "serviceAccountAnnotations",
    "annotations",
    "podSelector",
    "namespaceSelector",
    "tolerations",
    "parentRefs",
    "global",
}
"""Maps whose keys are not ours: labels, annotations, and what Kubernetes itself checks."""


def schema_of(chart: str) -> Object:
    schema: Object = json.loads((CHARTS / chart / "values.schema.json").read_text())
    return schema


def values_of(chart: str) -> Object:
    values: Object = yaml.safe_load((CHARTS / chart / "values.yaml").read_text())
    return values


def resolved(node: Object, schema: Object) -> Object:
    if "$ref" in node:
        name = node["$ref"].removeprefix("#/definitions/")
        return {**schema["definitions"][name], **node}
    return node


def nodes(node: Object, schema: Object, path: str = "") -> Iterator[tuple[str, Object]]:
    """Every place of a schema, with what is said of it."""
    whole = resolved(node, schema)
    yield path, whole
    for key, value in whole.get("properties", {}).items():
        yield from nodes(value, schema, f"{path}/{key}")
    if isinstance(whole.get("items"), dict):
        yield from nodes(whole["items"], schema, f"{path}/0")


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_every_map_refuses_unknown_keys(chart: str) -> None:
    schema = schema_of(chart)
    maps = {path: node for path, node in nodes(schema, schema) if node.get("type") == "object"}
    assert len(maps) > 5
    own = {path: node for path, node in maps.items() if path.split("/")[-1] not in OPEN | {"0"}}
    assert [
        path for path, node in own.items() if node.get("additionalProperties") is not False
    ] == []


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_every_value_is_described(chart: str) -> None:
    schema = schema_of(chart)
    bare = [
        path
        for path, node in nodes(schema, schema)
        if not node.get("description") and path.split("/")[-1] != "0"
    ]
    assert bare == []


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_the_schema_is_of_draft_seven(chart: str) -> None:
    assert schema_of(chart)["$schema"] == "http://json-schema.org/draft-07/schema#"


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_every_value_has_its_default(chart: str) -> None:
    """Whoever reads values.yaml sees all there is to set, but for what stands in `defaults`."""
    schema, values = schema_of(chart), values_of(chart)
    places = {path for path, _ in nodes(schema, schema) if path}

    def there(path: str) -> bool:
        node: object = values
        for key in path.strip("/").split("/"):
            if not isinstance(node, dict) or key not in node:
                return False
            node = node[key]
        return True

    by_choice = (
        "/services/",
        "/gateway/settings/",
        "/global",
        "/networkPolicies/",
        "resources/",
        "/0/",
    )
    lacking = [
        path
        for path in sorted(places)
        if not there(path) and not any(each in f"{path}/" for each in by_choice)
    ]
    assert lacking == []


@pytest.mark.parametrize("chart", CHART_NAMES)
def test_a_value_has_a_comment_the_first_time_it_stands_there(chart: str) -> None:
    lines = (CHARTS / chart / "values.yaml").read_text().splitlines()
    explained: set[str] = set()
    bare = []
    for number, line in enumerate(lines):
        key, colon, value = line.strip().partition(":")
        if not colon or line.strip().startswith(("#", "-")):
            continue
        if number and lines[number - 1].strip().startswith("#"):
            explained.add(key)
        # What only opens a map of its own is explained by what is in it.
        elif value.strip() and key not in explained:
            bare.append(f"{number + 1}: {key}")
    of_kubernetes = {"requests", "limits", "ports", "podSelector", "cidr", "except"}
    assert [one for one in bare if one.split(": ")[1] not in of_kubernetes] == []


def test_the_files_of_values_say_only_what_differs() -> None:
    defaults = values_of("linli")

    def same(values: Object, default: Object, path: str = "") -> Iterator[str]:
        for key, value in values.items():
            if isinstance(value, dict) and isinstance(default.get(key), dict):
                yield from same(value, default[key], f"{path}/{key}")
            elif default.get(key) == value and not isinstance(value, dict):
                yield f"{path}/{key}"

    for name in ("trial", "production"):
        file = CHARTS / "linli" / f"values-{name}.yaml"
        said = list(same(yaml.safe_load(file.read_text()), defaults))
        # What decides over the whole is said again, to be seen.
        spoken = {"/environment", "/kafka/securityProtocol", "/kafka/saslMechanism"}
        assert set(said) <= spoken, name


def test_charts_and_images_have_one_version() -> None:
    versions = {
        yaml.safe_load((CHARTS / chart / "Chart.yaml").read_text())["appVersion"]
        for chart in CHART_NAMES
    }
    assert len(versions) == 1


def test_the_charts_own_folder_holds_nothing_else() -> None:
    """Whatever lies in a chart is packed into each release, a Secret of the cluster."""
    size = sum(file.stat().st_size for file in Path(CHARTS / "linli").rglob("*") if file.is_file())
    assert size < 400_000
