"""What teams keep of a person, for the person to have."""

from dataclasses import dataclass

from residents.application.privacy.ports import PersonRef, Told
from residents.application.teams.ports import Memberships, Teams
from residents.domain.teams.appointment import Appointment
from residents.domain.teams.membership import Membership
from residents.domain.teams.team import Team
from residents.domain.teams.terms import Term


@dataclass(frozen=True)
class PersonalMemberships:
    """See `application.privacy.ports.PersonalData`."""

    teams: Teams
    memberships: Memberships

    @property
    def part(self) -> str:
        """Its name in the export."""
        return "memberships"

    async def of(self, person: PersonRef) -> Told:
        """Each team with the times in it, the posts, and why a term was cut short."""
        person_ids = [*person.account_ids, *person.resident_ids]
        memberships = await self.memberships.of_people(person.community_id, person_ids)
        teams = await self.teams.get_many(
            person.community_id, [each.team_id for each in memberships]
        )
        return [_told(each, team) for each, team in zip(memberships, teams, strict=True)]


def _told(membership: Membership, team: Team | None) -> dict[str, object]:
    facts = membership.facts
    reasons = facts.reasons if facts is not None else {}
    born = facts.birth_date if facts is not None else None
    return {
        "team": team.name if team is not None else None,
        "kind": membership.kind.value,
        "birthDate": born.isoformat() if born is not None else None,
        "spells": [{"title": each.title, **_days(each.term)} for each in membership.spells],
        "appointments": [_post(each, reasons.get(each.id)) for each in membership.appointments],
    }


def _post(held: Appointment, reason: str | None) -> dict[str, object]:
    return {
        "post": held.post.value,
        "title": held.title,
        **_days(held.term),
        "estateIds": list(held.estate_ids),
        "reason": reason,
    }


def _days(term: Term) -> dict[str, object]:
    until = term.until_day
    return {"fromDay": term.from_day.isoformat(), "untilDay": until and until.isoformat()}
