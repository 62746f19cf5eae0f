"""The figures of the handling as the graph shows them."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from chassis.testing import FrozenClock
from issues.domain.issue import Issue, IssueState

from ...handling_stages import STAGES, confirmed, in_progress, rejected, with_round
from ..asking import Api

MakeIssue = Callable[..., Issue]

FIGURES = """
query($id: ID!, $after: String) {
  community(id: $id) {
    issueFigures {
      handled
      confirmed { total byReporter onBehalf bySilence }
      inTime {
        value numerator denominator excluded { reason count } asOf
        rows(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } }
      }
      inCommunityRate { value rows { nodes { id } } }
      satisfaction {
        meanHundredths denominator counts { rating count } excluded { reason count }
        rows { nodes { id } }
      }
      promises { kept late broken open due overdue }
    }
  }
}
"""


@pytest.fixture
def api(clock: FrozenClock, community_id: str) -> Api:
    clock.advance(days=2)
    return Api(clock, community_id)


async def test_a_community_shows_how_its_matters_were_handled(
    api: Api, an_issue: MakeIssue
) -> None:
    settled = await api.issues.add(confirmed(an_issue(category="water")))
    late = await api.issues.add(an_issue(category="water"))
    await api.issues.add(rejected(an_issue()))
    due_on = api.clock().date()
    await api.issues.add(with_round(in_progress(an_issue()), due_on=due_on))
    data, codes = await api.ask(FIGURES, "secretary", id=api.community_id)
    assert codes == []
    figures = data["community"]["issueFigures"]
    assert figures["handled"] == 1
    assert figures["confirmed"] == {"total": 1, "byReporter": 1, "onBehalf": 0, "bySilence": 0}
    in_time = figures["inTime"]
    assert (in_time["value"], in_time["numerator"], in_time["denominator"]) == (0.5, 1, 2)
    assert {one["reason"]: one["count"] for one in in_time["excluded"]} == {
        "time_left": 1,
        "rejected": 1,
        "duplicate": 0,
    }
    assert figures["inCommunityRate"] == {"value": 1.0, "rows": {"nodes": [{"id": settled.id}]}}
    satisfaction = figures["satisfaction"]
    assert (satisfaction["meanHundredths"], satisfaction["denominator"]) == (500, 1)
    assert [one["count"] for one in satisfaction["counts"]] == [0, 0, 0, 0, 1]
    assert satisfaction["rows"]["nodes"] == [{"id": settled.id}]
    assert figures["promises"]["due"] == 1

    page = in_time["rows"]
    assert page["pageInfo"]["hasNextPage"]
    after = page["pageInfo"]["endCursor"]
    data, _ = await api.ask(FIGURES, "secretary", id=api.community_id, after=after)
    rest = data["community"]["issueFigures"]["inTime"]["rows"]
    rows = [*page["nodes"], *rest["nodes"]]
    assert {row["id"] for row in rows} == {settled.id, late.id}


DEADLINES = """
query($id: ID!) {
  community(id: $id) {
    issueFigures {
      deadlines {
        overdue atRisk asOf
        overdueRows(first: 5) { nodes { id handlingClock { state } } }
        atRiskRows(first: 5) { nodes { id handlingClock { state } } }
      }
    }
  }
}
"""


async def test_what_is_over_its_time_and_what_is_short_of_it_opens_its_rows(
    api: Api, an_issue: MakeIssue
) -> None:
    late = await api.issues.add(an_issue(category="water"))
    received_at = api.clock() - timedelta(hours=20)
    short = await api.issues.add(an_issue(category="water", received_at=received_at))
    await api.issues.add(an_issue(category="wish"))
    data, codes = await api.ask(DEADLINES, "clerk", id=api.community_id)
    assert codes == []
    assert data["community"]["issueFigures"]["deadlines"] == {
        "overdue": 1,
        "atRisk": 1,
        "asOf": api.clock().isoformat(),
        "overdueRows": {"nodes": [{"id": late.id, "handlingClock": {"state": "OVERDUE"}}]},
        "atRiskRows": {"nodes": [{"id": short.id, "handlingClock": {"state": "AT_RISK"}}]},
    }


@pytest.mark.parametrize("role", ["resident", "steward", "partner", "merchant", "auditor"])
async def test_figures_are_for_the_staff(api: Api, role: str) -> None:
    data, codes = await api.ask(FIGURES, role, id=api.community_id)
    assert (data["community"], codes) == ({"issueFigures": None}, ["FORBIDDEN"])


@pytest.mark.parametrize("state", IssueState)
async def test_an_issue_of_every_state_is_shown(
    api: Api, an_issue: MakeIssue, state: IssueState
) -> None:
    issue = await api.issues.add(STAGES[state](an_issue(hazard=True)))
    document = f"""{{ issue(id: "{issue.id}") {{
      state handlingClock {{ state pausedSeconds }} hazardClock {{ state }}
      assignment {{ assignees {{ id }} assignedBy {{ id }} }} startedBy {{ id }}
      waitings {{ partyKind reason until endedAt }}
      resolution {{ note photoIds inTime resolvedBy {{ id }} }}
      confirmation {{ how rating via comment confirmedBy {{ id }} }}
      reopenings reopening {{ reason byReporter confirmation {{ how }} }}
      rejection {{ reason }} duplication {{ originalId }} escalation {{ reason }}
    }} }}"""
    data, codes = await api.ask(document, "clerk")
    assert codes == []
    assert data["issue"]["state"] == state.name
