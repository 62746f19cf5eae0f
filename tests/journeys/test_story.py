"""The story of one day ends right, also with a worker killed in the middle of it."""

import asyncio

import httpx
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.waiting import eventually
from local_stack.layout import ROOT
from story.demo_file import DemoFile
from story.graph import operation
from story.one_time_codes import code_of, next_step, wait_until_accepted

COUNTS = """
query Counts($id: ID!) {
  inbox(first: 100) { nodes { id comment { id } issueId } }
  issues(first: 100) { nodes { id } }
  community(id: $id) { issueFigures { received } outreachFigures { commentsReceived } }
}
"""

# What the narrator says at the moments at which the worker is killed.
A_COMMENT_IS_WRITTEN = "Master Wang tells of a hazard."
AN_ISSUE_IS_OPENED = "After the reply the clerk opens the issue"


async def play(stack: StackByCommands, kill_at: list[str]) -> tuple[int, str]:
    """Play the story; kill the issues worker each time the narrator says one of the texts.

    Returns: exit code and all that was said.
    """
    # Known beforehand: the story goes on while one asks.
    worker = asyncio.create_task(asyncio.to_thread(stack.process, "issues-worker"))
    await worker
    process = await asyncio.create_subprocess_exec(
        *stack.argv("story"),
        cwd=ROOT,
        env=stack.env(),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    assert process.stdout is not None
    said = []
    remaining = list(kill_at)
    async for line in process.stdout:
        said.append(line.decode())
        if remaining and remaining[0] in said[-1]:
            remaining.pop(0)
            killed = await worker
            killed.kill()
            worker = asyncio.create_task(
                asyncio.to_thread(stack.process, "issues-worker", other_than=killed.pid)
            )
    exit_code = await process.wait()
    await worker
    assert remaining == [], "".join(said)
    return exit_code, "".join(said)


async def clerk_counts(stack: StackByCommands, client: httpx.AsyncClient) -> dict[str, object]:
    """Log in as the story's clerk and count what is there."""
    file = DemoFile(stack.layout.state / "demo.json")
    demo = file.read()
    assert demo is not None
    clerk = demo.login("clerk")
    assert clerk is not None
    assert clerk.totp_secret is not None
    clerk.last_totp_step = next_step(clerk.last_totp_step)
    await wait_until_accepted(clerk.last_totp_step)
    file.write(demo)
    proof = {
        "username": clerk.username,
        "password": clerk.password,
        "totpCode": code_of(clerk.totp_secret, clerk.last_totp_step),
        "client": "CONSOLE",
    }
    url = f"{stack.layout.address('gateway')}/graphql"
    asked = {"query": operation("LogInStaff"), "variables": {"input": proof}}
    token = (await client.post(url, json=asked)).json()["data"]["logInStaff"]["accessToken"]
    asked = {"query": COUNTS, "variables": {"id": demo.community_id}}
    headers = {"Authorization": f"Bearer {token}"}
    answer = (await client.post(url, json=asked, headers=headers)).json()
    assert "errors" not in answer, answer
    data = answer["data"]
    intakes = data["inbox"]["nodes"]
    return {
        "days": demo.days_played,
        "intakes": len(intakes),
        "comments with an intake": len({intake["comment"]["id"] for intake in intakes}),
        "issues": len(data["issues"]["nodes"]),
        "intakes with an issue": len({i["issueId"] for i in intakes if i["issueId"]}),
        "received": data["community"]["issueFigures"]["received"],
        "comments": data["community"]["outreachFigures"]["commentsReceived"],
    }


def of_days(days: int) -> dict[str, object]:
    """Return what is there after so many days: four comments a day, two of them issues."""
    return {
        "days": days,
        "intakes": 4 * days,
        "comments with an intake": 4 * days,
        "issues": 2 * days,
        "intakes with an issue": 2 * days,
        "received": 4 * days,
        "comments": 4 * days,
    }


async def test_the_story_passes_with_and_without_a_killed_worker(
    stack: StackByCommands, client: httpx.AsyncClient
) -> None:
    exit_code, said = await play(stack, [])
    assert exit_code == 0, said
    restarts_before = stack.status()["issues-worker"]["restarts"]

    exit_code, said = await play(stack, [A_COMMENT_IS_WRITTEN, AN_ISSUE_IS_OPENED])

    assert exit_code == 0, said
    worker = stack.status()["issues-worker"]
    assert worker["restarts"] == restarts_before + 2
    assert worker["last_end"].endswith("SIGKILL")
    assert await clerk_counts(stack, client) == of_days(2)
    await eventually(lambda: stack.status()["issues-worker"]["state"] == "RUNNING")
