"""How Pods come, go and are spread: what a rollout, a drain and an upgrade rely on."""

import re
from pathlib import Path

import pytest
from charted.rendering import CHARTS, Object, Rendered, render

ROOT = Path(__file__).parents[3]
PROCESSES = {
    f"{service}-{role}"
    for service in ("residents", "issues", "vouchers", "outreach")
    for role in ("api", "worker")
} | {"gateway"}


def number_in(file: str, pattern: str) -> int:
    found = re.search(pattern, (ROOT / file).read_text())
    assert found, f"{file} says no {pattern}"
    return int(found[1])


def deployments(rendered: Rendered) -> dict[str, Object]:
    return {one["metadata"]["name"]: one["spec"] for one in rendered.of_kind("Deployment")}


def main_container(deployment: Object) -> Object:
    container: Object = deployment["template"]["spec"]["containers"][0]
    return container


def fewest(rendered: Rendered, name: str) -> int:
    for one in rendered.of_kind("HorizontalPodAutoscaler"):
        if one["metadata"]["name"] == name:
            return int(one["spec"]["minReplicas"])
    return int(deployments(rendered)[name]["replicas"])


@pytest.fixture(scope="module", params=["trial", "production", "everything"])
def linli(request: pytest.FixtureRequest) -> Rendered:
    rendered: Rendered = request.getfixturevalue(request.param)
    return rendered


def test_every_process_has_its_deployment(linli: Rendered) -> None:
    assert set(deployments(linli)) == PROCESSES


def test_nothing_is_refused_while_pods_are_replaced(linli: Rendered) -> None:
    for name, deployment in deployments(linli).items():
        rolling = deployment["strategy"]["rollingUpdate"]
        assert rolling == {"maxUnavailable": 0, "maxSurge": 1}, name


def test_a_pod_lives_as_long_as_its_drain_takes(linli: Rendered) -> None:
    """By what the programs themselves say: chassis.server, and the gateway's DRAIN_SECONDS."""
    finishes = number_in("chassis/src/chassis/server.py", r"finish_seconds: float = (\d+)")
    stops = number_in("chassis/src/chassis/server.py", r"\bstop_seconds: float = (\d+)")
    drains = int(linli.named("ConfigMap", "gateway-settings")["data"]["DRAIN_SECONDS"])
    for name, deployment in deployments(linli).items():
        pod = deployment["template"]["spec"]
        hook = main_container(deployment).get("lifecycle", {}).get("preStop", {})
        waits = hook.get("sleep", {}).get("seconds", 0)
        takes = drains if name == "gateway" else finishes + stops
        assert pod["terminationGracePeriodSeconds"] > waits + takes, name
        # A worker takes no requests: nobody must first hear that it goes.
        assert (waits > 0) is not name.endswith("-worker"), name


def test_requests_are_over_before_a_drain_ends() -> None:
    requests = number_in("gateway/src/settings.js", r"'REQUEST_SECONDS', (\d+)")
    upstream = number_in("gateway/src/settings.js", r"'UPSTREAM_TIMEOUT_SECONDS', (\d+)")
    drain = number_in("deploy/helm/linli/values.yaml", r"drainSeconds: (\d+)")
    assert upstream < requests < drain


def test_every_process_is_asked_how_it_is(linli: Rendered) -> None:
    for name, deployment in deployments(linli).items():
        container = main_container(deployment)
        asked = {
            kind: container[f"{kind}Probe"]["httpGet"]
            for kind in ("startup", "liveness", "readiness")
        }
        assert asked == {
            "startup": {"path": "/live", "port": "http"},
            "liveness": {"path": "/live", "port": "http"},
            "readiness": {"path": "/ready", "port": "http"},
        }, name
        assert container["ports"] == [{"name": "http", "containerPort": 8080}], name


def test_a_process_whose_store_is_away_is_unready_and_not_killed(linli: Rendered) -> None:
    """Only /ready speaks of others: a liveness probe on it would restart everything at once."""
    for deployment in deployments(linli).values():
        assert main_container(deployment)["livenessProbe"]["httpGet"]["path"] != "/ready"


def test_a_budget_is_there_where_two_pods_are_and_nowhere_else(linli: Rendered) -> None:
    budgets = {one["metadata"]["name"] for one in linli.of_kind("PodDisruptionBudget")}
    assert budgets == {name for name in PROCESSES if fewest(linli, name) >= 2}


def test_a_budget_speaks_of_its_own_pods(production: Rendered) -> None:
    templates = deployments(production)
    for one in production.of_kind("PodDisruptionBudget"):
        name = one["metadata"]["name"]
        chosen = one["spec"]["selector"]["matchLabels"]
        assert chosen.items() <= templates[name]["template"]["metadata"]["labels"].items()
        assert one["spec"]["maxUnavailable"] == 1


def test_a_size_that_scales_itself_names_no_number(everything: Rendered) -> None:
    scaled = {one["metadata"]["name"] for one in everything.of_kind("HorizontalPodAutoscaler")}
    assert scaled == {name for name in PROCESSES if "replicas" not in deployments(everything)[name]}
    assert "residents-worker" not in scaled


def test_a_worker_scales_by_its_lag_where_that_is_known(everything: Rendered) -> None:
    metrics = everything.named("HorizontalPodAutoscaler", "issues-worker")["spec"]["metrics"]
    assert [one["type"] for one in metrics] == ["Resource", "External"]
    assert metrics[1]["external"] == {
        "metric": {
            "name": "kafka_consumergroup_lag",
            "selector": {"matchLabels": {"consumergroup": "linli"}},
        },
        "target": {"type": "AverageValue", "averageValue": "500"},
    }


def test_pods_are_spread_over_zones_and_nodes(production: Rendered) -> None:
    for name, deployment in deployments(production).items():
        spread = deployment["template"]["spec"]["topologySpreadConstraints"]
        keys = [one["topologyKey"] for one in spread]
        assert keys == ["topology.kubernetes.io/zone", "kubernetes.io/hostname"]
        for one in spread:
            assert one["labelSelector"]["matchLabels"] == deployment["selector"]["matchLabels"], (
                name
            )


def test_in_production_nothing_is_alone(production: Rendered) -> None:
    assert {
        name: fewest(production, name) for name in PROCESSES if fewest(production, name) < 3
    } == {}


def test_scheduled_commands_exist_and_never_overlap(trial: Rendered) -> None:
    scheduled = {}
    for one in trial.of_kind("CronJob"):
        assert one["spec"]["concurrencyPolicy"] == "Forbid"
        template = one["spec"]["jobTemplate"]["spec"]["template"]["spec"]
        assert template["restartPolicy"] == "Never"
        scheduled[one["metadata"]["name"]] = template["containers"][0]["command"]
    assert scheduled == {
        "issues-sweep-clocks": ["linli", "sweep-clocks"],
        "residents-verify-audit": ["linli", "verify-audit"],
        "vouchers-expire-vouchers": ["linli", "expire-vouchers"],
        "vouchers-verify-ledger": ["linli", "verify-ledger"],
    }


def test_what_writes_by_the_clock_rests_in_read_only_mode(
    trial: Rendered, everything: Rendered
) -> None:
    def resting(rendered: Rendered) -> set[str]:
        jobs = rendered.of_kind("CronJob")
        return {one["metadata"]["name"] for one in jobs if one["spec"]["suspend"]}

    assert resting(trial) == set()
    of_itself = {"vouchers-verify-ledger"}
    assert resting(everything) == {"issues-sweep-clocks", "vouchers-expire-vouchers"} | of_itself


def test_topics_and_indexes_are_made_before_anybody_runs(linli: Rendered) -> None:
    jobs = {one["metadata"]["name"]: one for one in linli.of_kind("Job")}
    assert set(jobs) == {name.replace("-api", "-migration") for name in PROCESSES if "-api" in name}
    for job in jobs.values():
        hook = job["metadata"]["annotations"]
        assert hook["helm.sh/hook"] == "pre-install,pre-upgrade"
        pod = job["spec"]["template"]["spec"]
        commands = [one["command"] for one in [*pod["initContainers"], *pod["containers"]]]
        assert commands == [["linli", "create-topics"], ["linli", "create-indexes"]]
        # Before a first install there is no account of the chart's.
        assert "serviceAccountName" not in pod


def test_a_migration_reads_only_what_is_there_before_it(linli: Rendered) -> None:
    """Hooks run before anything else of the release is made: what they read is a hook as well."""
    weights = {
        (one["kind"], one["metadata"]["name"]): int(
            one["metadata"]["annotations"]["helm.sh/hook-weight"]
        )
        for one in linli.objects
        if "pre-install" in one["metadata"].get("annotations", {}).get("helm.sh/hook", "")
    }
    made = {(one["kind"], one["metadata"]["name"]) for one in linli.objects}
    for job in linli.of_kind("Job"):
        weight = weights["Job", job["metadata"]["name"]]
        container = job["spec"]["template"]["spec"]["containers"][0]
        read = {("ConfigMap", one["configMapRef"]["name"]) for one in container["envFrom"]}
        secrets = {("Secret", one["valueFrom"]["secretKeyRef"]["name"]) for one in container["env"]}
        # Those that the chart does not make exist.
        for source in read | (secrets & made):
            assert weights[source] < weight, source
        assert read <= made


def test_no_hook_outlives_its_success(linli: Rendered) -> None:
    hooks = [
        one for one in linli.objects if "helm.sh/hook" in one["metadata"].get("annotations", {})
    ]
    assert hooks
    for one in hooks:
        policy = one["metadata"]["annotations"]["helm.sh/hook-delete-policy"]
        assert policy == "before-hook-creation,hook-succeeded", one["metadata"]["name"]


def test_a_migration_reads_what_the_service_reads(linli: Rendered) -> None:
    for service in ("residents", "issues", "vouchers", "outreach"):
        before = linli.named("ConfigMap", f"{service}-migration")["data"]
        assert before == linli.named("ConfigMap", f"{service}-settings")["data"]


def test_selectors_find_their_pods_and_no_others(linli: Rendered) -> None:
    pods = {pod.owner: dict(pod.labels) for pod in linli.pod_templates()}
    for service in linli.of_kind("Service"):
        chosen = service["spec"]["selector"].items()
        found = [owner for owner, labels in pods.items() if chosen <= labels.items()]
        name = service["metadata"]["name"].removesuffix("-pods")
        assert found == [f"Deployment/{name}"]


def test_every_account_that_a_pod_names_is_made(linli: Rendered) -> None:
    made = {one["metadata"]["name"] for one in linli.of_kind("ServiceAccount")}
    named = {pod.spec.get("serviceAccountName") for pod in linli.pod_templates()} - {None}
    assert named == made


def test_every_volume_that_is_mounted_is_there(release: Rendered) -> None:
    for pod in release.pod_templates():
        volumes = {volume["name"] for volume in pod.spec["volumes"]}
        mounted = {one["name"] for each in pod.containers() for one in each["volumeMounts"]}
        assert mounted == volumes, pod.owner


def test_an_image_is_never_the_latest(release: Rendered) -> None:
    for pod in release.pod_templates():
        for container in pod.containers():
            assert re.search(r"/[a-z-]+:\d+\.\d+\.\d+$", container["image"]), pod.owner


def test_images_come_from_where_the_values_say(everything: Rendered) -> None:
    images = {one["image"] for pod in everything.pod_templates() for one in pod.containers()}
    names = ("residents", "issues", "vouchers", "outreach", "gateway")
    assert images == {f"registry.example/linli/{name}:1.2.3" for name in names}


def test_another_version_rolls_every_pod() -> None:
    file = CHARTS / "linli" / "values-trial.yaml"
    old, new = (render("linli", (file,), {"image": {"tag": tag}}) for tag in ("1.0.0", "1.0.1"))
    for name in PROCESSES:
        assert deployments(old)[name]["template"] != deployments(new)[name]["template"]
        assert deployments(old)[name]["selector"] == deployments(new)[name]["selector"]
