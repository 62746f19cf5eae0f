"""A Pod that violates `restricted` is refused, and is not there."""

from on_cluster.kubernetes import CommandFailed
from on_cluster.outcome import StepFailed, check
from on_cluster.trial import Trial

_NAME = "violates-restricted"


async def refuse_violation(trial: Trial) -> str:
    """Ask for a Pod that runs as root with its capabilities."""
    pod = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": _NAME},
        "spec": {
            "containers": [
                {
                    "name": "root",
                    "image": trial.image("residents"),
                    "securityContext": {"runAsUser": 0, "privileged": True},
                }
            ]
        },
    }
    try:
        await trial.cluster.apply(pod)
    except CommandFailed as refusal:
        words = str(refusal)
        check('violates PodSecurity "restricted' in words, "a refusal by Pod Security", words)
    else:
        raise StepFailed("a privileged Pod that runs as root was taken")
    pods = await trial.cluster.read("pods")
    check(pods["items"] == [], "no Pod", pods["items"])
    return words.split(": ", 2)[-1]
