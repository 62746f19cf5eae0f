"""The variables of this service: those that every service has."""

from typing import ClassVar

from chassis.settings import ServiceSettings


class ResidentsSettings(ServiceSettings):
    """It has none of its own."""

    service_name: ClassVar[str] = "residents"
