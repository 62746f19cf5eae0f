"""WeChat's console and residents' phones, in the simulator."""

from typing import Any

import httpx

from story.demo_file import OfficialAccount
from story.stopped import StoryStopped

# WeChat knows a person by one unionid across the apps of one open platform.
_OPEN_PLATFORM = "linli"
_TEMPLATES = {
    "ISSUE_PROGRESS": (
        "事项办理进度",
        {"thing1": "进展", "phrase2": "状态", "time3": "时间"},
    ),
    "VOUCHER": (
        "卡券变动",
        {"thing1": "说明", "amount2": "金额", "time3": "时间"},
    ),
}


class Phones:
    """What the account's owner does in WeChat's console, and residents on their phones."""

    def __init__(self, client: httpx.AsyncClient, simulator: str) -> None:
        self._client = client
        self._url = f"{simulator}/simulator"

    async def open_account(self, account: OfficialAccount) -> None:
        """Have the official account."""
        await self._call(
            "PUT",
            f"accounts/{account.app_id}",
            {
                "secret": account.secret,
                "original_id": account.original_id,
                "name": account.name,
                "token": account.token,
                "encoding_aes_key": account.encoding_aes_key,
                "open_platform": _OPEN_PLATFORM,
            },
        )

    async def save_callback(self, account: OfficialAccount, url: str) -> None:
        """Enter the server address in the console; WeChat verifies it first."""
        await self._call("PUT", f"accounts/{account.app_id}/callback", {"url": url})

    async def publish(self, account: OfficialAccount, title: str) -> Any:
        """Publish an article; return it with its msg_data_id, index, url and time."""
        made = await self._call("POST", f"accounts/{account.app_id}/articles", {"titles": [title]})
        return made["articles"][0]

    async def have(self, name: str, account: OfficialAccount) -> None:
        """Have a phone that follows the account."""
        await self._call("PUT", f"phones/{name}", {"follows": [account.app_id]})

    async def open_mini_program(self, app_id: str, secret: str) -> None:
        """Have the mini-program, on the open platform of the official account."""
        given = {"secret": secret, "open_platform": _OPEN_PLATFORM}
        await self._call("PUT", f"mini-programs/{app_id}", given)

    async def have_number(self, name: str, phone_number: str) -> None:
        """Have a phone with this number."""
        await self._call("PUT", f"phones/{name}", {"phone_number": phone_number})

    async def login_code(self, name: str, app_id: str) -> str:
        """Open the mini-program; return the code that it gets: `wx.login`."""
        return str(
            (await self._call("POST", f"phones/{name}/login-codes", {"app_id": app_id}))["code"]
        )

    async def phone_code(self, name: str, app_id: str) -> str:
        """Let the mini-program know the number; return the code that it gets."""
        return str(
            (await self._call("POST", f"phones/{name}/phone-codes", {"app_id": app_id}))["code"]
        )

    async def have_template(self, app_id: str, template_id: str, kind: str) -> None:
        """Have a template of subscribe messages: ISSUE_PROGRESS or VOUCHER."""
        title, fields = _TEMPLATES[kind]
        given = {"title": title, "fields": fields}
        await self._call("PUT", f"mini-programs/{app_id}/templates/{template_id}", given)

    async def allow(self, name: str, app_id: str, template_ids: list[str]) -> None:
        """Tap `allow` for one message of each template: `wx.requestSubscribeMessage`."""
        answers = dict.fromkeys(template_ids, "accept")
        given = {"app_id": app_id, "answers": answers}
        await self._call("POST", f"phones/{name}/subscriptions", given)

    async def comment(self, name: str, article: Any, text: str) -> None:
        """Comment under an article."""
        place = {"msg_data_id": article["msg_data_id"], "index": article["index"]}
        await self._call("POST", f"phones/{name}/comments", {**place, "text": text})

    async def write(self, name: str, account: OfficialAccount, text: str) -> None:
        """Write to the account; WeChat calls its server address."""
        message = {"app_id": account.app_id, "text": text}
        await self._call("POST", f"phones/{name}/messages", message)

    async def last_number(self, name: str) -> int:
        """Return the number of the last thing that the phone received, 0 before the first."""
        received = await self.received(name)
        return received[-1]["number"] if received else 0

    async def received(self, name: str) -> list[Any]:
        """Return what the phone received, oldest first."""
        screen = await self._call("GET", f"phones/{name}/screen")
        return [item for item in screen["items"] if item["received"]]

    async def screens(self) -> Any:
        """Return what stands on every phone."""
        return await self._call("GET", "screens")

    async def _call(self, method: str, path: str, body: object = None) -> Any:
        try:
            answer = await self._client.request(method, f"{self._url}/{path}", json=body)
        except httpx.HTTPError as error:
            raise StoryStopped(f"the simulator answers {method} {path}", repr(error)) from error
        if answer.is_error:
            raise StoryStopped(f"the simulator takes {method} {path}", answer.text)
        return answer.json()
