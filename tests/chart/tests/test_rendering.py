"""The charts render, lint and are what the API server would take."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from charted.rendering import KUBERNETES, Object, Rendered, lint, render, value_files
from kubernetes_validate import SchemaNotFoundError, ValidationError, validate

EVERYTHING = Path(__file__).parents[1] / "values-everything.yaml"
CUSTOM = {"ServiceMonitor", "PrometheusRule", "HTTPRoute"}
"""Kinds that are not Kubernetes' own, and only made when asked for."""


def cases() -> Iterator[tuple[str, tuple[Path, ...]]]:
    yield "linli-trial", ()
    for file in [*value_files(), EVERYTHING]:
        yield "linli", (file,)


def own_objects(rendered: Rendered) -> list[Object]:
    return [one for one in rendered.objects if one["kind"] not in CUSTOM]


@pytest.mark.parametrize(("chart", "files"), list(cases()))
def test_lint_has_nothing_to_say(chart: str, files: tuple[Path, ...]) -> None:
    ok, said = lint(chart, files)
    assert ok, said


def test_lint_sees_a_planted_fault() -> None:
    ok, said = lint("linli", (EVERYTHING,), {"nonsense": 1})
    assert not ok
    assert "nonsense" in said


def test_every_object_is_as_kubernetes_wants_it(release: Rendered) -> None:
    objects = own_objects(release)
    assert objects
    for one in objects:
        validate(one, KUBERNETES, strict=True)


def test_an_unknown_key_in_an_object_is_seen(trial: Rendered) -> None:
    planted = {**trial.named("Service", "gateway"), "nonsense": 1}
    with pytest.raises(ValidationError):
        validate(planted, KUBERNETES, strict=True)


def test_only_named_kinds_are_not_checked(everything: Rendered) -> None:
    for one in everything.objects:
        if one["kind"] in CUSTOM:
            with pytest.raises(SchemaNotFoundError):
                validate(one, KUBERNETES, strict=True)


def test_no_name_comes_twice(release: Rendered) -> None:
    names = [(one["kind"], one["metadata"]["name"]) for one in release.objects]
    assert len(names) == len(set(names))


def test_everything_is_in_the_namespace_of_the_release(release: Rendered) -> None:
    assert {one["metadata"]["namespace"] for one in release.objects} == {"linli"}


def test_optional_kinds_come_only_when_asked_for(trial: Rendered, everything: Rendered) -> None:
    optional = {"Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget", "Secret", *CUSTOM}
    assert {one["kind"] for one in trial.objects} & optional == set()
    assert optional <= {one["kind"] for one in everything.objects}


def test_a_release_can_be_rendered_again_alike() -> None:
    first, second = render("linli", (EVERYTHING,)), render("linli", (EVERYTHING,))
    assert first == second
