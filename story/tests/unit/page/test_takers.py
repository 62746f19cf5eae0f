"""Who listens to what is read from the services' code."""

from pathlib import Path

from story.page.takers import Taker, read_takers
from story.page.words import EVENTS

HANDLER = """
class Received(msgspec.Struct):
    type: ClassVar[str] = "comment.received.v1"
"""
CONTRACTS = Path(__file__).parents[4] / "contracts" / "events"


def test_a_handler_is_found_where_the_event_is_defined_or_imported(tmp_path: Path) -> None:
    folder = tmp_path / "issues" / "src" / "issues" / "consumers"
    (folder / "notices").mkdir(parents=True)
    (folder / "on_comment_received.py").write_text(HANDLER)
    (folder / "kinds.py").write_text(HANDLER.replace("received", "deleted").replace("Rec", "Del"))
    (folder / "notices" / "tell_on_deletion.py").write_text("from kinds import Deleived\n")
    (folder / "history.py").write_text(HANDLER)
    (folder / "unheard.py").write_text(HANDLER.replace("received", "edited").replace("Rec", "Ed"))

    assert read_takers(tmp_path) == {
        "comment.deleted.v1": (Taker("issues", "tell_on_deletion"),),
        "comment.edited.v1": (Taker("issues", "unheard"),),
        "comment.received.v1": (
            Taker("issues", "history"),
            Taker("issues", "on_comment_received"),
        ),
    }


def test_the_services_of_this_project_are_read() -> None:
    takers = read_takers()

    assert Taker("issues", "on_comment_received") in takers["comment.received.v1"]
    assert Taker("outreach", "on_intake_accepted") in takers["intake.accepted.v1"]


def test_every_event_of_the_contracts_has_a_word() -> None:
    assert {path.stem for path in CONTRACTS.glob("*.json")} == set(EVENTS)
