"""E4, E5: oEmbed, lessons.json and the Atom feed, valid by their specifications and true to the pages."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from selectolax.lexbor import LexborHTMLParser

from test_site import LESSONS, URL

ROOT = Path(__file__).parents[1]
SCHEMAS = ROOT / "tests" / "schemas"
JING = ("java", "-cp", str(ROOT / "node_modules/vnu-jar/build/dist/vnu.jar"))
DRIVER = "nu.validator.vendor.thaiopensource.relaxng.util.Driver"
ATOM = {"a": "http://www.w3.org/2005/Atom"}
EVERY = [(language, lesson) for language in ("fr", "en") for lesson in LESSONS]


def _json(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _faults(schema: Any, data: Any) -> list[str]:
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(data)]


def _exists(site: Path, address: str) -> bool:
    assert address.startswith(URL), address
    path = site / address.removeprefix(URL)
    return (path / "index.html").is_file() if address.endswith("/") else path.is_file()


# --- lessons.json


@pytest.mark.parametrize("language", ["fr", "en"])
def test_lessons_json_is_as_its_schema_says(site: Path, language: str) -> None:
    data = _json(site / language / "lessons.json")
    schema = _json(site / data["$schema"].removeprefix(URL))
    assert schema["$id"] == data["$schema"] == f"{URL}{language}/lessons-1.schema.json"
    assert _faults(schema, data) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_schema_is_strict_enough_to_fail(site: Path, language: str) -> None:
    schema = _json(site / language / "lessons-1.schema.json")
    good = _json(site / language / "lessons.json")
    for spoil in (
        lambda data: data.pop("language"),
        lambda data: data.update(version=2),
        lambda data: data["lessons"][0].pop("code"),
        lambda data: data["lessons"][0].update(duration="2:18"),
        lambda data: data["lessons"][0].update(modified="22 November 2026"),
        lambda data: data["lessons"][0].update(url="fr/trn1-v13/"),
        lambda data: data["lessons"][0]["embed"].pop("lesson"),
        lambda data: data["lessons"][0]["video"].update(bytes="1"),
    ):
        data = json.loads(json.dumps(good))
        spoil(data)
        assert _faults(schema, data) != []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_e5_lessons_json_tells_what_the_pages_tell(
    site: Path, html: Callable[[str], LexborHTMLParser], language: str
) -> None:
    data = _json(site / language / "lessons.json")
    assert {one["code"] for one in data["lessons"]} == {lesson.upper() for lesson in LESSONS}
    published = [one["published"] for one in data["lessons"]]
    assert published == sorted(published, reverse=True)
    for one in data["lessons"]:
        page = html(one["url"].removeprefix(URL))
        assert page.css_first("h1").text().strip() == f"{one['title']} ({one['code']})"
        ld = json.loads(page.css_first('script[type="application/ld+json"]').text())
        assert one["duration"] == ld["duration"]
        assert (one["published"], one["modified"]) == (ld["datePublished"], ld["dateModified"])
        assert [topic["name"] for topic in one["topics"]] == ld["about"]
        for address in (
            *(one[key] for key in ("url", "translation", "captions", "transcript", "oembed")),
            *(one["embed"].values()),
            one["poster"]["url"],
            one["video"]["url"],
        ):
            assert _exists(site, address), address
        assert list(one["embed"]) == ["lesson", "video", "cards", "checklist", "transcript"]
    for key in ("url", "translation", "feed", "loader"):
        assert _exists(site, data[key])


# --- oEmbed


@pytest.mark.parametrize(("language", "lesson"), EVERY)
def test_e4_oembed_is_valid_and_the_page_leads_to_it(
    site: Path, html: Callable[[str], LexborHTMLParser], language: str, lesson: str
) -> None:
    address = f"{language}/{lesson}/"
    page = html(address)
    (link,) = page.css('link[type="application/json+oembed"]')
    assert link.attributes["rel"] == "alternate"
    assert link.attributes["href"] == f"{URL}{address}oembed.json"
    data = _json(site / address / "oembed.json")
    assert _faults(_json(SCHEMAS / "oembed.schema.json"), data) == []
    assert data["title"] == page.css_first("h1").text().strip() == link.attributes["title"]
    frame = LexborHTMLParser(data["html"]).css_first("iframe")
    assert frame.attributes["src"] == f"{URL}{address}embed.html"
    assert frame.attributes["title"] == data["title"]
    assert frame.attributes["lang"] == language
    assert _exists(site, data["thumbnail_url"])


def test_the_schema_of_oembed_can_fail(site: Path) -> None:
    schema = _json(SCHEMAS / "oembed.schema.json")
    good = _json(site / "fr" / "trn1-v13" / "oembed.json")
    for key in ("type", "version", "html", "width", "thumbnail_height"):
        assert _faults(schema, {name: value for name, value in good.items() if name != key}) != []


# --- Atom


def _jing(*feeds: Path) -> subprocess.CompletedProcess[str]:
    command = [*JING, DRIVER, "-c", str(SCHEMAS / "atom.rnc"), *(str(feed) for feed in feeds)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_e5_the_feeds_are_valid_by_the_schema_of_atom(site: Path) -> None:
    done = _jing(site / "fr" / "feed.xml", site / "en" / "feed.xml")
    assert (done.returncode, done.stdout) == (0, "")


def test_the_schema_of_atom_can_fail(site: Path, tmp_path: Path) -> None:
    good = (site / "fr" / "feed.xml").read_text(encoding="utf-8")
    spoiled = {
        "no-id": good.replace("<id>https://microlearning.example.gc.ca/fr/feed.xml</id>", ""),
        "two-titles": good.replace("<title>Microleçons</title>", "<title>a</title><title>b</title>"),
        "day-only": good.replace("T00:00:00Z", ""),
        "link-without-address": good.replace('href="https://microlearning.example.gc.ca/fr/feed.xml"', ""),
        "unknown": good.replace("<updated>", "<changed/><updated>", 1),
    }
    files = []
    for name, text in spoiled.items():
        assert text != good, name
        (tmp_path / f"{name}.xml").write_text(text, encoding="utf-8")
        files.append(tmp_path / f"{name}.xml")
    told = _jing(*files).stdout
    assert [name for name in spoiled if f"{name}.xml" not in told] == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_e5_the_feed_keeps_the_rules_that_a_schema_cannot_say(site: Path, language: str) -> None:
    """RFC 4287: unique ids (4.2.6), one alternate a type and language (4.1.1), authors (4.1.2), dates."""
    feed = ET.fromstring((site / language / "feed.xml").read_text(encoding="utf-8"))  # noqa: S314 - our own
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == language
    assert [link.attrib["href"] for link in feed.findall("a:link[@rel='self']", ATOM)] == [
        f"{URL}{language}/feed.xml"
    ]
    entries = feed.findall("a:entry", ATOM)
    ids = [node.text for node in feed.iter(f"{{{ATOM['a']}}}id")]
    assert len(ids) == len(set(ids)) == len(LESSONS) + 1
    for one in (feed, *entries):
        kinds = [
            (link.attrib.get("type"), link.attrib.get("hreflang"))
            for link in one.findall("a:link[@rel='alternate']", ATOM)
        ]
        assert len(kinds) == len(set(kinds)) == 1
        assert one.findtext("a:author/a:name", namespaces=ATOM)
    updated = [entry.findtext("a:updated", namespaces=ATOM) or "" for entry in entries]
    assert max(updated) <= (feed.findtext("a:updated", namespaces=ATOM) or "")
    for entry in entries:
        published = entry.findtext("a:published", namespaces=ATOM) or ""
        assert published <= (entry.findtext("a:updated", namespaces=ATOM) or "")
        for link in entry.findall("a:link", ATOM):
            assert _exists(site, link.attrib["href"])
        (video,) = entry.findall("a:link[@rel='enclosure']", ATOM)
        assert int(video.attrib["length"]) == (site / video.attrib["href"].removeprefix(URL)).stat().st_size


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_catalogue_leads_to_its_feeds(
    site: Path, html: Callable[[str], LexborHTMLParser], language: str
) -> None:
    for kind in ("application/atom+xml", "application/json"):
        (link,) = html(f"{language}/").css(f'link[rel="alternate"][type="{kind}"]')
        assert _exists(site, link.attributes["href"] or "")
