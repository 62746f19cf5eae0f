"""Volumes for the trial's data, where the cluster makes none by itself."""

from dataclasses import replace
from typing import Any

from on_cluster.outcome import check
from on_cluster.steps.make_namespaces import make_namespace
from on_cluster.trial import Trial

_PARTS = {"trial-store": "2Gi", "trial-kafka": "2Gi", "wechat-simulator": "256Mi"}
_DEFAULT_CLASS = "storageclass.kubernetes.io/is-default-class"
_MOUNTED = "/volumes"
_USER = 10001


async def make_volumes(trial: Trial) -> str:
    """Leave it to the default storage class, or make folders on a node."""
    classes = (await trial.cluster.read("storageclasses"))["items"]
    for each in classes:
        if each["metadata"].get("annotations", {}).get(_DEFAULT_CLASS) == "true":
            return f"the cluster's storage class {each['metadata']['name']} makes them"
    node = (await trial.cluster.read("nodes"))["items"][0]["metadata"]["labels"]
    host_name = node["kubernetes.io/hostname"]
    await make_namespace(trial.cluster, trial.volumes_namespace, "privileged")
    await on_the_node(trial, "prepare-volumes", _PREPARE)
    made: list[str] = []
    for part, size in _PARTS.items():
        name = f"{trial.cluster.namespace}-{part}"
        await trial.cluster.apply(_volume(trial, name, part, size, host_name))
        made.append(name)
        trial.trial_values += ["--set", f"{part}.volumeName={name}"]
    trial.trial_values += ["--set", "persistence.storageClass=-"]
    return f"{', '.join(made)} on {host_name}"


_PREPARE = " && ".join(
    f"mkdir -p {_MOUNTED}/{part} && chown {_USER}:{_USER} {_MOUNTED}/{part}" for part in _PARTS
)
REMOVE = f"rm -rf {_MOUNTED}/*"


def folder_on_node(trial: Trial) -> str:
    """Return where on the node the data lie."""
    return f"/var/lib/linli-test/{trial.cluster.namespace}"


def volume_labels(trial: Trial) -> dict[str, str]:
    """Return the labels by which a run's volumes are found again."""
    return {"linli.test": trial.cluster.namespace}


async def on_the_node(trial: Trial, name: str, script: str) -> None:
    """Run a script as root over the folder on the node, to its end. Raises: StepFailed."""
    pod: dict[str, Any] = {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": name},
        "spec": {
            "restartPolicy": "Never",
            "containers": [
                {
                    "name": "script",
                    "image": trial.image("residents"),
                    "imagePullPolicy": "IfNotPresent",
                    "command": ["sh", "-c", script],
                    "securityContext": {"runAsUser": 0},
                    "volumeMounts": [{"name": "volumes", "mountPath": _MOUNTED}],
                }
            ],
            "volumes": [
                {
                    "name": "volumes",
                    "hostPath": {"path": folder_on_node(trial), "type": "DirectoryOrCreate"},
                }
            ],
        },
    }
    there = replace(trial.cluster, namespace=trial.volumes_namespace)
    await there.apply(pod)
    ended = "--for=jsonpath={.status.phase}=Succeeded"
    await there.do("wait", ended, f"pod/{name}", "--timeout=110s")
    said = await there.do("logs", f"pod/{name}")
    check(said == "", "a script that has nothing to complain of", said)


def _volume(trial: Trial, name: str, part: str, size: str, host_name: str) -> dict[str, Any]:
    here = {"key": "kubernetes.io/hostname", "operator": "In", "values": [host_name]}
    return {
        "apiVersion": "v1",
        "kind": "PersistentVolume",
        "metadata": {"name": name, "labels": volume_labels(trial)},
        "spec": {
            "capacity": {"storage": size},
            "accessModes": ["ReadWriteOnce"],
            "persistentVolumeReclaimPolicy": "Retain",
            "storageClassName": "",
            "claimRef": {"namespace": trial.cluster.namespace, "name": part},
            "hostPath": {"path": f"{folder_on_node(trial)}/{part}"},
            "nodeAffinity": {"required": {"nodeSelectorTerms": [{"matchExpressions": [here]}]}},
        },
    }
