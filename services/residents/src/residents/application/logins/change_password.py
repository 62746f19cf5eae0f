"""Change one's own password while logged in."""

from dataclasses import dataclass

import msgspec

from residents.application.authorisation import demand
from residents.application.logins.end_other_sessions import EndOtherSessions
from residents.application.logins.prove_oneself import OwnProof, ProveOneself, replace_credentials
from residents.application.ports import Logins, Passwords
from residents.domain.account import Account
from residents.domain.logins.permissions import CHANGE_PASSWORD
from residents.domain.password import checked_password
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ChangePassword:
    """One write to the login, then every other session of the account ends."""

    prove: ProveOneself
    logins: Logins
    passwords: Passwords
    end_others: EndOtherSessions

    async def __call__(self, actor: Actor, proof: OwnProof, password: str) -> Account:
        """Raises: Forbidden; LoginRefused; AccountLocked; PasswordTooWeak.

        Emits: session.revoked v1 for every other session.
        """
        demand(actor, CHANGE_PASSWORD)
        proven = await self.prove(actor, proof)
        chosen = checked_password(password, username=proven.username)
        following = msgspec.structs.replace(
            proven.checked.credentials, password_hash=await self.passwords.hash(chosen)
        )
        await replace_credentials(self.logins, proven, following)
        await self.end_others(actor)
        return proven.account
