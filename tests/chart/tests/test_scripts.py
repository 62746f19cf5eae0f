"""The programs that the chart gives to the gateway's image, run by the Node that is here."""

import http.server
import json
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from charted.rendering import CHARTS

ROOT = Path(__file__).parents[3]
SCRIPTS = CHARTS / "linli/files"
SUPERGRAPH = ROOT / "gateway/supergraph.graphql"
SERVICES = ("residents", "issues", "vouchers", "outreach")
_NODE_SECONDS = 60


def missing(service: str, sdl: str) -> list[str]:
    """What the supergraph asks of a service and this schema does not serve."""
    program = (
        f"import {{ asked, missing }} from '{SCRIPTS}/wait-for-schemas.mjs'\n"
        "import { readFileSync } from 'node:fs'\n"
        f"const byGraph = asked(readFileSync('{SUPERGRAPH}', 'utf8'))\n"
        "const places = byGraph.get(process.argv[1])\n"
        "process.stdout.write(JSON.stringify(missing(places, readFileSync(0, 'utf8'))))\n"
    )
    ended = subprocess.run(  # noqa: S603
        ["node", "--input-type=module", "--eval", program, service.upper()],  # noqa: S607
        input=sdl,
        env={**os.environ, "GATEWAY_FOLDER": str(ROOT / "gateway")},
        capture_output=True,
        text=True,
        timeout=_NODE_SECONDS,
        check=True,
    )
    lacking: list[str] = json.loads(ended.stdout)
    return lacking


def schema_of(service: str) -> str:
    return (ROOT / f"services/{service}/schema.graphql").read_text()


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_of_the_same_version_serves_what_is_asked(service: str) -> None:
    assert missing(service, schema_of(service)) == []


def older_schema(of_type: str, line: str, instead: str = "") -> str:
    """The schema of residents before a line came into a type, with its description."""
    head, start, rest = schema_of("residents").partition(f"\n{of_type} {{\n")
    body, end, tail = rest.partition("\n}\n")
    cut, times = re.subn(rf'(?m)^ *"""[^"]*"""\n *{re.escape(line)}$', instead, body)
    assert times == 1
    return head + start + cut + end + tail


@pytest.mark.parametrize(
    ("of_type", "line", "lacking"),
    [
        ("type Query", "privacyPolicies: [PrivacyPolicy!]", "Query.privacyPolicies"),
        ("input LogInStaffInput", "client: StaffClient!", "LogInStaffInput.client"),
        ("enum StaffClient", "PORTAL", "StaffClient.PORTAL"),
    ],
)
def test_what_an_older_service_lacks_is_told(of_type: str, line: str, lacking: str) -> None:
    assert missing("residents", older_schema(of_type, line)) == [lacking]


def test_an_argument_that_is_lacking_is_told() -> None:
    older = older_schema("type Mutation", "input: LogInStaffInput!", "    other: Int")
    assert missing("residents", older) == ["Mutation.logInStaff(input)"]


def test_a_service_that_is_ahead_is_no_obstacle() -> None:
    newer = schema_of("residents") + "\ntype Garden { flowers: Int }\n"
    assert missing("residents", newer) == []


@contextmanager
def serving(handler: type[http.server.BaseHTTPRequestHandler]) -> Iterator[int]:
    """Serve from a free port of 127.0.0.1. Yields: the port."""
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


class Apis(http.server.BaseHTTPRequestHandler):
    """Every api at its own path: residents of an older version as often as `older` says."""

    older = 0
    of_residents_before = ""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        service = self.path.strip("/")
        sdl = schema_of(service)
        if service == "residents" and type(self).older > 0:
            type(self).older -= 1
            sdl = self.of_residents_before
        whole = json.dumps({"data": {"_service": {"sdl": sdl}}}).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name
        """Say nothing."""


def wait_for_schemas(port: int, suffix: str) -> "subprocess.CompletedProcess[str]":
    """Run it until it ends. Args: suffix: the Pods of an api have its name with this."""
    urls = {f"{name.upper()}_URL": f"http://localhost:{port}/{name}" for name in SERVICES}
    return subprocess.run(  # noqa: S603
        ["node", str(SCRIPTS / "wait-for-schemas.mjs")],  # noqa: S607
        env={
            "PATH": os.environ["PATH"],
            "GATEWAY_FOLDER": str(ROOT / "gateway"),
            "PODS_SUFFIX": suffix,
            **urls,
        },
        capture_output=True,
        text=True,
        timeout=_NODE_SECONDS,
        check=False,
    )


def test_a_gateway_waits_until_the_last_older_pod_is_gone() -> None:
    before = older_schema("type Query", "privacyPolicies: [PrivacyPolicy!]")
    handler = type("Handler", (Apis,), {"older": 2, "of_residents_before": before})
    with serving(handler) as port:
        ended = wait_for_schemas(port, "")
    assert ended.returncode == 0, ended.stderr
    lines = ended.stdout.splitlines()
    assert "localhost at 127.0.0.1 lacks Query.privacyPolicies" in lines
    assert lines[-1] == "every service serves what the supergraph asks"


def test_services_without_a_pod_hold_nothing_up() -> None:
    ended = wait_for_schemas(1, ".invalid")
    assert (ended.returncode, ended.stdout) == (
        0,
        "every service serves what the supergraph asks\n",
    )


class Linli(http.server.BaseHTTPRequestHandler):
    """Answers as Linli's processes do to somebody without an account, but for `broken`."""

    broken: str = ""

    def do_GET(self) -> None:
        answers: dict[str, tuple[int, object]] = {
            "/ready": (200, {"ready": True}),
            "/jwks.json": (200, {"keys": [{}]}),
            "/till/v1/redemptions/none": (401, {"code": "UNAUTHENTICATED"}),
            "/photos/none/full?until=0&sig=none": (404, {}),
        }
        self.answer(*answers.get(self.path, (500, {})))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        if self.path == "/graphql":
            self.answer(200, self.graph(json.loads(body)))
        elif self.path == "/oauth/token":
            self.answer(401, {"error": "invalid_client"})
        else:
            self.answer(403, {"code": "FORBIDDEN"})

    def graph(self, params: dict[str, object]) -> object:
        manifest = json.loads((ROOT / "gateway/manifest/anonymous.json").read_text())
        names = {one["id"]: one["name"] for one in manifest["operations"]}
        name = names.get(str(params.get("documentId")))
        if name == "PrivacyPolicies":
            return {"data": {"privacyPolicies": [{"purpose": "x"}]}}
        if name == "LogInStaff":
            return {"data": {"logInStaff": {"__typename": "LoginRefused"}}}
        return {"errors": [{"message": "no", "extensions": {"code": "QUERY_REFUSED"}}]}

    def answer(self, status: int, body: object) -> None:
        whole = json.dumps(body).encode()
        self.send_response(500 if self.broken and self.broken in self.path else status)
        self.send_header("content-length", str(len(whole)))
        self.end_headers()
        self.wfile.write(whole)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  its name
        """Say nothing."""


def linli(broken: str = "") -> AbstractContextManager[int]:
    """Serve all processes of Linli from one port."""
    return serving(type("Handler", (Linli,), {"broken": broken}))


def first_steps(port: int) -> "subprocess.CompletedProcess[str]":
    address = f"http://127.0.0.1:{port}"
    return subprocess.run(  # noqa: S603
        ["node", str(SCRIPTS / "first-steps.mjs")],  # noqa: S607
        env={
            "PATH": os.environ["PATH"],
            "ENVIRONMENT": "production",
            "GATEWAY_ADDRESS": address,
            "API_ADDRESSES": " ".join(f"{service}={address}" for service in SERVICES),
            "GATEWAY_FOLDER": str(ROOT / "gateway"),
        },
        capture_output=True,
        text=True,
        timeout=_NODE_SECONDS,
        check=False,
    )


def test_the_first_steps_succeed_where_all_is_well() -> None:
    with linli() as port:
        ended = first_steps(port)
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert ended.stdout.endswith(" passed, 0 failed\n")


@pytest.mark.parametrize(
    "broken", ["/ready", "/jwks.json", "/graphql", "/oauth", "/till", "/photos", "/wechat"]
)
def test_a_step_that_fails_fails_the_test(broken: str) -> None:
    with linli(broken) as port:
        ended = first_steps(port)
    if broken == "/graphql":
        # A status alone is nothing to a client of the graph.
        assert ended.returncode == 0
    else:
        assert ended.returncode == 1
        assert "✗" in ended.stdout


def test_a_service_that_is_away_fails_the_test() -> None:
    with linli() as port:
        pass
    ended = first_steps(port)
    assert ended.returncode == 1
    assert "ECONNREFUSED" in ended.stdout
