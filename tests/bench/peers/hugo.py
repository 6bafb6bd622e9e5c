"""Hugo with a theme of one bare template, and no search."""

from __future__ import annotations

import json
from pathlib import Path

from bench.peers.peer import ADDRESS, ROOT, SITE_NAME, Peer, from_debian, put, texts

_SETTINGS = f"""
baseURL = "{ADDRESS}/"
title = "{SITE_NAME}"
defaultContentLanguage = "fr"
defaultContentLanguageInSubdir = true
[languages.fr]
contentDir = "content/fr"
[languages.en]
contentDir = "content/en"
"""
_TEMPLATE = """<!doctype html>
<html lang="{{ .Language.Lang }}">
<head><meta charset="utf-8"><title>{{ .Title }}</title>
<meta name="description" content="{{ .Description }}">
{{ range .Translations }}
<link rel="alternate" hreflang="{{ .Language.Lang }}" href="{{ .Permalink }}">
{{ end }}
</head>
<body><main><h1>{{ .Title }}</h1>{{ .Content }}</main></body>
</html>
"""


def _write(corpus: Path, folder: Path) -> None:
    put(folder / "hugo.toml", _SETTINGS)
    put(folder / "layouts/_default/single.html", _TEMPLATE)
    put(folder / "layouts/_default/list.html", _TEMPLATE)
    for text in texts(corpus):
        name = "_index" if text.name == "index" else text.name
        head = json.dumps({"title": text.title, "description": text.description}, ensure_ascii=False)
        put(folder / f"content/{text.language}/{name}.md", f"---\n{head}\n---\n{text.body}")


PEER = Peer(
    name="hugo",
    install=lambda: from_debian("hugo", ROOT / "tools" / "apt-bench.txt"),
    write=_write,
    build=("hugo", "--quiet"),
    serve=("hugo", "server", "--bind", "127.0.0.1", "--port", "{port}"),
    source="content/{language}/{name}.md",
    page="public/{language}/{name}/index.html",
    media="static/media",
    made=("public", "resources"),
)
