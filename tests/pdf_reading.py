"""What a PDF says: its gate, its tags and its text, each by a tool that did not make it."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path
from typing import Any

import page as page_validation
import pikepdf


def failures(content: bytes) -> list[str]:
    """What `page-validation` holds against `content` as PDF/UA-1; nothing when it is compliant."""
    report = page_validation.validate_pdf_bytes(content, profile="ua1")
    assert report.rules.total > 100, "the gate looked at too little"
    assert report.is_compliant == (not report.failures)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]


def pages(content: bytes) -> int:
    """How many pages it has."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)


def tags(content: bytes) -> list[tuple[str, str]]:
    """Every element of the structure tree, in reading order: its type, and the language in force there."""
    found: list[tuple[str, str]] = []

    def walk(node: Any, language: str) -> None:
        if isinstance(node, pikepdf.Array):
            for child in node:
                walk(child, language)
        elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
            language = str(node.get("/Lang", language))
            found.append((str(node["/S"]).removeprefix("/"), language))
            walk(node.get("/K", pikepdf.Array()), language)

    with pikepdf.open(io.BytesIO(content)) as pdf:
        walk(pdf.Root.StructTreeRoot.K, str(pdf.Root.Lang))
    return found


def alternatives(content: bytes) -> list[str]:
    """The alternative text of each figure."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            str(item.get("/Alt", ""))
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]


def spoken(file: Path) -> str:
    """The text in the order of the tags, as a screen reader says it, without any white space."""
    done = subprocess.run(
        ["pdfinfo", "-struct-text", str(file)], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return squeezed("".join(re.findall(r'^\s+"(.*)"$', done.stdout, re.MULTILINE)))


def squeezed(text: str) -> str:
    """`text` without white space, so that line breaks do not count."""
    return re.sub(r"\s+", "", text)


def fonts(content: bytes) -> dict[str, bool]:
    """Each font's name, and whether the file holds it."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        found = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item
        ]
        named = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item]
        held = {str(item["/FontName"]).lstrip("/") for item in found}
        return {
            str(item["/FontName"]).lstrip("/"): str(item["/FontName"]).lstrip("/") in held for item in named
        }
