"""What a person gets of this room in the export of their data: all of theirs, no secret."""

from residents.application.logins.personal_data import (
    PersonalBindings,
    PersonalSessions,
    PersonalWeChatLogins,
)
from residents.application.privacy.ports import PersonRef
from residents.domain.roles import Actor

from .village import Village


def of(village: Village, *account_ids: str) -> PersonRef:
    return PersonRef(
        community_id=village.community_id,
        account_ids=account_ids,
        resident_ids=(),
        person_keys=(),
    )


async def test_bindings_are_told_in_ones_own_words(village: Village, resident: Actor) -> None:
    household = village.household()
    binding_id = await village.ask_binding(resident, household, name="马曦")

    (told,) = await PersonalBindings(village.accounts).of(of(village, resident.account_id))

    assert told["accountId"] == resident.account_id
    bindings = told["bindings"]
    assert isinstance(bindings, list)
    assert [(each["id"], each["name"], each["state"]) for each in bindings] == [
        (binding_id, "马曦", "REQUESTED")
    ]


async def test_every_app_is_told_with_its_openid_masked(village: Village, resident: Actor) -> None:
    await village.come("o-1", "u-unionid", app_id="wx1")
    await village.come("o-another-openid", "u-unionid", app_id="wx2")

    told = await PersonalWeChatLogins(village.accounts, village.identities).of(
        of(village, resident.account_id)
    )

    assert sorted((each["appId"], each["openid"]) for each in told) == [
        ("wx1", "****o-1"),
        ("wx2", "****enid"),
    ]
    assert "unionid" not in str([each["unionid"] for each in told])


async def test_sessions_are_told_without_their_secrets(village: Village, resident: Actor) -> None:
    (told,) = await PersonalSessions(village.sessions).of(of(village, resident.account_id))

    assert set(told) == {"id", "client", "createdAt", "refreshedAt", "expiresAt"}


async def test_of_nobody_there_is_nothing(village: Village) -> None:
    for part in (
        PersonalBindings(village.accounts),
        PersonalWeChatLogins(village.accounts, village.identities),
        PersonalSessions(village.sessions),
    ):
        assert list(await part.of(of(village, "account_unknown"))) == []
