"""Commands are run to their end, and what they complained of is told."""

import json
import stat
import sys
from collections import Counter
from pathlib import Path

import pytest
from on_cluster.community import check_each_once
from on_cluster.kubernetes import Cluster, CommandFailed, run
from on_cluster.outcome import StepFailed
from on_cluster.service_addresses import HTTP_PORT, Place, Places
from on_cluster.steps.install_linli import seconds_to_ready
from on_cluster.steps.rotate_signing_key import key_id

ECHO = """#!{python}
import json, sys
print(json.dumps({{"argv": sys.argv[1:], "given": "" if sys.stdin.isatty() else sys.stdin.read()}}))
"""


@pytest.fixture
def cluster(tmp_path: Path) -> Cluster:
    """A kubectl that prints what it is told."""
    program = tmp_path / "kubectl"
    program.write_text(ECHO.format(python=sys.executable))
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return Cluster("a-namespace", helm=str(program), kubectl=str(program))


async def test_a_service_command_runs_in_a_pod_of_its_api(cluster: Cluster) -> None:
    said = json.loads(await cluster.operate("residents", "create-community", given="secret\n"))

    assert said["argv"] == [
        *("--namespace", "a-namespace", "exec", "--stdin", "deployment/residents-api"),
        *("--", "linli", "create-community"),
    ]
    assert said["given"] == "secret\n"


async def test_what_is_read_is_json(cluster: Cluster) -> None:
    assert (await cluster.read("pods"))["argv"][2:] == ["get", "pods", "--output", "json"]


async def test_a_failed_command_is_told_with_its_words() -> None:
    script = "import sys; sys.stderr.write('no such pod'); sys.exit(3)"

    with pytest.raises(CommandFailed, match=r"ended with 3: no such pod"):
        await run([sys.executable, "-c", script])


async def test_a_command_that_does_not_end_is_ended() -> None:
    with pytest.raises(CommandFailed, match=r"took longer than 0\.2 s"):
        await run([sys.executable, "-c", "import signal; signal.pause()"], within_seconds=0.2)


async def test_a_name_leads_to_its_service(unused_tcp_port: int) -> None:
    places = Places({"gateway": Place("127.0.0.1", unused_tcp_port)}, balanced=True)
    async with places.client() as client:
        request = client.build_request("GET", f"http://gateway:{HTTP_PORT}/live")
        with pytest.raises(Exception, match=r"[Cc]onnect"):
            await client.send(request)

    assert (request.url.host, request.url.port) == ("127.0.0.1", unused_tcp_port)
    assert request.headers["host"] == f"gateway:{HTTP_PORT}"


def test_what_was_acknowledged_must_be_there_once() -> None:
    check_each_once(["a", "b"], Counter(["a", "b", "another"]), "team")
    for found in (["a"], ["a", "b", "b"]):
        with pytest.raises(StepFailed, match=r"each acknowledged team is there once; seen: .*'b'"):
            check_each_once(["a", "b"], Counter(found), "team")


def test_the_time_to_ready_begins_with_the_container() -> None:
    pod = {
        "status": {
            "containerStatuses": [{"state": {"running": {"startedAt": "2026-11-26T14:00:00Z"}}}],
            "conditions": [
                {"type": "PodScheduled", "lastTransitionTime": "2026-11-26T13:59:50Z"},
                {"type": "Ready", "lastTransitionTime": "2026-11-26T14:00:04Z"},
            ],
        }
    }

    assert seconds_to_ready(pod) == 4.0


def test_the_key_of_a_token_is_in_its_head() -> None:
    # {"alg":"EdDSA","kid":"k2"}
    assert key_id("eyJhbGciOiJFZERTQSIsImtpZCI6ImsyIn0.e30.sig") == "k2"
