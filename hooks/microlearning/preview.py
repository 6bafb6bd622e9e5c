"""The preview of `make serve`: MkDocs' own server, that seeks in videos and does not wait for changes."""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterable
from http.client import OK
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from wsgiref.simple_server import WSGIServer

from watchdog.events import (
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch
from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Server = TypeVar("Server", bound=WSGIServer)

CHANGES = (FileCreatedEvent, FileDeletedEvent, FileModifiedEvent, FileMovedEvent)
"""What an author does to a file; reading it is none."""

_QUIET = 0.03
"""Seconds without a change after which a build begins: what an editor does to save a file takes less."""

mimetypes.add_type("text/vtt", ".vtt")


def with_ranges(server: Server) -> Server:
    """`server`, answering requests for a part of a file with that part (RFC 9110, section 14)."""
    app = server.get_app()
    if app is not None:
        server.set_app(answering_ranges(app))
    return server


def watch(
    server: Any,  # noqa: ANN401 - MkDocs' own, which is not imported here
    places: Iterable[str],
    rebuild: Callable[[Callable[[], object]], object],
) -> None:
    """Let the system tell `server` of changes in `places`; `rebuild`, told how MkDocs would, follows them."""
    with_mkdocs = server.builder
    for path in places:
        server.unwatch(path)
    server.observer, server.builder = Watcher(), lambda: rebuild(with_mkdocs)
    server.build_delay = _QUIET
    for path in places:
        server.watch(path)


class Watcher(Observer):  # type: ignore[misc, valid-type] # the class that suits the system
    """Is told of changes by the system, where MkDocs' own looks at every file twice a second."""

    def schedule(self, handler: FileSystemEventHandler, path: str, **options: bool) -> ObservedWatch:
        """Tell `handler` of every change to a file at or below `path`.

        A single file is watched from its folder: editors put another in its place.
        """
        if Path(path).is_file():
            handler, path, options = _Only(handler, path), str(Path(path).parent), {}
        watch: ObservedWatch = super().schedule(handler, path, event_filter=list(CHANGES), **options)
        return watch


class _Only(FileSystemEventHandler):
    """Passes on to `handler` what happens to the file `path`."""

    def __init__(self, handler: FileSystemEventHandler, path: str) -> None:
        self._handler, self._path = handler, path

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Pass on `event` when it is about the file."""
        if self._path in (event.src_path, event.dest_path):
            self._handler.dispatch(event)


def answering_ranges(app: WSGIApplication) -> WSGIApplication:
    """`app` whose full answers are cut to the range that the request asks for.

    A range past the end is answered 416; a range of other units, or none, with the whole file.
    """

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        response = Response.from_app(app, environ)
        length = response.content_length
        if response.status_code == OK and length:
            response.headers["Accept-Ranges"] = "bytes"
            if environ.get("HTTP_RANGE", "").startswith("bytes="):
                try:
                    response.make_conditional(environ, accept_ranges=True, complete_length=length)
                except RequestedRangeNotSatisfiable as refusal:
                    return refusal.get_response(environ)(environ, start_response)
        return response(environ, start_response)

    return answer
