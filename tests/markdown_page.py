"""A page as its author writes it, converted as the site does, and the check of what its author is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

import markdown as python_markdown

from microlearning.errors import Fault, LessonError
from microlearning.extension import LessonExtension
from microlearning.section import Document, Source, read_document

EXTENSIONS = ["attr_list", "md_in_html", "tables", "toc", "pymdownx.tasklist", LessonExtension()]
OPTIONS = {"pymdownx.tasklist": {"custom_checkbox": True}}
Case = dict[str, Any]
"""One file of `tests/cases/`: what goes in, and either `errors` and `warnings` or `expect`."""

ENGLISH = re.compile(r"\b(expected|found|write|the|and|with|item|cue)\b", re.IGNORECASE)


def document(markdown: str, path: str = "docs/en/trn1-v13.md", *, custom_checkbox: bool = True) -> Document:
    """The model of a page whose whole text, front matter included, is `markdown`."""
    options = OPTIONS if custom_checkbox else {}
    body = re.sub(r"\A---\n.*?\n---\n", "", markdown, flags=re.DOTALL)
    html = python_markdown.markdown(body, extensions=EXTENSIONS, extension_configs=options)
    return read_document(html, Source(path, markdown))


def faults_of(read: Callable[[], object]) -> tuple[Fault, ...]:
    """The faults that `read` raises; none when it succeeds."""
    try:
        read()
    except LessonError as error:
        return error.faults
    return ()


def assert_told(faults: Iterable[Fault], case: Case) -> None:
    """`faults` say in English exactly the case's `errors` and `warnings`, and speak French in French."""
    told = tuple(faults)
    assert [fault.text("en") for fault in told if not fault.warning] == case.get("errors", [])
    assert [fault.text("en") for fault in told if fault.warning] == case.get("warnings", [])
    for fault in told:
        assert_french(fault)


def assert_french(fault: Fault) -> None:
    """The French message has no blank left and, apart from the author's own words, no English in it."""
    text = fault.text("fr")
    assert text.startswith(f"{fault.path}:{fault.line}: ")
    own = re.sub(r"«.*?»", "", text.removeprefix(f"{fault.path}:{fault.line}: ")).partition("Écrivez")[0]
    assert "on attend" in text
    assert not re.search(r"\$\w", own), own
    assert not ENGLISH.search(own), own
    assert not re.search(r"on (?:attend|trouve) (?:aucun|rien|ni\b)", text), (
        f"a negation lacks its « ne »: {text}"
    )
