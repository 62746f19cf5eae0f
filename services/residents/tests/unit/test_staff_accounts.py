"""Inviting staff, taking an account, shutting it."""

import pytest
from chassis.errors import Forbidden, RequestIdReused
from residents.application.create_community import Founded
from residents.domain.account import AccountState
from residents.domain.errors import (
    AccountNotFound,
    InvitationInvalid,
    NameInvalid,
    OwnAccount,
    PasswordTooWeak,
    ResidentsError,
    RoleBeyondScope,
    UsernameInvalid,
    UsernameTaken,
)
from residents.domain.events import AccountDisabled, AccountRolesChanged
from residents.domain.roles import Actor, Role, RoleGrant

from .office import PASSWORD, Office, actor_of

OTHERS = [role for role in Role if role is not Role.SECRETARY]


async def test_an_invited_clerk_chooses_a_password_and_logs_in(
    office: Office, secretary: Actor
) -> None:
    invited = await office.invite(secretary)
    assert invited.account.state is AccountState.INVITED
    assert invited.account.roles == (RoleGrant(Role.CLERK),)

    active = await office.residents.activate_staff_account(invited.invitation_code, PASSWORD)

    assert active.account.state is AccountState.ACTIVE
    assert active.totp_secret in active.otpauth_uri
    logged_in = await office.log_in("clerk", active.totp_secret)
    assert logged_in.account == active.account


async def test_the_same_request_invites_once_and_gives_the_same_code(
    office: Office, secretary: Actor
) -> None:
    first = await office.invite(secretary)
    writes = office.writes

    assert await office.invite(secretary) == first
    assert office.writes == writes


async def test_the_same_request_id_for_somebody_else_is_refused_and_reserves_nothing(
    office: Office, secretary: Actor
) -> None:
    await office.invite(secretary)
    writes = office.writes

    with pytest.raises(RequestIdReused):
        await office.invite(secretary, username="other")

    assert office.writes == writes


async def test_a_username_is_given_once(office: Office, secretary: Actor) -> None:
    await office.invite(secretary)
    writes = office.writes

    for username in ("clerk", "secretary"):
        with pytest.raises(UsernameTaken):
            await office.invite(secretary, request_id="i2", username=username)

    assert office.writes == writes


async def test_a_username_reserved_for_nobody_is_free_again_after_the_invitation(
    office: Office, secretary: Actor
) -> None:
    abandoned = await office.invite(secretary)
    office.now.advance(days=7)

    taken_over = await office.invite(secretary, request_id="i2")

    assert taken_over.account.id != abandoned.account.id
    with pytest.raises(InvitationInvalid):
        await office.residents.activate_staff_account(abandoned.invitation_code, PASSWORD)
    await office.residents.activate_staff_account(taken_over.invitation_code, PASSWORD)


@pytest.mark.parametrize("role", OTHERS)
async def test_only_a_secretary_invites(office: Office, founded: Founded, role: Role) -> None:
    actor = actor_of(founded.community.id, "account_x", role)
    writes = office.writes

    with pytest.raises(Forbidden):
        await office.invite(actor)

    assert office.writes == writes


@pytest.mark.parametrize(
    ("own_scope", "role", "scope"),
    [
        (None, Role.RESIDENT, None),
        (None, Role.MERCHANT, None),
        (("estate_a",), Role.CLERK, None),
        (("estate_a",), Role.CLERK, ("estate_b",)),
        (("estate_a",), Role.CLERK, ("estate_a", "estate_b")),
    ],
)
async def test_nobody_gives_more_than_they_have(
    office: Office,
    founded: Founded,
    own_scope: tuple[str, ...] | None,
    role: Role,
    scope: tuple[str, ...] | None,
) -> None:
    actor = actor_of(founded.community.id, "account_x", Role.SECRETARY, scope=own_scope)
    writes = office.writes

    with pytest.raises(RoleBeyondScope):
        await office.invite(actor, role=role, scope=scope)

    assert office.writes == writes


@pytest.mark.parametrize(
    ("username", "name", "error"),
    [
        ("ab", "李干事", UsernameInvalid),
        ("-clerk", "李干事", UsernameInvalid),
        ("李干事", "李干事", UsernameInvalid),
        ("a" * 33, "李干事", UsernameInvalid),
        ("clerk", "  ", NameInvalid),
        ("clerk", "名" * 51, NameInvalid),
        ("clerk", "李\n干事", NameInvalid),
    ],
)
async def test_names_that_are_none_are_refused(
    office: Office, secretary: Actor, username: str, name: str, error: type[ResidentsError]
) -> None:
    writes = office.writes

    with pytest.raises(error):
        await office.invite(secretary, username=username, name=name)

    assert office.writes == writes


@pytest.mark.parametrize(
    "change", [lambda code: code + "x", lambda code: "", lambda code: "a.b.c", lambda code: "abc"]
)
async def test_a_wrong_code_opens_nothing(office: Office, secretary: Actor, change: object) -> None:
    invited = await office.invite(secretary)
    writes = office.writes

    with pytest.raises(InvitationInvalid):
        await office.residents.activate_staff_account(
            change(invited.invitation_code),  # type: ignore[operator]
            PASSWORD,
        )

    assert office.writes == writes


async def test_a_code_opens_once(office: Office, secretary: Actor) -> None:
    invited = await office.invite(secretary)
    active = await office.residents.activate_staff_account(invited.invitation_code, PASSWORD)
    writes = office.writes

    with pytest.raises(InvitationInvalid):
        await office.residents.activate_staff_account(invited.invitation_code, "another-password")

    assert office.writes == writes
    await office.log_in("clerk", active.totp_secret)


async def test_a_code_expires_after_seven_days(office: Office, secretary: Actor) -> None:
    invited = await office.invite(secretary)
    office.now.advance(days=7)
    writes = office.writes

    with pytest.raises(InvitationInvalid):
        await office.residents.activate_staff_account(invited.invitation_code, PASSWORD)

    assert office.writes == writes


@pytest.mark.parametrize(
    "password",
    [
        "short",
        "123456789",
        "1234567890",
        "Password123",
        "clerk-of-bajiazhuang",
        "a" * 129,
        "1" * 12,
    ],
)
async def test_a_weak_password_is_refused_and_the_code_stays_good(
    office: Office, secretary: Actor, password: str
) -> None:
    invited = await office.invite(secretary, username="clerk-of-bajiazhuang")
    writes = office.writes

    with pytest.raises(PasswordTooWeak):
        await office.residents.activate_staff_account(invited.invitation_code, password)

    assert office.writes == writes
    await office.residents.activate_staff_account(invited.invitation_code, PASSWORD)


async def test_of_two_with_the_same_code_one_gets_in(office: Office, secretary: Actor) -> None:
    """The second begins while the first is between its writes."""
    invited = await office.invite(secretary)
    code = invited.invitation_code
    change = office.logins.change
    second = []

    async def change_after_the_other(*args: object, **kwargs: object) -> object:
        office.logins.change = change  # type: ignore[method-assign]
        second.append(await office.residents.activate_staff_account(code, "the-second-password"))
        return await change(*args, **kwargs)  # type: ignore[arg-type]

    office.logins.change = change_after_the_other  # type: ignore[method-assign, assignment]
    with pytest.raises(InvitationInvalid):
        await office.residents.activate_staff_account(code, PASSWORD)

    await office.log_in("clerk", second[0].totp_secret, password="the-second-password")


async def test_a_secretary_disables_a_clerk_once(office: Office, secretary: Actor) -> None:
    clerk, _ = await office.clerk(secretary)
    office.accounts.events.clear()

    for request_id in ("d1", "d1", "d2"):
        disabled = await office.residents.disable_staff_account(
            secretary, clerk.account_id, request=office.request(secretary, request_id)
        )

    assert disabled.state is AccountState.DISABLED
    told: list[object] = list(office.accounts.events)
    assert told == [
        AccountDisabled(secretary.community_id, clerk.account_id, office.now()),
        AccountRolesChanged(secretary.community_id, clerk.account_id, (), office.now()),
    ]


async def test_a_disabled_invitation_opens_nothing(office: Office, secretary: Actor) -> None:
    invited = await office.invite(secretary)
    await office.residents.disable_staff_account(
        secretary, invited.account.id, request=office.request(secretary, "d1")
    )

    with pytest.raises(InvitationInvalid):
        await office.residents.activate_staff_account(invited.invitation_code, PASSWORD)


async def test_nobody_disables_themselves(office: Office, secretary: Actor) -> None:
    writes = office.writes

    with pytest.raises(OwnAccount):
        await office.residents.disable_staff_account(
            secretary, secretary.account_id, request=office.request(secretary, "d1")
        )

    assert office.writes == writes


async def test_another_communitys_account_is_as_unknown(office: Office, founded: Founded) -> None:
    stranger = actor_of("community_elsewhere", "account_elsewhere", Role.SECRETARY)
    writes = office.writes

    for account_id in (founded.account.id, "account_unknown"):
        with pytest.raises(AccountNotFound):
            await office.residents.disable_staff_account(
                stranger, account_id, request=office.request(stranger, "d1")
            )

    assert office.writes == writes


@pytest.mark.parametrize("role", OTHERS)
async def test_only_a_secretary_disables(office: Office, founded: Founded, role: Role) -> None:
    actor = actor_of(founded.community.id, "account_x", role)
    writes = office.writes

    with pytest.raises(Forbidden):
        await office.residents.disable_staff_account(
            actor, founded.account.id, request=office.request(actor, "d1")
        )

    assert office.writes == writes


async def test_each_account_of_a_batch_is_decided_by_itself(
    office: Office, founded: Founded, secretary: Actor
) -> None:
    invited = await office.invite(secretary)
    auditor = actor_of(founded.community.id, invited.account.id, Role.AUDITOR)
    ids = [founded.account.id, auditor.account_id]

    theirs, own = await office.residents.queries.accounts_by_id(auditor, ids)

    assert isinstance(theirs, Forbidden)
    assert own == invited.account
    assert await office.residents.queries.accounts_by_id(secretary, ids) == [
        founded.account,
        invited.account,
    ]


async def test_a_secretary_of_an_estate_disables_only_its_staff(
    office: Office, secretary: Actor
) -> None:
    leader = actor_of(
        secretary.community_id, "account_scoped", Role.SECRETARY, scope=("estate_a", "estate_b")
    )
    beyond = [
        await office.invite(secretary, request_id=name, username=name, scope=scope)
        for name, scope in (("all-1", None), ("both-1", ("estate_b", "estate_c")))
    ]
    own = await office.invite(secretary, request_id="own", username="own-1", scope=("estate_a",))
    before = office.accounts.all

    for account_id in (secretary.account_id, *(each.account.id for each in beyond)):
        with pytest.raises(AccountNotFound):
            await office.residents.disable_staff_account(
                leader, account_id, request=office.request(leader, account_id)
            )
    assert office.accounts.all == before

    disabled = await office.residents.disable_staff_account(
        leader, own.account.id, request=office.request(leader, "d1")
    )
    assert disabled.state is AccountState.DISABLED
