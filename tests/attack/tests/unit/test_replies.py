"""What an answer is taken for, and what is found in logs."""

import io
import json
from pathlib import Path

import httpx
import msgspec
import pytest
from rich.console import Console
from strangers.changes import changed
from strangers.failure_logs import failures_in, is_failure, log_sizes
from strangers.outcome import Finding, Tally
from strangers.replies import Reply
from strangers.report import Report, show
from strangers.slow_bodies import code_in


def reply(status: int, body: object) -> Reply:
    return Reply.of(httpx.Response(status, json=body))


def error(code: str) -> dict[str, object]:
    return {"message": "x", "extensions": {"code": code}}


@pytest.mark.parametrize(
    ("status", "body", "code", "refusing", "fails"),
    [
        (200, {"data": {"a": 1}}, "answered", False, False),
        (200, {"data": {"a": None}, "errors": [error("FORBIDDEN")]}, "FORBIDDEN", True, False),
        (200, {"data": {"a": 1}, "errors": [error("FORBIDDEN")]}, "FORBIDDEN", False, False),
        (200, {"data": None, "errors": [error("INTERNAL")]}, "INTERNAL", True, True),
        (503, {"errors": [error("UNAVAILABLE")]}, "UNAVAILABLE", True, True),
        (200, {"errors": [{"message": "no code"}]}, "?", True, True),
        (401, {"code": "UNAUTHENTICATED", "message": "x"}, "UNAUTHENTICATED", True, False),
        (431, "", "HTTP 431", False, False),
        (405, {"detail": "Method Not Allowed"}, "HTTP 405", False, False),
        (500, "", "HTTP 500", False, True),
    ],
)
def test_an_answer_is_judged(
    status: int, body: object, code: str, refusing: bool, fails: bool
) -> None:
    judged = reply(status, body)

    assert (judged.code, judged.refusing(), judged.failing() is not None) == (code, refusing, fails)


def test_a_bare_status_refuses_only_where_it_is_listed() -> None:
    assert reply(405, "").refusing({405})
    assert not reply(400, "").refusing({405})
    assert not reply(400, "").passing()
    assert reply(400, {"errors": [error("QUERY_REFUSED")]}).passing()


@pytest.mark.parametrize(
    ("raised", "code", "fails"),
    [
        (httpx.ReadError("x"), "cut off", False),
        (httpx.RemoteProtocolError("x"), "cut off", False),
        (httpx.ReadTimeout("x"), "no answer", True),
        (httpx.ConnectError("x"), "no answer", True),
    ],
)
async def test_a_door_that_does_not_answer_refuses_nothing(
    raised: httpx.TransportError, code: str, fails: bool
) -> None:
    def never(_: httpx.Request) -> httpx.Response:
        raise raised

    async with httpx.AsyncClient(transport=httpx.MockTransport(never)) as client:
        judged = await Reply.to(client, "POST", "http://x/graphql")

    assert (judged.status, judged.code, judged.failing() is not None) == (0, code, fails)
    assert not judged.refusing()
    assert not judged.passing()


def test_an_answer_as_it_came_has_a_code_or_none() -> None:
    body = json.dumps({"errors": [error("BAD_USER_INPUT")]}).encode()

    assert code_in(b"HTTP/1.1 408 x\r\n\r\n" + body) == "BAD_USER_INPUT"
    assert [code_in(it) for it in (b"", b"HTTP/1.1 400 x\r\n\r\nx", b"x\r\n\r\n[]")] == ["?"] * 3


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ({"level": "error", "event": "internal error", "exception": "Traceback"}, True),
        ({"level": "error", "event": "x", "exception": "Traceback"}, True),
        ({"level": "warning", "event": "unavailable", "exception": "Traceback"}, False),
        ({"level": "info", "event": "internal error"}, False),
        ([], False),
    ],
)
def test_a_line_of_an_unhandled_exception_is_known(line: object, expected: bool) -> None:
    assert is_failure(json.dumps(line)) is expected


def test_logs_are_read_from_where_they_were(tmp_path: Path) -> None:
    log = tmp_path / "issues-api.log"
    log.write_text("Traceback (most recent call last):\n")
    before = log_sizes(tmp_path)
    assert failures_in(tmp_path, since=before) == []

    log.write_text(log.read_text() + '{"level": "info"}\nTraceback (most recent call last):\n')
    (failure,) = failures_in(tmp_path, since=before)
    assert failure.process == "issues-api"


def test_logs_that_were_put_aside_are_read_on(tmp_path: Path) -> None:
    log = tmp_path / "issues-api.log"
    log.write_text("Traceback (most recent call last):\n")
    before = log_sizes(tmp_path)
    with log.open("a") as more:
        more.write("Traceback (most recent call last): the second\n")
    log.rename(tmp_path / "issues-api.log.1")
    log.write_text("Traceback (most recent call last): the third\n")

    found = failures_in(tmp_path, since=before)

    assert {failure.process for failure in found} == {"issues-api"}
    assert sorted(failure.line.split()[-1] for failure in found) == ["second", "third"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [("FORBIDDEN", "1"), ("HTTP 400", "0"), ("answered", "0"), ("cut off", "0")],
)
def test_only_codes_are_refusals_by_name(code: str, expected: str) -> None:
    outcome = Tally().outcome("S1", "a rule", 0)
    outcome = msgspec.structs.replace(outcome, inputs=1, answers={code: 1})
    console = Console(record=True, width=200, file=io.StringIO())
    show(Report(1, "make attack", [outcome]), console)

    cells = console.export_text().splitlines()[-1].split()
    assert cells[:3] == ["S1", "1", expected]


def test_collections_that_differ_are_new_or_are_gone_are_named() -> None:
    before = {"a": "1", "b": "1", "c": "1"}

    assert changed(before, {"a": "1", "b": "2", "d": "1"}) == ["b", "c", "d"]
    assert changed(before, dict(before)) == []


def test_an_outcome_counts_what_was_answered_and_keeps_a_finding_once(tmp_path: Path) -> None:
    seen: list[int] = []
    tally = Tally(lambda: seen.append(1))
    for code in ("answered", "FORBIDDEN", "FORBIDDEN"):
        tally.answered(code)
        tally.found("gateway", "x" * 3_000, "y")
    for times in (1.0, 3.0, 2.0):
        tally.weighed("gateway", f"{times}", times)
    outcome = tally.outcome("S1", "a rule", 1.26)

    assert (outcome.inputs, outcome.answers) == (3, {"FORBIDDEN": 2, "answered": 1})
    assert outcome.findings == [Finding("gateway", "x" * 2_000 + "… (1000 more)", "y")]
    assert "median of 3" in outcome.notes[0]
    assert "3.0" in outcome.notes[1]
    assert (outcome.seconds, len(seen)) == (1.3, 3)
    report = Report(7, "make attack SEED=7", [outcome])
    report.write(tmp_path / "attack.json")
    assert not report.is_clean
    assert json.loads((tmp_path / "attack.json").read_text())["outcomes"][0]["inputs"] == 3
