"""Bad values are refused before anything is installed, each with one clear sentence."""

import base64
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from charted.rendering import CHARTS, Object, Refused, render

EVERYTHING = Path(__file__).parents[1] / "values-everything.yaml"
TRIAL = CHARTS / "linli" / "values-trial.yaml"
PRODUCTION = CHARTS / "linli" / "values-production.yaml"

BAD: dict[str, tuple[Path, Object, str]] = {
    "an unknown key": (
        TRIAL,
        {"nonsense": 1},
        "at '': additional properties 'nonsense' not allowed",
    ),
    "an unknown key far inside": (
        TRIAL,
        {"services": {"issues": {"worker": {"replica": 2}}}},
        "at '/services/issues/worker': additional properties 'replica' not allowed",
    ),
    "an unknown service": (
        TRIAL,
        {"services": {"gardens": {}}},
        "at '/services': additional properties 'gardens' not allowed",
    ),
    "an unknown setting": (
        TRIAL,
        {"services": {"issues": {"settings": {"CLOCK_SWEEPS": 5}}}},
        "at '/services/issues/settings': additional properties 'CLOCK_SWEEPS' not allowed",
    ),
    "a setting of another service": (
        TRIAL,
        {"services": {"vouchers": {"settings": {"IMPORT_SECONDS": 5}}}},
        "at '/services/vouchers/settings': additional properties 'IMPORT_SECONDS' not allowed",
    ),
    "a wrong type": (
        TRIAL,
        {"gateway": {"replicas": "two"}},
        "at '/gateway/replicas': got string, want integer",
    ),
    "a word that is none of the choices": (
        TRIAL,
        {"environment": "staging"},
        "at '/environment': value must be one of 'production', 'development'",
    ),
    "no worker": (
        TRIAL,
        {"services": {"issues": {"worker": {"replicas": 0}}}},
        "issues-worker: replicas is 0, and without it nothing of the service is published or "
        "heard: give 1 or more.",
    ),
    "no worker by default": (
        TRIAL,
        {"defaults": {"worker": {"replicas": 0}}},
        "issues-worker: replicas is 0, and without it nothing of the service is published or "
        "heard: give 1 or more.",
    ),
    "no gateway": (
        TRIAL,
        {"gateway": {"replicas": 0}},
        "gateway: replicas is 0, and without it nothing is answered: give 1 or more.",
    ),
    "no Pods by load": (
        EVERYTHING,
        {"defaults": {"api": {"autoscaling": {"minReplicas": 0}}}},
        "at '/defaults/api/autoscaling/minReplicas': minimum: got 0, want 1",
    ),
    "more Pods at least than at most": (
        EVERYTHING,
        {"defaults": {"api": {"autoscaling": {"minReplicas": 9}}}},
        "issues-api: autoscaling.minReplicas is above autoscaling.maxReplicas.",
    ),
    "no secret": (
        TRIAL,
        {"secrets": {"existingSecret": ""}},
        "issues has no KEY_WRAPPING_KEYS: give secrets.keyWrappingKeys, or name a Secret that "
        "holds it in secrets.existingSecret.",
    ),
    "one secret of all": (
        EVERYTHING,
        {"secrets": {"unionMarkKey": ""}},
        "outreach has no UNION_MARK_KEY: give secrets.unionMarkKey, or name a Secret that holds "
        "it in secrets.existingSecret.",
    ),
    "a mini-program without its secret": (
        EVERYTHING,
        {"secrets": {"wechatMiniprogramSecret": ""}},
        "outreach has no WECHAT_MINIPROGRAM_SECRET: give secrets.wechatMiniprogramSecret, or name "
        "a Secret that holds it in secrets.existingSecret.",
    ),
    "a secret beside an existing one": (
        TRIAL,
        {"secrets": {"photoUrlKey": "A" * 43}},
        "secrets.photoUrlKey is given beside secrets.existingSecret: leave out one of the two.",
    ),
    "a service's secret beside an existing one": (
        TRIAL,
        {"services": {"issues": {"secrets": {"photoUrlKey": "A" * 43}}}},
        "services.issues.secrets is given beside an existing Secret: leave out one of the two.",
    ),
    "a key that is too short": (
        EVERYTHING,
        {"secrets": {"photoUrlKey": "c2VjcmV0"}},
        "secrets.photoUrlKey must be 32 bytes in base64url, as `openssl rand -base64 32 | tr '+/' "
        "'-_'` makes them.",
    ),
    "wrapping keys without ids": (
        EVERYTHING,
        {"secrets": {"keyWrappingKeys": "A" * 43}},
        'secrets.keyWrappingKeys must look like "id:key,id2:key", each key 32 bytes in base64url; '
        "the first one wraps.",
    ),
    "a store by another protocol": (
        EVERYTHING,
        {"secrets": {"mongodbUri": "postgres://linli:hunter2@db/"}},
        "secrets.mongodbUri must start with mongodb:// or mongodb+srv://.",
    ),
    "a store without credentials in production": (
        EVERYTHING,
        {"secrets": {"mongodbUri": "mongodb://mongodb:27017/?replicaSet=rs0"}},
        "secrets.mongodbUri has no credentials, and environment is production: write "
        "mongodb://USER:PASSWORD@HOST/…, or set environment to development.",
    ),
    "a store with a name and no password in production": (
        EVERYTHING,
        {"secrets": {"mongodbUri": "mongodb://linli@mongodb:27017/"}},
        "secrets.mongodbUri has no credentials, and environment is production: write "
        "mongodb://USER:PASSWORD@HOST/…, or set environment to development.",
    ),
    "Kafka without credentials in production": (
        PRODUCTION,
        {"kafka": {"securityProtocol": "SSL"}},
        "kafka.securityProtocol is SSL, so Kafka would be used without credentials, and "
        "environment is production: set SASL_SSL with kafka.saslUsername and "
        "secrets.kafkaSaslPassword, or set environment to development.",
    ),
    "Kafka without a name": (
        PRODUCTION,
        {"kafka": {"saslUsername": ""}},
        "kafka.securityProtocol is SASL_SSL, and issues has no user name: give kafka.saslUsername.",
    ),
    "Kafka with an authority and no TLS": (
        TRIAL,
        {"kafka": {"caSecret": {"name": "kafka-ca"}}},
        "kafka.caSecret is given, and kafka.securityProtocol is PLAINTEXT, which asks for no "
        "certificate: set SASL_SSL or SSL.",
    ),
    "Kafka's address without a port": (
        TRIAL,
        {"kafka": {"bootstrapServers": "kafka"}},
        "at '/kafka/bootstrapServers': 'kafka' does not match pattern",
    ),
    "no https in production": (
        PRODUCTION,
        {"publicUrl": "http://linli.example"},
        "publicUrl must start with https://, since environment is production: people's devices "
        "reach photos by it, and WeChat the callback.",
    ),
    "an address with a path": (
        PRODUCTION,
        {"publicUrl": "https://linli.example/api"},
        "at '/publicUrl': 'https://linli.example/api' does not match pattern",
    ),
    "an Ingress without a name": (
        PRODUCTION,
        {"ingress": {"host": ""}},
        "ingress.enabled is true and ingress.host is empty: say by which name Linli is reached.",
    ),
    "a route without a Gateway": (
        EVERYTHING,
        {"httpRoute": {"parentRefs": []}},
        "httpRoute.enabled is true and httpRoute.parentRefs is empty: name the Gateway that the "
        "route belongs to.",
    ),
    "everybody is the store": (
        PRODUCTION,
        {"networkPolicies": {"mongodb": {"to": []}}},
        "networkPolicies.mongodb.to is empty: say where it is, since an empty list would allow "
        "everything.",
    ),
    "everybody is nobody": (
        PRODUCTION,
        {"networkPolicies": {"ingress": {"from": []}}},
        "networkPolicies.ingress.from is empty, so nothing from outside would arrive: say from "
        "where the ingress controller calls.",
    ),
    "a peer that is nobody": (
        PRODUCTION,
        {"networkPolicies": {"kafka": {"to": [{}]}}},
        "at '/networkPolicies/kafka/to/0': minProperties: got 0, want 1",
    ),
    "killed while it drains": (
        PRODUCTION,
        {"gateway": {"drainSeconds": 40}},
        "gateway: terminationGracePeriodSeconds must be above 50, the seconds that it waits and "
        "drains.",
    ),
    "killed while it finishes": (
        PRODUCTION,
        {"services": {"issues": {"api": {"terminationGracePeriodSeconds": 30}}}},
        "issues-api: terminationGracePeriodSeconds must be above 40, the seconds that it waits and "
        "drains.",
    ),
    "a schedule that is none": (
        TRIAL,
        {"services": {"issues": {"scheduled": {"sweep-clocks": {"schedule": "often"}}}}},
        "at '/services/issues/scheduled/sweep-clocks/schedule': 'often' does not match pattern",
    ),
    "a command that is none": (
        TRIAL,
        {"services": {"issues": {"scheduled": {"sweep": {}}}}},
        "at '/services/issues/scheduled': additional properties 'sweep' not allowed",
    ),
}


def leaves(values: Mapping[str, Any]) -> list[str]:
    found = []
    for value in values.values():
        found += leaves(value) if isinstance(value, Mapping) else [str(value)]
    return found


@pytest.mark.parametrize("name", BAD)
def test_bad_values_are_refused_by_a_sentence(name: str) -> None:
    file, values, sentence = BAD[name]
    with pytest.raises(Refused) as refusal:
        render("linli", (file,), values)
    said = refusal.value.sentence
    assert sentence in said
    # One: what is wrong is not buried among consequences.
    assert said == sentence or said.count("\n- at ") == 1, said
    assert refusal.value.printed == ""


def test_without_any_values_it_says_what_is_needed_first() -> None:
    with pytest.raises(Refused, match=r"issues has no .*: give secrets"):
        render("linli")


@pytest.mark.parametrize("name", [name for name in BAD if "secrets" in BAD[name][1]])
def test_no_refusal_repeats_a_secret(name: str) -> None:
    file, values, _ = BAD[name]
    given = [*leaves(values["secrets"]), *leaves(yaml.safe_load(EVERYTHING.read_text())["secrets"])]
    with pytest.raises(Refused) as refusal:
        render("linli", (file,), values)
    said = str(refusal.value)
    assert [secret for secret in given if len(secret) > 5 and secret in said] == []


def test_development_asks_for_no_credentials() -> None:
    key = base64.urlsafe_b64encode(bytes(32)).decode().rstrip("=")
    secrets = {
        "existingSecret": "",
        "mongodbUri": "mongodb://store:27017/",
        "keyWrappingKeys": f"one:{key}",
        **dict.fromkeys(["lookupHashKey", "unionMarkKey", "voucherCodeKey", "photoUrlKey"], key),
        "wechatMiniprogramSecret": "0" * 32,
    }
    rendered = render("linli", (TRIAL,), {"secrets": secrets})
    assert len(rendered.of_kind("Secret")) == 8


def test_x509_is_a_credential() -> None:
    uri = "mongodb://mongodb:27017/?authMechanism=MONGODB-X509&tls=true"
    assert render("linli", (EVERYTHING,), {"secrets": {"mongodbUri": uri}}).objects


def test_the_trial_refuses_unknown_keys_too() -> None:
    with pytest.raises(Refused, match="additional properties 'trial-stores' not allowed"):
        render("linli-trial", (), {"trial-stores": {}})
