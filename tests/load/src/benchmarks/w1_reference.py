"""The reference of W1: Apollo Server subgraphs over the same store, behind the same gateway."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

from local_stack.acting.stack_by_commands import StackByCommands
from local_stack.node_packages import (
    BENCHMARK_CLIENTS,
    BENCHMARK_REFERENCE,
    GATEWAY,
    NodePackages,
)
from local_stack.ports import free_port
from local_stack.programs import SERVICES, Stores, answers_ready, service_env
from local_stack.secrets_file import stack_secrets
from local_stack.server_process import ServerProcess

from benchmarks.measuring import Workbench
from benchmarks.sides import Side
from benchmarks.whole_stack import store_uri


class NodeProgram(ServerProcess):
    """A process of Node on a free port; ready when it says so."""

    def __init__(
        self, name: str, arguments: tuple[str, ...], variables: Mapping[str, str], bench: Workbench
    ) -> None:
        self.name = name
        folder = bench.folder / "reference" / name
        super().__init__(port=free_port(), folder=folder, leash=bench.leash)
        self._arguments, self._variables = arguments, variables

    @property
    def address(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def prepare(self) -> None:
        """Nothing: its packages are installed."""

    def argv(self) -> list[str]:
        """See ServerProcess."""
        return ["node", *self._arguments]

    def env(self) -> dict[str, str]:
        """See ServerProcess."""
        return {**self._variables, "HTTP_HOST": "127.0.0.1", "HTTP_PORT": str(self.port)}

    def is_ready(self) -> bool:
        """See ServerProcess."""
        return answers_ready(self.address)


@asynccontextmanager
async def reference_beside(
    bench: Workbench, stack: StackByCommands, settings: Mapping[str, str]
) -> AsyncIterator[Side]:
    """Start the reference over the stack's store. Yields: its gateway and its processes.

    Args:
        settings: variables of its gateway, as the stack's own has them.
    """
    layout, state = stack.layout, bench.folder / "reference" / "state"
    state.mkdir(parents=True)
    variables = service_env(layout, _stores(bench, stack), stack_secrets(layout.state))
    async with AsyncExitStack() as ends:
        started: dict[str, NodeProgram] = {}
        for service in SERVICES:
            program = NodeProgram(service, (_main(BENCHMARK_REFERENCE), service), variables, bench)
            started[f"{service}-api"] = ends.enter_context(program)
        urls = {
            f"{service.upper()}_URL": f"{started[f'{service}-api'].address}/graphql"
            for service in SERVICES
        }
        gateway = NodeProgram(
            "gateway",
            (_main(GATEWAY),),
            {
                "ENVIRONMENT": variables["ENVIRONMENT"],
                "JWKS_URL": variables["JWKS_URL"],
                "REVOCATIONS_URL": f"{layout.address('residents-api')}/revocations",
                "STATE_DIRECTORY": str(state),
                **urls,
                **settings,
            },
            bench,
        )
        started["gateway"] = ends.enter_context(gateway)
        pids = {name: program.pid for name, program in started.items()}
        yield Side("Apollo Server", gateway.address, pids | _shared(stack))


def ours(stack: StackByCommands) -> Side:
    """Return the stack's own gateway and processes, those of the workers left out."""
    pids = stack.pids()
    own = {f"{service}-api": pids[f"{service}-api"] for service in SERVICES}
    own["gateway"] = pids["gateway"]
    return Side("Linli", stack.layout.address("gateway"), own | _shared(stack))


def packages() -> tuple[NodePackages, ...]:
    """Return what has to be installed beforehand: the reference's, and the clients'."""
    return BENCHMARK_REFERENCE, BENCHMARK_CLIENTS


def _shared(stack: StackByCommands) -> dict[str, int]:
    pids = stack.pids()
    return {"store": pids["store"]} if "store" in pids else {}


def _stores(bench: Workbench, stack: StackByCommands) -> Stores:
    return Stores(store_uri(bench, stack), f"127.0.0.1:{stack.layout.port('kafka')}", None, None)


def _main(packages: NodePackages) -> str:
    return str(packages.folder / "src" / "main.js")
