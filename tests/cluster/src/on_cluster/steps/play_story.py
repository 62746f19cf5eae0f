"""The story of one day, whole, through the cluster's doors."""

import base64
import os
import time

from rich.console import Console
from story.chapter_one import chapter as chapter_one
from story.chapter_two import chapter as chapter_two
from story.create_community import create_community_by_command
from story.demo_file import DemoFile
from story.graph import Graph
from story.narrator import Narrator
from story.phones import Phones
from story.photos import Photos
from story.planning import plan_demo
from story.prologue import chapter as prologue
from story.service_commands import VARIABLE
from story.shop import Shop
from story.stage import MiniProgram, Office, Places, Stage
from story.stopped import StoryStopped
from story.uploads import Uploads
from story.verify_audit import verify_audit_by_command
from story.verify_ledger import verify_ledger_by_command
from story.workbooks import Workbooks

from on_cluster.outcome import StepFailed
from on_cluster.trial import Trial
from story import staff

_SECRET = "linli-trial"


async def play_story(trial: Trial) -> str:
    """Play the prologue and both chapters; operators' commands run in Pods."""
    cluster = trial.cluster
    exec_in_pod = f"{cluster.kubectl} --namespace {cluster.namespace} exec --stdin"
    os.environ[VARIABLE] = exec_in_pod + " deployment/{service}-api -- linli"
    stage = await _stage(trial)
    since = time.monotonic()
    try:
        secretary = await staff.log_in(stage, await staff.found_community(stage))
        clerk = await staff.log_in(stage, await staff.hire(stage, secretary, "clerk"))
        office = await prologue.play(stage, Office(secretary, clerk))
        issue_id = await chapter_one.play(stage, office)
        await chapter_two.play(stage, office, issue_id)
    except StoryStopped as stopped:
        where = stage.narrator.report.steps[-1]
        raise StepFailed(f"step {where.number}, {where.en} {stopped}") from stopped
    finally:
        stage.narrator.write(trial.state / "story.json")
    return f"{len(stage.narrator.report.steps)} steps right in {time.monotonic() - since:.0f} s"


async def _stage(trial: Trial) -> Stage:
    client = await trial.client()
    settings = (await trial.cluster.read("configmap", "residents-settings"))["data"]
    secret = (await trial.cluster.read("secret", _SECRET))["data"]
    # By number: a subscription's socket knows no names but those of this machine.
    doors = {
        name: f"http://{place.host}:{place.port}"
        for name, place in (await trial.places()).by_name.items()
    }
    places = Places(
        gateway=doors["gateway"],
        simulator=doors["wechat-simulator"],
        residents=doors["residents-api"],
        vouchers=doors["vouchers-api"],
    )
    log = (trial.state / "story.log").open("w", encoding="utf-8")
    return Stage(
        places=places,
        graph=Graph(client, places.gateway),
        phones=Phones(client, places.simulator),
        uploads=Uploads(client, places.residents),
        photos=Photos(client),
        shop=Shop(client, places.residents, places.vouchers),
        mini_program=MiniProgram(
            settings["WECHAT_MINIPROGRAM_APP_ID"],
            base64.b64decode(secret["WECHAT_MINIPROGRAM_SECRET"]).decode(),
        ),
        workbooks=Workbooks(trial.state / "demo-community"),
        file=DemoFile(trial.state / "demo.json"),
        demo=plan_demo(),
        narrator=Narrator(
            Console(file=log, soft_wrap=True, highlight=False), chapter=chapter_one.NUMBER
        ),
        create_community=create_community_by_command,
        verify_audit=verify_audit_by_command,
        verify_ledger=verify_ledger_by_command,
    )
