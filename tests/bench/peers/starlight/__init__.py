"""Starlight, on Astro, without a sidebar; its search, Pagefind's, is on by default."""

from __future__ import annotations

import json
from pathlib import Path

from bench.peers.peer import ADDRESS, SITE_NAME, Peer, from_npm, put, put_packages, texts

_HERE = Path(__file__).parent
_PROGRAM = ("node_modules/.bin/node", "node_modules/astro/bin/astro.mjs")

_SETTINGS = f"""
import {{ defineConfig }} from "astro/config";
import starlight from "@astrojs/starlight";

export default defineConfig({{
  site: "{ADDRESS}",
  cacheDir: "./.cache",
  integrations: [
    starlight({{
      title: "{SITE_NAME}",
      defaultLocale: "fr",
      locales: {{ fr: {{ label: "Français", lang: "fr" }}, en: {{ label: "English", lang: "en" }} }},
      sidebar: [],
    }}),
  ],
}});
"""
_COLLECTIONS = """
import { defineCollection } from "astro:content";
import { docsLoader } from "@astrojs/starlight/loaders";
import { docsSchema } from "@astrojs/starlight/schema";

export const collections = { docs: defineCollection({ loader: docsLoader(), schema: docsSchema() }) };
"""


def _write(corpus: Path, folder: Path) -> None:
    put(folder / "astro.config.mjs", _SETTINGS)
    put(folder / "src/content.config.ts", _COLLECTIONS)
    put(folder / "package.json", (_HERE / "package.json").read_text(encoding="utf-8"))
    put_packages(_HERE, folder)
    for text in texts(corpus):
        head = json.dumps({"title": text.title, "description": text.description}, ensure_ascii=False)
        put(folder / f"src/content/docs/{text.language}/{text.name}.md", f"---\n{head}\n---\n{text.body}")


PEER = Peer(
    name="starlight",
    install=lambda: from_npm("@astrojs/starlight", _HERE),
    write=_write,
    build=(*_PROGRAM, "build"),
    serve=(*_PROGRAM, "dev", "--host", "127.0.0.1", "--port", "{port}"),
    source="src/content/docs/{language}/{name}.md",
    page="dist/{language}/{name}/index.html",
    media="public/media",
    made=("dist", ".astro", ".cache"),
    environment={"ASTRO_TELEMETRY_DISABLED": "1"},
)
