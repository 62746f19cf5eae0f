"""The release's own test."""

from on_cluster.trial import Trial

_SECONDS = 180.0


async def ask_release(trial: Trial) -> str:
    """Run `helm test`: the first steps of somebody without an account, from inside."""
    said = await trial.cluster.chart("test", "linli", "--logs", within_seconds=_SECONDS)
    return f"{said.count('✓')} steps" if "✓" in said else "passed"
