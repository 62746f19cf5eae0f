"""People who log in with the mini-program, and ask to be bound to a household."""

import uuid
from dataclasses import dataclass, field, replace
from typing import Any

from story.graph import Graph, outcome
from story.phones import Phones

from local_stack.programs import MINI_PROGRAM_APP_ID

_PHONE_NUMBER = "13812345678"
_NAME = "何雪婷"


@dataclass(frozen=True)
class LoggedIn:
    """Somebody with the mini-program open.

    Attributes:
        phone: its name in the simulator.
        scope: what the role of a resident is held for; None before a binding is verified.
    """

    phone: str
    account_id: str
    token: str = field(repr=False)
    refresh_token: str = field(repr=False)
    scope: tuple[str, ...] | None = None


class PeopleByWeChat:
    """Makes them, through the public API alone."""

    def __init__(self, graph: Graph, phones: Phones, *, mini_program_secret: str) -> None:
        self._graph = graph
        self._phones = phones
        self._secret = mini_program_secret

    async def login_code(self) -> str:
        """What the mini-program gets on a phone that nobody logged in from."""
        return await self._phones.login_code(await self._phone(), MINI_PROGRAM_APP_ID)

    async def phone_code(self) -> str:
        """What it gets when the person of a phone agrees to give the number."""
        return await self._phones.phone_code(await self._phone(), MINI_PROGRAM_APP_ID)

    async def log_in(self, community_id: str, *, phone_number: str = _PHONE_NUMBER) -> LoggedIn:
        """Somebody who is nobody else, logged in, and bound to nothing yet."""
        phone = await self._phone(phone_number)
        given = {
            "communityId": community_id,
            "code": await self._phones.login_code(phone, MINI_PROGRAM_APP_ID),
            "client": "MINIPROGRAM",
        }
        answer = await self._graph.ask("LogInWithWeChat", {"input": given})
        made = outcome(answer.field("logInWithWeChat"), "LogInWithWeChatSuccess")
        return LoggedIn(phone, made["account"]["id"], made["accessToken"], made["refreshToken"])

    async def renewed(self, person: LoggedIn) -> LoggedIn:
        """The same session with its next tokens; each refresh token is good once."""
        given = {"refreshToken": person.refresh_token}
        answer = await self._graph.ask("RefreshSession", {"input": given})
        pair = outcome(answer.field("refreshSession"), "RefreshSessionSuccess")
        return replace(person, token=pair["accessToken"], refresh_token=pair["refreshToken"])

    async def give_number(self, person: LoggedIn) -> None:
        """Let WeChat vouch for the number of the phone."""
        code = await self._phones.phone_code(person.phone, MINI_PROGRAM_APP_ID)
        await self.do(person.token, "GivePhoneNumber", "givePhoneNumber", code=code)

    async def waiting_binding(self, community_id: str, household_id: str) -> str:
        """A binding of somebody who is nobody else, to verify or refuse. Returns: its id."""
        return await self.binding_of((await self.log_in(community_id)).token, household_id)

    async def binding_of(self, token: str, household_id: str, *, name: str = _NAME) -> str:
        """A binding that the holder of a token asks for. Returns: its id."""
        await self.agree(token)
        given = {"householdId": household_id, "name": name, "relation": "OWNER"}
        made = await self.do(token, "RequestBinding", "requestBinding", **given)
        return str(made["binding"]["id"])

    async def agree(self, token: str) -> None:
        """Agree to being bound to a household; once is enough."""
        given = {"purpose": "HOUSEHOLD_BINDING", "policyVersion": 1}
        await self.do(token, "GiveConsent", "giveConsent", **given)

    async def do(self, token: str, name: str, field: str, /, **given: Any) -> Any:
        """Send a mutation that has to succeed. Returns: its outcome. Raises: StoryStopped."""
        content = {"requestId": uuid.uuid4().hex, **given}
        answer = await self._graph.ask(name, {"input": content}, token=token)
        return outcome(answer.field(field), f"{name}Success")

    async def _phone(self, phone_number: str = _PHONE_NUMBER) -> str:
        await self._phones.open_mini_program(MINI_PROGRAM_APP_ID, self._secret)
        name = f"phone-{uuid.uuid4().hex}"
        await self._phones.have_number(name, phone_number)
        return name
