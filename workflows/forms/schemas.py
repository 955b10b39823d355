"""Build the marshmallow schema of a form: the rules that need nothing but the answer itself."""

from collections.abc import Iterator, Mapping
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, missing

from workflows.forms.answers import Unasked, answer_to
from workflows.forms.scopes import Scope
from workflows.forms.wrong import wrong
from workflows.refusals import Complaint

MAX_ROWS = 100

Tree = dict[str, "fields.Field[Any] | Tree"]
Problems = dict[str, list[Complaint]]


class Answers(Schema):
    """What may be sent for one scope; anything else is refused by name."""

    error_messages = {"unknown": Complaint("unknown_field"), "type": Complaint("not_an_object")}  # type: ignore[dict-item]  # noqa: RUF012

    class Meta:
        unknown = RAISE


class Branch(fields.Field[Any]):
    """Answers that are kept together under one name, because their keys have a dot in them."""

    def __init__(self, key: str, schema: Schema) -> None:
        super().__init__(data_key=key, attribute=key)
        self.schema = schema

    def deserialize(self, value: Any, *_arguments: Any, **_kwargs: Any) -> Any:
        """Check what is inside."""
        return self.schema.load({} if value is missing or value is None else value)


class Rows(fields.Field[Any]):
    """The rows of a dynamic list, each with answers of its own."""

    def __init__(self, key: str, schema: Schema) -> None:
        super().__init__(data_key=key, attribute=key)
        self.schema = schema

    def deserialize(self, value: Any, *_arguments: Any, **_kwargs: Any) -> list[dict[str, Any]]:
        """Check row by row; a bad row keeps its place, so that the messages find it."""
        if value is missing or value is None:
            return []
        if not isinstance(value, list | tuple):
            raise wrong("not_a_list")
        if len(value) > MAX_ROWS:
            raise wrong("too_many_rows", maximum=MAX_ROWS)
        rows, problems = [], {}
        for index, row in enumerate(value):
            try:
                rows.append(self.schema.load(row))
            except ValidationError as error:
                rows.append(error.valid_data or {})
                problems[index] = error.messages
        if problems:
            raise ValidationError(problems, valid_data=rows)
        return rows


def schema_of(scope: Scope) -> Schema:
    """Build the schema of a scope and of the rows inside it."""
    tree: Tree = {}
    for field in scope.fields:
        _plant(tree, field.path, answer_to(field))
    for computed in scope.computed:
        _plant(tree, computed.path, Unasked(computed.path[-1]))
    for part in scope.lists:
        _plant(tree, part.path, Rows(part.path[-1], schema_of(part.scope)))
    return _grow(tree)


def _plant(tree: Tree, path: tuple[str, ...], field: fields.Field[Any]) -> None:
    for segment in path[:-1]:
        branch = tree.setdefault(segment, {})
        assert isinstance(branch, dict)  # The reader refuses a form in which `a` and `a.b` both stand.
        tree = branch
    tree[path[-1]] = field


def _grow(tree: Tree) -> Schema:
    # marshmallow keeps fields as attributes; names of our own keep a key such as `load` from hiding one.
    branches = {
        f"field_{number}": Branch(key, _grow(branch)) if isinstance(branch, dict) else branch
        for number, (key, branch) in enumerate(tree.items())
    }
    return Answers.from_dict(branches)()


def load(schema: Schema, raw: Mapping[str, Any]) -> tuple[dict[str, Any], Problems]:
    """Give the answers that can be taken, and what is wrong with the others."""
    try:
        return schema.load(raw), {}
    except ValidationError as error:
        valid = error.valid_data
        return (valid if isinstance(valid, dict) else {}), dict(_flat(error.messages))


def _flat(messages: Any, path: str = "") -> Iterator[tuple[str, list[Complaint]]]:
    if isinstance(messages, list):
        yield path, messages
        return
    for key, inner in messages.items():
        if key == "_schema":
            yield from _flat(inner, path)
        else:
            name = str(key)[:100]
            yield from _flat(inner, f"{path}.{name}" if path else name)
