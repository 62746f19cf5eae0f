"""How to try what is about teams."""

from typing import Any

from local_stack.acting.one_of_each.asking import Variables
from local_stack.acting.one_of_each.world import World

from .trial import Trial, mutation, query

_DAY = "2026-06-01"
_DOCUMENTS = {
    "createTeam": "mutation M($input: CreateTeamInput!) { createTeam(input: $input) "
    "{ ... on CreateTeamSuccess { team { id } } } }",
    "addMember": "mutation M($input: AddMemberInput!) { addMember(input: $input) "
    "{ ... on AddMemberSuccess { member { id } } } }",
    "appoint": "mutation M($input: AppointInput!) { appoint(input: $input) "
    "{ ... on AppointSuccess { appointment { id } } } }",
    "awardHonour": "mutation M($input: AwardHonourInput!) { awardHonour(input: $input) "
    "{ ... on AwardHonourSuccess { honour { id } } } }",
}


async def _done(world: World, name: str, content: Variables) -> Any:
    given = {"requestId": world.request_id(), **content}
    return await world.secretary(_DOCUMENTS[name], {"input": given}, name)


async def _new_team(world: World, _: str) -> Variables:
    return {"kind": "RED_SOCIAL", "name": f"合唱团{world.number()}", "foundedOn": "2021-07-01"}


async def _team_id(world: World) -> str:
    made = await _done(world, "createTeam", await _new_team(world, ""))
    return str(made["team"]["id"])


async def _member_id(world: World) -> str:
    made = await _done(world, "addMember", await _new_member(world, ""))
    return str(made["member"]["id"])


async def _a_team(world: World, _: str) -> Variables:
    return {"id": await _team_id(world)}


async def _team_to_dissolve(world: World, _: str) -> Variables:
    return {"teamId": await _team_id(world), "dissolvedOn": _DAY}


async def _new_member(world: World, _: str) -> Variables:
    return {
        "teamId": await _team_id(world),
        "name": "何雪婷",
        "title": "团员",
        "joinedOn": "2026-01-01",
    }


async def _member_to_leave(world: World, _: str) -> Variables:
    return {"memberId": await _member_id(world), "leftOn": _DAY}


async def _new_appointment(world: World, _: str) -> Variables:
    return {
        "memberId": await _member_id(world),
        "post": "HEAD",
        "title": "团长",
        "fromDay": "2026-01-01",
    }


async def _term_to_end(world: World, _: str) -> Variables:
    new = await _new_appointment(world, "")
    made = await _done(world, "appoint", new)
    return {
        "memberId": new["memberId"],
        "appointmentId": made["appointment"]["id"],
        "untilDay": _DAY,
        "reason": "人选变更",
    }


async def _new_honour(world: World, _: str) -> Variables:
    return {
        "teamId": await _team_id(world),
        "title": "先进集体",
        "awardedBy": "区委组织部",
        "awardedOn": _DAY,
    }


async def _honour_to_withdraw(world: World, _: str) -> Variables:
    made = await _done(world, "awardHonour", await _new_honour(world, ""))
    return {"honourId": made["honour"]["id"], "reason": "录入有误"}


async def _on_a_day(_: World, __: str) -> Variables:
    return {"on": _DAY}


_DUAL = Trial(
    "residents",
    "query Q($on: Date!) { dualAppointments(on: $on) { pageInfo { hasNextPage } } }",
    _on_a_day,
    ("dualAppointments",),
)

TEAM_TRIALS: dict[str, Trial] = {
    "Query.teams": query("residents", "teams", "pageInfo { hasNextPage }"),
    "Query.team": query("residents", "team", "id name", _a_team),
    "Query.dualAppointments": _DUAL,
    "Query.myPosts": query("residents", "myPosts", "id"),
    "Mutation.createTeam": mutation("residents", "createTeam", _new_team),
    "Mutation.dissolveTeam": mutation("residents", "dissolveTeam", _team_to_dissolve),
    "Mutation.addMember": mutation("residents", "addMember", _new_member),
    "Mutation.endMembership": mutation("residents", "endMembership", _member_to_leave),
    "Mutation.appoint": mutation("residents", "appoint", _new_appointment),
    "Mutation.endAppointment": mutation("residents", "endAppointment", _term_to_end),
    "Mutation.awardHonour": mutation("residents", "awardHonour", _new_honour),
    "Mutation.withdrawHonour": mutation("residents", "withdrawHonour", _honour_to_withdraw),
}
