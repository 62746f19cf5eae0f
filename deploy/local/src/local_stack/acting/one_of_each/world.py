"""A community in the running stack, and fresh objects in it for every trial.

Residents write through the WeChat simulator, and staff act through the graph: nothing is put
into a store by hand but the accounts of roles that cannot log in yet.
"""

import base64
import dataclasses
import itertools
import os
import secrets
import uuid
from typing import Any

import pyotp
from chassis.clock import utc_now
from chassis.testing_waits import until

from local_stack.acting.one_of_each.asking import ask
from local_stack.acting.one_of_each.cast import Cast, Person
from local_stack.acting.one_of_each.shops import Shop, Shops
from local_stack.acting.one_of_each.wechat import WeChat
from local_stack.acting.people_by_wechat import PeopleByWeChat

_APP_SECRET = "0123456789abcdef0123456789abcdef"
_INBOX = "query Q { inbox(first: 3) { nodes { id comment { id } redactedText } } }"


class World:
    """Makes what a trial needs.

    Attributes:
        people: one person of each role; that of the merchant is a till of the shop.
        shops: makes merchants and campaigns.
        residents: the address of residents' api, for its edges beside the graph.
        by_wechat: makes people who come with the mini-program.
    """

    password = "five-estates-39"

    def __init__(
        self, gateway: str, wechat: WeChat, cast: Cast, *, residents: str, by_wechat: PeopleByWeChat
    ) -> None:
        self._gateway = gateway
        self._wechat = wechat
        self.cast = cast
        self.residents = residents
        self.by_wechat = by_wechat
        self._numbers = itertools.count(1)
        self.people: dict[str, Person] = {}
        self.shops = Shops(self.as_role, self.number, self.request_id)
        self.shop = Shop("", "", "")
        self.community_id = ""
        self.article_id = ""
        self._app_id = ""
        self._channel_id = ""

    async def open(self, community_id: str, roles: list[str]) -> None:
        """Fill the community with one person of each role, a channel and an article."""
        self.community_id = community_id
        for role in roles:
            self.people[role] = await self.cast.person(community_id, role)
        self.shop = await self.shops.open()
        till = self.people["merchant"]
        self.people["merchant"] = dataclasses.replace(till, scope=(self.shop.merchant_id,))
        account = self.official_account()
        self._app_id = account["appId"]
        self._channel_id = await self.channel(account)
        await self._wechat("PUT", f"accounts/{self._app_id}", _as_in_wechat(account))
        made = await self.secretary(
            "query Q { channels { nodes { id callbackUrl } } }", {}, "channels"
        )
        (callback,) = [c["callbackUrl"] for c in made["nodes"] if c["id"] == self._channel_id]
        await self._wechat("PUT", f"accounts/{self._app_id}/callback", {"url": callback})
        await self._wechat("PUT", "phones/somebody", {"follows": [self._app_id]})
        article = await self._do("registerPublishedArticle", await self.published_article())
        self.article_id = article["article"]["id"]

    async def token_of(self, role: str | None) -> str | None:
        """A token of the person of a role; none of somebody anonymous."""
        return await self.cast.token(self.people[role]) if role in self.people else None

    async def spare_token_of(self, role: str) -> str:
        """A token of one more person of this role, whose session may end."""
        return await self.cast.token(await self.cast.person(self.community_id, role))

    def number(self) -> int:
        """A number that nobody had."""
        return next(self._numbers)

    def request_id(self) -> str:
        """A request id that nobody used."""
        return uuid.uuid4().hex

    async def write(self, text: str, phone: str = "somebody") -> None:
        """Let a resident write, and wait for nothing."""
        given = {"app_id": self._app_id, "text": text}
        await self._wechat("POST", f"phones/{phone}/messages", given)

    async def message(self, text: str, phone: str = "somebody") -> dict[str, str]:
        """Let a resident write. Returns: the ids of comment and intake, once both are there."""
        words = f"{text}（第{self.number()}条）"
        await self.write(words, phone)

        async def arrived() -> Any:
            inbox = await self.secretary(_INBOX, {}, "inbox")
            return next((i for i in inbox["nodes"] if i["redactedText"] == words), None)

        intake: Any = await until(arrived, within_seconds=30)
        return {"intakeId": intake["id"], "commentId": intake["comment"]["id"]}

    async def join_code(self) -> str:
        """The code of a link that somebody new has on the phone and nobody opened."""
        phone = f"stranger-{self.number()}"
        await self._wechat("PUT", f"phones/{phone}", {"follows": [self._app_id]})
        comment_id = (await self.message("楼道灯坏了", phone))["commentId"]
        await self._do("replyToComment", {"commentId": comment_id, "text": "马上去看。"})

        async def shown() -> str | None:
            screen = await self._wechat("GET", f"phones/{phone}/screen", None)
            texts = [item["text"] for item in screen["items"] if item["received"]]
            return texts[-1] if texts else None

        text = str(await until(shown, within_seconds=30))
        return text.rpartition("#")[2]

    async def issue(self) -> str:
        """A new issue that nobody has acknowledged."""
        intake = (await self.message("门禁坏了"))["intakeId"]
        wanted = {"intakeId": intake, "category": "security", "hazard": True}
        opened = await self._do("openIssue", wanted)
        return await self._issue_there(opened["issueId"])

    async def acknowledged_issue(self) -> str:
        """An issue to triage."""
        issue_id = await self.issue()
        await self._do("acknowledgeIssue", {"issueId": issue_id})
        return issue_id

    async def hazard_issue(self) -> str:
        """An issue that a hazard rule made, undecided."""
        intake_id = (await self.message("闻到煤气味"))["intakeId"]
        query = "query Q($id: ID!) { intake(id: $id) { issueId } }"

        async def accepted() -> Any:
            intake = await self.secretary(query, {"id": intake_id}, "intake")
            return intake["issueId"]

        return await self._issue_there(str(await until(accepted, within_seconds=30)))

    async def hazard_rule(self) -> str:
        """A rule to remove."""
        name = f"规则{self.number()}"
        made = await self._do("setHazardRule", {"name": name, "words": ["井盖没了"]})
        return str(made["rule"]["id"])

    async def another_session(self, role: str) -> str:
        """One more session of this person's own."""
        return (await self.cast.session(self.people[role].account)).id

    async def known_id(self, kind: str) -> str:
        """The id of something of this kind that is there."""
        return {
            "community_id": self.community_id,
            "account": self.people["clerk"].account.account_id,
            "channel": self._channel_id,
            "article": self.article_id,
            "merchant": self.shop.merchant_id,
            "campaign": await self.shops.drafted() if kind == "campaign" else "",
        }.get(kind) or await self._id_of_matter(kind)

    async def clerk_account(self) -> str:
        """An account to disable."""
        return (await self.cast.account(self.community_id, "clerk")).account_id

    async def invitation_code(self) -> str:
        """An invitation that nobody used."""
        return str((await self._invited())["invitationCode"])

    async def credentials(self) -> dict[str, str]:
        """What an active clerk logs in with."""
        invited = await self._invited()
        active = await self._anonymous(
            "activateStaffAccount",
            {"invitationCode": invited["invitationCode"], "password": self.password},
        )
        return {
            "username": invited["account"]["username"],
            "password": self.password,
            "totpCode": pyotp.TOTP(active["totpSecret"]).now(),
            "client": "CONSOLE",
        }

    async def refresh_token(self) -> str:
        """The refresh token of a session that was begun just now."""
        logged_in = await self._anonymous("logInStaff", await self.credentials())
        return str(logged_in["refreshToken"])

    def official_account(self) -> dict[str, Any]:
        """An official account that nobody registered."""
        return {
            "name": f"公众号{self.number()}",
            "kind": "OFFICIAL_ACCOUNT",
            "appId": f"wx{secrets.token_hex(8)}",
            "appSecret": _APP_SECRET,
            "callbackToken": "matrixtoken",
            "encodingAesKey": _aes_key(),
            "originalId": f"gh_{secrets.token_hex(6)}",
        }

    async def channel(self, account: dict[str, Any] | None = None) -> str:
        """A registered channel."""
        made = await self._do("registerChannel", account or self.official_account())
        return str(made["channel"]["id"])

    async def published_article(self) -> dict[str, Any]:
        """An article that WeChat has and nobody registered."""
        title = f"文章{self.number()}"
        made = await self._wechat("POST", f"accounts/{self._app_id}/articles", {"titles": [title]})
        (article,) = made["articles"]
        return {
            "channelId": self._channel_id,
            "title": title,
            "url": article["url"],
            "messageDataId": str(article["msg_data_id"]),
            "index": article["index"],
            "publishedAt": utc_now().isoformat(),
        }

    async def secretary(self, document: str, variables: Any, field: str) -> Any:
        """Ask as the secretary."""
        return await self.as_role("secretary", document, variables, field)

    async def as_role(self, role: str, document: str, variables: Any, field: str) -> Any:
        """Ask as the person of a role."""
        answer = await ask(self._gateway, await self.token_of(role), document, variables)
        assert not answer.codes, answer.body
        return answer.data[field]

    async def _id_of_matter(self, kind: str) -> str:
        if kind == "issue":
            return await self.issue()
        return (await self.message("路灯不亮"))[f"{kind}Id"]

    async def _do(self, mutation: str, content: dict[str, Any]) -> Any:
        given = {"requestId": self.request_id(), **content}
        document = _SUCCESSES[mutation]
        outcome = await self.secretary(document, {"input": given}, mutation)
        assert outcome["__typename"].endswith("Success"), outcome
        return outcome

    async def _anonymous(self, mutation: str, content: dict[str, Any]) -> Any:
        answer = await ask(self._gateway, None, _SUCCESSES[mutation], {"input": content})
        assert not answer.codes, answer.body
        return answer.data[mutation]

    async def _invited(self) -> Any:
        username = f"clerk-{uuid.uuid4().hex[:8]}"
        new = {"username": username, "displayName": "某社工", "role": "CLERK"}
        return await self._do("createStaffAccount", new)

    async def _issue_there(self, issue_id: str) -> str:
        query = "query Q($id: ID!) { issue(id: $id) { id } }"
        await until(lambda: self.secretary(query, {"id": issue_id}, "issue"), within_seconds=30)
        return issue_id


def _mutation(name: str, fields: str) -> str:
    kind = name[0].upper() + name[1:]
    return (
        f"mutation M($input: {kind}Input!) {{ {name}(input: $input) {{ __typename "
        f"... on {kind}Success {{ {fields} }} ... on UserError {{ code }} }} }}"
    )


_SUCCESSES = {
    name: _mutation(name, fields)
    for name, fields in {
        "registerChannel": "channel { id }",
        "registerPublishedArticle": "article { id }",
        "openIssue": "issueId",
        "replyToComment": "comment { id }",
        "acknowledgeIssue": "issue { id }",
        "setHazardRule": "rule { id }",
        "createStaffAccount": "invitationCode account { username }",
        "activateStaffAccount": "totpSecret",
        "logInStaff": "refreshToken",
    }.items()
}


def _as_in_wechat(account: dict[str, Any]) -> dict[str, str]:
    return {
        "secret": account["appSecret"],
        "original_id": account["originalId"],
        "name": account["name"],
        "token": account["callbackToken"],
        "encoding_aes_key": account["encodingAesKey"],
    }


def _aes_key() -> str:
    while True:
        key = base64.b64encode(os.urandom(32)).decode().rstrip("=")
        if key.isalnum():
            return key
