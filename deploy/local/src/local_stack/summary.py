"""What a person sees when the stack is up: addresses and logins."""

import json
from dataclasses import dataclass

from rich.table import Table

from local_stack.console import console
from local_stack.layout import Layout
from local_stack.programs import Stores


@dataclass(frozen=True)
class DemoLogin:
    """A person of the demo community."""

    who: str
    username: str
    password: str
    totp_secret: str


def demo_logins(layout: Layout) -> list[DemoLogin]:
    """Return the logins that the story left, or none before it was played."""
    if not layout.logins.exists():
        return []
    return [
        DemoLogin(
            who=login["who"],
            username=login["username"],
            password=login["password"],
            totp_secret=login["totpSecret"],
        )
        for login in json.loads(layout.logins.read_text())
    ]


def print_logins(layout: Layout) -> None:
    """Print the demo logins."""
    logins = demo_logins(layout)
    if not logins:
        return
    table = Table(box=None, header_style="bold")
    for title in ("who", "username", "password"):
        table.add_column(title, no_wrap=True)
    table.add_column("TOTP secret", overflow="fold")
    for login in logins:
        table.add_row(login.who, login.username, login.password, login.totp_secret)
    console.print(table)
    console.print("[dim]One-time code: make totp WHO=clerk[/]")


def _which_store(stores: Stores) -> str:
    if stores.store is None:
        return "MONGODB_URI"
    if stores.store.build == "rs":
        return "embedded (secantusd-rs)"
    return "embedded (the wheel; `make store` builds a faster one)"


def print_summary(layout: Layout, stores: Stores, seconds: float) -> None:
    """Print where everything is."""
    console.print()
    console.print(f"[bold]Linli is up[/] after {seconds:.1f} s")
    table = Table(box=None, show_header=False)
    table.add_row("graph and GraphiQL", f"{layout.address('gateway')}/graphql")
    table.add_row("WeChat simulator", layout.address("wechat-simulator"))
    table.add_row("store", _which_store(stores))
    broker = "embedded (Apache Kafka)" if stores.kafka else "KAFKA_BOOTSTRAP_SERVERS"
    table.add_row("broker", broker)
    table.add_row("state and logs", str(layout.state))
    console.print(table)
    print_logins(layout)
    console.print("[dim]make status · make logs · make story · make down[/]")
