"""What there is to say of an aggregate as it now is, to somebody who heard nothing yet."""

from residents.domain.account import Account
from residents.domain.events import AccountDisabled, Event, SessionRevoked
from residents.domain.logins.binding_rules import bound_events
from residents.domain.session import Session


def account_facts(account: Account) -> tuple[Event, ...]:
    """That it is shut, and which bindings stand."""
    bound = bound_events(account)
    if account.disabled_at is None:
        return bound
    return (*bound, AccountDisabled(account.community_id, account.id, account.disabled_at))


def session_facts(session: Session) -> tuple[Event, ...]:
    """Only that it was revoked is told of a session."""
    if session.revoked_at is None:
        return ()
    return (SessionRevoked(session.id, session.revoked_at, session.account.community_id),)
