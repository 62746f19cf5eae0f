"""Aggregates to store."""

from datetime import datetime, timedelta

from chassis.ids import derived_id
from residents.domain.account import Account
from residents.domain.login import AccountRef
from residents.domain.roles import Actor, Role, RoleGrant
from residents.domain.session import Client, Session

COMMUNITY = derived_id("community", "here")
ELSEWHERE = derived_id("community", "elsewhere")


def an_account(name: str, at: datetime, *, community_id: str = COMMUNITY) -> Account:
    by = Actor("account_by", community_id, "session_by", (RoleGrant(Role.SECRETARY),))
    return Account.invite(
        derived_id("account", community_id, name),
        by=by,
        login_id=derived_id("login", name),
        username=name,
        name=f"姓名{name}",
        grant=RoleGrant(Role.CLERK, ("estate_a", "estate_b")),
        secret="invitation secret",
        at=at,
    )


def a_session(
    name: str, at: datetime, *, account_id: str = "account_a", community_id: str = COMMUNITY
) -> Session:
    return Session.start(
        derived_id("session", name),
        account=AccountRef(community_id, account_id),
        client=Client.CONSOLE,
        session_secret="session secret",
        refresh_secret="refresh secret",
        at=at,
    )


def minutes(number: int) -> timedelta:
    return timedelta(minutes=number)
