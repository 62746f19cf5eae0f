"""docs/events.md: the event contracts as a page to read."""

import json
from pathlib import Path
from typing import Any

_HEADER = """\
# Events

Written by `make generate` from `contracts/events/`; do not edit. Each event is one Kafka message in
binary CloudEvents mode: the attributes are headers, the value is the JSON below.
"""


def events_page(contracts: Path) -> str:
    """Return the page for all contracts in a folder, by name."""
    schemas = [json.loads(path.read_text()) for path in sorted(contracts.glob("*.json"))]
    return "\n".join([_HEADER, *(_event(schema) for schema in schemas)])


def _event(schema: dict[str, Any]) -> str:
    lines = [f"## {schema['title']}", "", schema["description"], ""]
    lines += ["| field | type | meaning |", "|---|---|---|"]
    for name, field in schema["properties"].items():
        required = "" if name in schema.get("required", []) else " (may be absent)"
        meaning = field.get("description", "")
        lines.append(f"| `{name}` | {_type(field)}{required} | {meaning} |")
    lines.append("")
    for example in schema["examples"][:1]:
        shown = json.dumps(example, ensure_ascii=False, indent=2)
        lines += ["```json", *shown.splitlines(), "```", ""]
    return "\n".join(lines)


def _type(field: dict[str, Any]) -> str:
    if "enum" in field:
        return " or ".join(f"`{json.dumps(value)}`" for value in field["enum"])
    kinds = field.get("type", "any")
    kind = " or ".join(kinds) if isinstance(kinds, list) else str(kinds)
    return f"{kind}, {field['format']}" if "format" in field else kind
