"""Everything away, and nothing left."""

from on_cluster.kubernetes import CommandFailed
from on_cluster.outcome import check
from on_cluster.steps.make_volumes import REMOVE, on_the_node, volume_labels
from on_cluster.trial import Trial

_EVERY_NAMESPACE_HAS = {"configmap/kube-root-ca.crt", "serviceaccount/default"}
_SECONDS = 300.0


async def take_away(trial: Trial) -> str:
    """Uninstall both charts; nothing of them may be left, and neither volume nor namespace."""
    for release in ("linli", "trial"):
        wait = ("--wait", "--ignore-not-found", f"--timeout={_SECONDS:g}s")
        await trial.cluster.chart("uninstall", release, *wait, within_seconds=_SECONDS + 60)
    await _pods_gone(trial)
    left = await left_over(trial)
    volumes = await _volumes(trial)
    if volumes:
        await on_the_node(trial, "remove-volumes", REMOVE)
        await trial.cluster.do("delete", "persistentvolume", *volumes)
    await remove_namespaces(trial)
    check(left == [], "no object is left of the two charts", left)
    return "no object left, namespaces and volumes gone"


async def _volumes(trial: Trial) -> list[str]:
    """Return the volumes that were made for this namespace."""
    found = (await trial.cluster.read("persistentvolumes"))["items"]
    of_here = (item for item in found if item["metadata"].get("labels") == volume_labels(trial))
    return [item["metadata"]["name"] for item in of_here]


async def _pods_gone(trial: Trial) -> None:
    """Wait for Pods that are on their way out; helm does not. Raises: CommandFailed."""
    if (await trial.cluster.read("pods"))["items"]:
        await trial.cluster.do(
            *("wait", "--for=delete", "pods", "--all", f"--timeout={_SECONDS:g}s"),
            within_seconds=_SECONDS + 60,
        )


async def left_over(trial: Trial) -> list[str]:
    """Return every object of the namespace but events and what each namespace has."""
    listed = await trial.cluster.do(
        "api-resources", "--verbs=list", "--namespaced", "--output=name"
    )
    kinds = [kind for kind in listed.split() if not kind.startswith("events")]
    said = await trial.cluster.do("get", ",".join(kinds), "--output=name", "--ignore-not-found")
    return sorted(set(said.split()) - _EVERY_NAMESPACE_HAS)


async def remove_namespaces(trial: Trial) -> None:
    """Remove the namespaces of the run with whatever is in them."""
    for name in (trial.cluster.namespace, trial.volumes_namespace):
        try:
            await trial.cluster.do(
                *("delete", "namespace", name, "--ignore-not-found", f"--timeout={_SECONDS:g}s"),
                within_seconds=_SECONDS + 60,
            )
        except CommandFailed as refusal:
            check(False, f"namespace {name} goes", refusal)
