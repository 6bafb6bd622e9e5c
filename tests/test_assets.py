"""One style sheet and one script, named by what they hold, with no image inside them."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import brotli
import pytest
from selectolax.lexbor import LexborHTMLParser

from microlearning.assets import compressed, fingerprinted, scheme_script, script, stylesheet
from test_site import NEUTRAL, PAGES


def test_an_address_changes_with_the_content_and_only_then() -> None:
    assert fingerprinted("site.css", "a") == fingerprinted("site.css", "a")
    assert fingerprinted("site.css", "a") != fingerprinted("site.css", "b")
    assert fingerprinted("site.css", "a").endswith(".css")


def test_images_inside_the_themes_sheet_go_and_the_rest_stays(tmp_path: Path) -> None:
    theme = tmp_path / "main.css"
    theme.write_text(
        ":root{--a:url(\"data:image/svg+xml;x,<svg d='M1;2'/>\");--b:1px}p{color:red}"
        "/*# sourceMappingURL=main.css.map */"
    )
    overrides = Path(__file__).parents[1] / "overrides"
    sheet = stylesheet(overrides, theme)
    assert sheet.startswith(":root{--b:1px}p{color:red}")


def test_scripts_keep_their_names_to_themselves(tmp_path: Path) -> None:
    (tmp_path / "script").mkdir()
    (tmp_path / "script" / "one.js").write_text("const name = 1;")
    (tmp_path / "script" / "two.js").write_text("const name = 2;")
    assert script(tmp_path).count("(() => {") == 2


def test_only_the_search_page_loads_the_script_of_search(
    html: Callable[[str], LexborHTMLParser], site: Path
) -> None:
    for address in (*PAGES, *NEUTRAL, "404.html", "fr/trn1-v13/embed.html"):
        sources = {str(one.attributes["src"]) for one in html(address).css("script[src]")}
        asked = [source for source in sources if "/search." in source]
        assert len(asked) == (address in {"fr/recherche/", "en/search/"}), address
    (everywhere,) = site.glob("assets/site.*.js")
    (alone,) = site.glob("assets/search.*.js")
    assert "pagefind" in alone.read_text(encoding="utf-8")
    assert "pagefind" not in everywhere.read_text(encoding="utf-8")


def test_the_dark_scheme_is_written_once_and_has_two_ways_in() -> None:
    overrides = Path(__file__).parents[1] / "overrides"
    sheet = stylesheet(overrides, overrides / "style" / "waiver.css")
    (chosen,) = re.findall(r':root\[data-scheme="dark"\] (\{[^}]*\})', sheet)
    (device,) = re.findall(r':root:not\(\[data-scheme="light"\]\) (\{[^}]*\})', sheet)
    assert chosen == device


def test_what_runs_before_the_first_paint_is_small() -> None:
    assert len(scheme_script(Path(__file__).parents[1] / "overrides")) < 400


@pytest.mark.parametrize("address", [*PAGES, *NEUTRAL, "404.html", "fr/trn1-v13/embed.html"])
def test_c9_every_page_has_the_readers_colours_before_it_shows(
    html: Callable[[str], LexborHTMLParser], address: str
) -> None:
    head = html(address).css_first("head")
    (early,) = [one for one in head.css("script[src]") if "/scheme." in str(one.attributes["src"])]
    assert not {"defer", "async"} & early.attributes.keys()
    assert "color-scheme" in str(head.html).partition("<script src")[0]


@pytest.mark.parametrize("address", [*PAGES, *NEUTRAL, "404.html"])
def test_s1_a_page_holds_no_script_style_or_image_of_its_own(
    html: Callable[[str], LexborHTMLParser], address: str
) -> None:
    page = html(address)
    assert not page.css("style, [style], [onclick], [onload], iframe")
    for node in page.css("script"):
        assert node.attributes.get("src") or node.attributes.get("type") == "application/ld+json"
    for node in page.css("[src], [href], [poster]"):
        for name in ("src", "href", "poster"):
            assert not str(node.attributes.get(name)).startswith(("data:", "javascript:"))


def test_s1_the_style_sheet_holds_no_image_and_fetches_nothing(site: Path) -> None:
    (sheet,) = site.glob("assets/site.*.css")
    text = sheet.read_text(encoding="utf-8")
    assert "url(" not in text
    assert "@import" not in text


def test_what_every_reader_fetches_lies_ready_compressed(site: Path) -> None:
    for name in ("assets/site.*.css", "assets/site.*.js", "embed.js"):
        (file,) = site.glob(name)
        whole = file.read_bytes()
        packed, tight = (file.with_name(f"{file.name}.{ending}").read_bytes() for ending in ("gz", "br"))
        assert gzip.decompress(packed) == brotli.decompress(tight) == whole
        assert len(tight) < len(packed) < len(whole) / 2


def test_what_fits_a_packet_is_left_alone() -> None:
    assert compressed({"short.js": b"x", "picture.webp": bytes(5000)}) == {}
