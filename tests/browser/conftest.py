"""The browsers of this folder's tests, each started once; and our nginx, which serves every name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright

from browser.portal.servers import ROOT, serving

CHROMIUM = "/usr/bin/chromium-headless-shell"
"""Debian's Chromium without a window, which Playwright takes too where it chooses: one version, one engine. A
reader's context in a window costs twice the processor's time, most of it for the window's own bars."""

WINDOWED = "/usr/bin/chromium"
"""The same with its window, which alone heeds what a reader has set in the browser's own settings."""


def arguments(*more: str) -> list[str]:
    """How the browser is started; root needs it without its sandbox."""
    return [*more, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments())
    yield browser
    browser.close()


OpenIn = Callable[..., Page]


@pytest.fixture
def open_in() -> Iterator[OpenIn]:
    """Opens an address in a browser context; a script error or a breach of the policy fails the test."""
    errors: list[str] = []

    def open_(context: BrowserContext, address: str, *, before: str = "") -> Page:
        page = context.new_page()
        if before:
            page.add_init_script(before)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if _is_error(said) else None)
        page.goto(address)
        return page

    yield open_
    assert errors == []


def _is_error(said: ConsoleMessage) -> bool:
    """Whether the console tells of an error that the test did not bring about itself, by blocking a file."""
    return said.type == "error" and "net::ERR_FAILED" not in said.text


@pytest.fixture(scope="session")
def portal_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the portals' names show: the example that we ship, and the pages that tests write."""
    folder = tmp_path_factory.mktemp("portal") / "pages"
    shutil.copytree(ROOT / "examples" / "portal", folder)
    return folder


@pytest.fixture(scope="session")
def port(site: Path, portal_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """The port at which nginx serves all names."""
    with serving(tmp_path_factory.mktemp("nginx"), site, portal_folder) as port:
        yield port


def browser_arguments(port: int) -> list[str]:
    """Every name is at `port` of this machine."""
    return arguments(f"--host-resolver-rules=MAP * 127.0.0.1:{port}", "--ignore-certificate-errors")


@pytest.fixture(scope="session")
def portal_browser(playwright: Playwright, port: int) -> Iterator[BrowserContext]:
    """Debian's Chromium; a test gets a page of it and leaves none behind."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=browser_arguments(port))
    context = browser.new_context(ignore_https_errors=True, locale="en-CA")
    context.set_default_timeout(10_000)
    yield context
    browser.close()
