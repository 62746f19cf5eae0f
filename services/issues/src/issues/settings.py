"""The variables of this service; bootstrap alone reads them."""

from pathlib import Path
from typing import ClassVar

from chassis.encryption import LookupHash
from chassis.settings import ServiceSettings
from pydantic import Field, SecretStr, field_validator


class IssuesSettings(ServiceSettings):
    """See `ServiceSettings`.

    Attributes:
        clock_sweep_seconds: how often the worker looks for what time has done to issues.
        photo_url_key: signs the addresses by which photos are sent and seen; whoever has it sees
            every photo. Base64url, 32 bytes.
        issues_public_base_url: by which people's devices reach the photos.
    """

    service_name: ClassVar[str] = "issues"

    state_folder: Path = Path(".local")
    clock_sweep_seconds: float = Field(default=5, gt=0, le=3600)
    photo_url_key: SecretStr
    issues_public_base_url: str = "http://127.0.0.1:4102"

    @field_validator("photo_url_key")
    @classmethod
    def _is_a_signing_key(cls, key: SecretStr) -> SecretStr:
        LookupHash.parse(key.get_secret_value())
        return key

    @field_validator("issues_public_base_url")
    @classmethod
    def _is_a_web_address(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/")

    def photo_url_hash(self) -> LookupHash:
        """Build the keyed hash that signs the addresses of photos."""
        return LookupHash.parse(self.photo_url_key.get_secret_value())
