"""A node is emptied, while the community is read and written."""

from functools import partial

from on_cluster.outcome import CannotBeDone, check
from on_cluster.trial import READY_WITHIN_SECONDS, Trial


async def drain_node(trial: Trial) -> str:
    """Drain one of several nodes; no request may fail."""
    nodes = [item["metadata"]["name"] for item in (await trial.cluster.read("nodes"))["items"]]
    if len(nodes) < 2:
        raise CannotBeDone(f"the cluster has one node, {nodes[0]}")
    stores = await trial.cluster.read("pods", "--selector", "app.kubernetes.io/part-of=linli-trial")
    with_stores = {pod["spec"]["nodeName"] for pod in stores["items"]}
    free = [node for node in nodes if node not in with_stores]
    if not free:
        raise CannotBeDone("every node has a Pod of the trial's stores, which have no second one")
    try:
        figures = await trial.under_load(partial(_drain, trial, free[0]))
    finally:
        await trial.cluster.do("uncordon", free[0])
    check(not figures.failures, "no failed request", f"{figures}: {figures.why()}")
    return f"{free[0]}; {figures}; {await (await trial.doings()).nothing_lost()}"


async def _drain(trial: Trial, node: str) -> None:
    timeout = f"--timeout={READY_WITHIN_SECONDS:g}s"
    selector = "--pod-selector=app.kubernetes.io/part-of=linli"
    await trial.cluster.do(
        *("drain", node, "--delete-emptydir-data", "--ignore-daemonsets", selector, timeout),
        within_seconds=READY_WITHIN_SECONDS + 60,
    )
    for name in await trial.cluster.deployments("linli"):
        await trial.cluster.rolled_out(name, within_seconds=READY_WITHIN_SECONDS)
