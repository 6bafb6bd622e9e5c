"""This project, with all that is on by default: embeds, feeds, search; PDFs where `PDF=1` asks for them."""

from __future__ import annotations

import os
import shutil
import sys
from importlib.metadata import version
from pathlib import Path

from bench.corpus import link
from bench.peers.peer import Peer


def _write(corpus: Path, folder: Path) -> None:
    for name in ("hooks", "overrides"):
        shutil.copytree(corpus / name, folder / name)
    shutil.copy(corpus / "mkdocs.yml", folder / "mkdocs.yml")
    for language in ("fr", "en"):  # not links: each side's author edits files of its own
        shutil.copytree(corpus / "docs" / language, folder / "docs" / language)
    shutil.copytree(corpus / "docs" / "media", folder / "docs" / "media", copy_function=link)


PEER = Peer(
    name="ours",
    install=lambda: f"mkdocs {version('mkdocs')}",
    write=_write,
    build=(sys.executable, "-m", "mkdocs", "build", "-q"),
    serve=(sys.executable, "-m", "mkdocs", "serve", "-q", "-a", "127.0.0.1:{port}"),
    source="docs/{language}/{name}.md",
    page="site/{language}/{name}/index.html",
    media="",  # the corpus has them, and they are lessons' own
    made=("site", ".cache"),
    environment={
        "NO_MKDOCS_2_WARNING": "1",
        "MICROLEARNING_PDF": os.environ.get("PDF", "0"),
        "MICROLEARNING_CACHE": ".cache",
    },
)
