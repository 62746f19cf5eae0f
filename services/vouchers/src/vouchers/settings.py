"""The variables of this service, beside those that every service has."""

from pathlib import Path
from typing import ClassVar

from chassis.encryption import LookupHash
from chassis.settings import ServiceSettings
from pydantic import SecretStr, field_validator


class VouchersSettings(ServiceSettings):
    """See `ServiceSettings`.

    Attributes:
        voucher_code_key: base64url, 32 bytes: the codes that are shown at a till are made by it.
        state_folder: where the last good set of public keys is kept over restarts.
    """

    service_name: ClassVar[str] = "vouchers"

    voucher_code_key: SecretStr
    state_folder: Path = Path(".local/vouchers")

    @field_validator("voucher_code_key")
    @classmethod
    def _is_a_key(cls, key: SecretStr) -> SecretStr:
        LookupHash.parse(key.get_secret_value())
        return key

    def code_hash(self) -> LookupHash:
        """Build the keyed hash that codes are made by."""
        return LookupHash.parse(self.voucher_code_key.get_secret_value())
