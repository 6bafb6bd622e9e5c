"""Renew the picture in the README: the top of the first lesson, taken in a browser.

Usage: python tools/picture.py, after `make site` (needs the tests' tools: Chromium).
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "site" / "en" / "trn1-v13" / "index.html"
PICTURE = ROOT / "tools" / "picture.webp"
WIDTH, HEIGHT = 1280, 1000


def main() -> None:
    """Take the picture, 1280 by 1000 CSS pixels, and store it as WebP."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT})
        page.goto(PAGE.as_uri())
        picture = Image.open(io.BytesIO(page.screenshot()))
        browser.close()
    picture.save(PICTURE, "WEBP", quality=80, method=6)


if __name__ == "__main__":
    main()
