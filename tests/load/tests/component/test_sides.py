"""The clients of W1 look at every answer, and each connection sends its own people's tokens."""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from benchmarks.sides import Side, Wanted, run
from benchmarks.w1_reference import packages

_PAGE = {"data": {"me": {"id": "account_1"}, "name": "八家庄社区"}}
_SECONDS = 1


@dataclass
class Answering:
    """A server that answers everybody the same, and remembers who asked."""

    status: int = 200
    page: Any = field(default_factory=lambda: _PAGE)
    asked_by: set[str] = field(default_factory=set)
    address: str = ""


@pytest.fixture
def answering() -> Iterator[Answering]:
    given = Answering()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            given.asked_by.add(self.headers["Authorization"])
            body = json.dumps(given.page).encode()  # other bytes than JSON.stringify's
            self.send_response(given.status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None: ...

    for each in packages():
        if not each.are_installed():
            each.install()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        given.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield given
        server.shutdown()
        thread.join()


def side(answering: Answering) -> Side:
    return Side("somebody", answering.address, {"server": os.getpid()})


def wanted() -> list[list[Wanted]]:
    return [[Wanted(f"token-{at}{of}", "{}", _PAGE) for of in "ab"] for at in range(3)]


def test_right_answers_are_counted_and_no_fault(answering: Answering, tmp_path: Path) -> None:
    seen = run(side(answering), wanted(), seconds=_SECONDS, folder=tmp_path)

    assert seen.faults == ()
    assert seen.pages > 0
    assert seen.p99_ms >= seen.p50_ms > 0
    assert set(seen.cpu_ms_per_page) == {"server", "clients"}
    assert answering.asked_by == {f"Bearer token-{at}{of}" for at in range(3) for of in "ab"}


@pytest.mark.parametrize(
    ("status", "page"),
    [
        (200, {"data": {"me": {"id": "account_2"}, "name": "八家庄社区"}}),
        (200, {**_PAGE, "errors": [{"message": "no"}]}),
        (503, _PAGE),
    ],
)
def test_a_wrong_answer_is_a_fault(
    answering: Answering, tmp_path: Path, status: int, page: object
) -> None:
    answering.status, answering.page = status, page

    seen = run(side(answering), wanted(), seconds=_SECONDS, folder=tmp_path)

    assert f"status {status}" in seen.faults[0]
    assert f"{seen.pages} wrong answers in all" in seen.faults[-1]
