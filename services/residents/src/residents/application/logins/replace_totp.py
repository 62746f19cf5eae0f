"""Get the secret for another device while logged in."""

from dataclasses import dataclass

import msgspec

from residents.application.activate_staff_account import Activated
from residents.application.authorisation import demand
from residents.application.logins.end_other_sessions import EndOtherSessions
from residents.application.logins.prove_oneself import OwnProof, ProveOneself, replace_credentials
from residents.application.ports import Logins, TotpCodes
from residents.domain.logins.permissions import REPLACE_TOTP
from residents.domain.roles import Actor


@dataclass(frozen=True)
class ReplaceTotp:
    """One write to the login, then every other session of the account ends."""

    prove: ProveOneself
    logins: Logins
    totp: TotpCodes
    end_others: EndOtherSessions

    async def __call__(self, actor: Actor, proof: OwnProof) -> Activated:
        """Give the secret for a new device; the old one's codes are good for nothing from now on.

        Raises: Forbidden; LoginRefused; AccountLocked.
        Emits: session.revoked v1 for every other session.
        """
        demand(actor, REPLACE_TOTP)
        proven = await self.prove(actor, proof)
        totp = self.totp.new_secret()
        following = msgspec.structs.replace(
            proven.checked.credentials, sealed_totp_secret=totp.sealed
        )
        await replace_credentials(self.logins, proven, following)
        await self.end_others(actor)
        uri = self.totp.otpauth_uri(totp.secret, username=proven.username)
        return Activated(proven.account, totp.secret, uri)
