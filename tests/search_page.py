"""The search page as tests use it: ask, and read what a reader would see."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import cast
from urllib.parse import quote

from playwright.sync_api import Page

from microlearning.search_index import FOLDER
from search_server import Server

ADDRESS = {"fr": "fr/recherche/", "en": "en/search/"}

_READ = """() => [...document.querySelectorAll('.search__results > li')].map((item) => ({
  code: item.querySelector('.search__facts').textContent.split(' ')[0],
  title: item.querySelector('h2').textContent,
  href: item.querySelector('h2 a').href,
  excerpt: item.querySelector('.search__excerpt').textContent,
  marks: [...item.querySelectorAll('mark')].map((mark) => mark.textContent),
}))"""


@dataclass(frozen=True)
class Result:
    """One lesson of the list."""

    code: str
    title: str
    href: str
    excerpt: str
    marks: list[str]


def put_index(server: Server, language: str, folder: Path, count: int) -> None:
    """Serve the index in `folder`, of `count` lessons, and the search page as a site of so many has it."""
    server.instead[f"/{language}/{FOLDER}"] = folder
    file = server.site / ADDRESS[language] / "index.html"
    text = re.sub(r'"lessons": \d+', f'"lessons": {count}', file.read_text(encoding="utf-8"))
    file.write_text(text, encoding="utf-8")


def ask(page: Page, question: str) -> list[Result]:
    """Type `question` on the search page that `page` shows, and read the list once it has come."""
    page.fill("#search-words", question)
    page.press("#search-words", "Enter")
    return answered(page)


def answered(page: Page) -> list[Result]:
    """The list, once the status has told of it."""
    page.wait_for_selector(".search__results[aria-busy=false]", state="attached")
    return [Result(**one) for one in cast(list[dict[str, object]], page.evaluate(_READ))]  # type: ignore[arg-type]


def first_question(page: Page, server: Server, language: str, question: str) -> list[tuple[str, int]]:
    """What a fresh visit to the results of `question` fetches after the page, its style and its script."""
    server.seen.clear()
    page.goto(f"{server.address}{ADDRESS[language]}?q={quote(question)}")
    answered(page)
    return [one for one in server.seen if "/search-index/" in one[0]]
