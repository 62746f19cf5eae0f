"""The variables of this service; bootstrap alone reads them."""

from pathlib import Path
from typing import ClassVar

from chassis.settings import ServiceSettings


class IssuesSettings(ServiceSettings):
    """See `ServiceSettings`."""

    service_name: ClassVar[str] = "issues"

    state_folder: Path = Path(".local")
