"""Pages rendered once: what MkDocs takes over is what it would have made, and nothing else is taken over."""

from __future__ import annotations

from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

from microlearning.extension import LessonExtension
from microlearning.project import body_of, read_project
from microlearning.rendered import RenderedPage, is_same
from written_page import settings, written

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def config() -> MkDocsConfig:
    config = load_config(str(ROOT / "mkdocs.yml"))
    config.markdown_extensions.append(LessonExtension())  # type: ignore[arg-type] # as `site.begin` does
    return config


def test_what_is_taken_over_is_what_mkdocs_makes(config: MkDocsConfig) -> None:
    pages = read_project(settings()).pages
    taken = 0
    for name, page in pages.items():
        body = body_of(page.source)
        if not is_same(page, body):
            continue
        taken += 1
        own = RenderedPage(_file(name, config), config, page)
        stock = Page(None, _file(name, config), config)
        for one in (own, stock):
            one.markdown = body
            one.render(config, Files([one.file]))
        assert own.content == stock.content
        assert own.title == stock.title
        assert own.present_anchor_ids == stock.present_anchor_ids
        assert not stock.links_to_anchors
        assert [item.id for item in own.toc] == [item.id for item in stock.toc]
    assert taken >= 4, "hardly a lesson is taken over: the build has lost its speed"


def _file(name: str, config: MkDocsConfig) -> File:
    return File(name, config.docs_dir, config.site_dir, use_directory_urls=True)


@pytest.mark.parametrize(
    "text",
    [
        "[About](about.md)",
        "[About](about.md#top)",
        "[Below](#below)",
        "[Away](/en/about/)",
        "![A picture](picture.webp)",
        "[Nothing]()",
        "Raw <b id='x'>words</b>",
        "Shown: `<b id='x'>`",
        "[Bad](https://[x)",
    ],
)
def test_mkdocs_resolves_links_and_anchors_itself(text: str) -> None:
    page = written(f"# Title\n\n{text}\n", "en")
    assert not is_same(page, body_of(page.source))


def test_words_that_a_plugin_changed_are_rendered_anew() -> None:
    page = written("# Title\n\nWords and [a link](https://example.ca/).\n", "en")
    assert is_same(page, body_of(page.source))
    assert not is_same(page, body_of(page.source).replace("Words", "Other words"))
