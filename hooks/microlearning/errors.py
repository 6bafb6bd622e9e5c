"""What an author is told: one fault, one line, in plain words and in the author's language.

The words stand in `strings/faults.<language>.yml`, one entry a rule, so that a writer can improve
a message without opening any code. An entry has four parts: `where`, `expected`, `found` and
`write` (an example of what to write instead; it may be empty).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from string import Template

from microlearning.strings import fault_texts


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that an author must mend, and where it stands."""

    path: str
    """The file, relative to the project's root, with forward slashes."""

    line: int
    """The line of the file, counted from 1."""

    rule: str
    """The key of the message in `strings/faults.<language>.yml`."""

    values: tuple[tuple[str, str], ...] = ()
    """What fills the message's blanks, as pairs of name and text."""

    warning: bool = False
    """Whether a build may go on: the fault is told, and stops only a `--strict` build."""

    notice: bool = False
    """Whether it is only told and stops nothing, not even a `--strict` build."""

    @property
    def stops(self) -> bool:
        """Whether nothing can be published before it is mended."""
        return not (self.warning or self.notice)

    def text(self, language: str) -> str:
        """The whole message on one line: `path:line: where: expected …, found …. Write: …`.

        Raises:
            KeyError: the rule has no text, or a blank of it has no value.
        """
        parts = fault_texts(language)[self.rule]
        blanks = dict(self.values)
        filled = {name: Template(part).substitute(blanks) for name, part in parts.items()}
        shape = fault_texts(language)["shape" if filled["write"] else "shape-without-example"]
        line = Template(shape["where"]).substitute(filled)
        return " ".join(f"{self.path}:{self.line}: {line}".split("\n"))


class LessonError(Exception):
    """One or more faults, all of them found in the same reading."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.text("en") for fault in self.faults))


def fault(rule: str, path: str, line: int, *, warning: bool = False, **values: object) -> Fault:
    """A fault of `rule`; `values` fill the blanks of its message, shortened to stay on one line."""
    return Fault(path, line, rule, tuple((name, short(value)) for name, value in values.items()), warning)


def as_notice(made: Fault) -> Fault:
    """`made` as a notice: told, and stopping nothing."""
    return replace(made, notice=True)


def short(value: object, length: int = 80) -> str:
    """`value` as text on one line, at most `length` characters, cut at a word with an ellipsis."""
    text = " ".join(str(value).split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"
