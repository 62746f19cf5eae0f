"""What there is to say of an aggregate as it now is, to somebody who heard nothing yet."""

from datetime import datetime

from residents.domain.account import Account
from residents.domain.events import AccountDisabled, Event, SessionRevoked
from residents.domain.logins.binding_rules import bound_events
from residents.domain.roles import Role
from residents.domain.session import Session


def account_facts(account: Account, at: datetime) -> tuple[Event, ...]:
    """That it is shut, which bindings stand, and what its person may act as at that moment."""
    facts: tuple[Event, ...] = bound_events(account)
    if account.disabled_at is not None:
        facts += (AccountDisabled(account.community_id, account.id, account.disabled_at),)
    if account.roles_told_at is not None or _is_told_of(account):
        facts += (account.roles_news(account.roles_told_at or at),)
    return facts


def _is_told_of(account: Account) -> bool:
    """Whether it is of the staff or a steward's, though nobody was told of its roles yet."""
    return account.is_active and (
        account.is_staff or any(grant.role is Role.STEWARD for grant in account.roles)
    )


def session_facts(session: Session) -> tuple[Event, ...]:
    """Only that it was revoked is told of a session."""
    if session.revoked_at is None:
        return ()
    return (SessionRevoked(session.id, session.revoked_at, session.account.community_id),)
