"""Asking the graph over HTTP, as clients do."""

import itertools
import uuid
from typing import Any

import httpx

from .processes import PASSWORD, Device

LOG_IN = """
mutation LogIn($input: LogInStaffInput!) {
  logInStaff(input: $input) {
    __typename
    ... on LogInStaffSuccess { accessToken refreshToken expiresAt account { id displayName state } }
    ... on UserError { code message }
  }
}
"""
REFRESH = """
mutation Refresh($token: String!) {
  refreshSession(input: {refreshToken: $token}) {
    __typename
    ... on RefreshSessionSuccess { accessToken refreshToken }
    ... on UserError { code message }
  }
}
"""
LOG_OUT = """
mutation LogOut($request: ID!) {
  logOut(input: {requestId: $request}) {
    __typename
    ... on LogOutSuccess { sessionId revokedAt }
    ... on UserError { code message }
  }
}
"""
REVOKE = """
mutation Revoke($request: ID!, $session: ID!) {
  revokeSession(input: {requestId: $request, sessionId: $session}) {
    __typename
    ... on RevokeSessionSuccess { sessionId revokedAt }
    ... on UserError { code message }
  }
}
"""
CREATE = """
mutation Create($input: CreateStaffAccountInput!) {
  createStaffAccount(input: $input) {
    __typename
    ... on CreateStaffAccountSuccess {
      invitationCode
      account { id displayName username state roles { role scope } }
    }
    ... on UserError { code message }
  }
}
"""
ACTIVATE = """
mutation Activate($code: String!, $password: String!) {
  activateStaffAccount(input: {invitationCode: $code, password: $password}) {
    __typename
    ... on ActivateStaffAccountSuccess { totpSecret otpauthUri account { id state } }
    ... on UserError { code message }
  }
}
"""
DISABLE = """
mutation Disable($request: ID!, $account: ID!) {
  disableStaffAccount(input: {requestId: $request, accountId: $account}) {
    __typename
    ... on DisableStaffAccountSuccess { account { id state } }
    ... on UserError { code message }
  }
}
"""
ME = "query Me { me { id displayName username state roles { role scope } } }"

_addresses = itertools.count(1)


def an_address() -> str:
    """A network address that nobody logged in from."""
    number = next(_addresses)
    return f"10.{number >> 8 & 255}.{number & 255}.{uuid.uuid4().int % 250 + 1}"


def code_of(answer: dict[str, Any]) -> str:
    """The code of the one top-level error."""
    (error,) = answer["errors"]
    return str(error["extensions"]["code"])


class Graph:
    """One person at one address, with or without a token."""

    def __init__(self, address: str, token: str | None = None) -> None:
        self._url = f"{address}/graphql"
        self._service = address
        self._headers = {"X-Forwarded-For": an_address()}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def as_(self, token: str | None) -> "Graph":
        """The same with another token."""
        return Graph(self._service, token)

    async def answer(self, query: str, **variables: Any) -> dict[str, Any]:
        """The whole answer, errors included."""
        async with httpx.AsyncClient(timeout=15) as client:
            response = await client.post(
                self._url,
                json={"query": query, "variables": variables},
                headers=self._headers,
            )
        answered: dict[str, Any] = response.json()
        return answered

    async def get(self, path: str) -> httpx.Response:
        """What the service serves beside the graph."""
        async with httpx.AsyncClient(timeout=15) as client:
            return await client.get(f"{self._service}{path}")

    async def ask(self, query: str, **variables: Any) -> Any:
        """The one field of an answer that has no errors."""
        answered = await self.answer(query, **variables)
        assert "errors" not in answered, answered
        (value,) = answered["data"].values()
        return value

    async def refusal(self, query: str, **variables: Any) -> str:
        """The code of the one top-level error."""
        return code_of(await self.answer(query, **variables))

    async def try_log_in(
        self, username: str, device: Device | None = None, *, password: str = PASSWORD
    ) -> dict[str, Any]:
        """Log in. Returns: whatever came of it."""
        code = await device.code() if device else "000000"
        typed = {"username": username, "password": password, "totpCode": code}
        outcome: dict[str, Any] = await self.ask(LOG_IN, input={**typed, "client": "CONSOLE"})
        return outcome

    async def logged_in(self, username: str, device: Device) -> dict[str, Any]:
        """Log in. Returns: the success."""
        outcome = await self.try_log_in(username, device)
        assert outcome["__typename"] == "LogInStaffSuccess", outcome
        return outcome
