"""`contracts/permissions.yaml` as data."""

from typing import Any

import yaml
from local_stack.layout import ROOT

_CONTRACT: dict[str, Any] = yaml.safe_load((ROOT / "contracts/permissions.yaml").read_text())
ROLES: list[str] = _CONTRACT["roles"]
OPERATIONS: dict[str, dict[str, str]] = _CONTRACT["operations"]
