"""The release's own test."""

from on_cluster.trial import Trial

_SECONDS = 180.0


async def ask_release(trial: Trial) -> str:
    """Run `helm test`: the first steps of somebody without an account, from inside."""
    # The Pod's log is printed by its own annotation; `--logs` would look for a Pod that is gone.
    said = await trial.cluster.chart("test", "linli", within_seconds=_SECONDS)
    return f"{said.count('✓')} steps" if "✓" in said else "passed"
