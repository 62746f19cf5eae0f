"""The steps in their order, and what each needs to have been done before."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from on_cluster.steps.ask_release import ask_release
from on_cluster.steps.back_up_and_restore import back_up_and_restore
from on_cluster.steps.delete_pods import delete_linlis_pods, delete_stores_pods
from on_cluster.steps.drain_node import drain_node
from on_cluster.steps.install_linli import install_linli
from on_cluster.steps.install_trial import install_trial
from on_cluster.steps.load_images import load_images
from on_cluster.steps.make_namespaces import make_namespaces
from on_cluster.steps.make_volumes import make_volumes
from on_cluster.steps.play_story import play_story
from on_cluster.steps.refuse_violation import refuse_violation
from on_cluster.steps.replay_dead_letter import replay_dead_letter
from on_cluster.steps.roll_back_under_load import roll_back_under_load
from on_cluster.steps.rotate_signing_key import rotate_signing_key
from on_cluster.steps.switch_read_only import switch_read_only
from on_cluster.steps.upgrade_under_load import upgrade_under_load
from on_cluster.trial import Trial


@dataclass(frozen=True)
class Step:
    """One step.

    Attributes:
        do: returns what was seen.
        needs: the names of steps without which it makes no sense.
    """

    name: str
    do: Callable[[Trial], Awaitable[str]]
    needs: tuple[str, ...] = ()


_INSTALLED = ("install linli",)
STEPS = (
    Step("make namespaces", make_namespaces),
    Step("refuse a violation", refuse_violation, ("make namespaces",)),
    Step("load images", load_images),
    Step("make volumes", make_volumes, ("make namespaces", "load images")),
    Step("install the trial's stores", install_trial, ("make volumes",)),
    Step("install linli", install_linli, ("install the trial's stores",)),
    Step("ask the release", ask_release, _INSTALLED),
    Step("play the story", play_story, _INSTALLED),
    Step("upgrade under load", upgrade_under_load, _INSTALLED),
    Step("roll back under load", roll_back_under_load, ("upgrade under load",)),
    Step("delete linli's pods", delete_linlis_pods, _INSTALLED),
    Step("delete the stores' pods", delete_stores_pods, _INSTALLED),
    Step("rotate the signing key", rotate_signing_key, _INSTALLED),
    Step("replay a dead letter", replay_dead_letter, _INSTALLED),
    Step("switch to read-only", switch_read_only, _INSTALLED),
    Step("back up and restore", back_up_and_restore, _INSTALLED),
    Step("drain a node", drain_node, _INSTALLED),
)


def chosen(only: str, *, alone: bool = False) -> list[Step]:
    """Return the steps named, apart by commas, with those they need; all where none is named.

    Args:
        alone: without those they need, which have been done.

    Raises: KeyError with the names there are.
    """
    by_name = {step.name: step for step in STEPS}
    asked = [name.strip() for name in only.split(",") if name.strip()]
    wanted: set[str] = set()
    while asked:
        name = asked.pop()
        if name not in by_name:
            raise KeyError(f"there is no step {name}; there are: {', '.join(by_name)}")
        wanted.add(name)
        if not alone:
            asked += [each for each in by_name[name].needs if each not in wanted]
    return [step for step in STEPS if not wanted or step.name in wanted]
