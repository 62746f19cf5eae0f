"""What a resolver has at hand: who asks, the application, and loaders that batch."""

from collections.abc import Awaitable, Callable, Hashable, Sequence
from typing import Any, Generic, TypeVar

from strawberry.dataloader import DataLoader

from chassis.errors import BadUserInput, Unauthenticated
from chassis.identity import Principal
from chassis.requests import Request, Requests

F = TypeVar("F")
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")
_LONGEST_REQUEST_ID = 100


class Loader(Generic[F, K, V]):
    """Reads many keys at once: what is asked for during one step of a request is one call.

    Declare it once in a module; `Context.load` uses it. An exception in a key's place is raised
    to who waits for that key, and to nobody else.
    """

    def __init__(
        self,
        read: Callable[["Context[F]", Sequence[K]], Awaitable[Sequence[V | Exception]]],
        *,
        max_batch_size: int = 500,
    ) -> None:
        self.read = read
        self.max_batch_size = max_batch_size


class Context(Generic[F]):
    """One request, or one socket.

    Attributes:
        application: the service's own facade of use cases and queries.
        principal: who asks; None for a request without a token.
        client_address: the network address that the request came from, or the one that a trusted
            proxy names (see `chassis.server.run`); None when the server does not know.
        read_only: whether mutations are refused.
    """

    def __init__(
        self,
        application: F,
        principal: Principal | None,
        *,
        requests: Requests,
        client_address: str | None = None,
        is_socket: bool = False,
        read_only: bool = False,
    ) -> None:
        self.application = application
        self.principal = principal
        self.client_address = client_address
        self.connection_params: object = None
        self.read_only = read_only
        self._requests = requests
        self._is_socket = is_socket
        self._loaders: dict[Loader[F, Any, Any], DataLoader[Any, Any]] = {}

    def require_principal(self) -> Principal:
        """Say who asks. Raises: Unauthenticated, a top-level error, when nobody is known."""
        if self.principal is None:
            raise Unauthenticated
        return self.principal

    def request_for(
        self, request_id: str, *, caller: str | None = None, **inputs: object
    ) -> Request:
        """Name this attempt, by which a repeat is recognised.

        Args:
            caller: who asks, where there is no principal.
            inputs: what is asked for.

        Raises: BadUserInput when the request id is empty or longer than 100 characters, or when
            something of it is no text that can be written down (half a character).
        """
        if not 0 < len(request_id) <= _LONGEST_REQUEST_ID:
            raise BadUserInput(f"requestId 长度须为 1 至 {_LONGEST_REQUEST_ID} 个字符。")
        who = caller or self.require_principal().account_id
        try:
            request_id.encode()
            return self._requests.request_for(who, request_id, **inputs)
        except UnicodeEncodeError as error:
            raise BadUserInput from error

    async def load(self, loader: Loader[F, K, V], key: K) -> V:
        """Read one key, together with the others that are wanted at the same time."""
        return await self._data_loader(loader).load(key)

    async def load_many(self, loader: Loader[F, K, V], keys: Sequence[K]) -> list[V]:
        """Read many keys, in their order."""
        return await self._data_loader(loader).load_many(keys)

    def _data_loader(self, loader: Loader[F, K, V]) -> DataLoader[K, V]:
        if loader not in self._loaders:

            async def read(keys: list[K]) -> Sequence[V | Exception]:
                return await loader.read(self, keys)

            # A socket lives for minutes: what it read at the start must not be answered later.
            self._loaders[loader] = DataLoader(
                read, max_batch_size=loader.max_batch_size, cache=not self._is_socket
            )
        return self._loaders[loader]
