"""The processes of the stack: their commands, their environments, and the order they start in."""

import os
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx

from local_stack.kafka import Kafka
from local_stack.layout import ROOT, Layout
from local_stack.proxies import without_proxy_here
from local_stack.secrets_file import StackSecrets
from local_stack.store import Store

SERVICES = ("residents", "issues", "vouchers", "outreach")
MINI_PROGRAM_APP_ID = "wx2f6e1c0d9b7a4358"
"""The community's mini-program; whoever needs it makes it known to the simulator."""
ISSUE_PROGRESS_TEMPLATE_ID = "Hq3fC8mVZ0sYb1XwT5kLrE7uN2aGd9oPjI4vQeWxRtM"
VOUCHER_TEMPLATE_ID = "Zt6nB1yKc4WpS8gUe0MvJx2RfLhD7aQiO5lTwYzXkVE"
"""Its templates for subscribe messages; likewise."""
_ANSWER_WITHIN_SECONDS = 2.0


@dataclass(frozen=True)
class Program:
    """One process under the supervisor.

    Attributes:
        stage: processes of a stage start together, when those of the stage before are ready.
        env: what is added to the environment of the supervisor.
    """

    name: str
    argv: tuple[str, ...]
    env: Mapping[str, str]
    stage: int
    port: int
    is_ready: Callable[[], bool]
    cwd: str = str(ROOT)
    ready_within_seconds: float = 120
    other_ports: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class Stores:
    """Where the data is: servers of the stack's own, or given ones.

    Attributes:
        store: None where MONGODB_URI names another.
        kafka: None where KAFKA_BOOTSTRAP_SERVERS names another.
    """

    mongodb_uri: str
    kafka_bootstrap_servers: str
    store: Store | None
    kafka: Kafka | None


def answers_ready(address: str) -> bool:
    """Whether a process says that it is ready."""
    try:
        # No proxy of the environment's: it would answer for a process of this machine.
        answer = httpx.get(f"{address}/ready", timeout=_ANSWER_WITHIN_SECONDS, trust_env=False)
        return answer.status_code == 200
    except httpx.TransportError:
        return False


def service_env(layout: Layout, stores: Stores, secrets: StackSecrets) -> dict[str, str]:
    """Return the settings that all processes of all services share, the one place of them."""
    shared = {
        "ENVIRONMENT": "development",
        "HTTP_HOST": "127.0.0.1",
        "MONGODB_URI": stores.mongodb_uri,
        "KAFKA_BOOTSTRAP_SERVERS": stores.kafka_bootstrap_servers,
        "JWKS_URL": f"{layout.address('residents-api')}/jwks.json",
        "TOKEN_ISSUER": "linli-residents",
        "TOKEN_AUDIENCE": "linli",
        "KEY_WRAPPING_KEYS": secrets.key_wrapping_keys,
        "LOOKUP_HASH_KEY": secrets.lookup_hash_key,
        "UNION_MARK_KEY": secrets.union_mark_key,
        "VOUCHER_CODE_KEY": secrets.voucher_code_key,
        "PHOTO_URL_KEY": secrets.photo_url_key,
        "WECHAT_MINIPROGRAM_APP_ID": MINI_PROGRAM_APP_ID,
        "WECHAT_MINIPROGRAM_SECRET": secrets.mini_program_secret,
        "WECHAT_ISSUE_PROGRESS_TEMPLATE_ID": ISSUE_PROGRESS_TEMPLATE_ID,
        "WECHAT_VOUCHER_TEMPLATE_ID": VOUCHER_TEMPLATE_ID,
        "JOIN_LINK_BASE_URL": "https://linli.example/join",
        "COMMENTER_LOOKUP_SECONDS": "1",
        "WECHAT_API_BASE_URL": layout.address("wechat-simulator"),
        "PUBLIC_BASE_URL": layout.address("outreach-api"),
        "ISSUES_PUBLIC_BASE_URL": layout.address("issues-api"),
        "COMMENT_POLL_SECONDS": os.environ.get("COMMENT_POLL_SECONDS", "1"),
        "STATE_FOLDER": str(layout.state),
        "PYTHONUNBUFFERED": "1",
        **without_proxy_here(),
    }
    return shared | _chosen("LOG_LEVEL", "MONGODB_DRIVER", "OTEL_EXPORTER_OTLP_ENDPOINT")


def _chosen(*names: str) -> dict[str, str]:
    """Those settings that whoever starts the stack has made."""
    return {name: os.environ[name] for name in names if os.environ.get(name)}


def programs(layout: Layout, stores: Stores, secrets: StackSecrets) -> list[Program]:
    """Return every process of the stack in the order in which they start."""
    shared = service_env(layout, stores, secrets)

    def service(name: str, role: str, stage: int) -> Program:
        process = f"{name}-{role}"
        port = layout.port(process)
        return Program(
            name=process,
            argv=(sys.executable, "-m", name, role),
            env=shared | {"HTTP_PORT": str(port), "STATE_FOLDER": str(layout.state / name)},
            stage=stage,
            port=port,
            is_ready=lambda: answers_ready(layout.address(process)),
        )

    return [
        *_store_programs(stores, layout),
        _simulator(layout),
        service("residents", "api", 2),
        service("residents", "worker", 2),
        *(service(name, role, 3) for name in SERVICES[1:] for role in ("api", "worker")),
        _gateway(layout),
    ]


def _store_programs(stores: Stores, layout: Layout) -> list[Program]:
    found = []
    if stores.store is not None:
        store = stores.store
        found.append(
            Program("store", tuple(store.argv()), store.env(), 1, store.port, store.is_ready)
        )
    if stores.kafka is not None:
        kafka = stores.kafka
        found.append(
            Program(
                "kafka",
                tuple(kafka.argv()),
                kafka.env(),
                1,
                kafka.port,
                kafka.is_ready,
                other_ports=(layout.port("kafka-controller"),),
            )
        )
    return found


def _simulator(layout: Layout) -> Program:
    name = "wechat-simulator"
    return Program(
        name=name,
        argv=(
            *(sys.executable, "-m", "wechat_simulator", "serve"),
            *("--port", str(layout.port(name))),
            *("--state", str(layout.state / "wechat-simulator" / "state")),
        ),
        env={"PYTHONUNBUFFERED": "1"},
        stage=1,
        port=layout.port(name),
        is_ready=lambda: answers_ready(layout.address(name)),
    )


def _gateway(layout: Layout) -> Program:
    subgraphs = {
        f"{service.upper()}_URL": f"{layout.address(f'{service}-api')}/graphql"
        for service in SERVICES
    }
    return Program(
        name="gateway",
        argv=("node", "src/main.js"),
        env={
            "HTTP_HOST": "127.0.0.1",
            "HTTP_PORT": str(layout.port("gateway")),
            "ENVIRONMENT": "development",
            "JWKS_URL": f"{layout.address('residents-api')}/jwks.json",
            "REVOCATIONS_URL": f"{layout.address('residents-api')}/revocations",
            "STATE_DIRECTORY": str(layout.state / "gateway"),
            **subgraphs,
            **_chosen("REQUESTS_PER_MINUTE", "ANONYMOUS_REQUESTS_PER_MINUTE"),
        },
        stage=3,
        port=layout.port("gateway"),
        is_ready=lambda: answers_ready(layout.address("gateway")),
        cwd=str(ROOT / "gateway"),
    )
