"""What MkDocs does for a site of lessons, event by event.

With `glance.py`, `configuration.py` and `plain_pages.py` it is all that knows MkDocs; the rest is
`build.py`'s. MkDocs builds once per language, the second build nested in the end of the first; what both
share is one `_Run`.
"""

from __future__ import annotations

import gc
import io
import logging
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import Abort, PluginError
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.utils import CountHandler

from microlearning import ledger as book
from microlearning import plain_pages, render
from microlearning.build import Build
from microlearning.configuration import read_plan
from microlearning.dates import today
from microlearning.desk import Desks, Stage
from microlearning.errors import Fault
from microlearning.extension import LessonExtension
from microlearning.glance import Glance, Unneeded, asked, is_nested, log
from microlearning.ledger import Ledger, cache_folder
from microlearning.pdf import missing_packages, wants_pdf
from microlearning.plan import Plan
from microlearning.progress import stages
from microlearning.strings import author_language, interface
from microlearning.traces import COMMON, Seen, clock, find_files

ENDING_EARLY = ("build", "serve")
"""The commands that have nothing to do once the site is built: `gh-deploy` has."""


@dataclass
class _Run:
    """One build of both languages."""

    build: Build
    at: Desks
    stack: ExitStack
    """What must be put away at the end."""

    glance: Glance | None
    """None for a preview, whose ledger is only remembered."""

    warnings: _Warnings
    faults: Sequence[Fault]
    """What is wrong with the settings, and then with anything."""


@dataclass
class _Known:
    """What stays from one build to the next."""

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


def begin(config: MkDocsConfig, glance: Glance | None) -> MkDocsConfig:
    """Read and check every lesson and page that has changed; end here when no page needs MkDocs.

    A build begins with a `glance`, a preview without.

    Raises:
        PluginError: an author has something to mend; not a page was made.
        Unneeded: the site is built.
    """
    gc.freeze()  # all that is loaded stays
    render.environment.cache_clear()
    run = _known.run = _begin(config, glance)
    run.faults = (*run.faults, *run.build.read(run.at, _stage()))
    _tell(run.faults)
    if not run.build.needs_mkdocs and asked.command in ENDING_EARLY:
        finish(config)
        raise Unneeded
    config.site_dir = str(run.build.folder)
    config.markdown_extensions.append(LessonExtension())  # type: ignore[arg-type] # an instance works too
    config.theme.static_templates = set()  # ours are written at the end, once for both languages
    return config


def _begin(config: MkDocsConfig, glance: Glance | None) -> _Run:
    with ExitStack() as stack:
        if glance:
            stack.enter_context(glance.turn)
        missing = _lacks_pdf()
        if missing:
            log.warning(interface(author_language())["build.no-pdf"].format(packages=" ".join(missing)))
        cache = cache_folder(Path(config.config_file_path).parent)
        pdfs = cache / "pdf" if wants_pdf() and not missing else None
        plan, faults = read_plan(config, previewing=glance is None, pdfs=pdfs)
        world = plan.world()
        ledger = glance.left() if glance else _known.ledger
        if ledger is None or ledger.world != world:
            ledger = Ledger(world)
        build, warnings = Build(plan, ledger, glance.seen if glance else _look(plan, ledger)), _Warnings()
        at = stack.enter_context(build.desks())
        logging.getLogger("mkdocs").addHandler(warnings)
        stack.callback(logging.getLogger("mkdocs").removeHandler, warnings)
        return _Run(build, at, stack.pop_all(), glance, warnings, faults)


def _look(plan: Plan, ledger: Ledger) -> Seen:
    """What there is: nobody but the preview touches the folder that it publishes to."""
    return Seen(clock(), find_files(plan.settings.docs), ledger.published)


def _lacks_pdf() -> tuple[str, ...]:
    """The packages to install before PDFs can be made; none when they can, or are not wanted."""
    return missing_packages() if wants_pdf() else ()


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
    if is_nested(config):
        return
    run = _run()
    refused = _refusal(config)
    if not refused:
        run.build.finish(run.at, _stage())
        if run.warnings.count:
            run.build.ledger.contents = {}
        if run.glance:
            _keep(run, run.glance)
        else:
            _known.plan, _known.ledger = run.build.plan, run.build.ledger
    _put_away(run)
    config.site_dir = str(run.build.plan.published)
    if refused and not run.build.contents:
        raise Abort(refused)


def _keep(run: _Run, glance: Glance) -> None:
    """Keep the ledger; a glance will suffice next time, unless MkDocs had something to tell."""
    ledger, words = run.build.ledger, run.warnings.count or _lacks_pdf()
    around, product, _ = glance.sight
    ledger.sight = None if words else (around, product, ledger.docs)
    ledger.told = [_told(fault) for fault in run.faults]
    book.save(ledger, glance.ledger_file)


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


def rebuild(with_mkdocs: Callable[[], object]) -> None:
    """Bring the preview up to date, by MkDocs only where it must be."""
    with suppress(Unneeded):
        if not _refresh():
            with_mkdocs()


def _refresh() -> bool:
    """Bring the preview up to date where only lessons have changed; False where MkDocs must see to it.

    Raises:
        Abort: an author has something to mend.
    """
    plan, ledger = _known.plan, _known.ledger
    if plan is None or ledger is None or plan.world() != ledger.world or not ledger.contents:
        return False
    build = Build(replace(plan, today=today()), ledger, _look(plan, ledger))
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
            log.log(*_told(fault))
    errors = [fault for fault in faults if fault.stops]
    if errors:
        files = len({fault.path for fault in errors})
        summary = interface(language)["build.stopped"].format(count=len(errors), files=files)
        raise PluginError("\n".join([summary, *(fault.text(language) for fault in errors)]))


def _told(fault: Fault) -> tuple[int, str]:
    """How grave a fault is that stops nothing, and what the author is told of it."""
    return logging.WARNING if fault.warning else logging.INFO, fault.text(author_language())


def _refusal(config: MkDocsConfig) -> str:
    """Why `--strict` refuses this build; MkDocs says so only after the last event. Empty when it does not."""
    handlers = logging.getLogger("mkdocs").handlers if config.strict else []
    counts = [each for one in handlers if isinstance(one, CountHandler) for each in one.get_counts()]
    told = ", ".join(f"{count} {level.lower()}s" for level, count in counts)
    return f"Aborted with {told} in strict mode!" if told else ""
