"""L1: a pair may differ for a while; its readers, search engines and authors are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import run_build
from test_status import edit

WAIVER = 'waiver: {{ reason: "{}", until: 2026-12-31 }}\nmodified:'
REASON = {"en": "We are rewriting this page after comments.", "fr": "Cette page est en cours de réécriture."}
LAST_DAY, DAY_AFTER = "1798675200", "1798761600"  # 2026-12-31 and 2027-01-01, at midnight UTC


def page(project: Path, address: str) -> LexborHTMLParser:
    """The built page at `address`."""
    return LexborHTMLParser((project / "site" / address / "index.html").read_text(encoding="utf-8"))


@pytest.fixture
def differing(project: Path) -> Path:
    """A project whose page “about” has a section more in English, and a waiver for it."""
    edit(project, "en/about.md", "## Credits", "## New { #new }\n\nWords.\n\n## Credits")
    edit(project, "en/about.md", "modified:", WAIVER.format(REASON["en"]))
    return project


def test_without_a_waiver_the_build_fails(differing: Path) -> None:
    edit(differing, "en/about.md", WAIVER.format(REASON["en"]), "modified:")
    done = run_build(differing, LANG="C.UTF-8")
    assert done.returncode == 1
    assert "docs/fr/about.md" in done.stderr
    assert "docs/en/about.md" in done.stderr


def test_both_pages_say_so_and_claim_no_counterpart(differing: Path) -> None:
    done = run_build(differing, "--strict", SOURCE_DATE_EPOCH=LAST_DAY)
    assert done.returncode == 0, done.stderr
    for address in ("en/about/", "fr/a-propos/"):
        built = page(differing, address)
        notice = built.css_first("main aside.waiver")
        assert REASON["en"] in notice.text()
        assert built.css('link[rel="alternate"][hreflang]') == []
        assert built.css('meta[property="og:locale:alternate"]') == []
    french = page(differing, "fr/a-propos/").css_first("aside.waiver")
    assert french.css_first("p:nth-of-type(2)").attributes["lang"] == "en"
    assert "31\u00a0décembre 2026" in french.text()
    assert "lang" not in page(differing, "en/about/").css_first("aside.waiver p:nth-of-type(2)").attributes
    sitemap = (differing / "site" / "sitemap.xml").read_text(encoding="utf-8")
    entry = sitemap.partition("/en/about/</loc>")[2].partition("</url>")[0]
    assert "alternate" not in entry
    assert page(differing, "en/acc1-v01/").css('link[hreflang="fr"]')


def test_the_build_fails_the_day_after(differing: Path) -> None:
    done = run_build(differing, SOURCE_DATE_EPOCH=DAY_AFTER, LANG="C.UTF-8")
    assert done.returncode == 1
    assert (
        "docs/en/about.md:3: the waiver: expected both languages to say the same after 2026-12-31,"
        " when it ended, found it still here on 2027-01-01; mend docs/fr/about.md and delete the waiver"
    ) in done.stderr


def test_a_page_may_come_before_its_twin(project: Path) -> None:
    (project / "docs" / "en" / "about.md").unlink()
    edit(project, "fr/about.md", "modified:", WAIVER.format(REASON["fr"]))
    done = run_build(project, LANG="C.UTF-8", SOURCE_DATE_EPOCH=LAST_DAY)
    assert done.returncode == 0, done.stderr
    built = page(project, "fr/a-propos/")
    assert "n’existe pas encore en anglais" in built.css_first("aside.waiver").text()
    assert built.css('link[rel="alternate"][hreflang]') == []
    assert built.css_first("[data-language-toggle]").attributes["href"] == "../../en/"
    assert "/en/about/" not in (project / "site" / "sitemap.xml").read_text(encoding="utf-8")
    assert run_build(project, LANG="C.UTF-8", SOURCE_DATE_EPOCH=DAY_AFTER).returncode == 1
