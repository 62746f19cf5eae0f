"""Whether a process of this machine is ready is asked of it, not of a proxy, and of ours only."""

import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Literal

import pytest
from local_stack.acting.service_process import ServiceProcess
from local_stack.acting.waiting import by_and_by
from local_stack.leash import Leash
from local_stack.ports import free_port
from local_stack.programs import answers_ready
from local_stack.server_process import ServerNotReady


class _Ready(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Say nothing."""


class EndsAtOnce(ServiceProcess):
    """A service that ends when it is started."""

    service = "nobody"

    def __init__(self, folder: Path, leash: Leash, port: int) -> None:
        kind: Literal["api"] = "api"
        super().__init__(kind, {}, folder=folder, leash=leash)
        self.port = port

    def argv(self) -> list[str]:
        return [sys.executable, "-c", "raise SystemExit('the port is taken')"]


@pytest.fixture
def ready_port() -> Iterator[int]:
    """A port on which somebody says that he is ready."""
    with ThreadingHTTPServer(("127.0.0.1", free_port()), _Ready) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def test_a_probe_asks_no_proxy(
    ready_port: int, tmp_path: Path, leash: Leash, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    assert answers_ready(f"http://127.0.0.1:{ready_port}")
    assert EndsAtOnce(tmp_path, leash, ready_port).is_ready()


def test_a_stranger_on_the_port_does_not_make_a_server_ready(
    ready_port: int, tmp_path: Path, leash: Leash
) -> None:
    server = EndsAtOnce(tmp_path, leash, ready_port)
    server.start()
    by_and_by(lambda: not server.is_running)
    assert server.is_ready()
    with pytest.raises(ServerNotReady, match="the port is taken"):
        server.wait_ready()
    server.stop()
