"""The theme's style sheet: what goes can match nothing on any page, and what Markdown needs stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from microlearning.theme import OURS, is_theme_attribute, without_the_absent

OVERRIDES = Path(__file__).parents[1] / "overrides"


@pytest.mark.parametrize(
    ("sheet", "kept"),
    [
        ("p{color:red}", "p{color:red}"),
        (".md-nav{color:red}", ""),
        (".md-typeset .md-nav a,.md-typeset a{color:red}", ".md-typeset a{color:red}"),
        (".md-grid,.md-button--primary{x:y}", ".md-grid,.md-button--primary{x:y}"),
        ("[dir=rtl] p{x:y}", ""),
        (":root,[data-md-color-scheme=default]{--a:b}", ":root{--a:b}"),
        (".md-typeset :is(.md-nav,p){x:y}", ".md-typeset :is(.md-nav,p){x:y}"),
        (".md-typeset :not(.md-icon){x:y}", ".md-typeset :not(.md-icon){x:y}"),
        ("input[type=checkbox]{x:y}", "input[type=checkbox]{x:y}"),
        ("@media print{.md-nav{x:y}}", ""),
        ("@media print{.md-nav{x:y}p{x:y}}", "@media print{p{x:y}}"),
        ("@supports (x:y){@media print{p,.md-tabs{x:y}}}", "@supports (x:y){@media print{p{x:y}}}"),
        ("@keyframes a{0%{x:y}to{x:z}}", "@keyframes a{0%{x:y}to{x:z}}"),
        ('a[href^="md-"]:after{content:".md-nav{"}', 'a[href^="md-"]:after{content:".md-nav{"}'),
        (".md-typeset p>.a:first-child::marker{x:-.5em}", ".md-typeset p>.a:first-child::marker{x:-.5em}"),
    ],
)
def test_only_what_asks_for_the_absent_goes(sheet: str, kept: str) -> None:
    assert without_the_absent(sheet) == kept


def test_no_page_has_what_the_rules_that_went_ask_for(site: Path) -> None:
    pages = list(site.rglob("*.html"))
    assert len(pages) > 40
    for file in pages:
        page = LexborHTMLParser(file.read_text(encoding="utf-8"))
        classes = {one for node in page.css("[class]") for one in str(node.attributes["class"]).split()}
        assert {one for one in classes if one.startswith("md-")} <= OURS, file
        attributes = {name for node in page.css("*") for name in node.attributes}
        assert not [name for name in attributes if is_theme_attribute(name)], file


def test_no_script_makes_a_class_of_the_theme() -> None:
    for file in OVERRIDES.rglob("*.js"):
        assert set(re.findall(r"\bmd-[\w-]+", file.read_text(encoding="utf-8"))) <= OURS, file


@pytest.mark.parametrize(
    "name",
    ["admonition", "details", "task-list", "footnote", "tabbed-set", "highlight", "table", "dd", "abbr"],
)
def test_what_markdown_makes_keeps_its_rules(site: Path, name: str) -> None:
    (sheet,) = site.glob("assets/site.*.css")
    assert re.search(rf"\.md-typeset [^{{}}]*{name}", sheet.read_text(encoding="utf-8"))
