"""The service's processes and commands."""

import uuid
from functools import partial
from pathlib import Path

from local_stack.acting.service_instance import command_done
from local_stack.acting.service_process import ServiceProcess

_KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"


class Process(ServiceProcess):
    """The api or the worker."""

    service = "vouchers"


run_command = partial(command_done, Process.service)


def environment_for(
    mongodb_uri: str, bootstrap_servers: str, jwks_url: str, state_folder: Path
) -> dict[str, str]:
    """The variables of one instance of the service, with a database of its own."""
    return {
        "ENVIRONMENT": "development",
        "MONGODB_URI": mongodb_uri,
        "MONGODB_DATABASE": f"vouchers_{uuid.uuid4().hex}",
        "KAFKA_BOOTSTRAP_SERVERS": bootstrap_servers,
        "JWKS_URL": jwks_url,
        "KEY_WRAPPING_KEYS": f"test:{_KEY}",
        "LOOKUP_HASH_KEY": _KEY,
        "VOUCHER_CODE_KEY": "AQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQE",
        "STATE_FOLDER": str(state_folder),
    }
