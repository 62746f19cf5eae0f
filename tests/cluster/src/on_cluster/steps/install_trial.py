"""The store, Kafka and WeChat's simulator of a trial."""

from on_cluster.kubernetes import CHARTS
from on_cluster.trial import READY_WITHIN_SECONDS, Trial


async def install_trial(trial: Trial) -> str:
    """Install the chart linli-trial, and wait until all of it is ready."""
    await trial.cluster.chart(
        *("install", "trial", str(CHARTS / "linli-trial"), "--wait"),
        *(f"--timeout={READY_WITHIN_SECONDS:g}s", "--set", f"image.tag={trial.version}"),
        *trial.trial_values,
        within_seconds=READY_WITHIN_SECONDS + 60,
    )
    deployments = await trial.cluster.deployments("linli-trial")
    return f"ready: {', '.join(deployments)}"
