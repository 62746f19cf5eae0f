"""The demo's files, written once."""

from pathlib import Path

import pytest
from demo_community.demo_files import write_demo


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    write_demo(folder)
    return folder
