"""S3: what an author's text may not bring into a page."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from case_files import load_cases
from conftest import run_build
from markdown_page import Case, assert_told
from microlearning.hostile import check_hostile
from microlearning.section import Source
from written_page import renderer, written


@pytest.mark.parametrize("case", load_cases("hostile"))
def test_case(case: Case) -> None:
    page = written(case["markdown"], case.get("language", "en"))
    assert_told(check_hostile(page.source, page.html), case)


def test_the_build_refuses_with_file_and_line(project: Path) -> None:
    page = project / "docs" / "fr" / "about.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text + "\n<script>alert(1)</script>\n", encoding="utf-8")
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    assert (
        f"docs/fr/about.md:{len(text.splitlines()) + 2}: <script>: expected words and Markdown" in done.stderr
    )
    assert not (project / "site").exists()


PIECES = st.sampled_from(
    [
        *(
            "<script>",
            "</script>",
            "<img src=x onerror=alert(1)>",
            "<svg onload=1>",
            "<iframe src=//x.test>",
            "`",
            "```\n",
        ),
        *(
            "[a](javascript:x)",
            "[a](java\tscript:x)",
            "[a](&#106;avascript:x)",
            "{ onclick=x }",
            "{ style=x }",
            "<a ",
            ">",
        ),
        *(
            "href=",
            '"',
            "'",
            "<!--",
            "-->",
            "\n",
            "\n\n",
            "    ",
            "> ",
            "- ",
            "word ",
            "**",
            "![a](data:x)",
            "<math>",
        ),
        *(
            "<template>",
            "</a>",
            "<noscript>",
            "[x]: javascript:y\n",
            "[x]",
            "<object data=x>",
            "<style>",
            "<base href=x>",
        ),
    ]
)


@settings(deadline=None, max_examples=150, derandomize=True)
@given(st.lists(PIECES, max_size=12).map("".join))
def test_what_passes_holds_nothing_that_runs(text: str) -> None:
    """Whatever is let through has no script, no frame, no handler and no address that runs."""
    source = Source("docs/en/a.md", text)
    html = renderer().html(source)
    faults = check_hostile(source, html)
    assert all(1 <= fault.line <= max(1, len(text.splitlines())) for fault in faults)
    if faults:
        return
    body = LexborHTMLParser(f"<body>{html}").body
    assert body is not None
    assert not body.css(
        "script, iframe, object, embed, svg, math, style, base, form, template, noscript, meta, link"
    )
    for node in body.css("*"):
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            assert name != "style"
            assert "script:" not in "".join((value or "").split()).lower()
