"""The demo community before its first day: names, passwords and keys, chosen once and kept."""

import base64
import secrets

from story.demo_file import Demo, Login, OfficialAccount

_PASSWORD_BYTES = 12
_STAFF = {"clerk": "社工小周", "auditor": "审计员小郑"}


def new_password() -> str:
    """Return a password for a demo login."""
    return secrets.token_urlsafe(_PASSWORD_BYTES)


def plan_demo() -> Demo:
    """Return a new demo community that nobody has founded yet."""
    return Demo(
        request_id=f"story-{secrets.token_hex(8)}",
        community_name="八家庄社区",
        logins=[
            Login(who="刘书记", role="secretary", username="secretary", password=new_password())
        ],
        official_account=OfficialAccount(
            name="八家庄社区",
            app_id=f"wx{secrets.token_hex(8)}",
            secret=secrets.token_hex(16),
            original_id=f"gh_{secrets.token_hex(6)}",
            token=secrets.token_hex(16),
            encoding_aes_key=_encoding_aes_key(),
        ),
    )


def plan_staff(role: str, number: int) -> Login:
    """Return a login to be; another number where an earlier one came to nothing.

    Args:
        role: clerk or auditor.
    """
    username = role if number == 1 else f"{role}{number}"
    return Login(who=_STAFF[role], role=role, username=username, password=new_password())


def _encoding_aes_key() -> str:
    """Return 43 letters and digits that are 32 bytes in base64."""
    while True:
        key = base64.b64encode(secrets.token_bytes(32)).decode().removesuffix("=")
        if key.isalnum():
            return key
