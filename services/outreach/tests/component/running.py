"""The service as it is deployed: its commands and its two processes, with settings of a test."""

import uuid
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import orjson
from chassis.testing_tokens import TokenMint
from local_stack.acting.service_instance import command_done
from local_stack.acting.service_process import ServiceProcess
from local_stack.ports import free_port
from wechat_simulator.testing import MINI_PROGRAM, MINI_PROGRAM_ID

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
UNION_MARK_KEY = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA"
JOIN_LINK_BASE_URL = "https://linli.example/join"
TEMPLATE_IDS = {"ISSUE_PROGRESS": "template-of-issues", "VOUCHER": "template-of-vouchers"}


def settings(
    folder: Path, mint: TokenMint, *, mongodb_uri: str, kafka: str, wechat: str
) -> dict[str, str]:
    """The variables of an instance of the test's own, over a database of its own.

    Nobody answers for the public keys: those of the last good fetch are in the folder.
    """
    (folder / "jwks.json").write_bytes(orjson.dumps(mint.jwks()))
    return {
        "ENVIRONMENT": "development",
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": f"outreach_{uuid.uuid4().hex}",
        "KAFKA_BOOTSTRAP_SERVERS": kafka,
        "JWKS_URL": f"http://127.0.0.1:{free_port()}/jwks.json",
        "KEY_WRAPPING_KEYS": f"test:{KEY}",
        "LOOKUP_HASH_KEY": KEY,
        "UNION_MARK_KEY": UNION_MARK_KEY,
        "JOIN_LINK_BASE_URL": JOIN_LINK_BASE_URL,
        "WECHAT_API_BASE_URL": wechat,
        "COMMENT_POLL_SECONDS": "0.2",
        "REPLY_SEND_SECONDS": "0.1",
        "COMMENTER_LOOKUP_SECONDS": "0.1",
        "NOTICE_SEND_SECONDS": "0.1",
        "WECHAT_MINIPROGRAM_APP_ID": MINI_PROGRAM_ID,
        "WECHAT_MINIPROGRAM_SECRET": MINI_PROGRAM["secret"],
        "WECHAT_ISSUE_PROGRESS_TEMPLATE_ID": TEMPLATE_IDS["ISSUE_PROGRESS"],
        "WECHAT_VOUCHER_TEMPLATE_ID": TEMPLATE_IDS["VOUCHER"],
        "STATE_FOLDER": str(folder),
    }


class Process(ServiceProcess):
    """The api or the worker."""

    service = "outreach"


run_command = partial(command_done, Process.service)


class Graph:
    """The api as one person asks it; without headers it is nobody."""

    def __init__(self, address: str, headers: Mapping[str, str] | None = None) -> None:
        self._client = httpx.AsyncClient(base_url=address, headers=headers, timeout=10)

    async def close(self) -> None:
        """Close its connections."""
        await self._client.aclose()

    async def answer(self, document: str, **variables: object) -> dict[str, Any]:
        """The whole answer, errors included."""
        asked = {"query": document, "variables": variables}
        answer: dict[str, Any] = (await self._client.post("/graphql", json=asked)).json()
        return answer

    async def ask(self, document: str, **variables: object) -> Any:
        """The data of an answer without errors."""
        answer = await self.answer(document, **variables)
        assert "errors" not in answer, answer
        return answer["data"]

    async def refusal(self, document: str, **variables: object) -> str:
        """The code of the one top-level error."""
        (error,) = (await self.answer(document, **variables))["errors"]
        code: str = error["extensions"]["code"]
        return code
