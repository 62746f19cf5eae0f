"""A process starts with good settings or not at all."""

import base64
from typing import ClassVar

import pytest
from chassis.settings import ServiceSettings, load

KEY = base64.urlsafe_b64encode(b"k" * 32).rstrip(b"=").decode()
GOOD = {
    "MONGODB_URI": "mongodb://u:pass-word@127.0.0.1:4317/?retryWrites=false",
    "KAFKA_BOOTSTRAP_SERVERS": "127.0.0.1:4392",
    "KEY_WRAPPING_KEYS": f"a:{KEY}",
    "LOOKUP_HASH_KEY": KEY,
}


class BakerySettings(ServiceSettings):
    service_name: ClassVar[str] = "bakery"
    oven_degrees: float = 220


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for field in BakerySettings.model_fields:
        monkeypatch.delenv(field.upper(), raising=False)
    for name, value in GOOD.items():
        monkeypatch.setenv(name, value)
    return monkeypatch


def test_what_is_not_set_has_its_default(environment: pytest.MonkeyPatch) -> None:
    settings = load(BakerySettings)
    assert (settings.http_host, settings.http_port) == ("127.0.0.1", 8080)
    assert settings.mongodb_database == "linli_bakery"
    assert settings.mongodb_driver == "motor"
    assert settings.is_production
    assert settings.otel_exporter_otlp_endpoint is None


def test_what_is_set_is_read(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("HTTP_PORT", "4102")
    environment.setenv("MONGODB_DATABASE", "other")
    environment.setenv("OVEN_DEGREES", "180")
    environment.setenv("ENVIRONMENT", "development")
    settings = load(BakerySettings)
    assert (settings.http_port, settings.mongodb_database) == (4102, "other")
    assert (settings.oven_degrees, settings.is_production) == (180, False)
    assert settings.wrapping_keys().current_id == "a"
    assert len(settings.lookup_hash()("phone", "1")) == 64


def test_secrets_do_not_show(environment: pytest.MonkeyPatch) -> None:
    shown = repr(load(BakerySettings))
    assert "pass-word" not in shown
    assert KEY not in shown


def test_every_missing_or_bad_variable_gets_one_line_and_no_value(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.delenv("KAFKA_BOOTSTRAP_SERVERS")
    environment.setenv("HTTP_PORT", "secret-port")
    environment.setenv("MONGODB_URI", "secret://")
    environment.setenv("KEY_WRAPPING_KEYS", "a:c2VjcmV0")
    environment.setenv("LOOKUP_HASH_KEY", "c2VjcmV0")
    with pytest.raises(SystemExit) as ended:
        load(BakerySettings)
    assert ended.value.code == 2
    lines = capsys.readouterr().err.splitlines()
    assert sorted(line.split(":")[0] for line in lines) == [
        "setting HTTP_PORT",
        "setting KAFKA_BOOTSTRAP_SERVERS",
        "setting KEY_WRAPPING_KEYS",
        "setting LOOKUP_HASH_KEY",
        "setting MONGODB_URI",
    ]
    assert "setting KAFKA_BOOTSTRAP_SERVERS: is not set" in lines
    assert "secret" not in "".join(lines)
    assert "c2VjcmV0" not in "".join(lines)


def test_a_certificate_that_is_not_there_is_said_in_one_line(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    environment.setenv("MONGODB_URI", "mongodb://127.0.0.1/?tls=true&tlsCAFile=/not/there.crt")

    with pytest.raises(SystemExit):
        load(BakerySettings)

    (said,) = capsys.readouterr().err.splitlines()
    assert said == "setting MONGODB_URI: names a file that cannot be read"


@pytest.mark.parametrize(
    "uri",
    [
        "mongodb://u:pass-word@127.0.0.1:4317/?retryWrites=perhaps",
        "mongodb://u:pass-word@127.0.0.1:4317/?retry=false",
        "mongodb://u:pass-word@127.0.0.1:none",
        "mongodb://u:pass/word@127.0.0.1:4317",
        "mongodb://",
    ],
)
def test_a_store_that_cannot_be_found_by_its_uri_is_refused_in_one_line(
    environment: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], uri: str
) -> None:
    environment.setenv("MONGODB_URI", uri)

    with pytest.raises(SystemExit):
        load(BakerySettings)

    (said,) = capsys.readouterr().err.splitlines()
    assert said.startswith("setting MONGODB_URI: has a host, a port")
    assert "word" not in said
