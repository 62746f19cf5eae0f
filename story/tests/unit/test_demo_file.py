"""What is remembered between plays, and who can read it."""

import json
import stat
from base64 import b64decode
from pathlib import Path

from story.demo_file import DemoFile
from story.planning import plan_demo, plan_staff

TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_nothing_is_remembered_before_the_first_play(tmp_path: Path) -> None:
    assert DemoFile(tmp_path / "demo.json").read() is None


def test_what_was_written_is_read_and_only_the_owner_can(tmp_path: Path) -> None:
    file = DemoFile(tmp_path / "state" / "demo.json")
    demo = plan_demo()
    demo.logins[0].totp_secret = TOTP_SECRET
    demo.logins.append(plan_staff("clerk", 1))
    file.path.parent.mkdir()
    file.path.touch(mode=0o644)
    file.write(demo)
    file.write(demo)
    assert file.read() == demo
    for path in file.path.parent.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_file_of_before_there_was_a_prologue_is_read(tmp_path: Path) -> None:
    file = DemoFile(tmp_path / "demo.json")
    file.write(plan_demo())
    kept = json.loads(file.path.read_text())
    del kept["prologuePlayed"]
    file.path.write_text(json.dumps(kept))
    demo = file.read()
    assert demo is not None
    assert demo.prologue_played is False


def test_the_stack_is_told_of_logins_that_can_be_used(tmp_path: Path) -> None:
    demo = plan_demo()
    demo.logins[0].totp_secret = TOTP_SECRET
    demo.logins.append(plan_staff("clerk", 1))
    DemoFile(tmp_path / "demo.json").write(demo)
    (login,) = json.loads((tmp_path / "logins.json").read_text())
    assert (login["username"], login["totpSecret"]) == ("secretary", TOTP_SECRET)


def test_a_plan_has_keys_and_passwords_of_its_own() -> None:
    one, other = plan_demo(), plan_demo()
    assert one.request_id != other.request_id
    assert one.logins[0].password != other.logins[0].password
    assert len(one.logins[0].password) >= 10
    key = one.official_account.encoding_aes_key
    assert len(key) == 43
    assert key.isalnum()
    assert len(b64decode(key + "=", validate=True)) == 32
