"""The rendered NetworkPolicies allow what the matrix says, and nothing else."""

from collections.abc import Iterable
from pathlib import Path

import pytest
import yaml
from charted.network import Party, Port, may_talk
from charted.rendering import NAMESPACE, Object, Rendered

MATRIX: Object = yaml.safe_load((Path(__file__).parents[1] / "who-may-talk.yaml").read_text())
Talk = tuple[str, str, str]
"""Who, whom, and the port as the matrix writes it."""


def names_in(word: str) -> list[str]:
    group = MATRIX["groups"].get(word)
    return [word] if group is None else [name for each in group for name in names_in(each)]


def allowed_talks() -> set[Talk]:
    return {
        (who, whom, str(port))
        for sources, targets, ports in MATRIX["may"]
        for who in names_in(sources)
        for whom in names_in(targets)
        for port in ports
    }


def parties(rendered: Rendered) -> dict[str, Party]:
    """The Pods of a release and, around them, the others of the matrix."""
    found = {}
    for number, pod in enumerate(rendered.pod_templates(), start=1):
        name = pod.owner.split("/")[1]
        found[name] = Party(name, NAMESPACE, pod.labels, f"10.1.1.{number}", {"http": 8080})
    for name, other in MATRIX["others"].items():
        found[name] = Party(name, other.get("namespace"), other.get("labels", {}), other["address"])
    return found


def port_of(text: str) -> Port:
    number, _, protocol = text.partition("/")
    return Port(int(number), protocol or "TCP")


def talks(policies: Iterable[Object], known: dict[str, Party]) -> set[Talk]:
    """Every connection that the policies allow from or to a Pod of the release."""
    listed = list(policies)
    others = set(MATRIX["others"])
    return {
        (source.name, target.name, str(port))
        for source in known.values()
        for target in known.values()
        if source is not target and not {source.name, target.name} <= others
        for port in MATRIX["ports"]
        if may_talk(listed, source, target, port_of(str(port)), MATRIX["namespaces"])
    }


@pytest.fixture(scope="module")
def policies(production: Rendered) -> list[Object]:
    return production.of_kind("NetworkPolicy")


@pytest.fixture(scope="module")
def known(production: Rendered) -> dict[str, Party]:
    return parties(production)


@pytest.fixture(scope="module")
def allowed(policies: list[Object], known: dict[str, Party]) -> set[Talk]:
    return talks(policies, known)


def test_the_matrix_speaks_of_every_pod_and_of_no_other(known: dict[str, Party]) -> None:
    spoken = {name for talk in allowed_talks() for name in talk[:2]}
    pods = set(known) - set(MATRIX["others"])
    assert pods <= spoken
    assert spoken <= set(known)
    assert {port for _, _, port in allowed_talks()} <= {str(port) for port in MATRIX["ports"]}


def test_who_may_talk_talks_and_nobody_else(allowed: set[Talk]) -> None:
    assert sorted(allowed - allowed_talks()) == []
    assert sorted(allowed_talks() - allowed) == []


def test_each_policy_is_needed(policies: list[Object], known: dict[str, Party]) -> None:
    for forgotten in policies:
        rest = [one for one in policies if one is not forgotten]
        assert talks(rest, known) != allowed_talks(), forgotten["metadata"]["name"]


def planted(name: str, spec: Object) -> Object:
    return {"metadata": {"name": name, "namespace": NAMESPACE}, "spec": spec}


PLANTED = {
    "all may leave": {"podSelector": {}, "policyTypes": ["Egress"], "egress": [{}]},
    "all may come": {"podSelector": {}, "policyTypes": ["Ingress"], "ingress": [{}]},
    "the namespace among itself": {
        "podSelector": {},
        "policyTypes": ["Ingress", "Egress"],
        "ingress": [{"from": [{"podSelector": {}}]}],
        "egress": [{"to": [{"podSelector": {}}]}],
    },
    "the whole world": {
        "podSelector": {},
        "policyTypes": ["Egress"],
        "egress": [{"to": [{"ipBlock": {"cidr": "0.0.0.0/0"}}], "ports": [{"port": 443}]}],
    },
    "a namespace too many": {
        "podSelector": {"matchLabels": {"app.kubernetes.io/component": "worker"}},
        "policyTypes": ["Ingress"],
        "ingress": [{"from": [{"namespaceSelector": {}}]}],
    },
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_door_left_open_is_seen(
    name: str, policies: list[Object], known: dict[str, Party]
) -> None:
    assert talks([*policies, planted("planted", PLANTED[name])], known) > allowed_talks()


def test_in_a_trial_the_same_may_talk(trial: Rendered, stores: Rendered) -> None:
    """With the trial's store, Kafka and simulator in the place of the real ones."""
    both = Rendered((*trial.objects, *stores.objects))
    known = parties(both)
    allowed = talks(both.of_kind("NetworkPolicy"), known)
    services = {*names_in("apis"), *names_in("workers"), *names_in("jobs")}

    def sources_of(target: str, port: str) -> set[str]:
        return {who for who, whom, at in allowed if (whom, at) == (target, port)}

    assert sources_of("trial-store", "27017") == services
    assert sources_of("trial-kafka", "9092") == services
    callers = {"residents-api", "outreach-api", "outreach-worker"}
    assert callers <= sources_of("wechat-simulator", "8080")
    # What plays the residents is a Pod of the namespace, or the simulator with its callbacks.
    assert sources_of("outreach-api", "8080") >= {"gateway", "wechat-simulator", "neighbour"}
    assert sources_of("issues-worker", "8080") == set()
    assert ("neighbour", "trial-store", "27017") not in allowed
    assert ("wechat-simulator", "residents-api", "8080") not in allowed
