"""End all of one's own sessions but this one."""

from dataclasses import dataclass

from chassis.requests import Request

from residents.application.authorisation import demand
from residents.application.logins.end_other_sessions import EndOtherSessions
from residents.domain.logins.permissions import REVOKE_OTHER_SESSIONS
from residents.domain.roles import Actor


@dataclass(frozen=True)
class RevokeOtherSessions:
    """For who left themselves logged in somewhere."""

    end_others: EndOtherSessions

    async def __call__(self, actor: Actor, *, request: Request) -> int:
        """How many this request found and ended; a repeat finds those that began since.

        Raises: Forbidden; RequestIdReused.
        Emits: session.revoked v1 for each.
        """
        demand(actor, REVOKE_OTHER_SESSIONS)
        return len(await self.end_others(actor, request=request))
