"""How an operator's command of a service is started: here, or in a Pod of a cluster."""

import os
import shlex
import sys

VARIABLE = "SERVICE_COMMAND"
"""Such as `kubectl exec --stdin deployment/{service}-api -- linli`."""


def service_command(service: str) -> tuple[str, ...]:
    """Return the words before a command's own: those of SERVICE_COMMAND, or of a local program."""
    elsewhere = os.environ.get(VARIABLE, "")
    if not elsewhere:
        return (sys.executable, "-m", service)
    return tuple(word.replace("{service}", service) for word in shlex.split(elsewhere))
