"""E1, E4: the pages made for frames, and the snippets that a portal's owner pastes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import run_build
from microlearning.embed import ALLOW, PARTS, SANDBOX, file_name, frame, free_links
from microlearning.strings import interface
from test_site import LESSONS, URL

Parse = Callable[[str], LexborHTMLParser]
PAGES = [(language, lesson, part) for language in ("fr", "en") for lesson in LESSONS for part in PARTS]
KINDS = {
    "lesson": ["transcript", "card--do", "card--dont", "checklist", "course", "related"],
    "video": ["transcript"],
    "cards": ["card--do", "card--dont"],
    "checklist": ["checklist"],
    "transcript": ["transcript"],
}


@pytest.mark.parametrize(("language", "lesson", "part"), PAGES)
def test_e1_every_part_has_its_page(html: Parse, language: str, lesson: str, part: str) -> None:
    page = html(f"{language}/{lesson}/{file_name(part)}")
    root = page.root
    assert root is not None
    assert root.attributes["lang"] == language
    (robots,) = page.css('meta[name="robots"]')
    assert robots.attributes["content"] == "noindex"
    (canonical,) = page.css('link[rel="canonical"]')
    assert canonical.attributes["href"] == f"{URL}{language}/{lesson}/"
    (heading,) = page.css("h1")
    assert heading.text().strip().endswith(f"({lesson.upper()})")
    assert not page.css(".site-header, .site-menu, .site-footer, .breadcrumb, .embed-this")
    assert page.css_first("body a").attributes["href"] == "#main", "the first stop is the skip link"
    assert not page.css("body :not(main)[tabindex], [autofocus]")


@pytest.mark.parametrize(("language", "lesson", "part"), PAGES)
def test_e1_a_page_shows_its_part_and_nothing_else(
    html: Parse, language: str, lesson: str, part: str
) -> None:
    page = html(f"{language}/{lesson}/{file_name(part)}")
    for node in page.css(".only-print"):
        node.decompose()
    shown = [
        kind
        for kind in ("transcript", "card--do", "card--dont", "checklist", "course", "related")
        if page.css(f"section.{kind}")
    ]
    assert shown == KINDS[part]
    assert bool(page.css("video")) == (part in {"lesson", "video"})


@pytest.mark.parametrize(("language", "lesson", "part"), PAGES)
def test_c3_the_toggle_goes_to_the_same_part(html: Parse, language: str, lesson: str, part: str) -> None:
    there = "en" if language == "fr" else "fr"
    (toggle,) = html(f"{language}/{lesson}/{file_name(part)}").css("[data-language-toggle]")
    assert toggle.attributes["href"] == f"../../{there}/{lesson}/{file_name(part)}"
    assert toggle.attributes["lang"] == toggle.attributes["hreflang"] == there
    assert "target" not in toggle.attributes


@pytest.mark.parametrize(("language", "lesson", "part"), PAGES)
def test_a_part_says_the_same_words_as_the_lesson(html: Parse, language: str, lesson: str, part: str) -> None:
    whole, page = html(f"{language}/{lesson}/"), html(f"{language}/{lesson}/{file_name(part)}")
    for kind in ("card--do li", "card--dont li", "checklist li", "transcript__line"):
        words = [node.text() for node in page.css(f".{kind}")]
        assert words in ([], [node.text() for node in whole.css(f".{kind}")])


@pytest.mark.parametrize(("language", "lesson", "part"), PAGES)
def test_no_link_traps_a_reader_in_the_frame(html: Parse, language: str, lesson: str, part: str) -> None:
    page = html(f"{language}/{lesson}/{file_name(part)}")
    ids = {node.attributes["id"] for node in page.css("[id]")}
    for node in page.css(".sheet-foot"):
        node.decompose()  # it is for paper only
    for link in page.css("a[href]:not([download]):not([data-language-toggle])"):
        href = link.attributes["href"] or ""
        if href.startswith("#"):
            assert href[1:] in ids
        else:
            assert link.attributes["target"] == "_blank"
            assert "noopener" in (link.attributes["rel"] or "")
            assert interface(language)["embed.new-tab"] in link.text()


@pytest.mark.parametrize(("language", "lesson", "part"), PAGES)
def test_a_page_has_each_id_once(html: Parse, language: str, lesson: str, part: str) -> None:
    ids = [node.attributes["id"] for node in html(f"{language}/{lesson}/{file_name(part)}").css("[id]")]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("lesson", LESSONS)
def test_e4_a_lesson_gives_both_snippets_of_each_part(html: Parse, language: str, lesson: str) -> None:
    section = html(f"{language}/{lesson}/").css_first(".embed-this")
    options = section.css("option")
    assert [option.attributes["value"] for option in options] == list(PARTS)
    titles = set()
    for option, part in zip(options, PARTS, strict=True):
        plain = LexborHTMLParser(option.attributes["data-frame"] or "").css_first("iframe")
        assert plain.attributes["src"] == f"{URL}{language}/{lesson}/{file_name(part)}"
        assert plain.attributes["loading"] == "lazy"
        assert plain.attributes["sandbox"] == SANDBOX
        assert (plain.attributes["title"] or "").endswith(f"({lesson.upper()})")
        titles.add(plain.attributes["title"])
        element = LexborHTMLParser(option.attributes["data-element"] or "")
        lesson_element = element.css_first("micro-lesson")
        assert lesson_element.attributes["code"] == lesson.upper()
        assert lesson_element.attributes["lang"] == language
        assert lesson_element.attributes.get("part") == (None if part == "lesson" else part)
        assert lesson_element.css_first("a").attributes["href"] == f"{URL}{language}/{lesson}/"
        assert element.css_first("script").attributes["src"] == f"{URL}embed.js"
    assert len(titles) == len(PARTS), "two frames of one lesson can be told apart"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_c10_without_a_script_the_snippets_are_there_and_no_control_is_dead(
    html: Parse, language: str
) -> None:
    section = html(f"{language}/trn1-v13/").css_first(".embed-this")
    element, plain = section.css("textarea")
    whole = section.css("option")[0]
    assert unescape(element.text()) == whole.attributes["data-element"]
    assert unescape(plain.text()) == whole.attributes["data-frame"]
    assert all("hidden" in button.attributes for button in section.css("button"))
    assert "hidden" in section.css_first(".embed-this__part").attributes
    assert section.css_first("[data-embed-page]").attributes["href"] == "embed.html"


def test_a_title_cannot_break_out_of_its_snippet() -> None:
    made = LexborHTMLParser(frame("https://a.example/", '"><script>alert(1)</script>', "en"))
    assert not made.css("script")
    assert made.css_first("iframe").attributes["title"] == '"><script>alert(1)</script>'


def test_links_for_a_frame() -> None:
    html = (
        '<p id="here"><a href="#here">1</a> <a href="#gone">2</a> <a href="../x/" rel="noreferrer">3</a>'
        ' <a href="f.txt" download>4</a></p>'
    )
    body = LexborHTMLParser(html).body
    assert body is not None
    free_links(body, "https://a.example/fr/l/", "fr", {"here"})
    links = body.css("a")
    assert [link.attributes["href"] for link in links] == [
        "#here",
        "https://a.example/fr/l/#gone",
        "../x/",
        "f.txt",
    ]
    assert ["target" in link.attributes for link in links] == [False, True, True, False]
    assert links[2].attributes["rel"] == "noreferrer noopener"
    assert links[2].text() == "3 (nouvel onglet)"


def test_the_loader_grants_what_the_plain_frame_grants(site: Path) -> None:
    loader = (site / "embed.js").read_text(encoding="utf-8")
    assert f"'{SANDBOX}'" in loader
    assert f"'{ALLOW}'" in loader
    assert all(f"{part}: '" in loader for part in PARTS)


def test_a_part_that_a_lesson_lacks_has_neither_page_nor_snippet(project: Path) -> None:
    for language in ("fr", "en"):
        file = project / "docs" / language / "acc1-v01.md"
        text = re.sub(
            r"## [^\n]*\{ \.checklist \}.*?(?=\n## )", "", file.read_text(encoding="utf-8"), flags=re.DOTALL
        )
        file.write_text(text, encoding="utf-8")
    done = run_build(project, "--strict")
    assert done.returncode == 0, done.stderr
    folder = project / "site" / "fr" / "acc1-v01"
    assert sorted(file.name for file in folder.glob("embed*.html")) == sorted(
        file_name(part) for part in PARTS if part != "checklist"
    )
    page = LexborHTMLParser((folder / "index.html").read_text(encoding="utf-8"))
    values = [option.attributes["value"] for option in page.css(".embed-this option")]
    assert values == [part for part in PARTS if part != "checklist"]
    lessons = json.loads((folder.parent / "lessons.json").read_text(encoding="utf-8"))["lessons"]
    assert [list(one["embed"]) for one in lessons if one["code"] == "ACC1-V01"] == [values]
