"""Each Pod deleted in turn: Linli's, with another beside it; then the stores', which have none."""

from functools import partial

from on_cluster.outcome import check
from on_cluster.trial import READY_WITHIN_SECONDS, Trial

_TRIES_WITHOUT_A_STORE = 60


async def delete_linlis_pods(trial: Trial) -> str:
    """Delete every Pod of Linli's; no request may fail and nothing may be lost."""
    deployments = await trial.cluster.deployments("linli")
    figures = await trial.under_load(partial(_delete_each, trial, deployments))
    check(not figures.failures, "no failed request", f"{figures}: {figures.why()}")
    lost = await (await trial.doings()).nothing_lost()
    return f"{2 * len(deployments)} Pods; {figures}; {lost}"


async def delete_stores_pods(trial: Trial) -> str:
    """Delete the Pods of store, Kafka and simulator; who asks again gets through, nothing is lost.

    Each is alone, so requests fail while it is away; they are sent again with the same request id.
    """
    deployments = await trial.cluster.deployments("linli-trial")
    work = partial(_delete_each, trial, deployments)
    figures = await trial.under_load(work, tries=_TRIES_WITHOUT_A_STORE)
    check(not figures.failures, "no request that never got through", figures.why())
    for name in await trial.cluster.deployments("linli"):
        await trial.cluster.rolled_out(name, within_seconds=READY_WITHIN_SECONDS)
    return f"{', '.join(deployments)}; {figures}; {await (await trial.doings()).nothing_lost()}"


async def _delete_each(trial: Trial, deployments: list[str]) -> None:
    for deployment in deployments:
        for pod in await trial.cluster.pods_of(deployment):
            name = pod["metadata"]["name"]
            await trial.cluster.do("delete", "pod", name, within_seconds=READY_WITHIN_SECONDS)
            await trial.cluster.rolled_out(deployment, within_seconds=READY_WITHIN_SECONDS)
