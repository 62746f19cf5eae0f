"""Images into the cluster's nodes, by whatever command can do that."""

import os
import shlex

from on_cluster.kubernetes import run
from on_cluster.trial import IMAGES, Trial

_SECONDS = 900.0


async def load_images(trial: Trial) -> str:
    """Give the names of all images to the command in IMAGE_LOAD."""
    command = shlex.split(os.environ.get("IMAGE_LOAD", ""))
    if not command:
        return "IMAGE_LOAD is not set: the nodes have the images, or fetch them"
    images = [trial.image(name) for name in IMAGES]
    await run([*command, *images], within_seconds=_SECONDS)
    return f"{len(images)} images of version {trial.version}"
