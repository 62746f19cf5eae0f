"""A resident allows messages of the mini-program to their phone."""

from collections.abc import Sequence

from chassis.requests import Request

from outreach.application.joining_ports import BoundAccounts
from outreach.application.notices.lock_openids import lock_openid
from outreach.application.notices.ports import (
    Grants,
    MiniProgram,
    NoticeIdentities,
    WeChatUsers,
)
from outreach.application.permit import permit
from outreach.application.ports import Now
from outreach.domain.notices.errors import OpenidClaimed, TemplateUnknown
from outreach.domain.notices.grants import UNSPENT_KEPT, SubscriptionGrant, WeChatUser
from outreach.domain.notices.kinds import Template
from outreach.domain.permissions import Actor, Operation


class RecordGrant:
    """Ask WeChat who the person is, and keep one permission for each template."""

    def __init__(
        self,
        accounts: BoundAccounts,
        users: WeChatUsers,
        grants: Grants,
        mini_program: MiniProgram,
        identities: NoticeIdentities,
        now: Now,
    ) -> None:
        self._accounts = accounts
        self._users = users
        self._grants = grants
        self._mini_program = mini_program
        self._identities = identities
        self._now = now

    async def __call__(
        self, actor: Actor, code: str, templates: Sequence[Template], *, request: Request
    ) -> dict[Template, int]:
        """Keep what the person has just allowed, so many of each template at most.

        WeChat takes a code once: a repeat of the request is answered without it.

        Returns: for each template that was named, how many messages are allowed now.
        Raises: Forbidden; TemplateUnknown; WeChatNotConfigured; WeChatCodeInvalid;
            WeChatTooFrequent; WeChatUserAtRisk; WeChatAway; OpenidClaimed; PersonErased;
            RequestIdReused.
        """
        permit(actor, Operation.RECORD_GRANT)
        wanted = list(dict.fromkeys(templates))
        if not set(wanted) <= self._mini_program.template_ids.keys():
            raise TemplateUnknown
        known = await self._of_request(actor, request)
        user_id = known.wechat_user_id if known else (await self._user(actor, code)).id
        for template in wanted:
            await self._keep(actor, template, user_id, request)
        return {
            template: await self._grants.count_unspent(
                actor.community_id, actor.account_id, template
            )
            for template in wanted
        }

    async def _of_request(self, actor: Actor, request: Request) -> SubscriptionGrant | None:
        """What this request has kept already. Raises: RequestIdReused where it asked for more."""
        ids = [self._grant_id(actor, request, template) for template in Template]
        there = await self._grants.get_many(actor.community_id, ids)
        known = next((grant for grant in there if grant is not None), None)
        return await self._grants.add(known, request=request) if known else None

    async def _user(self, actor: Actor, code: str) -> WeChatUser:
        """Whoever has the code in hand. Raises: OpenidClaimed where that is somebody else."""
        openid = await self._mini_program.openid_of(code)
        account = await self._accounts.find(actor.community_id, actor.account_id)
        user = await self._users.add(
            WeChatUser(
                id=self._identities.wechat_user(actor.community_id, openid),
                community_id=actor.community_id,
                account_id=actor.account_id,
                locked_for=(account.person_key if account else None) or actor.account_id,
                openid=openid,
            )
        )
        if user.account_id != actor.account_id:
            raise OpenidClaimed
        return await self._locked(actor, user)

    async def _locked(self, actor: Actor, user: WeChatUser) -> WeChatUser:
        """Locked for the person who is known now: it may have become known meanwhile."""
        account = await self._accounts.find(actor.community_id, actor.account_id)
        if account is None or account.person_key in {None, user.locked_for}:
            return user
        return await lock_openid(self._users, user, str(account.person_key))

    async def _keep(self, actor: Actor, template: Template, user_id: str, request: Request) -> None:
        await self._grants.add(
            SubscriptionGrant(
                id=self._grant_id(actor, request, template),
                community_id=actor.community_id,
                account_id=actor.account_id,
                template=template,
                wechat_user_id=user_id,
                granted_at=self._now(),
            ),
            request=request,
        )
        unspent = await self._grants.unspent(
            actor.community_id, actor.account_id, template, limit=2 * UNSPENT_KEPT
        )
        for too_many in unspent[:-UNSPENT_KEPT]:
            await self._grants.change(actor.community_id, too_many.id, SubscriptionGrant.superseded)

    def _grant_id(self, actor: Actor, request: Request, template: Template) -> str:
        return self._identities.grant(actor.account_id, request.request_id, template)
