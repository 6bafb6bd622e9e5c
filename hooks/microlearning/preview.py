"""The preview of `make serve`: MkDocs' own server, made to answer `Range` so that a video seeks."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from http.client import OK
from typing import TYPE_CHECKING, TypeVar
from wsgiref.simple_server import WSGIServer

from werkzeug.exceptions import RequestedRangeNotSatisfiable
from werkzeug.wrappers import Response

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Server = TypeVar("Server", bound=WSGIServer)

mimetypes.add_type("text/vtt", ".vtt")


def with_ranges(server: Server) -> Server:
    """`server`, answering requests for a part of a file with that part (RFC 9110, section 14)."""
    app = server.get_app()
    if app is not None:
        server.set_app(answering_ranges(app))
    return server


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
