"""The pages that MkDocs renders: those of an author that are no lesson, with their links to all others."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from microlearning import places
from microlearning.build import Build
from microlearning.typography import set_html


def leave_out(files: Files, build: Build) -> Files:
    """Keep only the pages that are MkDocs' to render."""
    return Files([file for file in files if _is_plain(file.src_uri, build)])


def place(files: Files, config: MkDocsConfig, build: Build) -> Files:
    """Give every page its promised address; let pages link to what is made elsewhere."""
    for file in files:
        alternates: dict[str, File] = getattr(file, "alternates", {})
        for one in {id(one): one for one in (file, *alternates.values())}.values():
            one.dest_uri = build.commons.address(one.src_uri)
            one.url = one.dest_uri.removesuffix("index.html")
            one.abs_dest_path = str(Path(config.site_dir, one.dest_uri))
    for name, pair in build.pairs.items():
        for language in pair.lessons:
            lesson = _Elsewhere(
                f"{language}/{name}.md", config, build.commons.address(f"{language}/{name}.md")
            )
            Page(None, lesson, config).present_anchor_ids = set(pair.ids[language])
            files.append(lesson)
    for name in build.static_files():
        files.append(_Elsewhere(name, config, name))
    return files


class _Elsewhere(File):
    """A file that pages may link to and that MkDocs neither renders nor copies."""

    def __init__(self, name: str, config: MkDocsConfig, address: str) -> None:
        super().__init__(name, config.docs_dir, config.site_dir, use_directory_urls=True, dest_uri=address)
        self.inclusion = InclusionLevel.INCLUDED
        self.url = address.removesuffix("index.html")

    def is_documentation_page(self) -> bool:
        """Never MkDocs' to render."""
        return False

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - MkDocs' own signature
        """Leave the file to the build."""


def _is_plain(name: str, build: Build) -> bool:
    pair = build.pairs.get(places.shared_name(name)) if name.endswith(".md") else None
    return pair is not None and not pair.lessons and places.language_of(name) in pair.fronts


def fill(html: str, page: Page, build: Build) -> str:
    """Keep the page's content, its typography set; its template is told the whole page instead."""
    name = page.file.src_uri
    build.contents[name] = set_html(html, places.language_of(name))
    page.meta["template"] = "filled.html"
    return html


def filled(page: Page, build: Build) -> str:
    """The whole page."""
    name = page.file.src_uri
    return build.commons.plain_page(name, build.contents[name])
