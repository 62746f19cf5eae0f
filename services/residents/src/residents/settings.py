"""The variables of this service, beside those that every service has."""

from typing import ClassVar, Self

from chassis.encryption import LookupHash
from chassis.settings import ServiceSettings
from pydantic import Field, SecretStr, field_validator, model_validator


class ResidentsSettings(ServiceSettings):
    """App id and secret of the mini-program and the union mark key are set together.

    Without app id and secret nobody logs in by WeChat; the union mark key may then stand alone.

    Attributes:
        union_mark_key: a key that outreach has as well: by its hashes of WeChat's unionids the
            two know the same person. Base64url, 32 bytes.
        import_memory_mib: how much address space a process that works on an import may take.
        import_seconds: how long it may take.
        reveal_lifetime_seconds: how long a contact is shown in clear.
        reveals_per_hour: how many contacts an account may see in an hour.
        phone_searches_per_hour: by how many whole numbers it may search in an hour.
    """

    service_name: ClassVar[str] = "residents"

    wechat_api_base_url: str = "https://api.weixin.qq.com"
    wechat_miniprogram_app_id: str | None = None
    wechat_miniprogram_secret: SecretStr | None = None
    union_mark_key: SecretStr | None = None
    import_memory_mib: int = Field(default=4096, ge=512)
    import_seconds: float = Field(default=1800, gt=0)
    reveal_lifetime_seconds: int = Field(default=600, ge=60, le=3600)
    reveals_per_hour: int = Field(default=60, ge=1, le=500)
    phone_searches_per_hour: int = Field(default=60, ge=1, le=500)

    @field_validator("union_mark_key")
    @classmethod
    def _is_a_union_mark_key(cls, key: SecretStr | None) -> SecretStr | None:
        if key is not None:
            LookupHash.parse(key.get_secret_value())
        return key

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        credentials = {
            "WECHAT_MINIPROGRAM_APP_ID": self.wechat_miniprogram_app_id,
            "WECHAT_MINIPROGRAM_SECRET": self.wechat_miniprogram_secret,
        }
        needed = credentials | {"UNION_MARK_KEY": self.union_mark_key}
        missing = [name for name, value in needed.items() if value is None]
        if missing and any(value is not None for value in credentials.values()):
            raise ValueError(f"a mini-program needs {' and '.join(missing)} as well")
        return self

    def union_hash(self) -> LookupHash:
        """Build the keyed hash of unionids; without its key, one that nobody else has."""
        if self.union_mark_key is None:
            return self.lookup_hash()
        return LookupHash.parse(self.union_mark_key.get_secret_value())
