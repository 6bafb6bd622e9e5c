"""The browsers of this folder's tests, each started once; and our nginx, which serves every name."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from browser.portal.servers import ROOT, serving

CHROMIUM = "/usr/bin/chromium"


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Debian's Chromium. Its sandbox needs a user that is not root."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
    yield browser
    browser.close()


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
    """Every name is at `port` of this machine; root needs a browser without its sandbox."""
    mapped = [f"--host-resolver-rules=MAP * 127.0.0.1:{port}", "--ignore-certificate-errors"]
    return [*mapped, *(["--no-sandbox"] if os.geteuid() == 0 else [])]


@pytest.fixture(scope="session")
def portal_browser(playwright: Playwright, port: int) -> Iterator[BrowserContext]:
    """Debian's Chromium; a test gets a page of it and leaves none behind."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=browser_arguments(port))
    context = browser.new_context(ignore_https_errors=True, locale="en-CA")
    context.set_default_timeout(10_000)
    yield context
    browser.close()
