"""What teams give a person of themselves."""

import json

from residents.application.privacy.ports import PersonRef
from residents.application.teams.personal_memberships import PersonalMemberships
from residents.domain.teams.posts import Post

from .town import COMMUNITY, Town, day


async def test_a_person_is_given_their_own_times_and_posts_and_nobody_elses(town: Town) -> None:
    team = await town.team()
    resident, account = town.resident("王庆山", day("1968-09-03")), await town.account("王庆山")
    member = await town.joined(team, resident_id=resident, until="06-30")
    new = town.appointment(member, post=Post.HEAD, until_day="06-30")
    await town.appointed(new)
    await town.relieved(new, "05-31", "健康原因")
    await town.joined(team, name="何雪婷")
    person = PersonRef(
        community_id=COMMUNITY, account_ids=(account,), resident_ids=(resident,), person_keys=()
    )
    part = PersonalMemberships(town.teams, town.memberships)
    told = await part.of(person)

    assert part.part == "memberships"
    assert json.loads(json.dumps(told)) == [
        {
            "team": "社区工作者",
            "kind": "staff",
            "birthDate": "1968-09-03",
            "spells": [{"title": "成员", "fromDay": "2026-01-01", "untilDay": "2026-06-30"}],
            "appointments": [
                {
                    "post": "head",
                    "title": "管家",
                    "fromDay": "2026-01-01",
                    "untilDay": "2026-05-31",
                    "estateIds": [],
                    "reason": "健康原因",
                }
            ],
        }
    ]
