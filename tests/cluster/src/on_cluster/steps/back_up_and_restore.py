"""R7: everything as it was at the time of the backup."""

from on_cluster.outcome import CannotBeDone
from on_cluster.trial import Trial


async def back_up_and_restore(trial: Trial) -> str:
    """Say whether there is a command to try. Raises: CannotBeDone, until there is."""
    help_of_residents = await trial.cluster.operate("residents", "--help")
    known = "back-up" in help_of_residents
    raise CannotBeDone(
        "`back-up` is there and this step does not try it yet"
        if known
        else "the services have no command for it yet"
    )
