"""A community of a test's own in a running stack, its secretary logged in.

It speaks to the gateway as the console does and to the simulator as residents' phones do.
"""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import httpx
from story.demo_file import OfficialAccount
from story.graph import operation
from story.one_time_codes import code_of, present_step
from story.phones import Phones
from story.planning import new_password, plan_demo

from local_stack.acting.waiting import eventually
from local_stack.layout import ROOT, Layout
from local_stack.operators import operators_env

_INBOX = """
query Inbox {
  inbox(first: 100) {
    nodes { id state redactedText receivedAt comment { id text } issue { id } }
  }
}
"""
_COMMENTS = """
query Comments {
  comments(first: 100) { nodes { id state redactedText } }
}
"""


Operate = Callable[[Sequence[str], str], Awaitable[str]]
"""Runs a command of residents with what it is given to read; answers what it said."""


class Refused(Exception):
    """The graph answered with errors, or a mutation with another outcome than its success."""


@dataclass
class Town:
    """The community, who speaks for it, and its official account."""

    client: httpx.AsyncClient
    layout: Layout
    community_id: str
    token: str
    account: OfficialAccount
    phones: Phones
    article: Any = None
    refresh_token: str = ""

    async def ask(self, document: str, **variables: object) -> Any:
        """Send an operation as the secretary; return the whole answer."""
        return await self.ask_as(self.token, document, **variables)

    async def ask_as(self, token: str, document: str, /, **variables: object) -> Any:
        """Send an operation with a token, or with none if it is empty; return the whole answer."""
        answer = await self.client.post(
            f"{self.layout.address('gateway')}/graphql",
            json={"query": document, "variables": variables},
            headers={"Authorization": f"Bearer {token}"} if token else {},
        )
        return answer.json()

    async def data(self, document: str, **variables: object) -> Any:
        """Send an operation that has to be answered without errors. Raises: Refused."""
        return await self.data_as(self.token, document, **variables)

    async def data_as(self, token: str, document: str, /, **variables: object) -> Any:
        """Send one with a token that has to be answered without errors. Raises: Refused."""
        answer = await self.ask_as(token, document, **variables)
        if answer.get("errors"):
            raise Refused(json.dumps(answer, ensure_ascii=False))
        return answer["data"]

    async def do(self, name: str, field: str, /, **given: object) -> Any:
        """Send a mutation that has to succeed; return its outcome. Raises: Refused."""
        return await self.do_as(self.token, name, field, **given)

    async def do_as(self, token: str, name: str, field: str, /, **given: object) -> Any:
        """Send one with a token that has to succeed; return its outcome. Raises: Refused."""
        content = {"requestId": secrets.token_hex(8)} | given
        made = await self.data_as(token, operation(name), input=content)
        if not made[field]["__typename"].endswith("Success"):
            raise Refused(json.dumps(made, ensure_ascii=False))
        return made[field]

    async def renew(self) -> None:
        """Give the secretary the next tokens: one is good for ten minutes."""
        given = {"refreshToken": self.refresh_token}
        made = (await self.data_as("", operation("RefreshSession"), input=given))["refreshSession"]
        if made["__typename"] != "RefreshSessionSuccess":
            raise Refused(json.dumps(made, ensure_ascii=False))
        self.token, self.refresh_token = made["accessToken"], made["refreshToken"]

    async def inbox(self) -> list[Any]:
        """Return the community's intakes as the staff see them."""
        nodes: list[Any] = (await self.data(_INBOX))["inbox"]["nodes"]
        return nodes

    async def inbox_after_a_marker(self) -> list[Any]:
        """Write one more comment; when its intake is there, return the inbox without it.

        What came before the marker a second time, late, is in it.
        """
        marker = f"为社区点赞 {secrets.token_hex(4)}"
        await self.comment("标记", marker)

        async def has_arrived() -> bool:
            return any(node["comment"]["text"] == marker for node in await self.inbox())

        await eventually(has_arrived, within_seconds=60)
        return [node for node in await self.inbox() if node["comment"]["text"] != marker]

    async def comments(self) -> list[Any]:
        """Return the community's comments as the staff see them."""
        nodes: list[Any] = (await self.data(_COMMENTS))["comments"]["nodes"]
        return nodes

    async def comment(self, phone: str, text: str) -> None:
        """Let somebody write under the town's article."""
        await self.phones.have(phone, self.account)
        await self.phones.comment(phone, self.article, text)

    async def open_channel(self) -> None:
        """Connect the official account and publish an article."""
        account = self.account
        await self.phones.open_account(account)
        made = await self.do(
            "RegisterChannel",
            "registerChannel",
            name=account.name,
            kind="OFFICIAL_ACCOUNT",
            appId=account.app_id,
            appSecret=account.secret,
            callbackToken=account.token,
            encodingAesKey=account.encoding_aes_key,
            originalId=account.original_id,
        )
        await self.phones.save_callback(account, made["channel"]["callbackUrl"])
        self.article = await self.phones.publish(account, "入冬供暖，社区在做什么")
        await self.do(
            "RegisterPublishedArticle",
            "registerPublishedArticle",
            channelId=made["channel"]["id"],
            title=self.article["title"],
            url=self.article["url"],
            messageDataId=str(self.article["msg_data_id"]),
            index=self.article["index"],
            publishedAt=datetime.fromtimestamp(self.article["published_at"], UTC).isoformat(),
        )


async def found_town(
    layout: Layout, client: httpx.AsyncClient, operate: Operate | None = None
) -> Town:
    """Found a community by the operator's command, and log its secretary in.

    Args:
        operate: where the services are not processes of this machine.
    """
    name, password = f"secretary-{secrets.token_hex(4)}", new_password()
    command = ["create-community", "--name", "八家庄社区", "--secretary-username", name]
    command += ["--secretary-name", "刘书记", "--password-stdin", "--json"]
    said = await (operate or partial(_operated_here, layout))(command, f"{password}\n")
    made = json.loads(said.splitlines()[-1])
    town = Town(
        client=client,
        layout=layout,
        community_id=made["communityId"],
        token="",
        account=plan_demo().official_account,
        phones=Phones(client, layout.address("wechat-simulator")),
    )
    proof = {
        "username": name,
        "password": password,
        "totpCode": code_of(made["totpSecret"], present_step()),
        "client": "CONSOLE",
    }
    logged_in = (await town.data(operation("LogInStaff"), input=proof))["logInStaff"]
    town.token, town.refresh_token = logged_in["accessToken"], logged_in["refreshToken"]
    await town.open_channel()
    return town


async def _operated_here(layout: Layout, command: Sequence[str], given: str) -> str:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "residents", *command),
        cwd=ROOT,
        env=os.environ | operators_env(layout),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await process.communicate(given.encode())
    return said.decode()
