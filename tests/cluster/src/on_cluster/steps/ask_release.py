"""The release's own test."""

from on_cluster.trial import Trial

_SECONDS = 180.0


async def ask_release(trial: Trial) -> str:
    """Run `helm test`: the first steps of somebody without an account, from inside."""
    # Not with `--logs`: that looks for the Pod, which is gone when it passed.
    await trial.cluster.chart("test", "linli", within_seconds=_SECONDS)
    return "its own test passed"
