"""A small server for the tests of search: the shipped policy, and a note of each request and its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urlsplit

POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        *(f"{kind}-src 'self'" for kind in ("style", "img", "media", "font", "connect", "worker", "frame")),
        *("form-action 'self'", "base-uri 'none'", "object-src 'none'"),
    ]
)
"""S1, with what search needs and nothing more."""


class Server(ThreadingHTTPServer):
    """Serves a site, with other folders in the place of some of its own."""

    daemon_threads = True

    def __init__(self, site: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.site = site
        self.instead: dict[str, Path] = {}
        """Folders to serve in the place of others, by the path of those: `/fr/search-index`."""
        self.policy = POLICY
        self.seen: list[tuple[str, int]] = []
        """Each answered path, and its bytes."""

    @property
    def address(self) -> str:
        """Where the site is served, with a slash at its end."""
        return f"http://127.0.0.1:{self.server_address[1]}/"


class _Handler(SimpleHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"

    def translate_path(self, path: str) -> str:
        path = urlsplit(path).path
        for prefix, folder in self.server.instead.items():
            if path.startswith(f"{prefix}/"):
                return str(folder / path.removeprefix(f"{prefix}/"))
        file = self.server.site / path.lstrip("/")
        return str(file) + ("/" if path.endswith("/") else "")

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self.server.policy)
        super().end_headers()

    def send_header(self, keyword: str, value: str) -> None:
        if keyword == "Content-Length":
            self.server.seen.append((urlsplit(self.path).path, int(value)))
        super().send_header(keyword, value)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@contextmanager
def serving(site: Path) -> Iterator[Server]:
    """Serve `site` while the block runs."""
    server = Server(site)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
