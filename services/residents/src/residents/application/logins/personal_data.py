"""What this room keeps of a person, for the person to have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from residents.application.logins.ports import WeChatIdentities
from residents.application.ports import Accounts, Sessions
from residents.application.privacy.ports import PersonRef
from residents.domain.account import Account
from residents.domain.logins.binding import Binding
from residents.domain.logins.wechat_identity import WeChatIdentity
from residents.domain.session import Session

_SHOWN = 4

Told = Sequence[Mapping[str, object]]


@dataclass(frozen=True)
class PersonalBindings:
    """The bindings of each account, in the person's own words."""

    accounts: Accounts
    part: str = "bindings"

    async def of(self, person: PersonRef) -> Told:
        """See `PersonalData.of`."""
        found = await self.accounts.get_many(person.community_id, person.account_ids)
        return [_bound(account) for account in found if account is not None]


@dataclass(frozen=True)
class PersonalWeChatLogins:
    """By which apps the person comes; an openid is masked, since whoever has it is the person."""

    accounts: Accounts
    identities: WeChatIdentities
    part: str = "wechatLogins"

    async def of(self, person: PersonRef) -> Told:
        """See `PersonalData.of`."""
        found = await self.accounts.get_many(person.community_id, person.account_ids)
        people = {each.wechat_person_id for each in found if each is not None}
        return [
            _identity(identity)
            for person_id in sorted(each for each in people if each is not None)
            for identity in await self.identities.of_person(person_id)
        ]


@dataclass(frozen=True)
class PersonalSessions:
    """The logins that stand, without their secrets."""

    sessions: Sessions
    part: str = "sessions"

    async def of(self, person: PersonRef) -> Told:
        """See `PersonalData.of`."""
        return [
            _session(session)
            for account_id in person.account_ids
            for session in await self.sessions.standing_of(account_id)
            if session.account.community_id == person.community_id
        ]


def _bound(account: Account) -> Mapping[str, object]:
    return {
        "accountId": account.id,
        "bindings": [_binding(account, each) for each in account.bindings],
    }


def _binding(account: Account, binding: Binding) -> Mapping[str, object]:
    words = (account.binding_words or {}).get(binding.id)
    return {
        "id": binding.id,
        "householdId": binding.place.household_id,
        "residentId": binding.resident.resident_id if binding.resident else None,
        "state": binding.state.name,
        "relation": binding.relation.name,
        "name": words.name if words else None,
        "reason": words.reason if words else None,
        "requestedAt": binding.requested_at,
        "verifiedAt": binding.verified_at,
        "decidedAt": binding.decided_at,
    }


def _identity(identity: WeChatIdentity) -> Mapping[str, object]:
    return {
        "appId": identity.app_id,
        "openid": _masked(identity.openid),
        "unionid": _masked(identity.unionid),
    }


def _masked(secret: str | None) -> str | None:
    return None if secret is None else f"****{secret[-_SHOWN:]}"


def _session(session: Session) -> Mapping[str, object]:
    return {
        "id": session.id,
        "client": session.client.name,
        "createdAt": session.created_at,
        "refreshedAt": session.refreshed_at,
        "expiresAt": session.expires_at,
    }
