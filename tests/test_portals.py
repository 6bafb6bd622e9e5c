"""E3: who may frame a lesson is one list of origins, which the build writes where servers read it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from case_files import load_cases
from conftest import run_build
from microlearning.errors import LessonError
from microlearning.portals import INCLUDE, fill, frame_ancestors, nginx_include, read_portals
from test_site import URL

FILE = "mkdocs.yml"


@pytest.mark.parametrize("case", load_cases("portals"))
def test_case(case: Any) -> None:
    written = yaml.safe_load(case["source"])["extra"].get("portals")
    if "portals" in case:
        assert list(read_portals(written, FILE, case["source"])) == case["portals"]
    else:
        with pytest.raises(LessonError) as caught:
            read_portals(written, FILE, case["source"])
        told = [f"{fault.line}: {fault.rule}" for fault in caught.value.faults]
        assert told == case["faults"]
        if "write" in case:
            assert f"Write: {case['write']}" in str(caught.value)


def test_the_site_may_always_frame_its_own_lessons() -> None:
    assert frame_ancestors(()) == "'self'"
    assert frame_ancestors(("https://a.example",)) == "'self' https://a.example"


def test_a_page_takes_the_list_and_the_sites_address() -> None:
    html = "<code>frame-ancestors PORTALS</code> <a href='https://SITE/fr/'>"
    assert fill(html, ("https://a.example",), URL) == (
        f"<code>frame-ancestors 'self' https://a.example</code> <a href='{URL}fr/'>"
    )


def test_e3_the_build_writes_the_list_for_nginx_and_for_people(site: Path) -> None:
    listed = tuple(
        yaml.safe_load((Path(__file__).parents[1] / FILE).read_text(encoding="utf-8"))["extra"]["portals"]
    )
    assert listed
    assert (site / INCLUDE).read_text(encoding="utf-8") == nginx_include(listed)
    for address in ("fr/heberger-le-site", "en/host"):
        page = (site / address / "index.html").read_text(encoding="utf-8")
        assert f"frame-ancestors {frame_ancestors(listed)}" in page
        assert "PORTALS" not in page
    for page in site.glob("*/trn1-v13/embed*.html"):
        assert f'name="embed-portals" content="{frame_ancestors(listed)}"'.replace(
            "'", "&#39;"
        ) in page.read_text(encoding="utf-8")


def test_a_mistaken_portal_stops_the_build(project: Path) -> None:
    file = project / FILE
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("- https://portal.example.gc.ca", "- portal.example.gc.ca/page"), encoding="utf-8"
    )
    done = run_build(project)
    assert done.returncode == 1
    line = text[: text.index("- https://portal.example.gc.ca")].count("\n") + 1
    assert f'{FILE}:{line}: "portals": expected the address of a site, with https and no path' in done.stderr
    assert "Write: - https://portal.example.gc.ca" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / "site").exists()
