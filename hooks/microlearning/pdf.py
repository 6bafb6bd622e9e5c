"""PDF/UA-1 by WeasyPrint: the same words, styles and fonts give the same bytes on every machine.

WeasyPrint draws through Debian's text libraries. Where they are missing the site is built without
PDFs, and `missing_packages` says what to install.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import sys
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cached_property, lru_cache
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from microlearning.traces import Trace, find_files

PACKAGES = {
    "libpango-1.0-0": "libpango-1.0.so.0",
    "libpangoft2-1.0-0": "libpangoft2-1.0.so.0",
    "libharfbuzz-subset0": "libharfbuzz-subset.so.0",
}
"""Debian's packages and the library that each brings. Without the last one WeasyPrint cuts fonts in
another way, and the bytes differ."""

_DIGEST = 32
"""Bytes of the fingerprint that a kept font begins with."""

_TOOLS = ("weasyprint", "pydyf", "fonttools")


def wants_pdf() -> bool:
    """Whether PDFs are to be made, where they can."""
    return os.environ.get("MICROLEARNING_PDF") != "0"


def missing_packages(load: Callable[[str], object] = ctypes.CDLL) -> tuple[str, ...]:
    """The Debian packages that a PDF needs and this machine lacks; none when a PDF can be made."""
    if sys.platform == "linux":
        return tuple(package for package, library in PACKAGES.items() if not _loads(load, library))
    try:
        import weasyprint  # noqa: F401, PLC0415 - takes half a second, and fails without the libraries
    except OSError:
        return tuple(PACKAGES)
    return ()


def _loads(load: Callable[[str], object], library: str) -> bool:
    try:
        load(library)
    except OSError:
        return False
    return True


def make_pdf(
    html: str, modified: date, base: Path, unpacked: Path | None = None, paper: str = "letter"
) -> bytes:
    """The document `html` as PDF/UA-1 on `paper` (`letter` or `A4`), dated `modified`.

    Its addresses start from the folder `base`. Only files are read, and no font of the machine is seen:
    `base/fonts/fonts.conf` says so, and the document's styles must bring their own (without any font,
    WeasyPrint's libraries crash). Unpacked they are kept in the folder `unpacked`, when there is one.

    Raises:
        OSError: WeasyPrint's libraries are missing (`missing_packages` names them).
    """
    with _settings(modified, base / "fonts" / "fonts.conf"):
        import weasyprint  # noqa: PLC0415 - only a build that makes a PDF needs it

        _tag_languages()
        size = weasyprint.CSS(string=f"@page {{ size: {paper} }}")
        fetch = _fetcher(unpacked)
        document = weasyprint.HTML(string=html, base_url=f"{base.as_uri()}/", url_fetcher=fetch)
        fonts = _fonts(os.getpid(), base, tuple(sorted(find_files(base / "fonts").items())))
        options = {"stylesheets": [size], "pdf_variant": "pdf/ua-1", "font_config": fonts}
        return cast(bytes, document.write_pdf(**options))


def _fetcher(folder: Path | None) -> object:
    """What WeasyPrint reads files with; fonts come unpacked from `folder`, when there is one."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse  # noqa: PLC0415 - as in `make_pdf`

    class Fetcher(URLFetcher):  # type: ignore[misc] # WeasyPrint is untyped
        def fetch(self, url: str, headers: Any = None) -> object:  # noqa: ANN401 - WeasyPrint is untyped
            response = super().fetch(url, headers)
            if folder is None or not url.endswith(".woff2"):
                return response
            font = response.read()
            response.close()
            return URLFetcherResponse(url, _unpacked(font, folder))

    return Fetcher(allowed_protocols={"file"})


def _unpacked(font: bytes, folder: Path) -> bytes:
    """The WOFF2 `font` as WeasyPrint would unpack it, in Python: eight take longer than a sheet."""
    kept = folder / f"{hashlib.sha256(version('fonttools').encode() + font).hexdigest()[:32]}.font"
    with suppress(OSError):
        content = kept.read_bytes()
        if hashlib.sha256(content[_DIGEST:]).digest() == content[:_DIGEST]:
            return content[_DIGEST:]
    from fontTools.ttLib import woff2  # noqa: PLC0415 - as in `make_pdf`

    out = BytesIO()
    woff2.decompress(BytesIO(font), out)
    with suppress(OSError):  # a folder that cannot be written costs time, no more
        _write_whole(kept, hashlib.sha256(out.getvalue()).digest() + out.getvalue())
    return out.getvalue()


@lru_cache(1)
def _fonts(_process: int, _base: Path, _files: tuple[tuple[str, Trace], ...]) -> object:
    """What keeps unpacked fonts from one PDF to the next, as long as their files are the same.

    A forked process has its own, as WeasyPrint removes their folder with the one that made it.
    """
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - as in `make_pdf`

    return FontConfiguration()


@contextmanager
def _settings(modified: date, fonts: Path) -> Iterator[None]:
    """The two environment variables on which the bytes depend, for the time that a PDF takes."""
    noon = datetime.combine(modified, time(12), UTC)
    settings = {"SOURCE_DATE_EPOCH": str(int(noon.timestamp())), "FONTCONFIG_FILE": str(fonts)}
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", "No fonts configured")  # on purpose: styles bring their own
            yield
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.__setitem__(name, value)


def _tag_languages() -> None:
    """Have WeasyPrint carry each element's `lang` into the PDF's tags, which version 70 does not.

    It does so in a private function, so the version is pinned; a test holds that the tags are there.
    """
    from weasyprint.pdf import tags  # noqa: PLC0415 - as in `make_pdf`

    build = tags._build_box_tree  # noqa: SLF001
    if getattr(build, "tells_language", False):
        return

    def with_language(box: Any, *values: Any) -> Iterator[Any]:  # noqa: ANN401 - WeasyPrint is untyped
        import pydyf  # noqa: PLC0415

        inner = getattr(box, "_box", box)
        language = None if inner.element is None else inner.element.get("lang")
        for element in build(box, *values):
            if language and inner.element_tag not in ("html", "body"):
                element["Lang"] = pydyf.String(language)
            yield element

    with_language.tells_language = True  # type: ignore[attr-defined]
    tags._build_box_tree = with_language  # noqa: SLF001


@dataclass(frozen=True)
class PdfStore:
    """Makes PDFs, and keeps each by what it was made from, so that an unchanged lesson's is not made again.

    Several builds may use one folder at once, and it may be deleted at any time.
    """

    folder: Path
    """Where PDFs are kept, outside the site. Beside it are their fonts."""

    base: Path
    """The folder from which a document's addresses start; its fonts are in `fonts/`."""

    sources: Sequence[Path]
    """The files, beside the document, that decide how a PDF looks; read once."""

    def pdf(self, html: str, modified: date) -> bytes:
        """The PDF of the document `html`, as `make_pdf` gives it."""
        kept = self.folder / f"{self._name(html, modified)}.pdf"
        with suppress(OSError):
            content = kept.read_bytes()
            if content.startswith(b"%PDF-") and content.rstrip().endswith(b"%%EOF"):
                return content
        content = make_pdf(html, modified, self.base, self.folder.parent / "fonts")
        with suppress(OSError):  # a folder that cannot be written costs time, no more
            _write_whole(kept, content)
        return content

    def _name(self, html: str, modified: date) -> str:
        """A name made of everything that the bytes depend on: words, files' contents, versions."""
        parts = [html, modified.isoformat(), *self._means]
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32]

    @cached_property
    def _means(self) -> tuple[str, ...]:
        tools = [f"{tool} {version(tool)}" for tool in _TOOLS]
        files = [hashlib.sha256(file.read_bytes()).hexdigest() for file in (*self.sources, Path(__file__))]
        return (*tools, *files)


def _write_whole(file: Path, content: bytes) -> None:
    """Write `file` in one step: another build sees all of it or none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as part:
            part.write(content)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
