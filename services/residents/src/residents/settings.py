"""The variables of this service: those that every service has, and its own."""

from typing import ClassVar

from chassis.settings import ServiceSettings
from pydantic import Field


class ResidentsSettings(ServiceSettings):
    """Its own have defaults that suit one machine.

    Attributes:
        import_memory_mib: how much address space a process that works on an import may take.
        import_seconds: how long it may take.
    """

    service_name: ClassVar[str] = "residents"

    import_memory_mib: int = Field(default=4096, ge=512)
    import_seconds: float = Field(default=1800, gt=0)
