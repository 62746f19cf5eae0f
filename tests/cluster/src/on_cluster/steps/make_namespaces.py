"""Namespaces for the run; Linli's refuses whatever is not `restricted`."""

import json
from typing import Any

from on_cluster.kubernetes import Cluster
from on_cluster.trial import Trial

_LEVELS = ("enforce", "audit", "warn")


async def make_namespaces(trial: Trial) -> str:
    """Make the namespace in which Linli will run."""
    await make_namespace(trial.cluster, trial.cluster.namespace, "restricted")
    return f"{trial.cluster.namespace} enforces `restricted`"


async def make_namespace(cluster: Cluster, name: str, level: str) -> None:
    """Make a namespace with a level of Pod Security. Raises: CommandFailed."""
    labels = {f"pod-security.kubernetes.io/{mode}": level for mode in _LEVELS}
    namespace: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Namespace",
        "metadata": {"name": name, "labels": labels},
    }
    # Not `apply` in a namespace: it is none that exists.
    await cluster.do("create", "--filename", "-", given=json.dumps(namespace))
