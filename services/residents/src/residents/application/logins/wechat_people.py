"""Who somebody is who comes by WeChat, the same person by every app of a company."""

from dataclasses import dataclass

from residents.application.logins.ports import (
    Pseudonyms,
    UnknownIdentity,
    WeChatIdentities,
    WeChatPerson,
    WeChatUnions,
)
from residents.domain.login import GLOBAL
from residents.domain.logins.wechat_identity import WeChatIdentity, WeChatUnion


@dataclass(frozen=True)
class WeChatPeople:
    """Two writes at the first login: whom the unionid stands for, then the openid.

    Both are made once under derived ids, so that two logins at once, or one after a crash, find
    the same person. Whoever comes again writes nothing.
    """

    identities: WeChatIdentities
    unions: WeChatUnions
    pseudonyms: Pseudonyms

    async def know(self, found: WeChatPerson) -> WeChatIdentity:
        """The identity, made if it is not there. Raises: OpenidClaimed, with nothing written."""
        identity_id = self.pseudonyms.identity_id(found.app_id, found.openid)
        mark = self.pseudonyms.union_mark(found.unionid) if found.unionid else None
        known = await self._identity(identity_id)
        of_union = await self._person_of_union(mark)
        if known is not None:
            known.check_is(union_mark=mark, person_id=of_union)
        person_id = of_union or (known.person_id if known else identity_id)
        if mark is not None and of_union is None:
            union = WeChatUnion(id=self.pseudonyms.union_id(mark), person_id=person_id)
            person_id = (await self.unions.add(union)).person_id
        if known is None:
            await self.identities.add(
                WeChatIdentity(
                    id=identity_id,
                    app_id=found.app_id,
                    openid=found.openid,
                    unionid=found.unionid,
                    union_mark=mark,
                    person_id=person_id,
                )
            )
        return await self.identities.change(
            GLOBAL,
            identity_id,
            lambda identity: identity.come_with(
                unionid=found.unionid,
                union_mark=mark,
                person_id=person_id if mark is not None else None,
            ),
        )

    async def _identity(self, identity_id: str) -> WeChatIdentity | None:
        try:
            return await self.identities.get(GLOBAL, identity_id)
        except UnknownIdentity:
            return None

    async def _person_of_union(self, mark: str | None) -> str | None:
        if mark is None:
            return None
        try:
            return (await self.unions.get(GLOBAL, self.pseudonyms.union_id(mark))).person_id
        except UnknownIdentity:
            return None
