"""Who people are: accounts, the archive's residents, and people whom teams alone know."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from chassis.ids import derived_id

from residents.application.ports import Accounts
from residents.application.teams.ports import AccountTransition
from residents.domain.account import Account
from residents.domain.archive.errors import ResidentNotFound
from residents.domain.archive.masking import masked_name
from residents.domain.archive.reach import governs_resident
from residents.domain.archive.residents import Resident
from residents.domain.errors import AccountNotFound
from residents.domain.roles import Actor
from residents.domain.teams.membership import Membership
from residents.domain.teams.person import NamedPerson, TeamPerson

_KIND_OF_MARK = "team.person"


class ReadableResidents(Protocol):
    """The archive, as far as it is visible."""

    async def residents_by_id(
        self, community_id: str, ids: Sequence[str]
    ) -> Sequence[Resident | None]:
        """In the order of the ids."""


class Bindings(Protocol):
    """Verified bindings."""

    async def resident_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        """Whom an account is bound to."""

    async def accounts_of(self, community_id: str, resident_id: str) -> Sequence[str]:
        """The accounts bound to a resident."""


class PeopleOfRooms:
    """See `application.teams.ports.People`."""

    def __init__(
        self,
        accounts: Accounts,
        residents: ReadableResidents,
        bindings: Bindings,
        keyed_hash: Callable[[str, str], str],
    ) -> None:
        self._accounts = accounts
        self._residents = residents
        self._bindings = bindings
        self._keyed_hash = keyed_hash

    async def known(self, actor: Actor, named: NamedPerson) -> TeamPerson:
        """See `People.known`."""
        if named.account_id is not None:
            return await self._account(actor.community_id, named.account_id, named)
        if named.resident_id is not None:
            return await self._resident(actor, named.resident_id, named)
        return self._stranger(actor.community_id, named)

    async def shown_names(
        self, community_id: str, memberships: Sequence[Membership]
    ) -> Mapping[str, str]:
        """See `People.shown_names`."""
        accounts = await self._accounts_by_id(community_id, memberships)
        residents = await self._residents_by_id(community_id, memberships)
        names: dict[str, str | None] = {}
        for each in memberships:
            if each.account_id is not None:
                names[each.id] = _name_of_account(accounts.get(each.account_id))
            elif each.resident_id is not None:
                names[each.id] = _name_of_resident(residents.get(each.resident_id))
            elif each.facts is not None and each.facts.name is not None:
                names[each.id] = masked_name(each.facts.name)
        return {membership_id: name for membership_id, name in names.items() if name is not None}

    async def accounts_of(self, community_id: str, membership: Membership) -> Sequence[str]:
        """See `People.accounts_of`."""
        if membership.account_id is not None:
            return [membership.account_id]
        if membership.resident_id is not None:
            return await self._bindings.accounts_of(community_id, membership.resident_id)
        return []

    async def person_ids_of(self, community_id: str, account_id: str) -> Sequence[str]:
        """See `People.person_ids_of`."""
        residents = await self._bindings.resident_ids_of(community_id, account_id)
        return [account_id, *residents]

    async def change_account(
        self, community_id: str, account_id: str, transition: AccountTransition
    ) -> None:
        """See `People.change_account`."""
        try:
            await self._accounts.change(community_id, account_id, transition)
        except AccountNotFound:
            return

    async def _account(self, community_id: str, account_id: str, named: NamedPerson) -> TeamPerson:
        account = await self._accounts.get(community_id, account_id)
        return TeamPerson(
            person_id=account.id,
            person_key=account.id,
            account_id=account.id,
            birth_date=named.birth_date,
        )

    async def _resident(self, actor: Actor, resident_id: str, named: NamedPerson) -> TeamPerson:
        (resident,) = await self._residents.residents_by_id(actor.community_id, [resident_id])
        if resident is None or not governs_resident(actor, resident):
            raise ResidentNotFound
        known = resident.facts.birth_date if resident.facts is not None else None
        return TeamPerson(
            person_id=resident.id,
            person_key=resident.person_key,
            resident_id=resident.id,
            birth_date=named.birth_date or known,
        )

    def _stranger(self, community_id: str, named: NamedPerson) -> TeamPerson:
        """The same name and birth date are the same person, in every team."""
        born = named.birth_date.isoformat() if named.birth_date is not None else ""
        mark = self._keyed_hash(_KIND_OF_MARK, f"{named.name}|{born}")
        person_id = derived_id("person", community_id, mark)
        return TeamPerson(
            person_id=person_id,
            person_key=person_id,
            name=named.name,
            birth_date=named.birth_date,
        )

    async def _accounts_by_id(
        self, community_id: str, memberships: Sequence[Membership]
    ) -> dict[str, Account]:
        ids = sorted({each.account_id for each in memberships if each.account_id is not None})
        found = await self._accounts.get_many(community_id, ids) if ids else []
        return {account.id: account for account in found if account is not None}

    async def _residents_by_id(
        self, community_id: str, memberships: Sequence[Membership]
    ) -> dict[str, Resident]:
        ids = sorted({each.resident_id for each in memberships if each.resident_id is not None})
        found = await self._residents.residents_by_id(community_id, ids) if ids else []
        return {resident.id: resident for resident in found if resident is not None}


def _name_of_account(account: Account | None) -> str | None:
    """In full for staff alone: who comes by WeChat is somebody's neighbour."""
    if account is None or account.display_name is None:
        return None
    return account.display_name if account.is_staff else masked_name(account.display_name)


def _name_of_resident(resident: Resident | None) -> str | None:
    if resident is None or resident.facts is None or resident.facts.name is None:
        return None
    return masked_name(resident.facts.name)
