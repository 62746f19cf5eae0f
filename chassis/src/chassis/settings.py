"""The variables every service has, read once from the environment."""

import sys
from typing import ClassVar, Literal, NoReturn, Self, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import SettingsConfigDict
from pymongo.errors import PyMongoError
from pymongo.uri_parser import parse_uri

from chassis.encryption import LookupHash, WrappingKeys
from chassis.kafka_settings import KafkaSettings

EXIT_CODE_OF_BAD_SETTINGS = 2

S = TypeVar("S", bound="ServiceSettings")


class ServiceSettings(KafkaSettings):
    """Settings of one process; a service adds its own fields and names itself.

    The name of a variable is the name of its field in capitals, without a prefix.

    Attributes:
        read_only: nothing is written: mutations are refused, workers idle (docs/adr/0031).
    """

    model_config = SettingsConfigDict(extra="ignore", frozen=True, hide_input_in_errors=True)

    service_name: ClassVar[str]

    http_host: str = "127.0.0.1"
    http_port: int = Field(default=8080, ge=1, le=65535)
    mongodb_uri: SecretStr
    mongodb_database: str = ""
    mongodb_driver: Literal["motor", "pymongo"] = "motor"
    jwks_url: str = "http://127.0.0.1:4101/jwks.json"
    token_issuer: str = "linli-residents"  # noqa: S105 - the name of the issuer is no secret
    token_audience: str = "linli"  # noqa: S105 - nor is the audience
    key_wrapping_keys: SecretStr
    lookup_hash_key: SecretStr
    read_only: bool = False
    environment: Literal["development", "production"] = "production"
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    otel_exporter_otlp_endpoint: str | None = None

    @field_validator("mongodb_uri")
    @classmethod
    def _is_a_mongodb_uri(cls, uri: SecretStr) -> SecretStr:
        if not uri.get_secret_value().startswith(("mongodb://", "mongodb+srv://")):
            raise ValueError("must start with mongodb:// or mongodb+srv://")
        if uri.get_secret_value().startswith("mongodb://"):  # the other asks a name server
            _check_parts(uri.get_secret_value())
        return uri

    @field_validator("key_wrapping_keys")
    @classmethod
    def _are_wrapping_keys(cls, keys: SecretStr) -> SecretStr:
        WrappingKeys.parse(keys.get_secret_value())
        return keys

    @field_validator("lookup_hash_key")
    @classmethod
    def _is_a_hash_key(cls, key: SecretStr) -> SecretStr:
        LookupHash.parse(key.get_secret_value())
        return key

    @model_validator(mode="after")
    def _name_the_database(self) -> Self:
        if not self.mongodb_database:
            object.__setattr__(self, "mongodb_database", f"linli_{self.service_name}")
        return self

    @property
    def is_production(self) -> bool:
        """Whether strangers can reach this process."""
        return self.environment == "production"

    def wrapping_keys(self) -> WrappingKeys:
        """Build the key-wrapping keys; the first of KEY_WRAPPING_KEYS wraps, the others unwrap."""
        return WrappingKeys.parse(self.key_wrapping_keys.get_secret_value())

    def lookup_hash(self) -> LookupHash:
        """Build the keyed hash by which encrypted values are found again."""
        return LookupHash.parse(self.lookup_hash_key.get_secret_value())


def load(settings_class: type[S]) -> S:
    """Read the settings, or end the process with code 2 and one line for each bad variable.

    The values are never printed: they may be secrets.
    """
    try:
        return settings_class()  # type: ignore[call-arg]  # the environment gives them
    except ValidationError as error:
        _refuse(error)


def _refuse(error: ValidationError) -> NoReturn:
    for problem in error.errors(include_url=False, include_input=False, include_context=False):
        variable = "_".join(str(part) for part in problem["loc"]).upper()
        missing = problem["type"] == "missing"
        reason = "is not set" if missing else problem["msg"].removeprefix("Value error, ")
        sys.stderr.write(f"setting {variable}: {reason}\n" if variable else f"settings: {reason}\n")
    raise SystemExit(EXIT_CODE_OF_BAD_SETTINGS)


def _check_parts(mongodb_uri: str) -> None:
    try:
        parse_uri(mongodb_uri, warn=False)
    except (PyMongoError, ValueError):
        # What the driver says of it can hold a piece of the password.
        raise ValueError("has a host, a port, an escape or an option that is not good") from None
    except OSError:
        raise ValueError("names a file that cannot be read") from None
