"""Every event contract is on the page."""

from local_stack.events_page import events_page
from local_stack.layout import ROOT


def test_every_contract_has_its_fields_and_an_example_on_the_page() -> None:
    contracts = ROOT / "contracts" / "events"
    page = events_page(contracts)
    for path in contracts.glob("*.json"):
        assert f"## {path.stem}\n" in page
    assert "| `redacted_text` | string |" in page
    assert page.count("```json") == len(list(contracts.glob("*.json")))
