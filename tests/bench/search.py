"""`make bench-search`: how well search answers, and what a first question costs, at 100 and 1,000 lessons.

Runs the site's own search page in Chromium under the shipped policy, over the corpus of
`tests/corpus/`. Prints; holds nothing: `tests/test_search.py` holds a part of it.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "hooks"), str(ROOT / "tests")]

from playwright.sync_api import Page, sync_playwright  # noqa: E402

from conftest import run_build  # noqa: E402
from microlearning.search_index import write_index  # noqa: E402
from search_corpus import lessons, questions  # noqa: E402
from search_page import ADDRESS, ask, first_question, put_index  # noqa: E402
from search_server import Server, serving  # noqa: E402

BEST = 3
"""The right lesson counts as found among so many first results."""


def main() -> None:
    """Build, ask and print."""
    with tempfile.TemporaryDirectory(prefix="bench-search-") as scratch, sync_playwright() as playwright:
        site = Path(scratch, "site")
        run_build(ROOT, "-q", "-d", str(site)).check_returncode()
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for language in ("fr", "en"):
            for copies in (1, 10):
                folder = Path(scratch, f"{language}-{copies}")
                started = time.perf_counter()
                write_index(lessons(language, copies), folder)
                print(f"\n{language}, {100 * copies:,} lessons: indexed in {time.perf_counter() - started:.1f} s")
                with serving(site) as server:
                    put_index(server, language, folder, 100 * copies)
                    page = browser.new_page()
                    cost(page, server, language)
                    answers(page, server, language, copies)
                    page.close()
        browser.close()


def cost(page: Page, server: Server, language: str) -> None:
    """Print what the first question of a visit fetches beside the page itself."""
    fetched = first_question(page, server, language, questions(language)[0].text)
    print(f"  first question: {len(fetched)} requests, {sum(size for _, size in fetched):,} bytes")
    kinds: dict[str, list[int]] = {}
    for path, size in fetched:
        kinds.setdefault(Path(path).suffix, []).append(size)
    print("   ", ", ".join(f"{kind} {len(sizes)} × {sum(sizes) // len(sizes):,}" for kind, sizes in sorted(kinds.items())))


def answers(page: Page, server: Server, language: str, copies: int) -> None:
    """Print how many questions find their lesson, and those that do not."""
    asked = questions(language)
    page.goto(server.address + ADDRESS[language])
    right = 0
    for question in asked:
        codes = [one.code for one in ask(page, question.text)]
        accepted = question.code if copies == 1 else question.code.partition("-")[0]
        top = codes[:BEST]
        number = question.code[-2:]
        good = any(code.startswith(accepted) and code[-2:] == number for code in top)
        right += good
        if not good and copies == 1:
            print(f"    missed: {question.text!r} wants {question.code}, got {', '.join(top) or 'nothing'}")
    print(f"  right lesson among the first {BEST}: {right} of {len(asked)} ({100 * right / len(asked):.1f} %)")


if __name__ == "__main__":
    main()
