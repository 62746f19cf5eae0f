"""The variables by which a process reaches Kafka."""

from pathlib import Path
from typing import Self

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings

from chassis.kafka_access import KafkaAccess, Sasl, SaslMechanism, SecurityProtocol


class KafkaSettings(BaseSettings):
    """Where Kafka is and how one gets in; an empty variable is one that is not set.

    Attributes:
        kafka_ca_file: the authorities whose certificates are believed, PEM; else the system's.
    """

    kafka_bootstrap_servers: str = Field(min_length=1)
    kafka_security_protocol: SecurityProtocol = "PLAINTEXT"
    kafka_sasl_mechanism: SaslMechanism = "SCRAM-SHA-512"
    kafka_sasl_username: str | None = None
    kafka_sasl_password: SecretStr | None = None
    kafka_ca_file: Path | None = None

    @field_validator("kafka_sasl_username", "kafka_sasl_password", "kafka_ca_file", mode="before")
    @classmethod
    def _empty_is_not_set(cls, given: object) -> object:
        return None if given == "" else given

    @model_validator(mode="after")
    def _is_a_way_to_kafka(self) -> Self:
        protocol = self.kafka_security_protocol
        credentials = {
            "KAFKA_SASL_USERNAME": self.kafka_sasl_username,
            "KAFKA_SASL_PASSWORD": self.kafka_sasl_password,
        }
        missing = [name for name, value in credentials.items() if value is None]
        if protocol.startswith("SASL_") and missing:
            raise ValueError(f"KAFKA_SECURITY_PROTOCOL {protocol} needs {' and '.join(missing)}")
        if not protocol.startswith("SASL_") and len(missing) < len(credentials):
            raise ValueError(f"KAFKA_SASL_… is set, and KAFKA_SECURITY_PROTOCOL is {protocol}")
        if not protocol.endswith("SSL") and self.kafka_ca_file is not None:
            raise ValueError(f"KAFKA_CA_FILE is set, and KAFKA_SECURITY_PROTOCOL is {protocol}")
        try:
            self.kafka().tls()
        except OSError:
            raise ValueError("KAFKA_CA_FILE names no readable file of certificates") from None
        return self

    def kafka(self) -> KafkaAccess:
        """Build the way to Kafka."""
        sasl = None
        if self.kafka_sasl_username is not None and self.kafka_sasl_password is not None:
            password = self.kafka_sasl_password.get_secret_value()
            sasl = Sasl(self.kafka_sasl_mechanism, self.kafka_sasl_username, password)
        return KafkaAccess(
            self.kafka_bootstrap_servers,
            encrypted=self.kafka_security_protocol.endswith("SSL"),
            sasl=sasl,
            ca_file=self.kafka_ca_file,
        )
