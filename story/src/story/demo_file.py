"""What the story remembers between plays, and what a person needs to log in: `demo.json`."""

from pathlib import Path

import msgspec


class Login(msgspec.Struct, kw_only=True, rename="camel"):
    """A member of staff. Without `totp_secret` the account is planned and not yet taken."""

    who: str
    role: str
    username: str
    password: str
    totp_secret: str | None = None
    last_totp_step: int = 0


class OfficialAccount(msgspec.Struct, kw_only=True, rename="camel"):
    """The demo's official account: what WeChat's console shows its owner."""

    name: str
    app_id: str
    secret: str
    original_id: str
    token: str
    encoding_aes_key: str
    channel_id: str | None = None


class Till(msgspec.Struct, kw_only=True, rename="camel"):
    """The shop's till: where it stands, and what it logs in with."""

    merchant_id: str
    store_id: str
    client_id: str
    client_secret: str


class Demo(msgspec.Struct, kw_only=True, rename="camel"):
    """The demo community.

    Attributes:
        request_id: kept so that a repeat founds it no second time; the request ids of the
            prologue are made from it, so a prologue that was interrupted goes on.
        prologue_played: whether the archive is there; it is loaded once.
        thanks_campaigns: the ids of those that thank for a rating, the first first.
    """

    request_id: str
    community_name: str
    logins: list[Login]
    official_account: OfficialAccount
    community_id: str | None = None
    prologue_played: bool = False
    days_played: int = 0
    till: Till | None = None
    thanks_campaigns: list[str] = []

    def login(self, role: str) -> Login | None:
        """Return the login of a role, if there is one."""
        return next((login for login in self.logins if login.role == role), None)

    def login_called(self, name: str) -> Login | None:
        """Return the login whose role or username this is."""
        return next((x for x in self.logins if name in {x.role, x.username}), None)


class DemoFile:
    """The file in the state folder, readable by its owner alone."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Demo | None:
        """Return what is remembered, or none before the first play."""
        if not self.path.exists():
            return None
        return msgspec.json.decode(self.path.read_bytes(), type=Demo)

    def write(self, demo: Demo) -> None:
        """Remember it, whole or not at all."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        body = msgspec.json.format(msgspec.json.encode(demo), indent=2)
        _write_private(self.path, body)
        _write_private(self.path.with_name("logins.json"), _logins(demo))


def _logins(demo: Demo) -> bytes:
    """Return the logins alone, as the local stack prints them."""
    usable = [login for login in demo.logins if login.totp_secret is not None]
    return msgspec.json.format(msgspec.json.encode(usable), indent=2)


def _write_private(path: Path, body: bytes) -> None:
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    new.touch(mode=0o600)
    new.write_bytes(body + b"\n")
    new.replace(path)
