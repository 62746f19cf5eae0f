"""How every client of this project reaches Kafka: where, encrypted or not, and as whom."""

import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

SecurityProtocol = Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"]
SaslMechanism = Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"]


@dataclass(frozen=True)
class Sasl:
    """As whom a client comes; the password shows in no repr."""

    mechanism: SaslMechanism
    username: str
    password: str = field(repr=False)


@dataclass(frozen=True)
class KafkaAccess:
    """The brokers and the way to them.

    Attributes:
        bootstrap_servers: addresses with commas between.
        encrypted: TLS, with the broker's name and certificate checked.
        sasl: None where the brokers ask for no name.
        ca_file: the authorities to believe, PEM; the system's where None.
    """

    bootstrap_servers: str
    encrypted: bool = False
    sasl: Sasl | None = None
    ca_file: Path | None = None

    @property
    def security_protocol(self) -> SecurityProtocol:
        """What Kafka calls it."""
        if self.sasl is not None:
            return "SASL_SSL" if self.encrypted else "SASL_PLAINTEXT"
        return "SSL" if self.encrypted else "PLAINTEXT"

    def client_options(self) -> dict[str, Any]:
        """What each of aiokafka's clients is built with, whatever else it is told.

        Raises: OSError for a `ca_file` that cannot be read or holds no certificate.
        """
        options: dict[str, Any] = {
            "bootstrap_servers": self.bootstrap_servers,
            "security_protocol": self.security_protocol,
        }
        if self.encrypted:
            options["ssl_context"] = self.tls()
        if self.sasl is not None:
            options["sasl_mechanism"] = self.sasl.mechanism
            options["sasl_plain_username"] = self.sasl.username
            options["sasl_plain_password"] = self.sasl.password
        return options

    def tls(self) -> ssl.SSLContext | None:
        """What certificates are checked by; None where nothing is encrypted. Raises: OSError."""
        if not self.encrypted:
            return None
        return ssl.create_default_context(cafile=str(self.ca_file) if self.ca_file else None)
