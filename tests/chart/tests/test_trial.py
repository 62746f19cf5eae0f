"""The chart of the trial's store, Kafka and stand-in for WeChat."""

import base64

import pytest
from charted.rendering import Object, Rendered, render
from chassis.encryption import LookupHash, WrappingKeys

PARTS = {"trial-store": 27017, "trial-kafka": 9092, "wechat-simulator": 8080}


def secrets_of(rendered: Rendered) -> dict[str, str]:
    data = rendered.named("Secret", "linli-trial")["data"]
    return {name: base64.b64decode(value).decode() for name, value in data.items()}


def data_volume(rendered: Rendered, part: str) -> Object:
    volumes = rendered.named("Deployment", part)["spec"]["template"]["spec"]["volumes"]
    found: Object = next(one for one in volumes if one["name"] == "data")
    return found


def test_there_is_one_of_each_and_never_two_on_one_volume(stores: Rendered) -> None:
    found = {one["metadata"]["name"]: one["spec"] for one in stores.of_kind("Deployment")}
    assert set(found) == set(PARTS)
    for spec in found.values():
        assert spec["replicas"] == 1
        assert spec["strategy"] == {"type": "Recreate"}


@pytest.mark.parametrize("part", PARTS)
def test_each_answers_at_its_port_and_keeps_its_data(part: str, stores: Rendered) -> None:
    service = stores.named("Service", part)["spec"]
    container = stores.named("Deployment", part)["spec"]["template"]["spec"]["containers"][0]
    assert [port["port"] for port in service["ports"]] == [PARTS[part]]
    assert container["ports"] == [{"name": "main", "containerPort": PARTS[part]}]
    assert {"name": "data", "mountPath": "/data"} in container["volumeMounts"]
    assert data_volume(stores, part)["persistentVolumeClaim"] == {"claimName": part}
    claim = stores.named("PersistentVolumeClaim", part)["spec"]
    assert claim["accessModes"] == ["ReadWriteOnce"]


def test_a_claim_takes_the_volume_that_is_named() -> None:
    values = {"persistence": {"storageClass": "-"}, "trial-store": {"volumeName": "mine"}}
    rendered = render("linli-trial", (), values)
    claims = {
        one["metadata"]["name"]: one["spec"] for one in rendered.of_kind("PersistentVolumeClaim")
    }
    assert claims["trial-store"]["volumeName"] == "mine"
    assert "volumeName" not in claims["trial-kafka"]
    assert {one["storageClassName"] for one in claims.values()} == {""}
    fast = render("linli-trial", (), {"persistence": {"storageClass": "fast"}})
    assert {one["spec"]["storageClassName"] for one in fast.of_kind("PersistentVolumeClaim")} == {
        "fast"
    }


def test_without_claims_the_data_go_with_the_pod() -> None:
    rendered = render("linli-trial", (), {"persistence": {"enabled": False}})
    assert rendered.of_kind("PersistentVolumeClaim") == []
    assert data_volume(rendered, "trial-store")["emptyDir"] == {"sizeLimit": "2Gi"}


def test_kafka_tells_clients_the_name_by_which_they_find_it(stores: Rendered) -> None:
    container = stores.named("Deployment", "trial-kafka")["spec"]["template"]["spec"]["containers"][
        0
    ]
    assert container["env"] == [{"name": "ADVERTISED_HOST", "value": "trial-kafka.linli"}]


def test_secrets_are_drawn_anew_for_each_trial_and_are_what_services_take(stores: Rendered) -> None:
    drawn, other = secrets_of(stores), secrets_of(render("linli-trial"))
    fixed = {"MONGODB_URI"}
    assert {name for name in drawn if drawn[name] == other[name]} == fixed
    keys = [value for name, value in drawn.items() if name.endswith("_KEY")]
    assert len(set(keys)) == len(keys) == 4
    for key in keys:
        LookupHash.parse(key)
        assert len(base64.urlsafe_b64decode(f"{key}=")) == 32
    assert WrappingKeys.parse(drawn["KEY_WRAPPING_KEYS"]).current_id == "trial-1"
    assert len(bytes.fromhex(drawn["WECHAT_MINIPROGRAM_SECRET"])) == 16
