"""The commands of the stack: a second `up`, a killed process, a taken port, `down`."""

import time
from pathlib import Path

import psutil
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town
from local_stack.acting.waiting import eventually
from local_stack.layout import Layout
from local_stack.ports import is_free


def test_a_second_up_is_quick_and_changes_nothing(stack: StackByCommands) -> None:
    pids = stack.pids()
    since = time.monotonic()
    said = stack.must("up", "--no-story")
    seconds = time.monotonic() - since
    assert "The stack is up already." in said
    assert stack.layout.address("gateway") in said
    assert stack.pids() == pids
    assert seconds < 10, f"{seconds:.1f} s"


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
