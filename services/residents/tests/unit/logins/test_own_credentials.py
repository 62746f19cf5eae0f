"""One's own password and device, changed while logged in; and where one is logged in."""

from collections.abc import Awaitable

import pytest
from chassis.errors import Forbidden
from residents.application.create_community import Founded
from residents.application.logins.prove_oneself import OwnProof
from residents.application.token_pair import LoggedIn
from residents.domain.attempts import USERNAME_LIMIT
from residents.domain.errors import (
    AccountLocked,
    LoginRefused,
    PasswordTooWeak,
    ResidentsError,
    SessionNotFound,
)
from residents.domain.roles import Actor, Role

from ..office import PASSWORD, actor_of
from .village import Village

NEW_PASSWORD = "four-old-estates-6"


class Here:
    """The secretary, logged in."""

    def __init__(self, village: Village, founded: Founded) -> None:
        self.village = village
        self.secret = founded.totp_secret or ""
        self.account = founded.account
        self.actor = village.actor(founded)

    async def log_in(self) -> LoggedIn:
        """One more session; the actor acts from it."""
        self.village.now.advance(minutes=1)
        logged_in = await self.village.log_in("secretary", self.secret)
        session_id = logged_in.refresh_token.partition(".")[0]
        self.actor = actor_of(
            self.account.community_id, self.account.id, Role.SECRETARY, session_id=session_id
        )
        self.village.now.advance(minutes=1)
        return logged_in

    def proof(self, password: str = PASSWORD) -> OwnProof:
        return OwnProof(password, self.village.totp.code(self.secret, self.village.now()))

    async def refuses(
        self, command: Awaitable[object], error: type[ResidentsError], code: str
    ) -> None:
        before = self.village.changes
        with pytest.raises(error) as refusal:
            await command
        assert refusal.value.code == code
        assert self.village.changes == before


@pytest.fixture
async def here(village: Village, founded: Founded) -> Here:
    here = Here(village, founded)
    await here.log_in()
    return here


async def test_a_new_password_counts_and_ends_every_other_session(here: Here) -> None:
    village = here.village
    await here.log_in()
    await village.logins_room.change_password(here.actor, here.proof(), NEW_PASSWORD)

    village.now.advance(minutes=1)
    with pytest.raises(LoginRefused):
        await village.log_in("secretary", here.secret)
    assert await village.log_in("secretary", here.secret, password=NEW_PASSWORD)
    standing = await village.sessions.standing_of(here.account.id)
    assert here.actor.session_id in {session.id for session in standing}
    assert len(village.sessions.events) == 1


async def test_a_new_device_counts_and_the_old_one_does_not(here: Here) -> None:
    village = here.village
    replaced = await village.logins_room.replace_totp(here.actor, here.proof())

    village.now.advance(minutes=1)
    with pytest.raises(LoginRefused):
        await village.log_in("secretary", here.secret)
    assert await village.log_in("secretary", replaced.totp_secret)


@pytest.mark.parametrize("kind", ["password", "device"])
async def test_who_does_not_know_password_and_code_changes_nothing(here: Here, kind: str) -> None:
    room = here.village.logins_room

    def change(proof: OwnProof) -> Awaitable[object]:
        if kind == "password":
            return room.change_password(here.actor, proof, NEW_PASSWORD)
        return room.replace_totp(here.actor, proof)

    for proof in (here.proof("wrong"), OwnProof(PASSWORD, "000000"), OwnProof("", "")):
        await here.refuses(change(proof), LoginRefused, "LOGIN_REFUSED")


async def test_a_code_used_to_log_in_is_not_used_again(here: Here) -> None:
    village = here.village
    proof = here.proof()
    await village.log_in("secretary", here.secret, code=proof.totp_code)

    command = village.logins_room.change_password(here.actor, proof, NEW_PASSWORD)
    await here.refuses(command, LoginRefused, "LOGIN_REFUSED")


async def test_a_code_used_to_change_is_not_used_again(here: Here) -> None:
    village = here.village
    proof = here.proof()
    await village.logins_room.change_password(here.actor, proof, NEW_PASSWORD)

    again = OwnProof(NEW_PASSWORD, proof.totp_code)
    command = village.logins_room.replace_totp(here.actor, again)
    await here.refuses(command, LoginRefused, "LOGIN_REFUSED")


async def test_guesses_with_a_token_lock_as_guesses_without(here: Here) -> None:
    room = here.village.logins_room
    for _ in range(USERNAME_LIMIT):
        with pytest.raises(LoginRefused):
            await room.change_password(here.actor, here.proof("guess"), NEW_PASSWORD)

    command = room.change_password(here.actor, here.proof(), NEW_PASSWORD)
    await here.refuses(command, AccountLocked, "ACCOUNT_LOCKED")


async def test_a_weak_password_is_named_and_the_old_one_stays(here: Here) -> None:
    village = here.village
    command = village.logins_room.change_password(here.actor, here.proof(), "short")

    await here.refuses(command, PasswordTooWeak, "PASSWORD_TOO_WEAK")
    assert await village.log_in("secretary", here.secret)


async def test_who_has_no_password_changes_none(village: Village, resident: Actor) -> None:
    for change in (
        village.logins_room.change_password(resident, OwnProof("", ""), NEW_PASSWORD),
        village.logins_room.replace_totp(resident, OwnProof("", "")),
    ):
        with pytest.raises(Forbidden):
            await change


async def test_a_session_begun_while_credentials_were_changed_does_not_stand(here: Here) -> None:
    """Whoever held the old password at that moment is out."""
    village = here.village
    proof = here.proof()
    succeed = village.residents.limits.succeeded

    async def change_before_the_session_begins(attempt: object) -> None:
        await succeed(attempt)  # type: ignore[arg-type]
        village.now.advance(minutes=1)
        await village.logins_room.change_password(here.actor, here.proof(), NEW_PASSWORD)

    object.__setattr__(village.residents.limits, "succeeded", change_before_the_session_begins)
    with pytest.raises(LoginRefused):
        await village.log_in("secretary", here.secret, code=proof.totp_code)

    standing = await village.sessions.standing_of(here.account.id)
    assert [session.id for session in standing] == [here.actor.session_id]


class TestSessions:
    async def test_ones_own_are_listed_the_newest_first_while_they_stand(self, here: Here) -> None:
        village = here.village
        await here.log_in()
        await here.log_in()

        page = await village.logins_room.sessions.own(here.actor, first=2, after=None)
        rest = await village.logins_room.sessions.own(here.actor, first=2, after=page.cursors[-1])
        village.now.advance(hours=12)
        later = await village.logins_room.sessions.own(here.actor, first=2, after=None)

        assert page.items[0].id == here.actor.session_id
        assert (len(page.items), page.has_next_page) == (2, True)
        assert (len(rest.items), rest.has_next_page) == (1, False)
        assert list(later.items) == []

    async def test_a_secretary_sees_anybodys_of_the_community(
        self, here: Here, resident: Actor
    ) -> None:
        sessions = here.village.logins_room.sessions
        seen = await sessions.of_account(here.actor, resident.account_id, first=10, after=None)
        unknown = await sessions.of_account(here.actor, "account_unknown", first=10, after=None)
        stranger = actor_of("community_other", "account_other", Role.SECRETARY)
        foreign = await sessions.of_account(stranger, resident.account_id, first=10, after=None)

        assert seen is not None
        assert [each.account.account_id for each in seen.items] == [resident.account_id]
        assert unknown is None
        assert foreign is None
        with pytest.raises(Forbidden):
            await sessions.of_account(resident, here.account.id, first=10, after=None)

    async def test_all_others_end_and_this_one_stays(self, here: Here, resident: Actor) -> None:
        village = here.village
        await here.log_in()
        await here.log_in()
        request = village.request(here.actor, "o1", others=True)

        revoked = await village.logins_room.revoke_other_sessions(here.actor, request=request)

        standing = await village.sessions.standing_of(here.account.id)
        assert revoked == 2
        assert [session.id for session in standing] == [here.actor.session_id]
        assert len(await village.sessions.standing_of(resident.account_id)) == 1

    async def test_a_secretary_of_an_estate_sees_and_ends_none_of_the_whole_communitys(
        self, here: Here
    ) -> None:
        village = here.village
        await here.log_in()
        leader = actor_of(village.community_id, "account_s", Role.SECRETARY, scope=("estate_a",))
        before = village.sessions.all

        sessions = village.logins_room.sessions
        assert await sessions.of_account(leader, here.account.id, first=10, after=None) is None
        with pytest.raises(SessionNotFound):
            await village.residents.revoke_session(
                leader, before[0].id, request=village.request(leader, "v1")
            )
        assert village.sessions.all == before
