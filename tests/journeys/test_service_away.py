"""A stopped service costs its own fields only; the rest of an answer stands."""

from typing import Any

import pytest
from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.acting.town import Town
from local_stack.acting.waiting import eventually

FIGURES = """
query Figures($id: ID!) {
  community(id: $id) {
    name
    issueFigures { received }
    voucherFigures { budgetFen }
    outreachFigures { commentsReceived }
  }
}
"""
FIELD_OF = {
    "residents-api": "name",
    "issues-api": "issueFigures",
    "vouchers-api": "voucherFigures",
    "outreach-api": "outreachFigures",
}


@pytest.mark.parametrize("away", FIELD_OF)
async def test_a_stopped_service_costs_its_own_fields_only(
    stack: StackByCommands, town: Town, away: str
) -> None:
    whole = (await town.data(FIGURES, id=town.community_id))["community"]
    stack.must("stop", away)
    try:
        answer = await town.ask(FIGURES, id=town.community_id)
    finally:
        stack.must("start", away)

    assert answer["data"]["community"] == {**whole, FIELD_OF[away]: None}
    assert {error["extensions"]["code"] for error in answer["errors"]} == {"UNAVAILABLE"}
    await eventually(lambda: is_whole_again(town, whole))


async def is_whole_again(town: Town, whole: Any) -> bool:
    answer = await town.ask(FIGURES, id=town.community_id)
    return "errors" not in answer and answer["data"]["community"] == whole
