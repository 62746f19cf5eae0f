"""Let an account hold the roles of its person's appointments: all of them, and no others."""

from collections.abc import Sequence
from dataclasses import dataclass

from residents.application.ports import Now
from residents.application.teams.ports import Memberships, People, Teams
from residents.domain.account import Account
from residents.domain.events import Event
from residents.domain.roles import RoleGrant
from residents.domain.teams.membership import Membership

_SOURCE = "appointment_"


@dataclass(frozen=True)
class SettleStewardRoles:
    """What is, not what an event said, decides: so events may come twice, and out of order."""

    teams: Teams
    memberships: Memberships
    people: People
    now: Now

    async def of_member(self, community_id: str, member_id: str) -> None:
        """Settle every account of a member.

        Who was appointed while the team was being dissolved leaves with it here.

        Raises: MemberNotFound; TeamNotFound.
        Emits: team.relieved v1 where the team is no more.
        """
        member = await self.memberships.get(community_id, member_id)
        team = await self.teams.get(community_id, member.team_id)
        if (last_day := team.dissolved_on) is not None:
            at = self.now()
            member = await self.memberships.change(
                community_id, member_id, lambda each: each.end_with_team(last_day, at)
            )
        for account_id in await self.people.accounts_of(community_id, member):
            await self.of_account(community_id, account_id)

    async def of_account(self, community_id: str, account_id: str) -> None:
        """Settle one account. Emits: account.roles_changed v1, where they did."""
        person_ids = await self.people.person_ids_of(community_id, account_id)
        memberships = await self.memberships.of_people(community_id, person_ids)
        wanted = self._roles(memberships)
        at = self.now()

        def settle(account: Account) -> tuple[Account, Sequence[Event]]:
            before = account.roles
            for source in _sources(account) - {role.source for role in wanted}:
                account, _ = account.withdraw_roles(source)
            for role in wanted:
                if role not in account.roles:
                    account, _ = account.grant_role(role, at)
            is_news = account.is_active and account.roles != before
            return account.tell_roles(at) if is_news else (account, ())

        await self.people.change_account(community_id, account_id, settle)

    def _roles(self, memberships: list[Membership]) -> list[RoleGrant]:
        at = self.now()
        roles = (each.role(at) for member in memberships for each in member.appointments)
        return [role for role in roles if role is not None]


def _sources(account: Account) -> set[str]:
    """The appointments that gave the account a role."""
    sources = {role.source for role in account.roles if role.source is not None}
    return {source for source in sources if source.startswith(_SOURCE)}
