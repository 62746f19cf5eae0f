"""Linli itself, two Pods of everything."""

from datetime import datetime
from typing import Any

from on_cluster.outcome import check
from on_cluster.trial import Trial


async def install_linli(trial: Trial) -> str:
    """Install the chart linli, wait until it is ready, and say how long the processes took."""
    await trial.upgrade("podAnnotations.round=first")
    deployments = await trial.cluster.deployments("linli")
    pods = [pod for name in deployments for pod in await trial.cluster.pods_of(name)]
    check(len(pods) == 2 * len(deployments), "two Pods of each Deployment", len(pods))
    restarts = [pod["metadata"]["name"] for pod in pods if _restarts(pod)]
    check(restarts == [], "no container that had to start again", restarts)
    name, seconds = max(
        ((pod["metadata"]["name"], seconds_to_ready(pod)) for pod in pods), key=lambda each: each[1]
    )
    return (
        f"{len(pods)} Pods of {len(deployments)} Deployments, none started twice;"
        f" from start to ready {seconds:.0f} s at most ({name})"
    )


def _restarts(pod: dict[str, Any]) -> int:
    return sum(each["restartCount"] for each in pod["status"]["containerStatuses"])


def seconds_to_ready(pod: dict[str, Any]) -> float:
    """Return the time from the start of the Pod's container until it was ready."""
    (status,) = pod["status"]["containerStatuses"]
    (ready,) = (each for each in pod["status"]["conditions"] if each["type"] == "Ready")
    started = datetime.fromisoformat(status["state"]["running"]["startedAt"])
    return (datetime.fromisoformat(ready["lastTransitionTime"]) - started).total_seconds()
