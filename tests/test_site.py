"""The build as a whole: addresses, languages, launch modes, and what happens when it fails."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser

from conftest import run_build

Parse = Callable[[str], LexborHTMLParser]

LESSONS = ("trn1-v13", "acc1-v01", "acc1-v02")
TWINS = {
    "fr/": "en/",
    "fr/a-propos/": "en/about/",
    "fr/rediger-une-lecon/": "en/write-a-lesson/",
    "fr/integrer/": "en/embed/",
    "fr/accessibilite/": "en/accessibility/",
    "fr/heberger-le-site/": "en/host/",
    "fr/recherche/": "en/search/",
    "fr/sujets/medias-sociaux/": "en/topics/social-media/",
    "fr/sujets/ethique/": "en/topics/ethics/",
    "fr/sujets/accessibilite/": "en/topics/accessibility/",
    "fr/sujets/redaction/": "en/topics/writing/",
    "fr/sujets/video/": "en/topics/video/",
    "fr/durees/1-minute/": "en/lengths/1-minute/",
    "fr/durees/2-minutes/": "en/lengths/2-minutes/",
    "fr/sujets/medias-sociaux/2-minutes/": "en/topics/social-media/2-minutes/",
    "fr/sujets/ethique/2-minutes/": "en/topics/ethics/2-minutes/",
    "fr/sujets/accessibilite/1-minute/": "en/topics/accessibility/1-minute/",
    "fr/sujets/redaction/1-minute/": "en/topics/writing/1-minute/",
    "fr/sujets/video/1-minute/": "en/topics/video/1-minute/",
    "fr/etat-des-langues/": "en/translation-status/",
    **{f"fr/{lesson}/": f"en/{lesson}/" for lesson in LESSONS},
}
PAGES = (*TWINS, *TWINS.values())
CHECKLISTS = {f"fr/{lesson}/checklist.html": f"en/{lesson}/checklist.html" for lesson in LESSONS}

BOTH = TWINS | CHECKLISTS
NEUTRAL = tuple(page.removeprefix("en/") for page in BOTH.values())
URL = "https://microlearning.example.gc.ca/"
LATER = {"a-propos", "about", "accessibilite", "accessibility", "heberger-le-site", "host"}
"""Pages that changed after the first publication."""


def modified(address: str) -> str:
    """The day that the author of the page at `address` gave it."""
    return "2026-11-25" if address.split("/")[1] in LATER else "2026-11-22"


@pytest.mark.parametrize("address", [*BOTH, *BOTH.values(), *NEUTRAL])
def test_every_page_has_its_promised_address(site: Path, address: str) -> None:
    file = site / address
    assert (file / "index.html" if address.endswith("/") or not address else file).is_file()


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("lesson", LESSONS)
@pytest.mark.parametrize(
    "name", ["captions.vtt", "chapters.vtt", "transcript.txt", "checklist.html", "checklist.pdf"]
)
def test_every_lesson_has_its_data(site: Path, language: str, lesson: str, name: str) -> None:
    assert (site / language / lesson / name).stat().st_size > 0


def test_nothing_else_is_published(site: Path) -> None:
    roots = {path.name for path in site.iterdir()}
    searched = {path for language in ("fr", "en") for path in (site / language / "search-index").rglob("*")}
    names = {address.partition("/")[0] for address in NEUTRAL if address}
    names |= {f"{lesson}-bilingual.pdf" for lesson in LESSONS}
    files = {
        "index.html",
        "404.html",
        "sitemap.xml",
        "embed.js",
        "embed.js.gz",
        "embed.js.br",
        "translation-status.json",
    }
    assert roots == {"fr", "en", "media", "assets", ".nginx"} | files | names
    short = {path for path in (site / "assets").iterdir() if path.suffix in {".gz", ".br"}}
    short |= {site / "embed.js.gz", site / "embed.js.br"}
    endings = {path.suffix for path in site.rglob("*") if path.is_file() and path not in searched | short}
    assert all(path.with_suffix("").is_file() for path in short)
    texts = {".html", ".css", ".js", ".vtt", ".txt", ".xml", ".json", ".conf"}
    assert endings <= texts | {".mp4", ".webp", ".svg", ".pdf"}
    assert [path.name for path in site.rglob("*.conf")] == ["portals.conf"]
    assert not list(site.glob("media/**/*.vtt")), "captions have one address, beside their page"


@pytest.mark.parametrize("address", [*BOTH, *BOTH.values()])
def test_c2_html_lang_is_the_pages(html: Parse, address: str) -> None:
    root = html(address).root
    assert root is not None
    assert root.attributes["lang"] == address[:2]


@pytest.mark.parametrize(("french", "english"), BOTH.items())
def test_c3_the_toggle_goes_to_the_exact_twin_and_comes_back(html: Parse, french: str, english: str) -> None:
    for here, there in ((french, english), (english, french)):
        toggles = html(here).css("[data-language-toggle]")
        assert len(toggles) == 1
        toggle = toggles[0]
        assert toggle.attributes["lang"] == toggle.attributes["hreflang"] == there[:2]
        up = "../" * here.count("/")
        assert toggle.attributes["href"] == up + there
        name, short = ("English", "EN") if there.startswith("en") else ("Français", "FR")
        assert toggle.css_first("span").text() == name
        assert toggle.css_first("abbr").text() == short


@pytest.mark.parametrize("address", [*BOTH, *BOTH.values()])
def test_c4_date_modified_comes_after_the_content_and_from_the_author(html: Parse, address: str) -> None:
    page = html(address)
    date = page.css_first("main dl.modified time")
    assert date.text() == date.attributes["datetime"] == modified(address)
    text = page.css_first("main").html or ""
    assert text.index("</article>") < text.index('class="modified"')


def test_c6_the_neutral_address_offers_both_languages_as_equals(html: Parse) -> None:
    page = html("")
    halves = page.css("main section[lang]")
    assert [half.attributes["lang"] for half in halves] == ["en", "fr"]
    assert [half.css_first("a").attributes["href"] for half in halves] == ["en/", "fr/"]


def test_c6_the_404_page_speaks_both_languages(html: Parse) -> None:
    halves = html("404.html").css("main section[lang]")
    assert [half.attributes["lang"] for half in halves] == ["en", "fr"]
    assert [half.css_first("a").attributes["href"] for half in halves] == ["/en/", "/fr/"]


@pytest.mark.parametrize("address", [*BOTH, *BOTH.values(), *NEUTRAL, "404.html"])
def test_c1_the_first_link_of_every_page_skips_to_main(html: Parse, address: str) -> None:
    page = html(address)
    assert page.css_first("a, button, input").attributes["href"] == "#main"
    assert page.css_first("main#main") is not None


@pytest.mark.parametrize("address", [*BOTH, *BOTH.values(), *NEUTRAL, "404.html"])
def test_every_link_inside_the_site_leads_somewhere(site: Path, html: Parse, address: str) -> None:
    here = site / address if (site / address).is_dir() else (site / address).parent
    for node in html(address).css("[href], [src], [poster]"):
        for name in ("href", "src", "poster"):
            target = node.attributes.get(name)
            if not target or ":" in target:
                continue
            path, _, fragment = target.partition("#")
            start = site if path.startswith("/") else here
            file = (start / path.lstrip("/")).resolve()
            assert file.exists(), f"{address}: {target}"
            if fragment:
                text = (file / "index.html" if file.is_dir() else file).read_text(encoding="utf-8")
                assert f'id="{fragment}"' in text, f"{address}: {target}"


@pytest.mark.parametrize(("french", "english"), BOTH.items())
def test_fragments_lead_to_the_same_place_in_both_languages(html: Parse, french: str, english: str) -> None:
    ids = [
        [node.attributes["id"] for node in html(address).css("main [id]")] for address in (french, english)
    ]
    assert ids[0] == ids[1]


def test_the_sitemap_lists_every_page_with_its_twin(site: Path) -> None:
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}
    tree = ET.parse(site / "sitemap.xml")  # noqa: S314 - our own file
    listed = {}
    for url in tree.findall("s:url", spaces):
        links = {link.attrib["hreflang"]: link.attrib["href"] for link in url.findall("x:link", spaces)}
        address = url.findtext("s:loc", "", namespaces=spaces)
        listed[address] = links
        assert url.findtext("s:lastmod", namespaces=spaces) == modified(address.removeprefix(URL))
    assert set(listed) == {URL + page for page in PAGES}
    for french, english in TWINS.items():
        for page in (french, english):
            assert listed[URL + page]["fr"] == URL + french
            assert listed[URL + page]["en"] == URL + english


def test_two_builds_give_the_same_bytes(site: Path, tmp_path: Path, project: Path) -> None:
    done = run_build(project, "-q", "-d", str(tmp_path / "again"))
    assert done.returncode == 0, done.stderr
    first = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    second = {
        path.relative_to(tmp_path / "again"): path.read_bytes()
        for path in (tmp_path / "again").rglob("*")
        if path.is_file()
    }
    assert first == second


def test_the_plain_command_builds_from_any_folder(project: Path, tmp_path: Path) -> None:
    command = Path(sys.executable).with_name("mkdocs")
    done = subprocess.run(
        [command, "build", "--strict", "-q", "-f", str(project / "mkdocs.yml")],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert (project / "site" / "fr" / "trn1-v13" / "index.html").is_file()
    assert sorted(path.name for path in project.iterdir() if path.name.startswith(".")) == []


def test_s4_a_failed_build_leaves_the_published_site(project: Path) -> None:
    assert run_build(project, "-q").returncode == 0
    before = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    facts = project / "docs" / "media" / "trn1-v13" / "lesson.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("2022-10-27", "27/10/2022"), encoding="utf-8")
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()} == before
    assert [path.name for path in project.iterdir() if path.name.startswith(".")] == []


def test_a_strict_build_that_warns_is_not_published(project: Path) -> None:
    page = project / "docs" / "en" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[nowhere](nowhere.md)\n", encoding="utf-8")
    assert run_build(project, "--strict").returncode == 1
    assert not (project / "site").exists()
    assert run_build(project).returncode == 0
    assert (project / "site").exists()


def test_every_fault_of_both_languages_is_told_in_one_run(project: Path) -> None:
    facts = project / "docs" / "media" / "trn1-v13" / "lesson.yml"
    facts.write_text(facts.read_text(encoding="utf-8").replace("type: video", "type: film"), encoding="utf-8")
    french = project / "docs" / "fr" / "acc1-v01.md"
    french.write_text(french.read_text(encoding="utf-8").replace("{ .do }", "{ .dos }"), encoding="utf-8")
    english = project / "docs" / "en" / "acc1-v02.md"
    english.write_text(english.read_text(encoding="utf-8").replace("topics:", "topic:"), encoding="utf-8")
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    for name in ("docs/media/trn1-v13/lesson.yml:", "docs/fr/acc1-v01.md:", "docs/en/acc1-v02.md:"):
        assert f"\n{name}" in done.stderr


def test_an_author_who_works_in_french_is_told_in_french(project: Path) -> None:
    page = project / "docs" / "fr" / "trn1-v13.md"
    page.write_text(page.read_text(encoding="utf-8").replace("{ .do }", "{ .dos }"), encoding="utf-8")
    done = run_build(project, LANG="fr_CA.UTF-8")
    assert done.returncode == 1
    assert "Rien n’a été publié." in done.stderr
    assert "on attend" in done.stderr


def test_two_pages_cannot_have_one_address(project: Path) -> None:
    page = project / "docs" / "fr" / "about.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("slug: a-propos", "slug: trn1-v13"), encoding="utf-8")
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    expected = "docs/fr/about.md:1: slug: expected an address of its own, found trn1-v13, which is already "
    assert f"\n{expected}the address of docs/fr/trn1-v13.md." in done.stderr


def test_a_page_that_is_not_utf_8_is_told_like_any_mistake(project: Path) -> None:
    (project / "docs" / "en" / "about.md").write_bytes(b"---\ndescription: caf\xe9\n---\n")
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    assert "\ndocs/en/about.md:2: " in done.stderr
    assert "Traceback" not in done.stderr


def test_a_page_without_its_twin_stops_the_build(project: Path) -> None:
    (project / "docs" / "en" / "about.md").unlink()
    done = run_build(project, LANG="C.UTF-8")
    assert done.returncode == 1
    assert "docs/en/about.md" in done.stderr
    assert "docs/fr/about.md" in done.stderr


def test_only_four_modules_may_know_mkdocs() -> None:
    package = Path(__file__).parents[1] / "hooks" / "microlearning"
    knowing = {
        file.name
        for file in package.rglob("*.py")
        if any(
            line.split()[1].split(".")[0] in {"mkdocs", "material", "mkdocs_static_i18n"}
            for line in file.read_text(encoding="utf-8").splitlines()
            if line.lstrip().startswith(("import ", "from "))
        )
    }
    assert knowing == {"configuration.py", "glance.py", "plain_pages.py", "site.py"}


def test_lessons_can_be_read_where_mkdocs_is_not_installed() -> None:
    code = (
        "import sys; sys.modules.update(dict.fromkeys(['mkdocs', 'mkdocs_static_i18n', 'material']));"
        "import microlearning.extension, microlearning.build, microlearning.preview, microlearning.cli"
    )
    hooks = Path(__file__).parents[1] / "hooks"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=hooks, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
