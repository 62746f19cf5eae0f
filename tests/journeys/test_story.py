"""The story ends right, also interrupted, and with workers killed in the middle of it."""

import asyncio
import os
import signal
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.waiting import eventually
from local_stack.layout import ROOT
from local_stack.leash import Leash
from story.demo_file import DemoFile
from story.graph import operation
from story.one_time_codes import code_of, next_step, wait_until_accepted

PAGE = ROOT / "build" / "story.html"
COUNTS = """
query Counts($id: ID!) {
  inbox(first: 100) { nodes { id comment { id } issueId } }
  issues(first: 100) { nodes { id } }
  imports(first: 100) { nodes { kind state } }
  teams(first: 100) { nodes { kind } }
  staffAccounts(first: 100) { nodes { username } }
  community(id: $id) {
    population {
      estates { value } buildings { value } households { value } residents { value }
    }
    ownership { owners { count } }
    issueFigures {
      received
      confirmed { byReporter }
      promises { kept broken }
    }
    outreachFigures {
      commentsReceived
      notifications { delivered noGrant failed unknown onTheWay }
    }
    voucherFigures {
      budgetFen claimedFen redeemedFen openFen
      ledgerInBalance { balanced }
    }
  }
}
"""

# What the narrator says at the moments at which something is killed.
THE_FIGURES_ARE_READ = "The share of the elderly says what it counts"
THE_LEDGER_IS_CHECKED = "Every refused row is named"
A_BINDING_IS_ASKED_FOR = "asks to be bound to her household"
A_COMMENT_IS_WRITTEN = "Master Wang tells of a hazard."
AN_ISSUE_IS_OPENED = "After the reply the clerk opens the issue"
A_PROMISE_IS_KEPT = "They came: this promise is kept"
A_MATTER_IS_RATED = "She rates; who handled the matter"
A_VOUCHER_IS_SPENT = "At the till: a bill too small is refused"

Kill = tuple[str, Callable[[], Awaitable[None]]]


class Play:
    """The story as a process group of its own."""

    def __init__(self, stack: StackByCommands, leash: Leash) -> None:
        self._stack = stack
        self._leash = leash
        self._pid = 0

    async def to_its_end(self, *kills: Kill) -> tuple[int, str]:
        """Play; do each thing when the narrator has said its text.

        Returns: exit code and all that was said.
        """
        process = await asyncio.create_subprocess_exec(
            *self._stack.argv("story"),
            cwd=ROOT,
            env=self._stack.env(),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
        self._pid = process.pid
        self._leash.tie(self._pid)
        assert process.stdout is not None
        said, remaining = [], list(kills)
        async for line in process.stdout:
            said.append(line.decode())
            if remaining and remaining[0][0] in said[-1]:
                _, kill = remaining.pop(0)
                await kill()
        exit_code = await process.wait()
        self._leash.untie(self._pid)
        assert remaining == [], "".join(said)
        return exit_code, "".join(said)

    async def interrupt(self) -> None:
        """End the story where it is, and the command that plays it."""
        os.killpg(self._pid, signal.SIGKILL)


class Worker:
    """A worker that is killed now and then, and started again by the supervisor."""

    def __init__(self, stack: StackByCommands, name: str) -> None:
        self._stack = stack
        self.name = name
        # Known beforehand: the story goes on while one asks.
        self._process = asyncio.create_task(asyncio.to_thread(stack.process, name))

    async def kill(self) -> None:
        """Kill it, and look for the one that follows."""
        killed = await self._process
        killed.kill()
        self._process = asyncio.create_task(
            asyncio.to_thread(self._stack.process, self.name, other_than=killed.pid)
        )

    async def is_back(self) -> None:
        """Wait for the one that runs."""
        await self._process
        await eventually(lambda: self._stack.status()[self.name]["state"] == "RUNNING")


async def secretary_counts(stack: StackByCommands, client: httpx.AsyncClient) -> dict[str, Any]:
    """Log in as the story's secretary and count what is there."""
    file = DemoFile(stack.layout.state / "demo.json")
    demo = file.read()
    assert demo is not None
    secretary = demo.login("secretary")
    assert secretary is not None
    assert secretary.totp_secret is not None
    secretary.last_totp_step = next_step(secretary.last_totp_step)
    await wait_until_accepted(secretary.last_totp_step)
    file.write(demo)
    proof = {
        "username": secretary.username,
        "password": secretary.password,
        "totpCode": code_of(secretary.totp_secret, secretary.last_totp_step),
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
    intakes, community = data["inbox"]["nodes"], data["community"]
    issues, outreach = community["issueFigures"], community["outreachFigures"]
    return {
        "days": demo.days_played,
        "population": {name: each["value"] for name, each in community["population"].items()},
        "owners": community["ownership"]["owners"]["count"],
        "imports": sorted((each["kind"], each["state"]) for each in data["imports"]["nodes"]),
        "teams": len(data["teams"]["nodes"]),
        "staff": sorted(each["username"] for each in data["staffAccounts"]["nodes"]),
        "intakes": len(intakes),
        "comments with an intake": len({intake["comment"]["id"] for intake in intakes}),
        "issues": len(data["issues"]["nodes"]),
        "intakes with an issue": len({i["issueId"] for i in intakes if i["issueId"]}),
        "received": issues["received"],
        "confirmed": issues["confirmed"]["byReporter"],
        "promises": issues["promises"],
        "comments": outreach["commentsReceived"],
        "notices": sum(outreach["notifications"].values()),
        "vouchers": community["voucherFigures"],
    }


def of_days(days: int) -> dict[str, Any]:
    """Return what is there after so many days.

    The archive once; each day four comments, two of them issues, one of these worked off, rated
    and thanked for.
    """
    return {
        "days": days,
        "population": {"estates": 6, "buildings": 39, "households": 3_312, "residents": 6_543},
        "owners": 4_390,
        "imports": [("OWNERS_REGISTER", "APPLIED"), ("RESIDENT_LEDGER", "APPLIED")],
        "teams": 6,
        "staff": ["auditor", "clerk", "secretary"],
        "intakes": 4 * days,
        "comments with an intake": 4 * days,
        "issues": 2 * days,
        "intakes with an issue": 2 * days,
        "received": 4 * days,
        "confirmed": days,
        "promises": {"kept": days, "broken": days},
        "comments": 4 * days,
        "notices": 13 * days,
        # 60 red packets of 10 yuan once, and each day 20 of 5 yuan
        "vouchers": {
            "budgetFen": 60_000 + 10_000 * days,
            "claimedFen": 1_500 * days,
            "redeemedFen": 1_000 * days,
            "openFen": 500 * days,
            "ledgerInBalance": {"balanced": True},
        },
    }


async def test_the_story_ends_right_interrupted_and_with_workers_killed(
    stack: StackByCommands, client: httpx.AsyncClient, leash: Leash
) -> None:
    people, matters = Worker(stack, "residents-worker"), Worker(stack, "issues-worker")
    messages, money = Worker(stack, "outreach-worker"), Worker(stack, "vouchers-worker")
    restarts_before = stack.status()

    interrupted = Play(stack, leash)
    exit_code, said = await interrupted.to_its_end(
        # the check is done, and the import is accepted and applied while the worker is away
        (THE_LEDGER_IS_CHECKED, people.kill),
        (THE_FIGURES_ARE_READ, interrupted.interrupt),
    )
    assert exit_code < 0, said

    exit_code, said = await Play(stack, leash).to_its_end((A_BINDING_IS_ASKED_FOR, people.kill))
    assert exit_code == 0, said
    assert await secretary_counts(stack, client) == of_days(1)
    page = PAGE.read_text(encoding="utf-8")
    assert "全部如预期" in page
    assert 'data-cause="step-' in page

    exit_code, said = await Play(stack, leash).to_its_end(
        (A_COMMENT_IS_WRITTEN, matters.kill),
        (AN_ISSUE_IS_OPENED, matters.kill),
        (A_PROMISE_IS_KEPT, messages.kill),
        (A_MATTER_IS_RATED, money.kill),
        (A_VOUCHER_IS_SPENT, money.kill),
    )
    assert exit_code == 0, said
    for worker, kills in ((people, 2), (matters, 2), (messages, 1), (money, 2)):
        await worker.is_back()
        seen = stack.status()[worker.name]
        assert seen["restarts"] == restarts_before[worker.name]["restarts"] + kills
        assert seen["last_end"].endswith("SIGKILL")
    assert await secretary_counts(stack, client) == of_days(2)
