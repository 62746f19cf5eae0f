"""Who may talk to whom by NetworkPolicies, computed: a cluster may not enforce them, tests do.

The semantics are those of networking.k8s.io/v1: a Pod that no policy selects for a direction is
open in it; else what some policy allows is allowed. A connection needs both ends to allow it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network

from charted.rendering import Object


@dataclass(frozen=True)
class Party:
    """An end of a connection.

    Attributes:
        namespace: None for what is no Pod: policies know it by its address alone.
        ports: those it listens on, by name where they have one.
    """

    name: str
    namespace: str | None
    labels: Mapping[str, str] = field(default_factory=dict)
    address: str = "10.1.0.1"
    port_names: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Port:
    """Where a connection goes."""

    number: int
    protocol: str = "TCP"


def may_talk(
    policies: Iterable[Object],
    source: Party,
    target: Party,
    port: Port,
    namespace_labels: Mapping[str, Mapping[str, str]],
) -> bool:
    """Tell whether a connection is allowed by the policies at both ends."""
    listed = list(policies)
    out = _allowed(listed, "Egress", source, target, (target, port), namespace_labels)
    return out and _allowed(listed, "Ingress", target, source, (target, port), namespace_labels)


def _allowed(
    policies: list[Object],
    direction: str,
    end: Party,
    other: Party,
    goes_to: tuple[Party, Port],
    namespace_labels: Mapping[str, Mapping[str, str]],
) -> bool:
    if end.namespace is None:
        return True
    of_this_end = [one for one in policies if _selects(one, end) and direction in _types(one)]
    if not of_this_end:
        return True
    section, peers = ("egress", "to") if direction == "Egress" else ("ingress", "from")
    return any(
        _port_matches(rule.get("ports"), *goes_to)
        and _peer_matches(rule.get(peers), other, policy, namespace_labels)
        for policy in of_this_end
        for rule in policy["spec"].get(section) or []
    )


def _types(policy: Object) -> list[str]:
    given: list[str] | None = policy["spec"].get("policyTypes")
    if given is not None:
        return given
    return ["Ingress", "Egress"] if policy["spec"].get("egress") else ["Ingress"]


def _selects(policy: Object, party: Party) -> bool:
    if policy["metadata"]["namespace"] != party.namespace:
        return False
    return selected(policy["spec"]["podSelector"], party.labels)


def _port_matches(ports: list[Object] | None, target: Party, port: Port) -> bool:
    """Tell whether a rule is about this port; one without ports is about all."""
    if not ports:
        return True
    return any(_is_port(one, target, port) for one in ports)


def _is_port(rule: Object, target: Party, port: Port) -> bool:
    if rule.get("protocol", "TCP") != port.protocol:
        return False
    first = rule.get("port")
    if first is None:
        return True
    if isinstance(first, str):
        return target.port_names.get(first) == port.number
    last: int = rule.get("endPort") or first
    return int(first) <= port.number <= last


def _peer_matches(
    peers: list[Object] | None,
    party: Party,
    policy: Object,
    namespace_labels: Mapping[str, Mapping[str, str]],
) -> bool:
    """Tell whether a rule is about this party; one without peers is about everybody."""
    if not peers:
        return True
    return any(_is_peer(peer, party, policy, namespace_labels) for peer in peers)


def _is_peer(
    peer: Object,
    party: Party,
    policy: Object,
    namespace_labels: Mapping[str, Mapping[str, str]],
) -> bool:
    if "ipBlock" in peer:
        return _in_block(peer["ipBlock"], party.address)
    if party.namespace is None:
        return False
    if "namespaceSelector" in peer:
        its_labels = namespace_labels.get(party.namespace, {})
        if not selected(peer["namespaceSelector"], its_labels):
            return False
    elif party.namespace != policy["metadata"]["namespace"]:
        return False
    return selected(peer.get("podSelector") or {}, party.labels)


def _in_block(block: Object, address: str) -> bool:
    its = ip_address(address)
    return its in ip_network(block["cidr"]) and not any(
        its in ip_network(network) for network in block.get("except", [])
    )


def selected(selector: Object, labels: Mapping[str, str]) -> bool:
    """Tell whether a label selector chooses these labels; an empty one chooses all."""
    by_label = selector.get("matchLabels") or {}
    return all(labels.get(key) == value for key, value in by_label.items()) and all(
        _expression_holds(one, labels) for one in selector.get("matchExpressions") or []
    )


def _expression_holds(expression: Object, labels: Mapping[str, str]) -> bool:
    key, operator = expression["key"], expression["operator"]
    if operator == "Exists":
        return key in labels
    if operator == "DoesNotExist":
        return key not in labels
    if operator not in {"In", "NotIn"}:
        raise ValueError(f"no operator {operator}")
    among: bool = labels.get(key) in expression["values"]
    return among is (operator == "In")
