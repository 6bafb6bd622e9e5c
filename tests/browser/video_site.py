"""Serves the site for tests of the video: with `Range`, so that it seeks, under the policy that we ship."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from playwright.sync_api import Page
from werkzeug.exceptions import NotFound
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import make_server

from conftest import ROOT
from microlearning.preview import answering_ranges

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment


def shipped_policy() -> str:
    """The first content security policy of the server's configuration: the one of every page (S1)."""
    configuration = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    found = re.search(r"default-src 'none';[^\"]*", configuration)
    assert found, "deploy/nginx.conf names no policy"
    return found[0].replace("$script_source", "'self'").replace("$framers", "'self'")


def until(page: Page, condition: str) -> None:
    """Wait until the script `condition` holds, for at most 15 s.

    Playwright's own waiting evaluates text in the page, which the policy forbids.
    """
    for _ in range(300):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never held: {condition}")


def _as_shipped(app: WSGIApplication, policy: str) -> WSGIApplication:
    """`app` with `policy` on every answer, and `index.html` for a folder."""

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].endswith("/"):
            environ["PATH_INFO"] += "index.html"

        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            return start_response(status, [*headers, ("Content-Security-Policy", policy)], *rest)

        body = app(environ, start)
        try:
            yield from body
        finally:
            # werkzeug's server forgets this when a browser that has seen enough resets the connection.
            getattr(body, "close", lambda: None)()

    return answer


@contextmanager
def seekable(folder: Path) -> Iterator[str]:
    """The address at which `folder` is served, ending in a slash, on a port of its own."""
    files = SharedDataMiddleware(NotFound(), {"/": str(folder)})
    app = _as_shipped(answering_ranges(files), shipped_policy())
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
