"""People who log in with the mini-program and wait to be bound to a household."""

import uuid
from typing import Any

from local_stack.programs import MINI_PROGRAM_APP_ID

from .asking import ask
from .wechat import WeChat

_LOG_IN = """
mutation L($input: LogInWithWeChatInput!) {
  logInWithWeChat(input: $input) { ... on LogInWithWeChatSuccess { accessToken account { id } } }
}
"""
_CONSENT = """
mutation C($input: GiveConsentInput!) { giveConsent(input: $input) { __typename } }
"""
_BIND = """
mutation B($input: RequestBindingInput!) {
  requestBinding(input: $input) {
    __typename ... on RequestBindingSuccess { binding { id } } ... on UserError { code }
  }
}
"""


class PeopleByWeChat:
    """Makes them."""

    def __init__(self, gateway: str, wechat: WeChat, *, mini_program_secret: str) -> None:
        self._gateway = gateway
        self._wechat = wechat
        self._secret = mini_program_secret

    async def login_code(self) -> str:
        """What the mini-program gets on a phone that nobody logged in from."""
        return await self._code(await self._phone(), "login-codes")

    async def phone_code(self) -> str:
        """What it gets when the person of a phone agrees to give the number."""
        return await self._code(await self._phone(), "phone-codes")

    async def waiting_binding(self, community_id: str, household_id: str) -> str:
        """A binding of somebody who is nobody else, to verify or refuse. Returns: its id."""
        asked = {
            "communityId": community_id,
            "code": await self.login_code(),
            "client": "MINIPROGRAM",
        }
        token = (await self._ask(None, _LOG_IN, asked))["accessToken"]
        return await self.binding_of(token, household_id)

    async def binding_of(self, token: str, household_id: str) -> str:
        """A binding that the holder of a token asks for. Returns: its id."""
        await self.agree(token)
        wanted = {
            "requestId": uuid.uuid4().hex,
            "householdId": household_id,
            "name": "何雪婷",
            "relation": "OWNER",
        }
        outcome = await self._ask(token, _BIND, wanted)
        assert outcome["__typename"] == "RequestBindingSuccess", outcome
        return str(outcome["binding"]["id"])

    async def agree(self, token: str) -> None:
        """Agree to being bound to a household; once is enough."""
        agreed = {
            "requestId": uuid.uuid4().hex,
            "purpose": "HOUSEHOLD_BINDING",
            "policyVersion": 1,
        }
        await self._ask(token, _CONSENT, agreed)

    async def _phone(self) -> str:
        program = {"secret": self._secret, "open_platform": "邻里"}
        await self._wechat("PUT", f"mini-programs/{MINI_PROGRAM_APP_ID}", program)
        name = f"phone-{uuid.uuid4().hex}"
        await self._wechat("PUT", f"phones/{name}", {"phone_number": "13812345678"})
        return name

    async def _code(self, phone: str, kind: str) -> str:
        opened = {"app_id": MINI_PROGRAM_APP_ID}
        return str((await self._wechat("POST", f"phones/{phone}/{kind}", opened))["code"])

    async def _ask(self, token: str | None, document: str, content: dict[str, Any]) -> Any:
        answer = await ask(self._gateway, token, document, {"input": content})
        assert not answer.codes, answer.body
        (outcome,) = answer.data.values()
        return outcome
