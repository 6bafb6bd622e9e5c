"""Review: writes into a page's front matter what its twin says, once someone has compared the two."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

from microlearning.drift import passages, store_file, store_text
from microlearning.errors import LessonError, fault
from microlearning.project import Project, WrittenPage
from microlearning.strings import other


def record_review(project: Project, page: WrittenPage, day: date) -> tuple[Path, ...]:
    """Record in `page` the fingerprints of its twin as of `day`, and keep the twin's words.

    Returns the files written.

    Raises:
        LessonError: the page has no twin that could be read.
    """
    docs = project.settings.docs
    twin = project.pairs[page.shared_name].get(other(page.language))
    if twin is None:
        raise LessonError([fault("pair.no-twin", page.source.path, 1, twin=page.twin_path)])
    file, store = docs / page.name, store_file(docs, twin)
    _write(file, with_review(page.source.text, twin, day))
    _write(store, store_text(twin))
    return file, store


def with_review(text: str, twin: WrittenPage, day: date) -> str:
    """The page `text` with the review of its `twin` at the end of its front matter; all else as it was."""
    head, _, body = text.removeprefix("---").lstrip(" \t").removeprefix("\n").partition("\n---")
    kept = re.sub(
        r"^reviewed:[^\n]*\n?(?:[ \t]+[^\n]*(?:\n|\Z)|[ \t]*\n)*", "", head + "\n", flags=re.MULTILINE
    )
    lines = [kept.rstrip("\n"), "reviewed:", f"  date: {day.isoformat()}", "  sections:"]
    lines += [f"    {_key(passage.key)}: {passage.fingerprint}" for passage in passages(twin)]
    return "---\n" + "\n".join(lines) + "\n---" + body


def _key(key: str) -> str:
    """`key` as YAML takes it."""
    return key if re.fullmatch(r"[\w.-]+", key) else '"' + key.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _write(file: Path, text: str) -> None:
    """Write `file` whole or not at all: a pulled plug must not cost an author a page."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}.new")
    try:
        fresh.write_text(text, encoding="utf-8", newline="\n")
        fresh.replace(file)
    finally:
        fresh.unlink(missing_ok=True)
