"""Pod Security's profile `restricted`, as the API server would judge a Pod by it.

https://kubernetes.io/docs/concepts/security/pod-security-standards/ of Kubernetes 1.34, for
containers on Linux.
"""

from collections.abc import Iterator

from charted.rendering import Object, PodTemplate

_VOLUMES = {
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
}
_SAFE_SYSCTLS = {
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.ping_group_range",
}
_SECCOMP = {"RuntimeDefault", "Localhost"}


def violations(pod: PodTemplate) -> list[str]:
    """Return what `restricted` forbids in a Pod, empty when it is let in."""
    found = [*_of_pod(pod.spec)]
    for container in [*pod.containers(), *pod.spec.get("ephemeralContainers", [])]:
        name = container["name"]
        found += [f"{name}: {each}" for each in _of_container(container, pod.spec)]
    return found


def _of_pod(spec: Object) -> Iterator[str]:
    for host in ("hostNetwork", "hostPID", "hostIPC"):
        if spec.get(host):
            yield host
    for volume in spec.get("volumes", []):
        if kinds := set(volume) - {"name"} - _VOLUMES:
            yield f"volume {volume['name']} is a {', '.join(sorted(kinds))}"
    security = spec.get("securityContext", {})
    for sysctl in security.get("sysctls", []):
        if sysctl["name"] not in _SAFE_SYSCTLS:
            yield f"sysctl {sysctl['name']}"
    if security.get("runAsUser") == 0:
        yield "runAsUser 0"
    yield from _of_labels(security)


def _of_labels(security: Object) -> Iterator[str]:
    """Judge what a Pod and a container may say alike of SELinux and AppArmor."""
    linux = security.get("seLinuxOptions", {})
    if linux.get("user") or linux.get("role"):
        yield "seLinuxOptions with a user or a role"
    if security.get("appArmorProfile", {}).get("type") == "Unconfined":
        yield "appArmorProfile Unconfined"


def _of_container(container: Object, spec: Object) -> Iterator[str]:
    own = container.get("securityContext", {})
    of_pod = spec.get("securityContext", {})
    if own.get("privileged"):
        yield "privileged"
    if own.get("allowPrivilegeEscalation") is not False:
        yield "allowPrivilegeEscalation is not false"
    if own.get("runAsNonRoot", of_pod.get("runAsNonRoot")) is not True:
        yield "runAsNonRoot is not true"
    if own.get("runAsUser") == 0:
        yield "runAsUser 0"
    seccomp = own.get("seccompProfile") or of_pod.get("seccompProfile") or {}
    if seccomp.get("type") not in _SECCOMP:
        yield "seccompProfile is neither RuntimeDefault nor Localhost"
    yield from _of_capabilities(own.get("capabilities", {}))
    yield from _of_labels(own)
    if own.get("procMount", "Default") != "Default":
        yield f"procMount {own['procMount']}"
    if any(port.get("hostPort") for port in container.get("ports", [])):
        yield "hostPort"


def _of_capabilities(capabilities: Object) -> Iterator[str]:
    if "ALL" not in capabilities.get("drop", []):
        yield "capabilities do not drop ALL"
    if added := set(capabilities.get("add", [])) - {"NET_BIND_SERVICE"}:
        yield f"capabilities add {', '.join(sorted(added))}"
