"""The ids of a lesson, where its author means them."""

from __future__ import annotations

import pytest
from markdown import markdown

from microlearning.extension import LessonExtension


def _html(text: str) -> str:
    extensions = ["attr_list", "toc", "pymdownx.tasklist", LessonExtension()]
    return markdown(text, extensions=extensions).replace("\n", "")


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("- plain { #one }", '<ul><li id="one">plain</li></ul>'),
        ("- **lead** rest. { #one }", '<ul><li id="one"><strong>lead</strong> rest.</li></ul>'),
        ("- all **bold** { #one }", '<ul><li id="one">all <strong>bold</strong></li></ul>'),
        ("- wrapped\n  line. { #one }", '<ul><li id="one">wrapped  line.</li></ul>'),
        ("- `code` { .c #one }", '<ul><li class="c" id="one"><code>code</code></li></ul>'),
        ("- mistyped { #one two }", "<ul><li>mistyped { #one two }</li></ul>"),
        ("- not {this} one", "<ul><li>not {this} one</li></ul>"),
        (
            "- outer { #one }\n    - inner { #two }",
            '<ul><li id="one">outer<ul><li id="two">inner</li></ul></li></ul>',
        ),
        (
            "- loose { #one }\n\n- list { #two }",
            '<ul><li><p id="one">loose</p></li><li><p id="two">list</p></li></ul>',
        ),
        (
            "- [a](https://b.ca){ hreflang=en } { #one }",
            '<ul><li id="one"><a href="https://b.ca" hreflang="en">a</a></li></ul>',
        ),
    ],
)
def test_attributes_at_the_end_of_an_item_are_the_items(text: str, html: str) -> None:
    assert _html(text) == html


def test_a_section_is_addressed_by_what_it_is() -> None:
    html = _html(
        "# T\n\n## Transcription { .transcript }\n\n### Un\n\n### Deux\n\n## À faire { .do }\n\n### Trois\n"
    )
    assert 'id="transcript"' in html
    assert '<h3 id="chapter-1">Un</h3>' in html
    assert '<h3 id="chapter-2">Deux</h3>' in html
    assert 'id="do"' in html
    assert '<h3 id="trois">Trois</h3>' in html


def test_an_authors_own_id_stays() -> None:
    assert 'id="mine"' in _html("## À faire { #mine .do }")
