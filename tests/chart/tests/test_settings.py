"""The chart gives each process the variables that its settings know, all of them and no other."""

import base64
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from charted.rendering import CHARTS, Object, Rendered, render
from chassis.settings import ServiceSettings, load
from issues.settings import IssuesSettings
from local_stack.layout import Layout
from local_stack.programs import Stores, programs, service_env
from local_stack.secrets_file import stack_secrets
from outreach.settings import OutreachSettings
from residents.settings import ResidentsSettings
from vouchers.settings import VouchersSettings

ROOT = Path(__file__).parents[3]
SERVICES: dict[str, type[ServiceSettings]] = {
    "residents": ResidentsSettings,
    "issues": IssuesSettings,
    "vouchers": VouchersSettings,
    "outreach": OutreachSettings,
}
READ_BY_OTHERS = {"PYTHONUNBUFFERED", "FORWARDED_ALLOW_IPS"}
"""Python's, and uvicorn's: chassis.server says what it does."""
SECRET_WORDS = ("KEY", "SECRET", "PASSWORD", "MONGODB_URI")


def variables_of(service: str) -> set[str]:
    return {name.upper() for name in SERVICES[service].model_fields}


def needed_by(service: str) -> set[str]:
    fields = SERVICES[service].model_fields.items()
    return {name.upper() for name, field in fields if field.is_required()}


def containers(rendered: Rendered) -> Iterator[tuple[str, str, Object]]:
    """Every container of a service: its place, the service, itself."""
    for pod in rendered.pod_templates():
        service = pod.labels.get("linli.service", "")
        if service in SERVICES:
            for container in pod.containers():
                yield f"{pod.owner} {container['name']}", service, container


def settings_in(rendered: Rendered, container: Object) -> dict[str, str]:
    names = [one["configMapRef"]["name"] for one in container["envFrom"]]
    return {
        key: value
        for name in names
        for key, value in rendered.named("ConfigMap", name)["data"].items()
    }


def secrets_in(container: Object) -> dict[str, tuple[str, str]]:
    """The variables from Secrets: name of the Secret, key in it."""
    found = {}
    for one in container["env"]:
        reference = one["valueFrom"]["secretKeyRef"]
        found[one["name"]] = (reference["name"], reference["key"])
    return found


@pytest.fixture(scope="session", params=["trial", "production", "everything"])
def linli(request: pytest.FixtureRequest) -> Rendered:
    rendered: Rendered = request.getfixturevalue(request.param)
    return rendered


def test_every_variable_is_known_and_every_needed_one_is_there(linli: Rendered) -> None:
    seen = set()
    for place, service, container in containers(linli):
        given = {*settings_in(linli, container), *secrets_in(container)}
        assert given - variables_of(service) - READ_BY_OTHERS == set(), place
        assert needed_by(service) - given == set(), place
        seen.add(service)
    assert seen == set(SERVICES)


def test_no_secret_stands_in_a_config_map(linli: Rendered) -> None:
    for one in linli.of_kind("ConfigMap"):
        if one["metadata"]["name"].endswith(("-settings", "-migration")):
            doubtful = [key for key in one["data"] if any(word in key for word in SECRET_WORDS)]
            assert doubtful == [], one["metadata"]["name"]


def test_a_service_gets_no_secret_that_it_does_not_know(everything: Rendered) -> None:
    for one in everything.of_kind("Secret"):
        service = one["metadata"]["labels"]["linli.service"]
        assert set(one["data"]) <= variables_of(service)
        assert "MONGODB_URI" in one["data"]


def test_what_is_read_from_a_secret_is_in_it(everything: Rendered) -> None:
    made = {one["metadata"]["name"]: set(one["data"]) for one in everything.of_kind("Secret")}
    from_existing = set()
    for place, _service, container in containers(everything):
        for secret, key in secrets_in(container).values():
            if secret not in made:
                from_existing.add(secret)
                continue
            assert key in made[secret], place
    assert from_existing == {"vouchers-of-the-treasury"}


def test_all_that_the_local_stack_gives_a_service_is_given_here(
    production: Rendered, tmp_path: Path
) -> None:
    """The same programs run here and there: a setting added to one must come to the other."""
    stores = Stores("mongodb://127.0.0.1:1", "127.0.0.1:1", store=None, kafka=None)
    layout = Layout(state=tmp_path, port_base=4000)
    local = service_env(layout, stores, stack_secrets(tmp_path))
    chosen_here = {"COMMENT_POLL_SECONDS", "COMMENTER_LOOKUP_SECONDS", "PUBLIC_BASE_URL"}
    for place, service, container in containers(production):
        given = {*settings_in(production, container), *secrets_in(container)}
        lacking = (set(local) & variables_of(service)) - given - chosen_here
        assert lacking == set(), place


@contextmanager
def environment(values: dict[str, str]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name in {*variables_of("residents"), *variables_of("outreach")}:
            patch.delenv(name, raising=False)
        for name, value in values.items():
            patch.setenv(name, value)
        yield


@pytest.mark.parametrize("service", [name for name in SERVICES if name != "vouchers"])
def test_settings_read_what_the_chart_gives(
    service: str, everything: Rendered, tmp_path: Path
) -> None:
    given = dict(everything.named("ConfigMap", f"{service}-settings")["data"])
    # They lie in the Pod alone.
    assert given.pop("KAFKA_CA_FILE") == "/etc/linli/kafka/ca.crt"
    here = tmp_path / "ca.crt"
    here.touch()
    secret = everything.named("Secret", f"{service}-secrets")["data"]
    given |= {name: base64.b64decode(value).decode() for name, value in secret.items()}
    given["MONGODB_URI"] = given["MONGODB_URI"].replace("/etc/linli/mongodb/ca.crt", str(here))
    with environment(given):
        settings = load(SERVICES[service])
    assert settings.is_production
    assert settings.http_port == 8080
    expected = "matters" if service == "issues" else f"linli_{service}"
    assert settings.mongodb_database == expected


def test_what_is_given_once_comes_to_all(everything: Rendered) -> None:
    for service in SERVICES:
        data = everything.named("ConfigMap", f"{service}-settings")["data"]
        assert data["READ_ONLY"] == "true"
        assert data["LOG_LEVEL"] == ("DEBUG" if service == "outreach" else "WARNING")
        assert data["KAFKA_SECURITY_PROTOCOL"] == "SASL_SSL"
        user = "linli-residents" if service == "residents" else "linli"
        assert data["KAFKA_SASL_USERNAME"] == user


def gateway_settings(given: dict[str, str]) -> Object:
    script = (
        "import { readSettings } from './src/settings.js';"
        "process.stdout.write(JSON.stringify(readSettings(JSON.parse(process.argv[1]))))"
    )
    ended = subprocess.run(  # noqa: S603
        ["node", "--input-type=module", "--eval", script, json.dumps(given)],  # noqa: S607
        cwd=ROOT / "gateway",
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    read: Object = json.loads(ended.stdout)
    return read


def test_the_gateway_reads_what_the_chart_gives(everything: Rendered) -> None:
    given = everything.named("ConfigMap", "gateway-settings")["data"]
    read = gateway_settings(given)
    assert read["environment"] == "production"
    assert read["httpHost"] == "0.0.0.0"  # noqa: S104  in its Pod
    assert read["requestsPerMinute"] == 1_000_000
    assert read["trustedProxies"] == 2
    assert read["logLevel"] == "debug"
    services = json.loads((ROOT / "gateway/services.json").read_text())
    assert set(read["serviceUrls"]) == {name.upper() for name in services}
    assert set(services) == set(SERVICES)
    # Whatever is given changes something: an unknown variable would be the default again.
    unread = [name for name in given if gateway_settings({**given, name: ""}) == read]
    same_as_default = {"TOKEN_ISSUER", "TOKEN_AUDIENCE", "DRAIN_SECONDS"}
    assert set(unread) <= same_as_default


def test_the_gateway_gets_what_the_local_stack_gives_it(
    production: Rendered, tmp_path: Path
) -> None:
    stores = Stores("mongodb://127.0.0.1:1", "127.0.0.1:1", store=None, kafka=None)
    layout = Layout(state=tmp_path, port_base=4000)
    local = next(
        one for one in programs(layout, stores, stack_secrets(tmp_path)) if one.name == "gateway"
    )
    assert set(local.env) <= set(production.named("ConfigMap", "gateway-settings")["data"])


def test_the_trial_gives_the_secrets_that_linli_asks_for(trial: Rendered, stores: Rendered) -> None:
    made = stores.named("Secret", "linli-trial")["data"]
    asked = {
        reference
        for _place, _service, container in containers(trial)
        for reference in secrets_in(container).values()
    }
    assert asked == {("linli-trial", name) for name in made}


def test_another_value_of_a_secret_rolls_the_pods(everything: Rendered) -> None:
    def marks(rendered: Rendered, name: str) -> Object:
        pod: Object = rendered.named("Deployment", name)["spec"]["template"]
        annotations: Object = pod["metadata"]["annotations"]
        return annotations

    file = Path(__file__).parents[1] / "values-everything.yaml"
    other = render("linli", (file,), {"secrets": {"photoUrlKey": "B" * 43}})
    assert marks(other, "issues-api") != marks(everything, "issues-api")
    assert marks(other, "outreach-api") == marks(everything, "outreach-api")
    other = render("linli", (file,), {"services": {"issues": {"settings": {"LOG_LEVEL": "ERROR"}}}})
    assert marks(other, "issues-worker") != marks(everything, "issues-worker")
    assert marks(other, "gateway") == marks(everything, "gateway")
    trial_file = CHARTS / "linli" / "values-trial.yaml"
    was, now = (render("linli", (trial_file,), {"secrets": {"version": v}}) for v in ("1", "2"))
    assert marks(was, "vouchers-api") != marks(now, "vouchers-api")
