"""L4: no English name, description or value in a French page's accessibility tree, nor the reverse."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from browser.pages.ax_names import Place, Said, language_of, said
from browser.pages.conftest import Reader
from browser.pages.record import BROWSER, Record, screens
from browser.pages.states import PRESS, SEARCHES, answered
from browser.portal.lessons import SITE
from microlearning.strings import LANGUAGES, interface, other


def _language(address: str) -> str | None:
    """The language of the page at `address`; None for those of both languages."""
    return next((language for language in LANGUAGES if address.startswith(f"{language}/")), None)


def _faults(words: list[Said], language: str | None) -> list[str]:
    """What is in a language that its markup does not give, or in the other than the page's.

    A link to the other language, as the toggle is, is named in that one.
    """
    unfit = [
        f"{one.text!r} is {one.language}, its lang {one.place.lang!r}"
        for one in words
        if one.language != one.place.lang
    ]
    strange = [
        f"{one.text!r} on a page in {language}"
        for one in words
        if language and one.language not in {language, one.place.leads_to}
    ]
    return [*unfit, *strange]


def _toggle_faults(page: Page, language: str) -> list[str]:
    """What the page's root and its toggle say wrongly of their languages."""
    root = page.locator("html").get_attribute("lang")
    faults = [] if root == language else [f"html is in {root!r}"]
    toggles = page.locator("[data-language-toggle]").evaluate_all(
        "(all) => all.map((one) => [one.lang, one.hreflang, one.textContent])"
    )
    there = other(language)
    name = interface(there)["language-name"]
    return faults + [
        f"toggle: {told}"
        for told in toggles
        if told[:2] != [there, there] or not told[2].strip().startswith(name)
    ]


HEAR = """() => {
  window.heard = [];
  const live = '[role=status], [role=alert], [role=log], output, [aria-live]:not([aria-live=off])';
  const hear = (changes) => {
    for (const { target } of changes) {
      const region = (target.closest ? target : target.parentElement)?.closest(live);
      if (region?.innerText.trim()) window.heard.push([region.innerText, region.closest('[lang]').lang]);
    }
  };
  new MutationObserver(hear).observe(document, { subtree: true, childList: true, characterData: true });
}"""
"""Notes every message that a live region of the page comes to hold, with the language of its place."""


def _heard(page: Page) -> list[Said]:
    """The strings of the interface among the messages that the page's live regions have held."""
    told = [(" ".join(text.split()), lang) for text, lang in page.evaluate("() => window.heard")]
    languages = [(text, lang, language_of(text)) for text, lang in dict.fromkeys(told)]
    return [Said(text, language, Place(lang=lang)) for text, lang, language in languages if language]


def test_every_name_is_in_the_language_of_its_page(reader: Reader, share: list[str], record: Record) -> None:
    """And so is every message that comes when the controls are used."""
    pages = {
        language: reader(locale=f"{language}-CA", permissions=["clipboard-write"]) for language in LANGUAGES
    }
    faults: list[str] = []
    for address in share:
        language = _language(address)
        page = pages[language or "en"]
        page.goto(SITE + address)
        page.evaluate(HEAR)
        page.evaluate(PRESS)
        faults += [f"/{address}: {fault}" for fault in _faults_of_page(page, language)]
    record.add(*screens(BROWSER, "names in one language"), len(share), len(faults))
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("address", SEARCHES)
def test_every_name_of_an_answer_is_in_the_language_of_its_page(
    reader: Reader, record: Record, address: str
) -> None:
    language = _language(address)
    page = reader(locale=f"{language}-CA")
    page.goto(SITE + address)
    answered(page)
    page.evaluate(HEAR)
    page.locator("main input[type=search]").fill("zzzzzz")
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.heard.length > 0")
    answered(page)
    faults = _faults_of_page(page, language)
    record.add(*screens(BROWSER, "names in one language"), 1, len(faults))
    assert not faults, "\n".join(faults)


def _faults_of_page(page: Page, language: str | None) -> list[str]:
    """What is said in a wrong language, or not at all, on the page as it is now."""
    found = _toggle_faults(page, language) if language else []
    words = [*_heard(page), *said(page)]
    found += _faults(words, language)
    told = {one.language for one in words}
    found += [
        f"nothing is said in {each}" for each in ([language] if language else LANGUAGES) if each not in told
    ]
    return list(dict.fromkeys(found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_messages_of_the_controls_are_heard(reader: Reader, language: str) -> None:
    """The proof that they are: those of the player and of the checklist."""
    page = reader(locale=f"{language}-CA", permissions=["clipboard-write"])
    page.goto(f"{SITE}{language}/trn1-v13/")
    page.evaluate(HEAR)
    page.evaluate(PRESS)
    read = {one.text for one in _heard(page)}
    text = interface(language)
    keys = ("caption-settings.was-reset", "player.link.selected")
    assert {" ".join(text[key].split()) for key in keys} - read == set()
    assert any(text["player.link.copied"].split("{")[0].strip() in one for one in read)


def test_a_message_in_the_wrong_language_is_found(reader: Reader) -> None:
    page = reader(locale="fr-CA")
    page.goto(f"{SITE}fr/trn1-v13/")
    page.evaluate(HEAR)
    wrong = interface("en")["caption-settings.was-reset"]
    page.evaluate(
        "async (text) => { const said = document.querySelector('.player__said'); said.textContent = text;"
        " await null; said.textContent = ''; await null; }",
        wrong,
    )
    assert any(wrong in fault for fault in _faults_of_page(page, "fr"))


def test_each_page_has_its_toggle(reader: Reader, share: list[str]) -> None:
    page = reader(java_script_enabled=False)
    without = []
    for address in share:
        if _language(address):
            page.goto(SITE + address)
            without += [] if page.locator("[data-language-toggle]").count() else [address]
    assert without == []


FAULTS = {
    "name": "([text]) => document.querySelector('main').setAttribute('aria-label', text)",
    "description": "([text]) => document.querySelector('main a').setAttribute('aria-description', text)",
    "text": "([text]) => document.querySelector('main').append(text)",
    "marked": """([text, lang]) => { const one = document.createElement('p'); one.lang = lang;
        one.append(text); document.querySelector('main').append(one); }""",
    "hidden": """([text]) => { const one = document.createElement('p'); one.hidden = true;
        one.append(text); document.querySelector('main').append(one); }""",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_found(reader: Reader, language: str, fault: str) -> None:
    page = reader(locale=f"{language}-CA")
    page.goto(f"{SITE}{language}/trn1-v13/")
    there = other(language)
    text = interface(there)["play-from"].format(clock="0:12")
    page.evaluate(FAULTS[fault], [text, there])
    faults = _faults(said(page), language)
    assert faults
    assert all(text in one for one in faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_toggle_in_the_wrong_language_is_found(reader: Reader, language: str) -> None:
    page = reader(locale=f"{language}-CA")
    page.goto(f"{SITE}{language}/")
    page.evaluate("() => document.querySelector('[data-language-toggle]').removeAttribute('lang')")
    assert len(_toggle_faults(page, language)) == 1
    assert any(interface(other(language))["language-name"] in one for one in _faults(said(page), language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_folded_or_hidden_is_read_too(reader: Reader, language: str) -> None:
    page = reader(locale=f"{language}-CA")
    page.goto(f"{SITE}{language}/trn1-v13/")
    read = {one.text for one in said(page)}
    keys = ("caption-settings.reset", "caption-ground.navy", "scheme.device", "skip", "menu", "player.link")
    assert {interface(language)[key] for key in keys} - read == set()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Main menu", "en"),
        ("Menu principal", "fr"),
        ("Page 3", None),
        ("Menu", None),
        ("4 lessons found", "en"),
    ],
)
def test_a_string_of_one_language_alone_tells_it(text: str, language: str | None) -> None:
    assert language_of(text) == language
