"""The operators' custom resources fit values-production.yaml and the services' own names."""

import re

import yaml
from charted.rendering import CHARTS, Object
from chassis.settings import ServiceSettings
from issues.settings import IssuesSettings
from outreach.settings import OutreachSettings
from residents.settings import ResidentsSettings
from vouchers.settings import VouchersSettings

SERVICES: tuple[type[ServiceSettings], ...] = (
    ResidentsSettings,
    IssuesSettings,
    VouchersSettings,
    OutreachSettings,
)
NAMES = {one.service_name for one in SERVICES}
PRODUCTION: Object = yaml.safe_load((CHARTS / "linli/values-production.yaml").read_text())


def example(name: str) -> list[Object]:
    text = (CHARTS / "examples" / f"{name}.yaml").read_text()
    return [document for document in yaml.safe_load_all(text) if document]


def of_kind(name: str, kind: str) -> Object:
    return next(one for one in example(name) if one["kind"] == kind)


def test_each_service_has_a_user_for_its_own_database_alone() -> None:
    users = of_kind("mongodb-community", "MongoDBCommunity")["spec"]["users"]
    assert {one["name"]: (one["db"], one["roles"]) for one in users} == {
        name: (f"linli_{name}", [{"name": "readWrite", "db": f"linli_{name}"}]) for name in NAMES
    }


def test_the_store_is_where_the_policies_let_services_go() -> None:
    store = of_kind("mongodb-community", "MongoDBCommunity")
    peer = PRODUCTION["networkPolicies"]["mongodb"]["to"][0]
    name = peer["namespaceSelector"]["matchLabels"]["kubernetes.io/metadata.name"]
    assert store["metadata"]["namespace"] == name
    text = (CHARTS / "examples/mongodb-community.yaml").read_text()
    uri = re.search(r"mongodb://residents:\S+", text)
    assert uri is not None
    members = store["spec"]["members"]
    assert uri[0].count(".linli-svc.mongodb.svc.cluster.local:27017") == members
    assert "tlsCAFile=/etc/linli/mongodb/ca.crt" in uri[0]
    assert f"replicaSet={store['metadata']['name']}&" in uri[0]


def test_kafka_is_reached_as_the_values_say() -> None:
    kafka, user = of_kind("strimzi", "Kafka"), of_kind("strimzi", "KafkaUser")
    listener = kafka["spec"]["kafka"]["listeners"][0]
    name, namespace = kafka["metadata"]["name"], kafka["metadata"]["namespace"]
    values = PRODUCTION["kafka"]
    assert values["bootstrapServers"] == f"{name}-kafka-bootstrap.{namespace}:{listener['port']}"
    assert values["securityProtocol"] == ("SASL_SSL" if listener["tls"] else "SASL_PLAINTEXT")
    for said in (listener["authentication"]["type"], user["spec"]["authentication"]["type"]):
        assert said.upper() == values["saslMechanism"]
    assert values["saslUsername"] == user["metadata"]["name"]
    assert values["caSecret"]["name"] == f"{name}-cluster-ca-cert"
    assert PRODUCTION["networkPolicies"]["kafka"]["ports"] == [listener["port"]]


def test_kafka_keeps_what_it_has_acknowledged() -> None:
    config = of_kind("strimzi", "Kafka")["spec"]["kafka"]["config"]
    nodes = of_kind("strimzi", "KafkaNodePool")["spec"]["replicas"]
    # Topics are made with as many copies as the broker says.
    assert config["default.replication.factor"] == nodes == 3
    assert config["min.insync.replicas"] == 2
    assert config["auto.create.topics.enable"] is False


def test_the_vault_fills_the_secret_that_the_values_name() -> None:
    made = [one["spec"]["target"]["name"] for one in example("external-secret")]
    assert PRODUCTION["secrets"]["existingSecret"] == made[0]
    text = (CHARTS / "examples/external-secret.yaml").read_text()
    spoken = set(re.findall(r"\b[A-Z]+(?:_[A-Z]+)+\b", text))
    secrets = {
        field.upper()
        for service in SERVICES
        for field, about in service.model_fields.items()
        if "SecretStr" in str(about.annotation)
    }
    assert spoken == secrets
