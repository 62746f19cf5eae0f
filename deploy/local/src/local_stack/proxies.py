"""The user's HTTP proxy is for the world outside; what is on this machine is asked directly."""

import os
from collections.abc import Mapping

_ON_THIS_MACHINE = ("127.0.0.1", "localhost")


def without_proxy_here(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return NO_PROXY, in both spellings, with this machine added to what is in it already.

    Args:
        environment: that of this process unless given.
    """
    given = os.environ if environment is None else environment
    # Programs differ in which spelling they read first.
    listed = f"{given.get('NO_PROXY', '')},{given.get('no_proxy', '')}".split(",")
    hosts = dict.fromkeys(
        host for host in (*(name.strip() for name in listed), *_ON_THIS_MACHINE) if host
    )
    return dict.fromkeys(("NO_PROXY", "no_proxy"), ",".join(hosts))
