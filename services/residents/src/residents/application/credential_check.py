"""Whether somebody knows the password and has the device of a login."""

from dataclasses import dataclass

import msgspec

from residents.application.ports import Now, Passwords, TotpCodes
from residents.domain.errors import LoginRefused
from residents.domain.login import Credentials, LoginIdentity
from residents.domain.password import folded_password


class CheckedCredentials(msgspec.Struct, frozen=True):
    """What the person proved to know, and the step of the code, which is not spent yet."""

    credentials: Credentials
    step: int


@dataclass(frozen=True)
class CredentialCheck:
    """Every way to fail takes as long and looks the same from outside."""

    passwords: Passwords
    totp: TotpCodes
    now: Now

    async def __call__(
        self, login: LoginIdentity | None, password: str, totp_code: str
    ) -> CheckedCredentials:
        """Check both, against nobody's where there is no login. Raises: LoginRefused."""
        credentials = login.credentials if login else None
        known = credentials.password_hash if credentials else None
        is_right = await self.passwords.verify(folded_password(password), known)
        if login is None or credentials is None or not is_right:
            raise LoginRefused
        step = self.totp.step_of(credentials.sealed_totp_secret, totp_code, self.now())
        if step is None:
            raise LoginRefused
        login.use_totp_step(step)
        return CheckedCredentials(credentials, step)
