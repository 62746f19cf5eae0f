"""An issue is worked off over the real processes: by whom, in time, and once."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from typing import Any

import httpx
import pytest
from aiokafka import AIOKafkaProducer
from chassis.clock import utc_now
from chassis.ids import derived_id, new_id
from chassis.testing_graph import Graph
from issues.domain.china_days import day_of

from .matters import do, done, issue_begun, issue_made
from .outreach import Outreach
from .person import Person
from .pictures import photograph
from .processes import run_command
from .residents import Residents
from .test_photos import ticket
from .topic import said_of
from .waiting import eventually

PersonAs = Callable[..., Person]

STATE = "query($id: ID!) { issue(id: $id) { state handlingClock { state pausedSeconds } } }"
JOINED = "query($id: ID!) { issue(id: $id) { reporterJoined } }"
FIGURES = """
query($id: ID!) {
  community(id: $id) {
    issueFigures {
      handled confirmed { total byReporter onBehalf bySilence }
      inTime { value numerator denominator rows { nodes { id } } }
      inCommunityRate { numerator denominator rows { nodes { id } } }
      satisfaction { meanHundredths denominator counts { rating count } rows { nodes { id } } }
      promises { kept late broken open due overdue }
    }
  }
}
"""


@pytest.fixture
async def residents(
    kafka_bootstrap_servers: str, environment: dict[str, str]
) -> AsyncIterator[Residents]:
    async with AIOKafkaProducer(bootstrap_servers=kafka_bootstrap_servers) as producer:
        yield Residents(producer)


@pytest.fixture
async def phone(graph: Graph) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=graph.url, timeout=30) as phone:
        yield phone


async def joined(outreach: Outreach, graph: Graph, clerk: Person, reporter: Person) -> str:
    """An issue whose reporter is known. Returns: its id."""
    comment_id = new_id("comment")
    issue_id = await issue_begun(graph, outreach, clerk, comment_id=comment_id)
    await outreach.joined(clerk.community_id, comment_id, account_id=reporter.account_id)

    async def known() -> bool:
        found: bool = (await graph.ask(clerk, JOINED, id=issue_id))["issue"]["reporterJoined"]
        return found

    await eventually(known)
    return issue_id


async def photo_of(graph: Graph, phone: httpx.AsyncClient, person: Person, issue_id: str) -> str:
    """A photo of the issue, taken in. Returns: its id."""
    photo_id, url = await ticket(graph, person, issue_id)
    sent = await phone.put(url, content=photograph(), headers={"content-type": "image/jpeg"})
    assert sent.is_success, sent.text
    return photo_id


async def test_the_whole_way_from_the_assignment_to_the_reporters_word(
    graph: Graph,
    outreach: Outreach,
    residents: Residents,
    phone: httpx.AsyncClient,
    clerk_at_work: Person,
    person_as: PersonAs,
    kafka_bootstrap_servers: str,
) -> None:
    clerk, steward, reporter = clerk_at_work, person_as("steward"), person_as("resident")
    issue_id = await joined(outreach, graph, clerk, reporter)
    assign = {"issueId": issue_id, "assigneeIds": [steward.account_id]}
    refused = await do(graph, clerk, "assignIssue", **assign)
    assert refused["code"] == "ASSIGNEE_UNKNOWN"
    await residents.roles_changed(clerk.community_id, steward.account_id, "resident", "steward")

    async def assigned() -> bool:
        answer = await do(graph, clerk, "assignIssue", **assign)
        return bool(answer["__typename"] == "AssignIssueSuccess")

    await eventually(assigned)
    at = utc_now()
    talk = {
        "issueId": issue_id,
        "party": "市自来水公司",
        "partyKind": "WATER",
        "at": at.isoformat(),
        "said": "今天来修",
    }
    refused = await do(graph, steward, "recordRound", **talk, promised={"text": "今天修好"})
    assert refused["code"] == "PROMISE_WITHOUT_DATE"
    promised = {"text": "今天修好", "dueOn": day_of(at).isoformat()}
    await done(graph, steward, "recordRound", **talk, promised=promised)
    settled = {"issueId": issue_id, "round": 1, "outcome": "BROKEN", "at": utc_now().isoformat()}
    await done(graph, steward, "settlePromise", **settled)

    photo_id = await photo_of(graph, phone, steward, issue_id)
    resolve = {"issueId": issue_id, "note": "灯已换好"}
    refused = await do(graph, steward, "resolveIssue", **resolve, photoIds=[])
    assert refused["code"] == "EVIDENCE_MISSING"
    await done(graph, steward, "resolveIssue", **resolve, photoIds=[photo_id])
    refused = await do(
        graph, clerk, "confirmIssueOnBehalf", issueId=issue_id, rating=5, how="PHONE"
    )
    assert refused["code"] == "HANDLER_MAY_NOT_RATE"  # the clerk had begun the work

    ratings = await asyncio.gather(
        *(do(graph, reporter, "confirmIssue", issueId=issue_id, rating=n) for n in (1, 2, 3, 4, 5))
    )
    outcomes = sorted(answer["__typename"] for answer in ratings)
    assert outcomes == ["ConfirmIssueSuccess", *["IssueAlreadyConfirmed"] * 4]

    async def heard() -> list[dict[str, Any]]:
        said = await said_of(kafka_bootstrap_servers, issue_id)
        return [facts for kind, facts in said if kind == "issue.confirmed.v1"]

    await eventually(heard)
    (confirmed,) = await heard()
    assert (confirmed["how"], confirmed["reporter_account_id"]) == (
        "reporter",
        reporter.account_id,
    )
    await figures_add_up(graph, clerk, issue_id, rating=confirmed["rating"])


async def figures_add_up(graph: Graph, clerk: Person, issue_id: str, *, rating: int) -> None:
    found = await graph.ask(clerk, FIGURES, id=clerk.community_id)
    figures = found["community"]["issueFigures"]
    rows = {"nodes": [{"id": issue_id}]}
    assert figures["handled"] == 1
    assert figures["confirmed"] == {"total": 1, "byReporter": 1, "onBehalf": 0, "bySilence": 0}
    assert figures["inTime"] == {"value": 1.0, "numerator": 1, "denominator": 1, "rows": rows}
    assert figures["inCommunityRate"] == {"numerator": 1, "denominator": 1, "rows": rows}
    assert figures["satisfaction"]["meanHundredths"] == rating * 100
    assert figures["satisfaction"]["rows"] == rows
    assert figures["promises"] == {
        "kept": 0,
        "late": 0,
        "broken": 1,
        "open": 0,
        "due": 0,
        "overdue": 0,
    }


async def test_a_wait_ends_by_itself(
    graph: Graph, outreach: Outreach, clerk_at_work: Person
) -> None:
    clerk = clerk_at_work
    issue_id = await issue_begun(graph, outreach, clerk)
    until = utc_now() + timedelta(seconds=2)
    waits = {"issueId": issue_id, "partyKind": "POWER", "reason": "等停电检修"}
    refused = await do(graph, clerk, "waitForParty", **waits, until="2026-01-01T00:00:00Z")
    assert refused["code"] == "WAIT_INVALID"
    await done(graph, clerk, "waitForParty", **waits, until=until.isoformat())

    async def goes_on() -> bool:
        issue = (await graph.ask(clerk, STATE, id=issue_id))["issue"]
        return bool(issue["state"] == "IN_PROGRESS")

    await eventually(goes_on)
    assert utc_now() >= until


async def test_a_broken_promise_of_ours_is_told_once_however_many_look(
    graph: Graph,
    outreach: Outreach,
    environment: dict[str, str],
    clerk_at_work: Person,
    kafka_bootstrap_servers: str,
) -> None:
    clerk = clerk_at_work
    comments = [
        await outreach.received(
            clerk.community_id, "配电箱漏电", received_at=utc_now() - timedelta(hours=3)
        )
        for _ in range(5)
    ]
    issue_ids = [derived_id("issue", derived_id("intake", comment)) for comment in comments]

    async def all_there() -> bool:
        asked = [graph.ask(clerk, STATE, id=issue_id) for issue_id in issue_ids]
        return all(found["issue"] for found in await asyncio.gather(*asked))

    await eventually(all_there)
    dry = await asyncio.to_thread(run_command, environment, "sweep-clocks", "--dry-run")
    assert dry.endswith(" issues are due\n")
    sweeps = (asyncio.to_thread(run_command, environment, "sweep-clocks") for _ in range(2))
    assert all("were due" in printed for printed in await asyncio.gather(*sweeps))

    for issue_id in issue_ids:

        async def told(issue_id: str = issue_id) -> list[str]:
            said = await said_of(kafka_bootstrap_servers, issue_id)
            kinds = [kind for kind, facts in said if facts.get("clock") == "hazard"]
            return kinds if "issue.sla_breached.v1" in kinds else []

        assert await eventually(told) == ["issue.sla_at_risk.v1", "issue.sla_breached.v1"]


async def test_who_joined_before_the_issue_was_made_is_its_reporter(
    graph: Graph, outreach: Outreach, clerk_at_work: Person, person_as: PersonAs
) -> None:
    clerk, reporter = clerk_at_work, person_as("resident")
    comment_id = new_id("comment")
    await outreach.joined(clerk.community_id, comment_id, account_id=reporter.account_id)
    issue_id = await issue_made(graph, outreach, clerk, comment_id=comment_id)

    async def known() -> bool:
        found: bool = (await graph.ask(clerk, JOINED, id=issue_id))["issue"]["reporterJoined"]
        return found

    await eventually(known)
    early = await do(graph, reporter, "confirmIssue", issueId=issue_id, rating=5)
    assert early["code"] == "ISSUE_NOT_RESOLVED"
    other = await do(graph, person_as("resident"), "confirmIssue", issueId=issue_id, rating=5)
    assert other["code"] == "NOT_THE_REPORTER"
