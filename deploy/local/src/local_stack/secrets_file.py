"""The keys of one stack, made once and kept in its state folder."""

import base64
import json
import secrets
from dataclasses import asdict, dataclass
from pathlib import Path

from local_stack.record import write_private

_KEY_BYTES = 32
_WECHAT_SECRET_BYTES = 16


@dataclass(frozen=True)
class StackSecrets:
    """What the services need to know and nobody else.

    Attributes:
        key_wrapping_keys: "id:base64url", one key.
        lookup_hash_key: base64url.
        union_mark_key: base64url; by it residents and outreach know the same WeChat user.
        voucher_code_key: base64url; makes the codes that are shown at a till.
        photo_url_key: base64url; it signs the addresses of photos.
        mini_program_secret: 32 hexadecimal digits, as WeChat gives them.
    """

    key_wrapping_keys: str
    lookup_hash_key: str
    union_mark_key: str
    voucher_code_key: str
    photo_url_key: str
    mini_program_secret: str


def _new_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode().rstrip("=")


def stack_secrets(state: Path) -> StackSecrets:
    """Return the secrets of a stack: those in its state folder, and new ones for what is not there.

    Whoever loses them loses what is encrypted in the store, so they live and die with it.
    """
    path = state / "secrets.json"
    kept = json.loads(path.read_text()) if path.exists() else {}
    made = {
        "key_wrapping_keys": f"local-1:{_new_key()}",
        "lookup_hash_key": _new_key(),
        "union_mark_key": _new_key(),
        "voucher_code_key": _new_key(),
        "photo_url_key": _new_key(),
        "mini_program_secret": secrets.token_hex(_WECHAT_SECRET_BYTES),
    }
    secrets_of_stack = StackSecrets(**(made | kept))
    if kept.keys() != made.keys():
        write_private(path, json.dumps(asdict(secrets_of_stack), indent=2) + "\n")
    return secrets_of_stack
