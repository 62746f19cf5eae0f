"""WeChat, as the stack has it."""

from dataclasses import dataclass
from typing import Any

from local_stack.acting.one_of_each.asking import http_client


@dataclass(frozen=True)
class WeChat:
    """What people and accounts do there.

    Attributes:
        address: of the simulator.
    """

    address: str

    async def __call__(self, method: str, path: str, body: object) -> Any:
        """Let the simulator do it. Returns: what it says."""
        async with http_client() as client:
            answer = await client.request(method, f"{self.address}/simulator/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json()
