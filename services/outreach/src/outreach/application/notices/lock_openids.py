"""It became known who the person of an account is: the key of theirs locks their openid."""

from outreach.application.joining_ports import BoundAccounts
from outreach.application.notices.ports import WeChatUsers
from outreach.domain.errors import PersonErased
from outreach.domain.notices.grants import WeChatUser


class LockOpenids:
    """So that nobody can read it any more once that key is destroyed."""

    def __init__(self, accounts: BoundAccounts, users: WeChatUsers) -> None:
        self._accounts = accounts
        self._users = users

    async def __call__(
        self, community_id: str, account_id: str, *, person_key: str, sequence: int
    ) -> None:
        """Lock what the account allowed messages by, for the pseudonym that was told last.

        Args:
            sequence: of the event among those of the account.
        """
        account = await self._accounts.find(community_id, account_id)
        if account is not None and account.person_key and account.told_sequence > sequence:
            person_key = account.person_key
        for user in await self._users.of_account(community_id, account_id):
            await lock_openid(self._users, user, person_key)


async def lock_openid(users: WeChatUsers, user: WeChatUser, person_key: str) -> WeChatUser:
    """Lock one; the openid of a person who was erased goes."""
    try:
        return await users.change(
            user.community_id, user.id, lambda known: known.locked_by(person_key)
        )
    except PersonErased:
        return await users.change(user.community_id, user.id, WeChatUser.forgotten)
