"""Processes under the supervisor: started in stages, seen when killed, ended without a rest."""

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import psutil
import pytest
from local_stack import orphans
from local_stack.acting.waiting import by_and_by
from local_stack.down import down
from local_stack.layout import Layout
from local_stack.occupied import occupied_ports
from local_stack.ports import free_port
from local_stack.programs import Program
from local_stack.record import StackRecord
from local_stack.starting import DidNotStart, start_all, wait_ready
from local_stack.status import ProcessRow, status_rows
from local_stack.supervisor import Supervisor, SupervisorAway, UnknownProcess
from local_stack.up import StackOfOtherCode, up


def answers(port: int) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", timeout=2, trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def a_server(name: str, folder: Path, stage: int = 1) -> Program:
    port = free_port()
    return Program(
        name=name,
        argv=(sys.executable, "-m", "http.server", "--bind", "127.0.0.1", str(port)),
        env={"GREETING": "100 % of, all"},
        stage=stage,
        port=port,
        is_ready=lambda: answers(port),
        cwd=str(folder),
    )


@pytest.fixture
def layout(tmp_path: Path) -> Iterator[Layout]:
    layout = Layout(tmp_path / "state")
    yield layout
    down(layout)


@pytest.fixture
def servers(tmp_path: Path) -> list[Program]:
    (tmp_path / "served").mkdir()
    return [a_server(name, tmp_path / "served") for name in ("issues-api", "issues-worker")]


@pytest.fixture
def supervisor(layout: Layout, servers: list[Program]) -> Supervisor:
    supervisor = Supervisor(layout)
    supervisor.start(servers)
    start_all(supervisor, servers)
    wait_ready(layout, supervisor, servers, lambda program, seconds: None)
    return supervisor


def row(layout: Layout, supervisor: Supervisor, name: str) -> ProcessRow:
    return next(row for row in status_rows(layout, supervisor) if row.name == name)


def test_status_shows_state_memory_and_no_restart(layout: Layout, supervisor: Supervisor) -> None:
    by_and_by(lambda: row(layout, supervisor, "issues-worker").state == "RUNNING")
    shown = row(layout, supervisor, "issues-worker")
    assert (shown.restarts, shown.last_end) == (0, None)
    assert shown.memory_bytes is not None
    assert shown.memory_bytes > 1_000_000
    assert shown.pid is not None


def test_a_killed_process_comes_back_and_status_says_how_it_ended(
    layout: Layout, supervisor: Supervisor, servers: list[Program]
) -> None:
    pid = row(layout, supervisor, "issues-worker").pid
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    by_and_by(lambda: row(layout, supervisor, "issues-worker").restarts == 1)
    wait_ready(layout, supervisor, servers, lambda program, seconds: None)
    shown = row(layout, supervisor, "issues-worker")
    assert shown.pid not in {None, pid}
    assert shown.last_end is not None
    assert shown.last_end.endswith(" SIGKILL")
    assert row(layout, supervisor, "issues-api").restarts == 0


def test_a_stopped_process_stays_stopped_until_it_is_started(
    layout: Layout, supervisor: Supervisor, servers: list[Program]
) -> None:
    supervisor.stop_process("issues-api", wait=True)
    assert row(layout, supervisor, "issues-api").pid is None
    supervisor.stop_process("issues-api", wait=True)
    supervisor.start_process("issues-api")
    wait_ready(layout, supervisor, servers, lambda program, seconds: None)


def test_an_unknown_process_is_named(supervisor: Supervisor) -> None:
    with pytest.raises(UnknownProcess, match="nobody"):
        supervisor.start_process("nobody")


def test_down_leaves_no_process(layout: Layout, supervisor: Supervisor) -> None:
    pids = [process.pid for process in supervisor.processes()]
    pids.append(int(layout.supervisor_pid_file.read_text()))
    assert down(layout) == 2
    assert [pid for pid in pids if psutil.pid_exists(pid)] == []
    assert not layout.supervisor_socket.exists()
    with pytest.raises(SupervisorAway):
        supervisor.processes()
    assert down(layout) == 0


def test_down_ends_what_a_killed_supervisor_left(layout: Layout, supervisor: Supervisor) -> None:
    pids = [process.pid for process in supervisor.processes()]
    supervisor_process = psutil.Process(int(layout.supervisor_pid_file.read_text()))
    supervisor_process.kill()
    by_and_by(lambda: not supervisor.is_running())
    assert sorted(process.pid for process in orphans.orphans(layout.supervisor_log)) == sorted(pids)
    assert down(layout) == 2
    by_and_by(lambda: not any(psutil.pid_exists(pid) for pid in pids))


def test_a_pid_that_belongs_to_another_process_now_is_left_alone(layout: Layout) -> None:
    layout.state.mkdir(parents=True)
    layout.supervisor_log.write_text(
        f"2020-01-01 00:00:00,000 INFO spawned: 'store' with pid {os.getpid()}\n"
    )
    assert orphans.orphans(layout.supervisor_log) == []


def test_a_process_that_ends_while_starting_is_named_with_its_log(
    layout: Layout, tmp_path: Path
) -> None:
    broken = Program(
        name="issues-api",
        argv=(sys.executable, "-c", "raise SystemExit('setting MONGODB_URI: is not set')"),
        env={},
        stage=1,
        port=free_port(),
        is_ready=lambda: False,
        cwd=str(tmp_path),
    )
    supervisor = Supervisor(layout)
    supervisor.start([broken])
    start_all(supervisor, [broken])
    with pytest.raises(DidNotStart, match="MONGODB_URI: is not set"):
        wait_ready(layout, supervisor, [broken], lambda program, seconds: None)


def test_a_supervisor_of_other_code_is_told_from_a_process_that_failed(
    layout: Layout, supervisor: Supervisor, tmp_path: Path
) -> None:
    added = a_server("vouchers-api", tmp_path)
    with pytest.raises(DidNotStart, match="does not know vouchers-api: `make down` first"):
        wait_ready(layout, supervisor, [added], lambda program, seconds: None)


def test_up_beside_a_stack_of_other_code_says_down_first_and_changes_nothing(
    layout: Layout, supervisor: Supervisor
) -> None:
    StackRecord(layout.port_base).write(layout.record)
    before = supervisor.processes()
    with pytest.raises(StackOfOtherCode, match=r"lacks store, kafka, .*`make down` first"):
        up(layout, with_story=False)
    assert supervisor.processes() == before


def test_the_processes_of_the_stack_ask_each_other_without_a_proxy(
    layout: Layout, servers: list[Program], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    monkeypatch.setenv("NO_PROXY", "intra.example")
    supervisor = Supervisor(layout)
    supervisor.start(servers)
    start_all(supervisor, servers)
    wait_ready(layout, supervisor, servers, lambda program, seconds: None)
    for process in supervisor.processes():
        exempt = psutil.Process(process.pid).environ()["NO_PROXY"].split(",")
        assert {"intra.example", "127.0.0.1", "localhost"} <= set(exempt)


def test_an_occupied_port_is_named_with_its_holder(
    supervisor: Supervisor, servers: list[Program]
) -> None:
    pids = {process.name: process.pid for process in supervisor.processes()}
    lines = occupied_ports([*servers, a_server("gateway", Path.cwd())])
    assert len(lines) == 2
    for server, line in zip(servers, lines, strict=True):
        assert line.startswith(f"Port {server.port} ({server.name}) is taken by process ")
        assert f"process {pids[server.name]} (" in line
        assert "http.server" in line
