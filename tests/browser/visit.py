"""What a reader's browser fetches for a page, byte by byte as the server sent it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page


@dataclass(frozen=True)
class Fetched:
    """One file that came."""

    path: str
    kind: str
    """`Document`, `Stylesheet`, `Script`, `Image`, `Media` …, in the browser's words."""

    size: int
    """Bytes with the headers, as they came over the wire."""


def listen(page: Page) -> list[Fetched]:
    """The list of what `page` fetches from now on, which grows as it does. Nothing comes from a cache."""
    fetched: list[Fetched] = []
    started: dict[str, dict[str, Any]] = {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.setCacheDisabled", {"cacheDisabled": True})

    def note(finished: dict[str, Any]) -> None:
        answer = started[finished["requestId"]]
        address = urlsplit(answer["response"]["url"])
        if address.scheme != "data":  # the browser's own icons of its player
            fetched.append(Fetched(address.path, answer["type"], int(finished["encodedDataLength"])))

    def start(answer: dict[str, Any]) -> None:
        started[answer["requestId"]] = answer

    on: Callable[..., None] = session.on
    on("Network.responseReceived", start)
    on("Network.loadingFinished", note)
    return fetched
