"""The commands of the stack: a second `up`, a killed process, a taken port, `down`."""

from pathlib import Path

import psutil
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town
from local_stack.acting.waiting import eventually
from local_stack.layout import Layout
from local_stack.ports import is_free


def test_a_second_up_starts_and_changes_nothing(stack: StackByCommands) -> None:
    pids = stack.pids()
    said = stack.must("up", "--no-story")
    assert "The stack is up already." in said
    assert stack.layout.address("gateway") in said
    assert stack.pids() == pids
    assert "✓" not in said, "a phase of a first up was gone through again"


def test_up_on_other_ports_says_where_the_stack_is(stack: StackByCommands) -> None:
    pids = stack.pids()
    elsewhere = StackByCommands(Layout(stack.layout.state, stack.layout.port_base + 1))
    refused = elsewhere.run("up", "--no-story")
    assert refused.returncode == 1
    said = " ".join(refused.stdout.split())
    assert f"The stack is up already, from port {stack.layout.port_base} on" in said
    assert stack.pids() == pids


async def test_status_says_who_is_not_ready(stack: StackByCommands) -> None:
    await eventually(lambda: all(row["ready"] for row in stack.status().values()))
    stack.must("stop", "wechat-simulator")
    try:
        shown = stack.status()
        assert {name for name, row in shown.items() if not row["ready"]} == {"wechat-simulator"}
    finally:
        stack.must("start", "wechat-simulator")
    await eventually(lambda: stack.status()["wechat-simulator"]["ready"])


def test_a_command_of_a_service_runs_with_the_settings_of_the_stack(
    stack: StackByCommands,
) -> None:
    assert "indexes" in stack.must("run", "issues", "create-indexes")
    assert "There is no service shops" in stack.run("run", "shops", "list").stdout


def test_what_outlived_its_supervisor_is_seen_and_replaced(stack: StackByCommands) -> None:
    before = stack.pids()
    psutil.Process(before["supervisord"]).kill()
    said = stack.run("status")
    assert said.returncode == 1
    assert "12 of its processes still run" in " ".join(said.stdout.split())

    stack.must("up", "--no-story")

    after = stack.pids()
    assert set(before.values()) & set(after.values()) == set()
    assert [pid for pid in before.values() if psutil.pid_exists(pid)] == []


async def test_status_shows_a_killed_process_and_its_restart(stack: StackByCommands) -> None:
    before = stack.status()["outreach-worker"]
    stack.process("outreach-worker").kill()
    await eventually(
        lambda: stack.status()["outreach-worker"]["restarts"] == before["restarts"] + 1
    )
    shown = stack.status()["outreach-worker"]
    assert shown["last_end"].endswith("SIGKILL")
    assert shown["pid"] != before["pid"]
    await eventually(lambda: stack.status()["outreach-worker"]["state"] == "RUNNING")


def test_taken_ports_are_named_with_their_holders_and_nothing_is_left(
    stack: StackByCommands, tmp_path: Path
) -> None:
    pids = stack.pids()
    second = StackByCommands(Layout(tmp_path / "second", stack.layout.port_base))
    refused = second.run("up", "--no-story")
    assert refused.returncode == 1
    said = " ".join(refused.stdout.split())
    for name in ("gateway", "issues-api", "store"):
        port = stack.layout.port(name)
        assert f"Port {port} ({name}) is taken by process {pids[name]} " in said
    assert not second.layout.supervisor_pid_file.exists()
    assert stack.pids() == pids


async def test_down_leaves_no_process_and_up_brings_the_data_back(
    stack: StackByCommands, town: Town
) -> None:
    await town.comment("小赵", "为社区点赞")

    async def has_arrived() -> bool:
        return len(await town.inbox()) == 1

    await eventually(has_arrived)
    pids = stack.pids()
    assert "processes ended" in stack.must("down")
    assert [name for name, pid in pids.items() if psutil.pid_exists(pid)] == []
    assert all(is_free(stack.layout.port(name)) for name in pids if name != "supervisord")
    assert "is down already" in stack.must("down")
    assert stack.run("status").returncode == 1

    stack.must("up", "--no-story")

    assert len(await town.inbox()) == 1
