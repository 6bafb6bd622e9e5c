"""S1: no page breaks its policy, complains in the console, or asks another origin, whatever is pressed."""

from __future__ import annotations

from playwright.sync_api import Page

from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, screens
from browser.portal.lessons import SITE

LISTEN = """addEventListener('securitypolicyviolation',
  ({ effectiveDirective, blockedURI }) => console.error(`policy: ${effectiveDirective} ${blockedURI}`));"""

PRESS = """async () => {
  window.print = () => {};
  HTMLMediaElement.prototype.requestFullscreen = async () => {};
  for (const fold of document.querySelectorAll('summary')) fold.click();
  for (const list of document.querySelectorAll('select')) {
    for (const option of list.options) {
      list.value = option.value;
      list.dispatchEvent(new Event('change', { bubbles: true }));
    }
  }
  const pressed = 'main :is(button:not([type=submit]), input[type=checkbox], input[type=radio])';
  for (const control of document.querySelectorAll(pressed)) {
    if (control.checkVisibility()) control.click();
  }
  await new Promise((done) => setTimeout(done));
}"""


def test_every_page(reader: Reader, addresses: list[str], record: Record) -> None:
    heard: list[str] = []
    page = reader(permissions=["clipboard-write"])
    page.add_init_script(LISTEN)
    _listen(page, heard)
    for address in addresses:
        page.goto(SITE + address)
        page.evaluate(PRESS)
    record.add(*screens(BROWSER, "policy and console"), len(addresses), len(heard))
    assert heard == []


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
