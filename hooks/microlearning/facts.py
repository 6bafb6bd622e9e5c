"""Facts: a YAML document held against a pydantic model, each error told to the author where it stands.

A validator of ours raises `PydanticCustomError` with a rule of `strings/faults.<language>.yml` as its type;
pydantic's own few errors have their rules here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import TYPE_CHECKING, Annotated, Any, TypeVar, get_args
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from microlearning.errors import Fault, LessonError, fault
from microlearning.strings import fault_texts
from microlearning.yaml_document import KeyPath, Typed, YamlDocument, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DERIVED = frozenset({"length", "duration", "width", "height", "size", "bytes"})
"""What authors are tempted to write down, and the media file itself tells."""

_RULES = {
    "missing": "facts.missing",
    "extra_forbidden": "facts.unknown",
    "model_type": "facts.mapping",
    "string_type": "facts.text",
    "tuple_type": "facts.list",
}

Model = TypeVar("Model", bound="Facts")


class Facts(BaseModel):
    """The base of every model that an author fills in: no key but the known ones, no change afterwards."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True)
class Place:
    """Where a fact stands: what is checked later can still name the author's line."""

    path: str
    line: int
    field: str
    """The way to the value as an author says it: `fr.video`."""

    def fault(self, rule: str, *, warning: bool = False, **values: object) -> Fault:
        """A fault of `rule` here; `$field` and `$key` are filled."""
        key = self.field.rpartition(".")[2]
        return fault(
            rule, self.path, self.line, warning=warning, **{"field": self.field, "key": key, **values}
        )


def place(document: YamlDocument, path: KeyPath) -> Place:
    """The place of the value at `path`, or of the nearest thing around it that exists."""
    field = ".".join(part for part in path if isinstance(part, str))
    return Place(document.path, document.line(path), field)


def validate(
    model: type[Model], document: YamlDocument, context: Mapping[str, object] | None = None
) -> Model:
    """The `document` as an instance of `model`; validators find `context` in their `info`.

    Raises:
        LessonError: with every fault of the document, in the order of its lines.
    """
    data, empty = _without_empty(document.data)
    faults = [*document.faults]
    faults += [_told(model, document, "facts.empty", path) for path in empty if _field(model, path)]
    try:
        facts = model.model_validate(data, context=dict(context or {}))
    except ValidationError as error:
        told = {*empty, *_misspelt(model, error)}
        errors = error.errors(include_url=False)
        faults += [_fault(model, document, detail) for detail in errors if detail["loc"] not in told]
    if faults:
        raise LessonError(sorted(faults))
    return facts


def _without_empty(data: Mapping[str, Any], path: KeyPath = ()) -> tuple[dict[str, Any], list[KeyPath]]:
    """`data` without the keys that have no value, and the ways to those."""
    kept: dict[str, Any] = {}
    empty: list[KeyPath] = []
    for key, value in data.items():
        if isinstance(value, dict) and value:
            kept[key], below = _without_empty(value, (*path, key))
            empty += below
        elif value:
            kept[key] = value
        else:
            empty.append((*path, key))
    return kept, empty


def _misspelt(model: type[BaseModel], error: ValidationError) -> Iterator[KeyPath]:
    """The keys that are missing only because they are misspelt: the misspelling is told of."""
    for detail in error.errors(include_url=False):
        *above, key = detail["loc"] or ("",)
        if detail["type"] == "extra_forbidden":
            yield from ((*above, near) for near in _nearest(str(key), _fields(model, tuple(above))))


def _nearest(key: str, known: list[str]) -> list[str]:
    """The one of `known` that an author meant with `key`, if any."""
    return get_close_matches(key.lower(), known, n=1)


def _fault(model: type[BaseModel], document: YamlDocument, detail: ErrorDetails) -> Fault:
    """What pydantic says in `detail`, in an author's words."""
    path: KeyPath = detail["loc"]
    key = str(path[-1]) if path else ""
    rule = _RULES.get(detail["type"], detail["type"])
    if rule == "facts.unknown" and key in DERIVED:
        rule = "facts.derived"
    special = f"{rule}.{key}"
    if special in fault_texts("en"):
        rule = special
    elif rule not in fault_texts("en"):
        rule = "facts.value"
    blanks = {name: value for name, value in detail.get("ctx", {}).items() if name != "error"}
    return _told(model, document, rule, path, **blanks)


def _told(
    model: type[BaseModel], document: YamlDocument, rule: str, path: KeyPath, **blanks: object
) -> Fault:
    """A fault at `path` with what its message may show: the value, an example, the keys that exist here."""
    here = place(document, path)
    known = _fields(model, path[:-1])
    key = str(path[-1]) if path else ""
    near = _nearest(key, known)
    found = document.value(*path) or document.source.get(here.line, "")
    shown: dict[str, Any] = {
        "found": found,
        "example": _example(model, path),
        "nearest": f"{near[0]}: …" if near else "",
    }
    return here.fault(rule, **{**shown, "known": ", ".join(known), **blanks})


def _fields(model: type[BaseModel], path: KeyPath) -> list[str]:
    """The keys that the mapping at `path` may have."""
    for key in path:
        inner = _inside(model, key)
        if inner is None:
            return []
        model = inner
    return list(model.model_fields)


def _inside(model: type[BaseModel], key: str | int) -> type[BaseModel] | None:
    """The model of the mapping at `key`, given or optional; None when the value is no such mapping."""
    field = model.model_fields.get(str(key))
    kinds = (field.annotation, *get_args(field.annotation)) if field else ()
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def _field(model: type[BaseModel], path: KeyPath) -> bool:
    """Whether `path` leads to a field of `model`; an unknown key is told of as such."""
    return str(path[-1]) in _fields(model, path[:-1])


def _example(model: type[BaseModel], path: KeyPath) -> str:
    """How the field at `path` looks when right: its first example, `{language}` filled by the first key."""
    for key in path[:-1]:
        inner = _inside(model, key)
        if inner is None:
            break
        model = inner
    field = model.model_fields.get(
        str(path[-1] if path and isinstance(path[-1], str) else next(iter(path), ""))
    )
    example = str(field.examples[0]) if field and field.examples else ""
    return example.replace("{language}", str(next(iter(path), "")))


# --- the kinds of value


def _typed(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("facts.text", "")
    return value


def _free_text(value: object) -> object:
    """Refuses unquoted text that another YAML reader would turn into something else."""
    if isinstance(value, Typed) and value.trap:
        kind, read = value.trap
        raise PydanticCustomError(f"yaml.trap-{kind}", "", {"read": read, "quoted": quoted(value)})
    return value


def _date(value: object) -> date:
    text = _typed(value)
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise PydanticCustomError("facts.date", "")
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise PydanticCustomError("facts.date-impossible", "") from None


def _code(value: str) -> str:
    if not CODE.fullmatch(value):
        raise PydanticCustomError("facts.code", "")
    return value


def _https(value: str) -> str:
    try:
        parts = urlsplit(value)
        right = parts.scheme == "https" and "." in (parts.hostname or "") and "@" not in parts.netloc
    except ValueError:
        right = False
    if not right or re.search(r"[\s\"'<>\\]", value):
        raise PydanticCustomError("facts.https", "")
    return value


CODE = re.compile(r"[A-Z]{2,5}[0-9]+-[A-Z][0-9]{2,3}")
"""The form of a product code: `TRN1-V13`."""

FreeText = Annotated[str, BeforeValidator(_free_text)]
"""Words for readers."""

Date = Annotated[date, BeforeValidator(_date)]
"""A day as YYYY-MM-DD (ISO 8601), and no other way."""

Code = Annotated[str, AfterValidator(_code)]
"""A product code."""

HttpsAddress = Annotated[str, AfterValidator(_https)]
"""An absolute address that begins with https://."""
