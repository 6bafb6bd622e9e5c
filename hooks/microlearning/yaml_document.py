"""A YAML text as its author typed it: every value is text, and every key knows its line.

YAML 1.1, which PyYAML speaks, reads an unquoted `2:18` as 138, `no` as false and `012` as 10, and keeps
the last of two equal keys without a word. Here nothing is converted and nothing is lost; anchors,
tags and merges, which no author of a lesson needs, are refused.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self, TypeAlias

import yaml

from microlearning.errors import Fault, LessonError, fault, short

if TYPE_CHECKING:
    from pathlib import Path

DEPTH = 5
"""How many levels of keys and lists a text may have: two more than any of ours needs."""

KeyPath: TypeAlias = tuple[str | int, ...]
"""The way to a value: `("fr", "video")`, `("topics", 0)`; empty for the whole document."""


class Typed(str):
    """A scalar exactly as typed; quotes and folding are undone."""

    __slots__ = ("trap",)

    trap: tuple[str, str] | None
    """What YAML 1.1 makes of the unquoted text when not text: its kind (`number` …) and the value."""

    def __new__(cls, text: str, trap: tuple[str, str] | None = None) -> Self:
        """The text, and the trap that it is."""
        typed = super().__new__(cls, text)
        typed.trap = trap
        return typed


@dataclass(frozen=True)
class YamlDocument:
    """Plain data with the lines that it came from."""

    path: str
    """The file, as an author's message shows it."""

    data: dict[str, Any]
    """Dictionaries, lists and `Typed` texts."""

    lines: dict[KeyPath, int]
    """The line of each key and list item, counted in the whole file."""

    source: dict[int, str]
    """The lines of the text by their number in the file, without the spaces around them."""

    faults: tuple[Fault, ...] = ()
    """What is wrong though the text could be read: keys given twice."""

    def line(self, path: KeyPath) -> int:
        """The line of `path`, or of the nearest thing around it that exists."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def value(self, *path: str | int) -> Typed | None:
        """The text at `path`; None when there is none, or something else stands there."""
        found: Any = self.data
        for key in path:
            found = found.get(key) if isinstance(found, dict) else None
        return found if isinstance(found, Typed) and found else None


def read_text(path: Path, shown: str) -> str:
    """The text of the file `path`, without a byte order mark.

    Raises:
        LessonError: the file is not UTF-8; the fault names the line of the first wrong byte.
    """
    content = path.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise LessonError([fault("yaml.encoding", shown, line)]) from None


def read_yaml(text: str, path: str, first_line: int = 1) -> YamlDocument:
    """Read `text`, which begins on line `first_line` of the file shown as `path`.

    Raises:
        LessonError: the text is no YAML mapping, or uses what we refuse. One fault only: a reader that
            has lost its way has nothing true to say about the rest.
    """
    reading = _Reading(text, path, first_line)
    try:
        node = _quickly_read(text) or _StrictLoader(text).get_single_node()
    except _Refusal as error:
        raise LessonError([reading.fault(error.rule, error.mark, name=error.name)]) from None
    except yaml.MarkedYAMLError as error:
        raise LessonError([reading.syntax_fault(error)]) from None
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + first_line
        code = ord(error.character) if isinstance(error.character, str) else error.character
        raise LessonError([fault("yaml.unprintable", path, line, code=f"U+{code:04X}")]) from None
    if node is None:
        raise LessonError([fault("yaml.empty", path, max(1, first_line - 1))])
    if not isinstance(node, yaml.MappingNode):
        raise LessonError([reading.fault("yaml.not-mapping", node.start_mark)])
    data = reading.plain(node, ())
    return YamlDocument(path, data, reading.lines, reading.source, tuple(reading.faults))


def quoted(text: str) -> str:
    """`text` as YAML takes it without surprise: in double quotes, or in single ones when it holds double."""
    return "'" + text.replace("'", "''") + "'" if '"' in text or "\\" in text else f'"{text}"'


class _Refusal(Exception):  # noqa: N818  (not an error of YAML, only of ours)
    """Something that YAML allows and a lesson does not need."""

    def __init__(self, rule: str, mark: yaml.Mark, name: str = "") -> None:
        self.rule, self.mark, self.name = rule, mark, name
        super().__init__(rule)


_UNUSUAL = re.compile(r"[&*!|>%@`?\t\r]")
"""Signs of anchors, tags and whatever the two loaders might not read alike."""

_QUICK: type[yaml.SafeLoader] | None = getattr(yaml, "CSafeLoader", None)
"""PyYAML's loader in C, fourteen times as fast; it is not on every machine."""


def _quickly_read(text: str) -> yaml.Node | None:
    """The node of a plain text; None when `_StrictLoader` must read it, or must say what is wrong with it."""
    if _QUICK is None or _UNUSUAL.search(text):
        return None
    try:
        node: yaml.Node | None = _QUICK(text).get_single_node()
    except yaml.YAMLError:
        return None
    return None if node is None or _is_deep(node) else node


def _is_deep(node: yaml.Node, left: int = DEPTH) -> bool:
    """Whether `node` has more levels below it than are `left`."""
    if isinstance(node, yaml.MappingNode):
        below = [each for pair in node.value for each in pair]
    else:
        below = node.value if isinstance(node, yaml.SequenceNode) else []
    return bool(below) and (left == 0 or any(_is_deep(each, left - 1) for each in below))


class _StrictLoader(yaml.SafeLoader):
    """Composes nodes, and stops at anchors, aliases, tags and depths before they can do harm."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401  (PyYAML's own)
        """One node, when it is plain."""
        event = self.peek_event()  # type: ignore[no-untyped-call]  # PyYAML types are incomplete
        name: str | None = getattr(event, "anchor", None)
        tag: str | None = getattr(event, "tag", None)
        if name is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            raise _Refusal("yaml.anchor", event.start_mark, sign + name)
        if tag is not None:
            raise _Refusal("yaml.tag", event.start_mark, tag.replace("tag:yaml.org,2002:", "!!"))
        if self.depth > DEPTH:
            raise _Refusal("yaml.deep", event.start_mark, str(DEPTH))
        self.depth += 1
        node: yaml.Node | None = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Reading:
    """Collects lines and faults while nodes become plain data."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.path, self.first_line = path, first_line
        rows = re.split(r"\r\n|\r|\n", text)
        self.source = {number: row.strip() for number, row in enumerate(rows, start=first_line)}
        self.last_line = first_line + max(0, len(rows) - 1 - (not rows[-1]))
        self.lines: dict[KeyPath, int] = {(): first_line}
        self.faults: list[Fault] = []

    def line(self, mark: yaml.Mark | None) -> int:
        """The mark's line in the file; the end of the text counts to its last line."""
        return min(self.first_line + (mark.line if mark else 0), self.last_line)

    def fault(self, rule: str, mark: yaml.Mark | None, **values: object) -> Fault:
        """A fault at `mark`, with the line as typed for `$text`."""
        line = self.line(mark)
        typed = self.source.get(line, "")
        key, _, rest = typed.partition(": ")
        value = quoted(short(rest.strip(" \"'"), ENOUGH))
        fixed = f"{key}: {value}" if rest else quoted(short(typed, ENOUGH))
        blanks: dict[str, Any] = {"text": typed, "fixed": fixed, **values}
        return fault(rule, self.path, line, **blanks)

    def plain(self, node: yaml.Node, path: KeyPath) -> Any:  # noqa: ANN401  (plain data has no narrower type)
        """`node` as dictionaries, lists and `Typed` texts."""
        if isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                self.lines[*path, index] = self.line(item.start_mark)
            return [self.plain(item, (*path, index)) for index, item in enumerate(node.value)]
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, path)
        return Typed(node.value, _trap(node))

    def mapping(self, node: yaml.MappingNode, path: KeyPath) -> dict[str, Any]:
        """The mapping by its keys as typed; of two equal keys the first counts, and the second is a fault."""
        found: dict[str, Any] = {}
        for key_node, value in node.value:
            key, here = key_node.value, self.line(key_node.start_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                self.faults.append(self.fault("yaml.key", key_node.start_mark))
            elif key_node.tag == "tag:yaml.org,2002:merge":
                self.faults.append(self.fault("yaml.merge", key_node.start_mark))
            elif key in found:
                field = ".".join(str(part) for part in (*path, key))
                lines = {"first": self.lines[*path, key], "second": here}
                self.faults.append(self.fault("yaml.duplicate", key_node.start_mark, field=field, **lines))
            else:
                self.lines[*path, key] = here
                found[key] = self.plain(value, (*path, key))
        return found

    def syntax_fault(self, error: yaml.MarkedYAMLError) -> Fault:
        """PyYAML's complaint in an author's words, on the line where the cause stands."""
        said = f"{error.context}: {error.problem}"
        rule, from_start = next(
            ((rule, from_start) for words, rule, from_start in _COMPLAINTS if words in said),
            ("yaml.syntax", False),
        )
        mark = (error.context_mark if from_start else None) or error.problem_mark or error.context_mark
        typed = self.source.get(self.line(mark), "")
        value = typed.partition(": ")[2].lstrip()
        one_colon, no_quotes = typed.count(": ") == 1, value[:1] not in ("'", '"')
        if (rule == "yaml.colon" and one_colon) or (rule == "yaml.quote-inside" and no_quotes):
            rule = "yaml.indentation"
        return self.fault(rule, mark, character=value[:1])


ENOUGH = 48
"""Characters of a text that an example shows."""

_COMPLAINTS = (
    ("found character '\\t'", "yaml.tab", False),
    ("mapping values are not allowed", "yaml.colon", False),
    ("quoted scalar: found unexpected", "yaml.quote-open", True),
    ("unknown escape character", "yaml.escape", False),
    ("while scanning a double-quoted scalar", "yaml.escape", False),
    ("could not find expected ':'", "yaml.no-colon", True),
    ("while parsing a flow", "yaml.bracket-open", True),
    ("while scanning an alias", "yaml.anchor", False),
    ("while scanning an anchor", "yaml.anchor", False),
    ("while scanning a tag", "yaml.tag", False),
    ("while parsing a tag", "yaml.tag", False),
    ("expected a single document", "yaml.documents", False),
    ("expected <block end>, but found '<scalar>'", "yaml.quote-inside", False),
    ("expected <block end>", "yaml.indentation", False),
    ("expected '<document start>'", "yaml.indentation", False),
    ("sequence entries are not allowed", "yaml.indentation", False),
    ("that cannot start any token", "yaml.character", False),
    ("while scanning a block scalar", "yaml.character", False),
)
"""PyYAML's words, the rule that says them plainly, and whether the cause stands where the scan began."""

_KINDS = {"bool": "truth", "int": "number", "float": "number", "timestamp": "date", "null": "nothing"}


def _trap(node: yaml.Node) -> tuple[str, str] | None:
    """What YAML 1.1 (its type repository at yaml.org/type) makes of an unquoted scalar, when not text."""
    kind = _KINDS.get(node.tag.rpartition(":")[2])
    if kind is None or not node.value:
        return None
    try:
        read = str(yaml.constructor.SafeConstructor().construct_object(node, deep=True))
    except (ValueError, OverflowError):
        read = node.value  # a date such as 2022-13-45, or a number too long to write
    return kind, read.lower() if kind == "truth" else read
