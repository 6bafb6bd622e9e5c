"""S1: no page breaks its policy, complains in the console, or asks another origin, whatever is pressed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, Run, screens
from browser.pages.states import PRESS, SEARCHES, answered
from browser.portal.lessons import SITE

LISTEN = """addEventListener('securitypolicyviolation',
  ({ effectiveDirective, blockedURI }) => console.error(`policy: ${effectiveDirective} ${blockedURI}`));"""


@pytest.mark.parametrize("run", screens(BROWSER, "policy and console"), ids=lambda run: f"{run.width} px")
def test_every_page(reader: Reader, share: list[str], record: Record, run: Run) -> None:
    heard: list[str] = []
    page = reader(permissions=["clipboard-write"], viewport={"width": run.width, "height": 800})
    page.add_init_script(LISTEN)
    _listen(page, heard)
    for address in share:
        page.goto(SITE + address)
        page.evaluate(PRESS)
        if page.url != SITE + address:
            heard.append(f"/{address}: led to {page.url}")
    record.add(run, len(share), len(heard))
    assert heard == []


@pytest.mark.parametrize("address", SEARCHES)
def test_a_search(reader: Reader, address: str) -> None:
    """Asked by the address, then by the form, with every control that the answer has."""
    heard: list[str] = []
    page = reader()
    page.add_init_script(LISTEN)
    _listen(page, heard)
    page.goto(SITE + address)
    answered(page)
    page.evaluate(PRESS)
    page.locator("main input[type=search]").fill("a")
    page.keyboard.press("Enter")
    answered(page)
    assert heard == []


@pytest.mark.parametrize("address", ["fr/", "en/trn1-v13/"])
def test_the_controls_of_header_page_and_footer_are_pressed(reader: Reader, address: str) -> None:
    """The proof that all are: each tells when it is used."""
    page = reader(viewport={"width": 320, "height": 800})
    page.goto(SITE + address)
    controls = "button:not([type=submit]), select, input[type=checkbox], summary"
    page.evaluate(
        """(controls) => { window.unused = new Set([...document.querySelectorAll(controls)]
          .filter((one) => one.checkVisibility()));
        for (const event of ['click', 'change'])
          addEventListener(event, ({ target }) => window.unused.delete(target.closest(controls)), true);
        }""",
        controls,
    )
    there = page.evaluate(
        "() => [...window.unused].map((one) => one.closest('header, main, footer').localName)"
    )
    assert set(there) >= {"header", "footer"}
    page.evaluate(PRESS)
    assert page.evaluate("() => [...window.unused].map((one) => one.outerHTML.slice(0, 120))") == []


def test_a_fault_is_heard(reader: Reader) -> None:
    heard: list[str] = []
    page = reader()
    page.add_init_script(LISTEN)
    _listen(page, heard)
    page.goto(f"{SITE}en/about/")
    page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")
    page.wait_for_function("() => true")
    assert any("policy: style-src-attr inline" in line for line in heard)


def _listen(page: Page, heard: list[str]) -> None:
    """Hear what the page says and asks."""
    page.on(
        "console",
        lambda said: heard.append(f"{page.url}: {said.text}") if said.type in {"error", "warning"} else None,
    )
    page.on("pageerror", lambda error: heard.append(f"{page.url}: {error}"))
    page.on(
        "request", lambda asked: heard.append(f"{page.url}: {asked.url}") if _foreign(asked.url) else None
    )


def _foreign(url: str) -> bool:
    """Whether an address is of another origin; a `blob:` is the page's own."""
    return not url.startswith((SITE, "blob:"))
