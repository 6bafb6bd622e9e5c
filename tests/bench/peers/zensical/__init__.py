"""Zensical with its search, and lessons left out of the navigation. It knows one language: both are in it."""

from __future__ import annotations

from pathlib import Path

import yaml

from bench.peers.material import EXTENSIONS, write_pages
from bench.peers.peer import ADDRESS, SITE_NAME, TOOLS, Peer, from_pypi, put

_HERE = Path(__file__).parent
_PROGRAM = str(TOOLS / "zensical" / "bin" / "zensical")


def _write(corpus: Path, folder: Path) -> None:
    write_pages(corpus, folder)
    settings = {
        "site_name": SITE_NAME,
        "site_url": f"{ADDRESS}/",
        "theme": {"name": "material", "language": "fr", "features": ["navigation.prune"]},
        "nav": [f"{language}/{name}.md" for language in ("fr", "en") for name in ("index", "about")],
        "plugins": ["search"],
        "markdown_extensions": yaml.safe_load(EXTENSIONS),
    }
    put(folder / "mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True))


PEER = Peer(
    name="zensical",
    install=lambda: from_pypi("zensical", _HERE),
    write=_write,
    build=(_PROGRAM, "build"),
    serve=(_PROGRAM, "serve", "-a", "127.0.0.1:{port}"),
    source="docs/{language}/{name}.md",
    page="site/{language}/{name}/index.html",
    media="docs/media",
    made=("site", ".cache"),
)
