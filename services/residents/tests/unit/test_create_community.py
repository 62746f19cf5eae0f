"""Founding a community, also when it is interrupted."""

import pytest
from chassis.errors import RequestIdReused
from residents.domain.errors import (
    LoginRefused,
    NameInvalid,
    PasswordTooWeak,
    ResidentsError,
    UsernameInvalid,
    UsernameTaken,
)
from residents.domain.roles import Role, RoleGrant

from .office import PASSWORD, Office


class Killed(BaseException):
    """The process ends here."""


async def test_a_community_has_a_secretary_who_can_log_in(office: Office) -> None:
    founded = await office.found()

    assert founded.community.name == "八家庄"
    assert founded.account.roles == (RoleGrant(Role.SECRETARY),)
    assert founded.account.created_by is None
    logged_in = await office.log_in("secretary", founded.totp_secret)
    assert logged_in.account.community_id == founded.community.id


async def test_the_same_request_founds_once_and_has_the_same_outcome(office: Office) -> None:
    founded = await office.found()
    writes = office.writes

    assert await office.found() == founded
    assert office.writes == writes


@pytest.mark.parametrize(
    "other", [{"name": "别处"}, {"username": "other"}, {"password": "another-password"}]
)
async def test_the_same_request_id_with_another_input_is_refused(
    office: Office, other: dict[str, str]
) -> None:
    await office.found()
    writes = office.writes

    with pytest.raises(RequestIdReused):
        await office.found(**other)

    assert office.writes == writes


async def test_a_taken_username_founds_nothing(office: Office) -> None:
    await office.found()
    writes = office.writes

    with pytest.raises(UsernameTaken):
        await office.found(request_id="r2", name="别处")

    assert office.writes == writes


@pytest.mark.parametrize(
    ("input_", "error"),
    [
        ({"name": " "}, NameInvalid),
        ({"username": "书记"}, UsernameInvalid),
        ({"password": "1234567890"}, PasswordTooWeak),
    ],
)
async def test_bad_input_founds_nothing(
    office: Office, input_: dict[str, str], error: type[ResidentsError]
) -> None:
    with pytest.raises(error):
        await office.found(**input_)

    assert office.writes == 0


@pytest.mark.parametrize("killed_before_write", range(4))
async def test_killed_between_its_writes_the_same_request_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, killed_before_write: int
) -> None:
    with monkeypatch.context() as patch:
        _kill_before(killed_before_write, office, patch)
        with pytest.raises(Killed):
            await office.found()
    assert office.writes == killed_before_write
    with pytest.raises(LoginRefused):
        await office.log_in("secretary", "SECRET1")

    founded = await office.found()

    await office.log_in("secretary", founded.totp_secret)
    assert len(office.communities.all) == len(office.accounts.all) == len(office.logins.all) == 1


@pytest.mark.parametrize("killed_before_write", range(3))
async def test_killed_while_activating_the_same_code_begins_again(
    office: Office, monkeypatch: pytest.MonkeyPatch, killed_before_write: int
) -> None:
    founded = await office.found()
    secretary = office.actor(founded)
    invited = await office.invite(secretary)
    writes = office.writes
    with monkeypatch.context() as patch:
        _kill_before(killed_before_write, office, patch)
        with pytest.raises(Killed):
            await office.residents.activate_staff_account(invited.invitation_code, PASSWORD)
    assert office.writes == writes + killed_before_write

    active = await office.residents.activate_staff_account(
        invited.invitation_code, "chosen-the-second-time"
    )

    with pytest.raises(LoginRefused):
        await office.log_in("clerk", active.totp_secret)
    await office.log_in("clerk", active.totp_secret, password="chosen-the-second-time")


@pytest.mark.parametrize("killed_before_write", range(2))
async def test_killed_while_inviting_the_same_request_goes_on(
    office: Office, monkeypatch: pytest.MonkeyPatch, killed_before_write: int
) -> None:
    secretary = office.actor(await office.found())
    with monkeypatch.context() as patch:
        _kill_before(killed_before_write, office, patch)
        with pytest.raises(Killed):
            await office.invite(secretary)

    invited = await office.invite(secretary)

    await office.residents.activate_staff_account(invited.invitation_code, PASSWORD)
    assert len(office.accounts.all) == len(office.logins.all) == 2


def _kill_before(write: int, office: Office, patch: pytest.MonkeyPatch) -> None:
    """End the process before the n-th write from here, counted over all stores."""
    limit = office.writes + write

    def kill(call: object) -> object:
        async def guarded(*args: object, **kwargs: object) -> object:
            if office.writes >= limit:
                raise Killed
            return await call(*args, **kwargs)  # type: ignore[operator]

        return guarded

    for store in (office.communities, office.accounts, office.logins):
        for name in ("add", "change"):
            patch.setattr(store, name, kill(getattr(store, name)))
