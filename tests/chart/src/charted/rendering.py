"""Charts as helm renders them: objects, or the sentence of a refusal."""

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from charted.helm_program import helm_program

CHARTS = Path(__file__).parents[4] / "deploy" / "helm"
KUBERNETES = "1.34.0"
"""What charts are rendered for and objects are checked against."""
RELEASE = "linli"
NAMESPACE = "linli"
_HELM_SECONDS = 120

Object = dict[str, Any]


class Refused(Exception):
    """helm does not render these values; the text is its own.

    Attributes:
        printed: what it would have installed all the same.
    """

    def __init__(self, said: str, printed: str) -> None:
        super().__init__(said)
        self.printed = printed

    @property
    def sentence(self) -> str:
        """The chart's own sentence, or the schema's lines."""
        said = str(self)
        own = re.search(r"\nlinli: (.+)\n", said)
        return own[1] if own else said


@dataclass(frozen=True)
class PodTemplate:
    """The Pods of one object.

    Attributes:
        owner: kind and name, as in Deployment/issues-api.
    """

    owner: str
    labels: Mapping[str, str]
    spec: Object

    def containers(self) -> list[Object]:
        """Return all of them, those that run first included."""
        return [*self.spec.get("initContainers", []), *self.spec["containers"]]


@dataclass(frozen=True)
class Rendered:
    """All objects of a release, hooks and tests included."""

    objects: tuple[Object, ...]

    def of_kind(self, kind: str) -> list[Object]:
        """Return the objects of a kind, in the order in which helm prints them."""
        return [one for one in self.objects if one["kind"] == kind]

    def named(self, kind: str, name: str) -> Object:
        """Return one object. Raises: LookupError."""
        for one in self.of_kind(kind):
            if one["metadata"]["name"] == name:
                return one
        raise LookupError(f"no {kind}/{name}")

    def pod_templates(self) -> list[PodTemplate]:
        """Return what every object that makes Pods makes them from."""
        return list(_pod_templates(self.objects))

    def without(self, kind: str, name: str) -> "Rendered":
        """Return the release as if an object had been forgotten. Raises: LookupError."""
        forgotten = self.named(kind, name)
        return Rendered(tuple(one for one in self.objects if one is not forgotten))


_POD_AT: Mapping[str, Callable[[Object], Object]] = {
    "Pod": lambda one: one,
    "Deployment": lambda one: one["spec"]["template"],
    "StatefulSet": lambda one: one["spec"]["template"],
    "DaemonSet": lambda one: one["spec"]["template"],
    "Job": lambda one: one["spec"]["template"],
    "CronJob": lambda one: one["spec"]["jobTemplate"]["spec"]["template"],
}


def _pod_templates(objects: tuple[Object, ...]) -> Iterator[PodTemplate]:
    for one in objects:
        if one["kind"] in _POD_AT:
            template = _POD_AT[one["kind"]](one)
            owner = f"{one['kind']}/{one['metadata']['name']}"
            yield PodTemplate(owner, template["metadata"]["labels"], template["spec"])


def value_files() -> list[Path]:
    """Return the files of values that the chart comes with, beside its defaults."""
    return sorted((CHARTS / "linli").glob("values-*.yaml"))


def render(
    chart: str, files: tuple[Path, ...] = (), values: Mapping[str, Any] | None = None
) -> Rendered:
    """Render a chart with files of values and, over them, further values.

    Raises: Refused.
    """
    ended = _helm(["template", RELEASE, str(CHARTS / chart)], files, values)
    if ended.returncode != 0:
        raise Refused(ended.stderr, ended.stdout)
    documents = yaml.safe_load_all(ended.stdout)
    return Rendered(tuple(document for document in documents if document))


def lint(
    chart: str, files: tuple[Path, ...] = (), values: Mapping[str, Any] | None = None
) -> tuple[bool, str]:
    """Ask `helm lint --strict`. Returns: whether it has nothing to say, and what it said."""
    ended = _helm(["lint", "--strict", str(CHARTS / chart)], files, values)
    return ended.returncode == 0, ended.stdout + ended.stderr


def _helm(
    command: list[str], files: tuple[Path, ...], values: Mapping[str, Any] | None
) -> "subprocess.CompletedProcess[str]":
    options = ["--kube-version", KUBERNETES, "--namespace", NAMESPACE]
    for file in files:
        options += ["--values", str(file)]
    return subprocess.run(  # noqa: S603
        [str(helm_program()), *command, *options, "--values", "-"],
        input=yaml.safe_dump(dict(values or {}), allow_unicode=True),
        capture_output=True,
        text=True,
        timeout=_HELM_SECONDS,
        check=False,
    )
