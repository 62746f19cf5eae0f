"""Every client reaches Kafka by the same way, and a bad way is refused in one line."""

import ast
import base64
import ssl
from pathlib import Path
from typing import ClassVar

import pytest
from chassis.consumer import faststream_security
from chassis.kafka_access import KafkaAccess, Sasl, SaslMechanism
from chassis.settings import ServiceSettings, load
from chassis.testing_certificates import authority_made
from faststream.kafka.security import parse_security

SOURCES = Path(__file__).parents[3]
CLIENTS = {"AIOKafkaConsumer", "AIOKafkaProducer", "AIOKafkaAdminClient"}
KEY = base64.urlsafe_b64encode(b"k" * 32).rstrip(b"=").decode()


class BakerySettings(ServiceSettings):
    service_name: ClassVar[str] = "bakery"


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for field in BakerySettings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    for name, value in {
        "MONGODB_URI": "mongodb://127.0.0.1:4317",
        "KAFKA_BOOTSTRAP_SERVERS": "kafka:9092",
        "KEY_WRAPPING_KEYS": f"a:{KEY}",
        "LOOKUP_HASH_KEY": KEY,
    }.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


@pytest.fixture
def ca_file(tmp_path: Path) -> Path:
    path = tmp_path / "ca.pem"
    path.write_bytes(authority_made("the bakery's authority").certificate_pem)
    return path


def kafka_of(environment: pytest.MonkeyPatch, **variables: str) -> KafkaAccess:
    for name, value in variables.items():
        environment.setenv(name, value)
    return load(BakerySettings).kafka()


def test_nothing_set_is_a_plain_way(environment: pytest.MonkeyPatch) -> None:
    kafka = kafka_of(environment, KAFKA_SASL_USERNAME="", KAFKA_SASL_PASSWORD="", KAFKA_CA_FILE="")
    assert kafka.client_options() == {
        "bootstrap_servers": "kafka:9092",
        "security_protocol": "PLAINTEXT",
    }


@pytest.mark.parametrize("mechanism", ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"])
def test_name_and_password_are_given_to_every_client(
    environment: pytest.MonkeyPatch, mechanism: SaslMechanism
) -> None:
    kafka = kafka_of(
        environment,
        KAFKA_SECURITY_PROTOCOL="SASL_PLAINTEXT",
        KAFKA_SASL_MECHANISM=mechanism,
        KAFKA_SASL_USERNAME="linli",
        KAFKA_SASL_PASSWORD="pass-word",
    )
    options = kafka.client_options()
    assert options == {
        "bootstrap_servers": "kafka:9092",
        "security_protocol": "SASL_PLAINTEXT",
        "sasl_mechanism": mechanism,
        "sasl_plain_username": "linli",
        "sasl_plain_password": "pass-word",
    }
    for_faststream = parse_security(faststream_security(kafka))
    assert for_faststream.pop("ssl_context") is None
    assert for_faststream | {"bootstrap_servers": "kafka:9092"} == options
    assert "pass-word" not in repr(kafka)
    assert "pass-word" not in repr(load(BakerySettings))


@pytest.mark.parametrize("protocol", ["SSL", "SASL_SSL"])
def test_an_encrypted_way_checks_name_and_certificate_by_the_authority_that_is_named(
    environment: pytest.MonkeyPatch, ca_file: Path, protocol: str
) -> None:
    if protocol == "SASL_SSL":
        environment.setenv("KAFKA_SASL_USERNAME", "linli")
        environment.setenv("KAFKA_SASL_PASSWORD", "pass-word")
    kafka = kafka_of(environment, KAFKA_SECURITY_PROTOCOL=protocol, KAFKA_CA_FILE=str(ca_file))
    options = kafka.client_options()
    tls = options["ssl_context"]
    assert options["security_protocol"] == protocol
    assert (tls.verify_mode, tls.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert len(tls.get_ca_certs()) == 1
    for_faststream = parse_security(faststream_security(kafka))
    assert for_faststream["security_protocol"] == protocol
    assert len(for_faststream["ssl_context"].get_ca_certs()) == 1


@pytest.mark.parametrize("protocol", ["SASL_PLAINTEXT", "SASL_SSL"])
@pytest.mark.parametrize("missing", ["KAFKA_SASL_USERNAME", "KAFKA_SASL_PASSWORD"])
def test_sasl_without_a_name_or_a_password_is_one_line_that_names_it(
    environment: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    protocol: str,
    missing: str,
) -> None:
    given = {"KAFKA_SASL_USERNAME": "linli", "KAFKA_SASL_PASSWORD": "pass-word", missing: ""}
    with pytest.raises(SystemExit) as ended:
        kafka_of(environment, KAFKA_SECURITY_PROTOCOL=protocol, **given)
    assert ended.value.code == 2
    assert (
        capsys.readouterr().err == f"settings: KAFKA_SECURITY_PROTOCOL {protocol} needs {missing}\n"
    )


@pytest.mark.parametrize(
    ("variables", "line"),
    [
        (
            {"KAFKA_SASL_USERNAME": "linli", "KAFKA_SASL_PASSWORD": "pass-word"},
            "settings: KAFKA_SASL_… is set, and KAFKA_SECURITY_PROTOCOL is PLAINTEXT",
        ),
        (
            {"KAFKA_CA_FILE": "/nowhere/ca.pem"},
            "settings: KAFKA_CA_FILE is set, and KAFKA_SECURITY_PROTOCOL is PLAINTEXT",
        ),
        (
            {"KAFKA_SECURITY_PROTOCOL": "SSL", "KAFKA_CA_FILE": "/nowhere/ca.pem"},
            "settings: KAFKA_CA_FILE names no readable file of certificates",
        ),
        (
            {"KAFKA_SECURITY_PROTOCOL": "SSL", "KAFKA_CA_FILE": __file__},
            "settings: KAFKA_CA_FILE names no readable file of certificates",
        ),
    ],
)
def test_a_way_that_contradicts_itself_is_one_line(
    environment: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    variables: dict[str, str],
    line: str,
) -> None:
    with pytest.raises(SystemExit):
        kafka_of(environment, **variables)
    said = capsys.readouterr().err
    assert said == f"{line}\n"
    assert "pass-word" not in said


@pytest.mark.parametrize(
    ("name", "value"), [("KAFKA_SECURITY_PROTOCOL", "TLS"), ("KAFKA_SASL_MECHANISM", "GSSAPI")]
)
def test_what_kafka_does_not_know_is_one_line(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    with pytest.raises(SystemExit):
        kafka_of(environment, **{name: value})
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"setting {name}: ")


def test_no_client_is_built_without_the_way() -> None:
    """A client that is built another way would come without a name and in clear."""
    built = 0
    for path in _sources():
        for call in ast.walk(ast.parse(path.read_text())):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in CLIENTS:
                spread = [ast.unparse(each.value) for each in call.keywords if each.arg is None]
                assert any(each.endswith(".client_options()") for each in spread), path
                built += 1
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "KafkaBroker":
                assert "security" in {each.arg for each in call.keywords}, path
                built += 1
    assert built >= 6


def _sources() -> list[Path]:
    """The services' and the chassis' own: tests and their tools speak to a broker in clear."""
    folders = [SOURCES / "chassis" / "src", *(SOURCES / "services").glob("*/src")]
    found = [path for folder in folders for path in folder.rglob("*.py")]
    return [path for path in found if not path.name.startswith("testing")]


def test_a_password_shows_in_no_repr() -> None:
    assert "pass-word" not in repr(Sasl("PLAIN", "linli", "pass-word"))
