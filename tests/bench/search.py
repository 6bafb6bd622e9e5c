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

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402 - found by the path above

from conftest import run_build  # noqa: E402 - found by the path above
from microlearning.search_index import write_search  # noqa: E402 - found by the path above
from search_corpus import pages, questions  # noqa: E402 - found by the path above
from search_page import ADDRESS, ask, first_question, put_index  # noqa: E402 - found by the path above
from search_server import Server, serving  # noqa: E402 - found by the path above

VISITS = 15
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
                write_search(pages(language, copies), folder)
                took = time.perf_counter() - started
                print(f"\n{language}, {100 * copies:,} lessons: indexed in {took:.1f} s")
                with serving(site) as server:
                    put_index(server, language, folder, 100 * copies)
                    page = browser.new_page()
                    cost(browser, server, language)
                    answers(page, server, language, copies)
                    page.close()
        browser.close()


def cost(browser: Browser, server: Server, language: str) -> None:
    """Print what the first question of a visit fetches beside the page itself, over several visits."""
    asked = questions(language)[:: len(questions(language)) // VISITS][:VISITS]
    visits = []
    for question in asked:
        page = browser.new_page()
        visits.append(first_question(page, server, language, question.text))
        page.close()
    requests = sorted(len(visit) for visit in visits)
    sizes = sorted(sum(size for _, size in visit) for visit in visits)
    print(f"  first question: {requests[VISITS // 2]} requests ({requests[0]} to {requests[-1]})", end="")
    print(f", {sizes[VISITS // 2]:,} bytes ({sizes[0]:,} to {sizes[-1]:,})")
    kinds: dict[str, list[int]] = {}
    for path, size in (one for visit in visits for one in visit):
        kinds.setdefault(Path(path).suffix, []).append(size)
    shares = (
        f"{kind} {len(each) / VISITS:.1f} × {sum(each) // len(each):,}"
        for kind, each in sorted(kinds.items())
    )
    print("   ", ", ".join(shares))


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
    print(
        f"  right lesson among the first {BEST}: {right} of {len(asked)} ({100 * right / len(asked):.1f} %)"
    )


if __name__ == "__main__":
    main()
