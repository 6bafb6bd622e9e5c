"""Eleventy with a theme of one bare template, and no search."""

from __future__ import annotations

import json
from pathlib import Path

from bench.peers.peer import Peer, from_npm, put, put_packages, texts

_HERE = Path(__file__).parent
_PROGRAM = ("node", "node_modules/@11ty/eleventy/cmd.cjs", "--quiet")

_SETTINGS = """
export const config = { dir: { input: "content", output: "site" }, markdownTemplateEngine: false };
export default function (eleventy) {
  eleventy.addPassthroughCopy({ media: "media" });
}
"""
_TEMPLATE = """<!doctype html>
<html lang="{{ lang }}">
<head><meta charset="utf-8"><title>{{ title }}</title>
<meta name="description" content="{{ description }}"></head>
<body><main><h1>{{ title }}</h1>{{ content }}</main></body>
</html>
"""


def _write(corpus: Path, folder: Path) -> None:
    put(folder / "eleventy.config.mjs", _SETTINGS)
    put(folder / "content/_includes/page.liquid", _TEMPLATE)
    put_packages(_HERE, folder)
    for text in texts(corpus):
        facts = {
            "title": text.title,
            "description": text.description,
            "lang": text.language,
            "layout": "page.liquid",
        }
        head = json.dumps(facts, ensure_ascii=False)
        put(folder / f"content/{text.language}/{text.name}.md", f"---\n{head}\n---\n{text.body}")


PEER = Peer(
    name="eleventy",
    install=lambda: from_npm("@11ty/eleventy", _HERE),
    write=_write,
    build=_PROGRAM,
    serve=(*_PROGRAM, "--serve", "--port={port}"),
    source="content/{language}/{name}.md",
    page="site/{language}/{name}/index.html",
    media="media",
    made=("site",),
)
