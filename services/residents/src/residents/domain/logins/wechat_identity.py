"""Somebody as WeChat knows them: an openid of one app, perhaps a unionid of a company's apps."""

import msgspec

from residents.domain.events import Event
from residents.domain.login import GLOBAL
from residents.domain.logins.errors import OpenidClaimed


class WeChatIdentity(msgspec.Struct, frozen=True, kw_only=True):
    """One openid, and the person it stands for.

    Its id is derived from a keyed hash of app and openid: an openid is here once.

    Attributes:
        openid: encrypted; None once the person was erased, as is `unionid`.
        union_mark: a keyed hash of the unionid; it stays the same once it is known.
        person_id: the accounts of one person derive from it, one a community.
    """

    id: str
    app_id: str
    openid: str | None
    unionid: str | None
    union_mark: str | None
    person_id: str
    community_id: str = GLOBAL
    version: int = 0

    def check_is(self, *, union_mark: str | None, person_id: str | None) -> None:
        """Whether who comes with this openid can be whom it stands for.

        Args:
            person_id: whom the unionid stands for, where that is known.

        Raises: OpenidClaimed.
        """
        if union_mark is None:
            return
        if self.union_mark not in (None, union_mark):
            raise OpenidClaimed
        if person_id not in (None, self.person_id):
            raise OpenidClaimed

    def come_with(
        self, *, unionid: str | None, union_mark: str | None, person_id: str | None
    ) -> tuple["WeChatIdentity", tuple[Event, ...]]:
        """Learn the unionid, which WeChat tells from the day a company joins its apps.

        Raises: OpenidClaimed.
        """
        self.check_is(union_mark=union_mark, person_id=person_id)
        if union_mark is None or self.union_mark is not None:
            return self, ()
        return msgspec.structs.replace(self, unionid=unionid, union_mark=union_mark), ()


class WeChatUnion(msgspec.Struct, frozen=True, kw_only=True):
    """Whom a unionid stands for.

    Its id is derived from the keyed hash of the unionid: the first app that somebody comes by
    says who they are, every other finds them.
    """

    id: str
    person_id: str
    community_id: str = GLOBAL
    version: int = 0
