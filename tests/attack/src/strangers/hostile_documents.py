"""GraphQL documents that ask for more than anybody should get.

They need no schema: what they ask for is refused by its shape, or for what it is not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

_ROOT = "__typename"


@dataclass(frozen=True)
class HostileDocument:
    """One document.

    Attributes:
        may_pass: whether an answer is as good as a refusal: it is large and asks for nothing.
    """

    name: str
    text: str
    may_pass: bool = False


def hostile_documents(*, most: int) -> Iterator[HostileDocument]:
    """Make one of each kind in each size.

    Args:
        most: the greatest number of levels, fields and copies.
    """
    for size in (size for size in (30, 300, 1_000, 5_000, 20_000) if size <= most):
        yield from _deep(size)
        yield from _wide(size)
        yield from _repeated(size)
    yield from _fragments()
    yield from _padded(most)
    yield from _not_documents()


def introspecting() -> Iterator[HostileDocument]:
    """Ask what the schema is: refused where strangers can ask."""
    yield HostileDocument("introspection", "{ __schema { types { name } } }")
    yield HostileDocument("introspection of one type", '{ __type(name: "Query") { name } }')
    hidden = "query Q { ...F } fragment F on Query { __schema { queryType { name } } }"
    yield HostileDocument("introspection in a fragment", hidden)
    yield HostileDocument("introspection by an alias", "{ id: __schema { queryType { name } } }")
    circle = "fields { type { fields { type { fields { type { fields { name } } } } } } }"
    yield HostileDocument("introspection in circles", f"{{ __schema {{ types {{ {circle} }} }} }}")


def _deep(levels: int) -> Iterator[HostileDocument]:
    fields = "a {" * levels + "a" + "}" * levels
    yield HostileDocument(f"fields, {levels} deep", f"{{ {fields} }}")
    inline = "... {" * levels + _ROOT + "}" * levels
    yield HostileDocument(f"inline fragments, {levels} deep", f"{{ {inline} }}", levels < 100)
    lists = "[" * levels + "]" * levels
    yield HostileDocument(f"a list value, {levels} deep", f"{{ {_ROOT} @skip(if: {lists}) }}")
    objects = "{a:" * levels + "1" + "}" * levels
    yield HostileDocument(f"an object value, {levels} deep", f"{{ {_ROOT} @skip(if: {objects}) }}")
    kind = "[" * levels + "Int" + "]" * levels
    yield HostileDocument(f"a variable type, {levels} deep", f"query Q($v: {kind}) {{ {_ROOT} }}")
    chain = " ".join(f"fragment F{at} on Query {{ ...F{at + 1} }}" for at in range(levels))
    last = f"fragment F{levels} on Query {{ {_ROOT} }}"
    yield HostileDocument(
        f"fragments, {levels} deep", f"{{ ...F0 }} {chain} {last}", may_pass=levels < 100
    )


def _wide(count: int) -> Iterator[HostileDocument]:
    small = count < 500  # a service counts no alias of what asks for nothing
    aliases = " ".join(f"a{at}: {_ROOT}" for at in range(count))
    yield HostileDocument(f"{count} aliases", f"{{ {aliases} }}", may_pass=small)
    people = " ".join(f"a{at}: me {{ id }}" for at in range(count))
    few = count < 50
    yield HostileDocument(f"{count} aliases of a field", f"{{ {people} }}", may_pass=few)
    unknown = " ".join(f"field{at}" for at in range(count))
    yield HostileDocument(f"{count} fields", f"{{ {unknown} }}")
    logins = " ".join(
        f'a{at}: logInStaff(input: {{username: "a", password: "b"}}) {{ {_ROOT} }}'
        for at in range(count)
    )
    yield HostileDocument(f"{count} logins at once", f"mutation M {{ {logins} }}")


def _repeated(count: int) -> Iterator[HostileDocument]:
    small = count < 500
    same = f"{_ROOT} " * count
    yield HostileDocument(f"one field {count} times", f"{{ {same} }}", may_pass=small)
    apart = " ".join(f"a: {_ROOT}" if at % 2 else "a: me { id }" for at in range(count))
    yield HostileDocument(f"one name for two fields, {count} times", f"{{ {apart} }}")
    directives = "@skip(if: false) " * count
    yield HostileDocument(f"{count} directives", f"{{ {_ROOT} {directives} }}")
    unknown = " ".join(f"@d{at}" for at in range(count))
    yield HostileDocument(f"{count} unknown directives", f"{{ {_ROOT} {unknown} }}")
    operations = " ".join(f"query Q{at} {{ {_ROOT} }}" for at in range(count))
    yield HostileDocument(f"{count} operations", operations)
    variables = " ".join(f"$v{at}: Int" for at in range(count))
    yield HostileDocument(f"{count} variables", f"query Q({variables}) {{ {_ROOT} }}")
    arguments = " ".join(f"a{at}: 1" for at in range(count))
    yield HostileDocument(f"{count} arguments", f"{{ {_ROOT}({arguments}) }}")
    values = "1 " * count
    yield HostileDocument(f"a list of {count}", f"{{ {_ROOT} @skip(if: [{values}]) }}")
    fragments = " ".join(f"fragment F{at} on Query {{ {_ROOT} }}" for at in range(count))
    yield HostileDocument(f"{count} unused fragments", f"{{ {_ROOT} }} {fragments}")


def _fragments() -> Iterator[HostileDocument]:
    yield HostileDocument("a fragment in itself", "{ ...A } fragment A on Query { ...A }")
    circle = "fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query"
    yield HostileDocument("three fragments in a circle", f"{{ ...A }} {circle} {{ ...A }}")
    doubling = " ".join(
        f"fragment F{at} on Query {{ ...F{at + 1} ...F{at + 1} }}" for at in range(40)
    )
    leaf = f"fragment F40 on Query {{ {_ROOT} }}"
    yield HostileDocument("a fragment 2⁴⁰ times", f"{{ ...F0 }} {doubling} {leaf}")
    yield HostileDocument("an unknown fragment", "{ ...Nowhere }")


def _padded(most: int) -> Iterator[HostileDocument]:
    size = most * 40
    yield HostileDocument("blanks", f"{{ {_ROOT} {' ' * size} }}", may_pass=True)
    yield HostileDocument("commas", f"{{ {_ROOT} {',' * size} }}", may_pass=True)
    remarks = "# x\n" * (size // 4)
    yield HostileDocument("comments", f"{{ {_ROOT} }} {remarks}", may_pass=True)
    yield HostileDocument("a long name", f"{{ {'a' * size} }}")
    yield HostileDocument("a long text", f'{{ {_ROOT} @skip(if: "{"x" * size}") }}')
    lines = "\n" * size
    yield HostileDocument("a text of many lines", f'{{ {_ROOT} @skip(if: """{lines}""") }}')
    yield HostileDocument("a long number", f"{{ {_ROOT} @skip(if: {'9' * size}) }}")
    escapes = "\\u{10FFFF}" * (size // 10)
    yield HostileDocument("a text of escapes", f'{{ {_ROOT} @skip(if: "{escapes}") }}')


def _not_documents() -> Iterator[HostileDocument]:
    texts = {
        "nothing": "",
        "blank": "  ",
        "a brace": "{",
        "a schema": "type Query { a: Int }",
        "a fragment alone": "fragment A on Query { __typename }",
        "a NUL": "{ \x00 }",
        "half a character": '{ __typename @skip(if: "\\uD800") }',
        "another language": "SELECT * FROM residents; --",
        "a template": "{{ 7 * 7 }} ${7 * 7}",
        "a subscription by POST": "subscription S { nowhere }",
    }
    for name, text in texts.items():
        yield HostileDocument(name, text)
    yield HostileDocument("no selection", "{ }", may_pass=True)
