"""Every Pod is let in under Pod Security `restricted`, and what is not is told."""

import copy
from collections.abc import Callable

import pytest
from charted.rendering import Object, PodTemplate, Rendered
from charted.restricted import violations

Plant = Callable[[Object], object]


def own(spec: Object) -> Object:
    security: Object = spec["containers"][0]["securityContext"]
    return security


PLANTED: dict[str, tuple[Plant, str]] = {
    "host path": (
        lambda spec: spec["volumes"].append({"name": "host", "hostPath": {"path": "/"}}),
        "volume host is a hostPath",
    ),
    "host network": (lambda spec: spec.update(hostNetwork=True), "hostNetwork"),
    "host processes": (lambda spec: spec.update(hostPID=True), "hostPID"),
    "root": (lambda spec: spec["securityContext"].update(runAsUser=0), "runAsUser 0"),
    "root of a container": (lambda spec: own(spec).update(runAsUser=0), "api: runAsUser 0"),
    "maybe root": (
        lambda spec: spec["securityContext"].pop("runAsNonRoot"),
        "api: runAsNonRoot is not true",
    ),
    "escalation": (
        lambda spec: own(spec).pop("allowPrivilegeEscalation"),
        "api: allowPrivilegeEscalation is not false",
    ),
    "privileged": (lambda spec: own(spec).update(privileged=True), "api: privileged"),
    "capabilities": (
        lambda spec: own(spec).pop("capabilities"),
        "api: capabilities do not drop ALL",
    ),
    "a capability": (
        lambda spec: own(spec)["capabilities"].update(add=["SYS_ADMIN"]),
        "api: capabilities add SYS_ADMIN",
    ),
    "no seccomp": (
        lambda spec: spec["securityContext"].pop("seccompProfile"),
        "api: seccompProfile is neither RuntimeDefault nor Localhost",
    ),
    "a port of the node": (
        lambda spec: spec["containers"][0]["ports"][0].update(hostPort=80),
        "api: hostPort",
    ),
    "a sysctl": (
        lambda spec: spec["securityContext"].update(sysctls=[{"name": "kernel.msgmax"}]),
        "sysctl kernel.msgmax",
    ),
    "a container that runs first": (
        lambda spec: spec.update(initContainers=[{"name": "first"}]),
        "first: allowPrivilegeEscalation is not false",
    ),
    "a mount of proc": (lambda spec: own(spec).update(procMount="Unmasked"), "api: procMount"),
    "no AppArmor": (
        lambda spec: own(spec).update(appArmorProfile={"type": "Unconfined"}),
        "api: appArmorProfile Unconfined",
    ),
    "a user of SELinux": (
        lambda spec: own(spec).update(seLinuxOptions={"user": "system_u"}),
        "api: seLinuxOptions with a user or a role",
    ),
}


def test_every_pod_is_let_in(release: Rendered) -> None:
    pods = release.pod_templates()
    assert pods
    assert {pod.owner: violations(pod) for pod in pods} == {pod.owner: [] for pod in pods}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_violation_is_told(name: str, trial: Rendered) -> None:
    plant, told = PLANTED[name]
    pod = next(one for one in trial.pod_templates() if one.owner == "Deployment/issues-api")
    spec = copy.deepcopy(pod.spec)
    plant(spec)
    found = violations(PodTemplate(pod.owner, pod.labels, spec))
    assert any(each.startswith(told) for each in found), found


def test_every_container_is_closed_as_far_as_the_house_wants(release: Rendered) -> None:
    for pod in release.pod_templates():
        assert pod.spec["automountServiceAccountToken"] is False, pod.owner
        assert pod.spec["enableServiceLinks"] is False, pod.owner
        assert pod.spec["securityContext"]["runAsUser"] == 10001, pod.owner
        for container in pod.containers():
            assert container["securityContext"]["readOnlyRootFilesystem"] is True, pod.owner
            assert set(container["resources"]["requests"]) >= {"cpu", "memory"}, pod.owner
            assert "memory" in container["resources"]["limits"], pod.owner


def test_what_may_be_written_to_is_mounted(release: Rendered) -> None:
    """A read-only root has nowhere for a temporary file."""
    for pod in release.pod_templates():
        volumes = {volume["name"]: volume for volume in pod.spec["volumes"]}
        for container in pod.containers():
            mounted = {one["mountPath"]: volumes[one["name"]] for one in container["volumeMounts"]}
            if not any(path == "/scripts" for path in mounted):
                assert "emptyDir" in mounted["/tmp"], pod.owner  # noqa: S108  in the container


def test_no_service_account_brings_a_token(release: Rendered) -> None:
    for account in release.of_kind("ServiceAccount"):
        assert account["automountServiceAccountToken"] is False
