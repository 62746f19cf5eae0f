"""The story: a program of its own, run against the stack."""

import os
import subprocess
import sys
from collections.abc import Mapping

from local_stack.layout import ROOT, Layout
from local_stack.programs import SERVICES

STORY_PAGE = ROOT / "build" / "story.html"
"""The story of the last play as one page, to open in a browser."""


class StoryFailed(Exception):
    """The story stopped at something that is not as it should be."""


def story_env(layout: Layout, service_env: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the story: where the doors are, and the operators' settings.

    It makes the community by the command an operator would use, which needs the latter.
    """
    doors = {f"{name.upper()}_URL": layout.address(f"{name}-api") for name in SERVICES}
    return {
        **service_env,
        **doors,
        "GATEWAY_URL": layout.address("gateway"),
        "WECHAT_SIMULATOR_URL": layout.address("wechat-simulator"),
        "STORY_PAGE": str(STORY_PAGE),
    }


def play_story(layout: Layout, service_env: Mapping[str, str]) -> None:
    """Play the story; what it prints goes to this terminal. Raises: StoryFailed."""
    finished = subprocess.run(
        [sys.executable, "-m", "story", "play"],
        cwd=ROOT,
        env=os.environ | story_env(layout, service_env),
        check=False,
    )
    if finished.returncode != 0:
        raise StoryFailed(f"The story ended with exit {finished.returncode}: see above.")
