"""R7: backed up, the databases lost, restored, and everything as it was."""

from local_stack.programs import SERVICES

from on_cluster.kubernetes import Cluster
from on_cluster.load import is_wholly_right
from on_cluster.outcome import CannotBeDone, check
from on_cluster.trial import Trial

_BACKUP, _KEYS = "/tmp/backup", "/tmp/keys"  # noqa: S108 - in a Pod, where nothing else is writable
# By the service's own settings: the store answers nobody else.
_DROP = """
import os, sys
from pymongo import MongoClient
MongoClient(os.environ["MONGODB_URI"]).drop_database("linli_" + sys.argv[1])
"""


async def back_up_and_restore(trial: Trial) -> str:
    """Take a backup of each service, drop its database, restore it, and look for everything."""
    cluster, doings = trial.cluster, await trial.doings()
    if "backup" not in await cluster.operate("residents", "--help"):
        raise CannotBeDone("the services have no command `backup`")
    before = await doings.nothing_lost()
    await trial.upgrade("readOnly=true")
    kept = {service: await _backed_up(cluster, service) for service in SERVICES}
    for service in SERVICES:
        pod = await _pod_of(cluster, service)
        await cluster.in_pod(pod, "python", "-c", _DROP, service)
    figures = doings.read_figures(0)
    answer = await doings.town.ask(figures.document, **figures.variables)
    lost = not is_wholly_right(answer, figures.is_right)
    check(lost, "nothing to read while the databases are lost", answer)

    for service in SERVICES:
        await _restored(cluster, service, *kept[service])
    await trial.upgrade("readOnly=false")
    for service in SERVICES:
        await cluster.operate(service, "republish", "--all")
    await doings.town.renew()
    after = await doings.nothing_lost()
    check(after == before, before, after)
    size = sum(len(backup) for backup, _keys in kept.values())
    return f"{size / 1024:.0f} KiB of {len(kept)} services; databases dropped; {after}"


async def _pod_of(cluster: Cluster, service: str) -> str:
    pods = await cluster.pods_of(f"{service}-api")
    return str(pods[0]["metadata"]["name"])


async def _backed_up(cluster: Cluster, service: str) -> tuple[bytes, bytes]:
    """Return the backup and its keys, as an operator takes them out of the cluster."""
    pod = await _pod_of(cluster, service)
    backup = await cluster.in_pod(pod, "linli", "backup", "--to", "-", "--keys-to", _KEYS)
    keys = await cluster.in_pod(pod, "cat", _KEYS)
    check(len(backup) > 0, f"a backup of {service}", len(backup))
    return backup, keys


async def _restored(cluster: Cluster, service: str, backup: bytes, keys: bytes) -> None:
    pod = await _pod_of(cluster, service)
    for path, content in ((_BACKUP, backup), (_KEYS, keys)):
        await cluster.in_pod(pod, "sh", "-c", f"cat >{path}", given=content)
    await cluster.in_pod(pod, "linli", "restore", "--from", _BACKUP, "--keys-from", _KEYS)
