"""What MkDocs does for a site of lessons, event by event.

With `configuration.py` and `plain_pages.py` it is all that knows MkDocs; the rest is `build.py`'s. MkDocs
builds once per language, the second build nested in the end of the first; what both share is one `_Run`.
"""

from __future__ import annotations

import gc
import io
import logging
import os
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from microlearning import ledger as book
from microlearning import plain_pages, preview, render
from microlearning.build import Build
from microlearning.configuration import read_plan
from microlearning.dates import today
from microlearning.desk import Desks, Stage
from microlearning.errors import Fault
from microlearning.extension import LessonExtension
from microlearning.folders import cache_folder
from microlearning.ledger import Ledger
from microlearning.pdf import missing_packages
from microlearning.plan import Plan
from microlearning.progress import stages
from microlearning.strings import author_language, interface
from microlearning.traces import COMMON

log = get_plugin_logger("lessons")


ENDING_EARLY = ("build", "serve")
"""The commands that have nothing to do once the site is built: `gh-deploy` has."""


class Unneeded(SystemExit):
    """The site is built, and MkDocs has nothing to add. MkDocs has no event that ends a build early."""


@dataclass
class _Run:
    """One build of both languages."""

    build: Build
    at: Desks
    stack: ExitStack
    """What must be put away at the end."""

    ledger_file: Path | None
    """None for a preview, whose ledger is only remembered."""

    warnings: _Warnings
    faults: list[Fault]
    """What is wrong with the settings."""


@dataclass
class _Known:
    """What stays from one build to the next."""

    command: str = ""
    """What MkDocs was asked to do."""

    run: _Run | None = None
    plan: Plan | None = None
    ledger: Ledger | None = None
    """The preview's, as is its plan."""


_known = _Known()


class _Warnings(logging.Handler):
    """Counts what MkDocs itself warns of: a page with such a warning is rendered again next time."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.count = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count `record` when it is not one of ours."""
        self.count += record.name != log.logger.name


# --- facts, before any page


def start(command: str) -> None:
    """Remember what MkDocs was asked to do; let Python's collector pass over all that is loaded.

    A build makes next to no cycles: to look for them as often as Python does takes a twentieth of its time.
    """
    gc.freeze()
    gc.set_threshold(20_000, 50, 100)
    _known.command = command


def begin(config: MkDocsConfig) -> MkDocsConfig:
    """Read and check every lesson and page that has changed; end here when no page needs MkDocs.

    Raises:
        PluginError: an author has something to mend; not a page was made.
        Unneeded: the site is built.
    """
    if _is_nested(config):
        return config
    render.environment.cache_clear()
    run = _known.run = _begin(config)
    _tell((*run.faults, *run.build.read(run.at, _stage())))
    if not run.build.needs_mkdocs and _known.command in ENDING_EARLY:
        finish(config)
        log.info(interface(author_language())["build.done"])
        raise Unneeded(0)
    config.site_dir = str(run.build.folder)
    config.markdown_extensions.append(LessonExtension())  # type: ignore[arg-type] # an instance works too
    config.theme.static_templates = set()  # ours are written at the end, once for both languages
    return config


def _begin(config: MkDocsConfig) -> _Run:
    cache = cache_folder(Path(config.config_file_path).parent)
    pdfs = cache / "pdf" if _has_pdf() else None
    plan, faults = read_plan(config, previewing=_known.command == "serve", pdfs=pdfs)
    file = None if plan.previewing else book.ledger_file(cache, plan.settings.root, plan.published)
    with ExitStack() as stack:
        if file:
            waiting = interface(author_language())["build.waiting"]
            stack.enter_context(book.turn(file, lambda: log.info(waiting)))
        world = plan.world()
        ledger = book.load(file, world) if file else _known.ledger
        if ledger is None or ledger.world != world:
            ledger = Ledger(world)
        build, warnings = Build(plan, ledger), _Warnings()
        at = stack.enter_context(build.desks())
        logging.getLogger("mkdocs").addHandler(warnings)
        stack.callback(logging.getLogger("mkdocs").removeHandler, warnings)
        return _Run(build, at, stack.pop_all(), file, warnings, faults)


def _has_pdf() -> bool:
    """Whether PDFs can be made, and are wanted; where they cannot, say what to install."""
    if os.environ.get("MICROLEARNING_PDF") == "0":
        return False
    missing = missing_packages()
    if missing:
        log.warning(interface(author_language())["build.no-pdf"].format(packages=" ".join(missing)))
    return not missing


# --- the pages that MkDocs renders


def leave_out(files: Files) -> Files:
    """Keep only the pages that MkDocs renders."""
    return plain_pages.leave_out(files, _run().build)


def place(files: Files, config: MkDocsConfig) -> Files:
    """Give every page its promised address."""
    return plain_pages.place(files, config, _run().build)


def fill_page(html: str, page: Page) -> str:
    """Keep the page's rendered Markdown."""
    return plain_pages.fill(html, page, _run().build)


def tell_page(context: dict[str, Any], page: Page) -> dict[str, Any]:
    """The whole page, as MkDocs is to write it."""
    return context | {"filled": plain_pages.filled(page, _run().build)}


# --- the end


def finish(config: MkDocsConfig) -> None:
    """Write what MkDocs does not, and publish, unless `--strict` is about to refuse the build.

    Raises:
        Abort: it refuses a build that MkDocs had no part in.
    """
    if _is_nested(config):
        return
    run = _run()
    refused = _refusal(config)
    if not refused:
        run.build.finish(run.at, _stage())
        if run.warnings.count:
            run.build.ledger.contents = {}
        if run.ledger_file:
            book.save(run.build.ledger, run.ledger_file)
        else:
            _known.plan, _known.ledger = run.build.plan, run.build.ledger
    _put_away(run)
    config.site_dir = str(run.build.plan.published)
    if refused and not run.build.contents:
        raise Abort(refused)


def abandon(error: Exception) -> None:
    """Remove what a failed build left beside the published site.

    Raises:
        PluginError: the disk refused, told without a traceback.
    """
    if _known.run:
        _put_away(_known.run)
    if isinstance(error, OSError):
        words = interface(author_language())["build.disk"]
        raise PluginError(
            words.format(problem=error.strerror or error, file=error.filename2 or error.filename or "")
        ) from None


def _put_away(run: _Run) -> None:
    run.stack.close()
    run.build.abandon()
    _known.run = None


# --- the preview


def watch(server: LiveReloadServer, config: MkDocsConfig) -> None:
    """Let the system tell `server` of changes, and a build end where MkDocs has nothing to add."""
    with_mkdocs = server.builder

    def build() -> None:
        try:
            if not _refresh():
                with_mkdocs()
        except Unneeded:
            log.debug("built without MkDocs")

    for path in (config.docs_dir, config.config_file_path):
        server.unwatch(path)
    server.observer, server.builder = preview.Watcher(), build
    for path in (config.docs_dir, config.config_file_path):
        server.watch(path)


def _refresh() -> bool:
    """Bring the preview up to date where only lessons have changed; False where MkDocs must see to it.

    Raises:
        Abort: an author has something to mend.
    """
    plan, ledger = _known.plan, _known.ledger
    if plan is None or ledger is None or plan.world() != ledger.world or not ledger.contents:
        return False
    build = Build(replace(plan, today=today()), ledger)
    if build.changes.traces[COMMON] != ledger.others:
        return False
    try:
        with build.desks() as at:
            _tell(build.read(at, _stage()))
            if build.needs_mkdocs:
                return False
            build.finish(at, _stage())
    except PluginError as error:
        raise Abort(str(error)) from None
    finally:
        build.abandon()
    return True


def _run() -> _Run:
    if _known.run is None:
        raise RuntimeError("no build has begun")
    return _known.run


def _stage() -> Stage:
    words = interface(author_language())
    out = sys.stderr if log.isEnabledFor(logging.INFO) else io.StringIO()  # `-q` asks for quiet
    return stages(words.__getitem__, log.info, out)


def _tell(faults: Iterable[Fault]) -> None:
    faults, language = tuple(faults), author_language()
    for fault in faults:
        if not fault.stops:
            log.log(logging.WARNING if fault.warning else logging.INFO, fault.text(language))
    errors = [fault for fault in faults if fault.stops]
    if errors:
        files = len({fault.path for fault in errors})
        summary = interface(language)["build.stopped"].format(count=len(errors), files=files)
        raise PluginError("\n".join([summary, *(fault.text(language) for fault in errors)]))


def _is_nested(config: MkDocsConfig) -> bool:
    i18n: Any = config.plugins["i18n"]
    return bool(i18n.building)


def _refusal(config: MkDocsConfig) -> str:
    """Why `--strict` refuses this build; MkDocs says so only after the last event. Empty when it does not."""
    handlers = logging.getLogger("mkdocs").handlers if config.strict else []
    counts = [each for one in handlers if isinstance(one, CountHandler) for each in one.get_counts()]
    told = ", ".join(f"{count} {level.lower()}s" for level, count in counts)
    return f"Aborted with {told} in strict mode!" if told else ""
