"""Stock mkdocs-material: its search, static-i18n, and lessons left out of the navigation."""

from __future__ import annotations

import sys
from importlib.metadata import version
from pathlib import Path

import yaml

from bench.peers.peer import ADDRESS, SITE_NAME, Peer, put, texts

EXTENSIONS = """
- abbr
- attr_list
- def_list
- md_in_html
- tables
- toc: { toc_depth: 2-3 }
- pymdownx.superfences
- pymdownx.highlight: { use_pygments: false }
- pymdownx.tasklist: { custom_checkbox: true }
"""
"""What the site's own settings give Python-Markdown."""

_SETTINGS = """
theme: { name: material, features: [navigation.prune] }
nav: [index.md, about.md]
plugins:
  - search
  - i18n:
      docs_structure: folder
      languages: [{ locale: fr, name: Français, default: true }, { locale: en, name: English }]
validation: { nav: { omitted_files: ignore } }
"""


def write_pages(corpus: Path, folder: Path) -> None:
    """The pages of `corpus` below `folder`/docs, with a description for front matter."""
    for text in texts(corpus):
        head = f"---\ndescription: {text.description}\n---\n" if text.description else ""
        put(folder / f"docs/{text.language}/{text.name}.md", f"{head}# {text.title}\n{text.body}")


def _write(corpus: Path, folder: Path) -> None:
    write_pages(corpus, folder)
    settings = {"site_name": SITE_NAME, "site_url": f"{ADDRESS}/"} | yaml.safe_load(_SETTINGS)
    settings["markdown_extensions"] = yaml.safe_load(EXTENSIONS)
    put(folder / "mkdocs.yml", yaml.safe_dump(settings, allow_unicode=True))


PEER = Peer(
    name="material",
    install=lambda: version("mkdocs-material"),
    write=_write,
    build=(sys.executable, "-m", "mkdocs", "build", "-q"),
    serve=(sys.executable, "-m", "mkdocs", "serve", "-q", "-a", "127.0.0.1:{port}"),
    source="docs/{language}/{name}.md",
    page="site/{language}/{name}/index.html",
    media="docs/media",
    made=("site",),
    environment={"NO_MKDOCS_2_WARNING": "1"},
)
