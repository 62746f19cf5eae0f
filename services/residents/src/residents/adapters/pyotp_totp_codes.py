"""One-time codes by pyotp."""

import hmac
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pyotp
from chassis.encryption import SecretBox
from chassis.rewrapping import SealedSecrets, Secret

from residents.application.ports import NewTotp

_PLACE = "login.totp_secret"
_ISSUER = "邻里"
_STEP_SECONDS = 30
_STEPS_APART = (-1, 0, 1)


def _totp_secrets(login: Mapping[str, Any]) -> list[Secret]:
    credentials = login["credentials"]
    if credentials is None:
        return []
    return [
        Secret("credentials.sealed_totp_secret", _PLACE, credentials["sealed_totp_secret"]),
    ]


TOTP_SECRETS = SealedSecrets("logins", _totp_secrets)


class PyotpTotpCodes:
    """Secrets of 160 bits, sealed by the service's key."""

    def __init__(self, box: SecretBox) -> None:
        self._box = box

    def new_secret(self) -> NewTotp:
        """See `TotpCodes.new_secret`."""
        secret = pyotp.random_base32()
        return NewTotp(secret, self._box.seal(_PLACE, secret.encode()))

    def reveal(self, sealed: bytes) -> str:
        """See `TotpCodes.reveal`."""
        return self._box.open(_PLACE, sealed).decode()

    def otpauth_uri(self, secret: str, *, username: str) -> str:
        """See `TotpCodes.otpauth_uri`."""
        return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=_ISSUER)

    def step_of(self, sealed: bytes, code: str, at: datetime) -> int | None:
        """See `TotpCodes.step_of`."""
        totp = pyotp.TOTP(self.reveal(sealed))
        now_step = int(at.timestamp()) // _STEP_SECONDS
        for step in (now_step + apart for apart in _STEPS_APART):
            right = totp.generate_otp(step)
            if hmac.compare_digest(right.encode(), code.strip().encode()):
                return step
        return None
