"""The evaluator of NetworkPolicies, by the examples of their documentation."""

import pytest
from charted.network import Party, Port, may_talk, selected
from charted.rendering import Object

NAMESPACES = {"a": {"team": "red"}, "b": {"team": "blue"}}
WEB = Party("web", "a", {"app": "web"}, "10.0.0.1")
DB = Party("db", "a", {"app": "db"}, "10.0.0.2", {"sql": 5432})
FAR = Party("far", "b", {"app": "web"}, "10.0.1.1")
OUTSIDE = Party("outside", None, {}, "203.0.113.9")
SQL = Port(5432)


def policy(selects: Object, **spec: object) -> Object:
    return {
        "metadata": {"name": "p", "namespace": "a"},
        "spec": {"podSelector": selects, **spec},
    }


def to_db(*rules: Object) -> list[Object]:
    return [policy({"matchLabels": {"app": "db"}}, policyTypes=["Ingress"], ingress=list(rules))]


def reaches(policies: list[Object], source: Party = WEB, port: Port = SQL) -> bool:
    return may_talk(policies, source, DB, port, NAMESPACES)


def test_without_a_policy_everybody_may() -> None:
    assert reaches([])
    assert reaches([], OUTSIDE)


def test_a_policy_without_rules_is_a_wall_in_its_direction_alone() -> None:
    assert not reaches(to_db())
    assert may_talk(to_db(), DB, WEB, SQL, NAMESPACES)


def test_an_empty_rule_allows_everything() -> None:
    assert reaches(to_db({}))
    assert reaches(to_db({}), OUTSIDE)


def test_one_policy_that_allows_is_enough() -> None:
    assert reaches([*to_db(), *to_db({"from": [{"podSelector": {}}]})])


def test_a_pod_selector_alone_is_of_the_same_namespace() -> None:
    rule = {"from": [{"podSelector": {"matchLabels": {"app": "web"}}}]}
    assert reaches(to_db(rule))
    assert not reaches(to_db(rule), FAR)
    assert not reaches(to_db(rule), OUTSIDE)


def test_both_selectors_in_one_peer_must_hold_and_in_two_one_is_enough() -> None:
    blue, web = {"matchLabels": {"team": "blue"}}, {"matchLabels": {"app": "other"}}
    assert not reaches(to_db({"from": [{"namespaceSelector": blue, "podSelector": web}]}), FAR)
    assert reaches(to_db({"from": [{"namespaceSelector": blue}, {"podSelector": web}]}), FAR)


def test_a_block_of_addresses_has_holes() -> None:
    block = {"cidr": "203.0.113.0/24", "except": ["203.0.113.8/29"]}
    assert not reaches(to_db({"from": [{"ipBlock": block}]}), OUTSIDE)
    near = Party("near", None, {}, "203.0.113.1")
    assert reaches(to_db({"from": [{"ipBlock": block}]}), near)


@pytest.mark.parametrize(
    ("port", "asked", "matches"),
    [
        ({"port": 5432}, SQL, True),
        ({"port": 5433}, SQL, False),
        ({"port": 5432, "protocol": "UDP"}, SQL, False),
        ({"port": 53, "protocol": "UDP"}, Port(53, "UDP"), True),
        ({"port": 5000, "endPort": 6000}, SQL, True),
        ({"port": 5000, "endPort": 5431}, SQL, False),
        ({"port": "sql"}, SQL, True),
        ({"port": "http"}, SQL, False),
        ({"protocol": "TCP"}, SQL, True),
    ],
)
def test_ports(port: Object, asked: Port, matches: bool) -> None:
    assert reaches(to_db({"ports": [port]}), port=asked) is matches


def test_a_rule_about_leaving_makes_a_policy_one_about_leaving() -> None:
    leaves = policy({}, egress=[{"to": [{"ipBlock": {"cidr": "198.51.100.0/24"}}]}])
    assert not may_talk([leaves], WEB, OUTSIDE, SQL, NAMESPACES)
    # And one about coming, by default.
    assert not may_talk([leaves], OUTSIDE, WEB, SQL, NAMESPACES)


def test_both_ends_must_allow_it() -> None:
    open_end = policy({"matchLabels": {"app": "web"}}, policyTypes=["Egress"], egress=[])
    assert not reaches([open_end, *to_db({})])
    assert reaches([policy({}, policyTypes=["Egress"], egress=[{}]), *to_db({})])


@pytest.mark.parametrize(
    ("expression", "holds"),
    [
        ({"key": "app", "operator": "In", "values": ["web", "db"]}, True),
        ({"key": "app", "operator": "In", "values": ["db"]}, False),
        ({"key": "app", "operator": "NotIn", "values": ["db"]}, True),
        ({"key": "none", "operator": "NotIn", "values": ["db"]}, True),
        ({"key": "app", "operator": "Exists"}, True),
        ({"key": "none", "operator": "DoesNotExist"}, True),
        ({"key": "app", "operator": "DoesNotExist"}, False),
    ],
)
def test_expressions(expression: Object, holds: bool) -> None:
    assert selected({"matchExpressions": [expression]}, {"app": "web"}) is holds


def test_an_unknown_operator_is_no_silent_yes() -> None:
    with pytest.raises(ValueError, match="Like"):
        selected({"matchExpressions": [{"key": "app", "operator": "Like"}]}, {"app": "web"})
