"""A glance: whether anything at all has changed since the last build.

It is told by the disk's traces alone. What builds is loaded beside it, where there is a processor to spare,
else after it: of a build that has nothing to do, that would take most of the time.
"""

from __future__ import annotations

import gc
import marshal
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import get_plugin_logger

from microlearning import ledger as book
from microlearning.dates import today
from microlearning.ledger import Ledger, cache_folder
from microlearning.pdf import missing_packages, wants_pdf
from microlearning.processes import beside, processors
from microlearning.publish import restore
from microlearning.strings import author_language, interface
from microlearning.traces import Seen, Sight, Trace, clock, find_files, find_published, settled

log = get_plugin_logger("lessons")


class Unneeded(SystemExit):
    """The site is built, and MkDocs has nothing to add. MkDocs has no event that ends a build early."""

    def __init__(self) -> None:
        log.info(interface(author_language())["build.done"])
        super().__init__(0)


@dataclass(frozen=True)
class Glance:
    """What the disk tells before a build; nobody else builds while it is open."""

    ledger_file: Path
    seen: Seen
    sight: Sight
    told: Sequence[tuple[int, str]] | None
    """What the last build told, where it would do the same again; else None."""

    ledger: Ledger | None
    """What it left, where there was time to read it: see `left`."""

    turn: ExitStack

    def left(self) -> Ledger:
        """What the last build left."""
        return self.ledger or book.load(self.ledger_file)

    def end_if_same(self) -> None:
        """Where the last build would do the same again, say what it said, and end.

        Raises:
            Unneeded: the site is built.
        """
        if self.told is not None:
            self.turn.close()
            for level, words in self.told:
                log.log(level, words)
            raise Unneeded


@dataclass
class _Asked:
    command: str = ""


asked = _Asked()
"""What MkDocs was asked to do."""


def start(command: str) -> None:
    """Remember what MkDocs was asked to do; let Python's collector look around less often.

    A build makes next to no cycles: to look for them as often as Python does takes a twentieth of its time.
    """
    gc.set_threshold(20_000, 50, 100)
    asked.command = command


def is_nested(config: MkDocsConfig) -> bool:
    """Whether MkDocs is at its second language."""
    i18n: Any = config.plugins["i18n"]
    return bool(i18n.building)


def begin(config: MkDocsConfig, load: Callable[[], object]) -> Glance | None:
    """A glance; none before a preview, which remembers. `load` loads what builds.

    Raises:
        Unneeded: nothing has changed.
    """
    if asked.command == "serve":
        return None
    found = glance(config, load)
    if asked.command == "build":
        found.end_if_same()
    return found


def glance(config: MkDocsConfig, load: Callable[[], object]) -> Glance:
    """Wait for builds of the same site to end, put right what a killed one left, then look at every file.

    Another process looks at the published ones. Where an author's have changed, what builds is loaded
    meanwhile. The `turn` is to be closed at the end.
    """
    root, published = Path(config.config_file_path).resolve().parent, Path(config.site_dir)
    file = book.ledger_file(cache_folder(root), root, published)
    with ExitStack() as turn:
        waiting = interface(author_language())["build.waiting"]
        turn.enter_context(book.turn(file, lambda: log.info(waiting)))
        restore(published)
        began, found = clock(), beside(partial(_look, published))
        docs, product = find_files(Path(config.docs_dir)), settled(dict(_product(config)), began)
        sight = (_around(config), product, docs)
        before = book.head(file, sight)
        ledger = None
        if before is None and processors() > 1:
            load()
            ledger = book.load(file)
        seen = Seen(began, docs, marshal.loads(found()))  # noqa: S302 - of this process' child
        told = before[1] if before and before[0] == seen.published else None
        return Glance(file, seen, sight, told, ledger, turn.pop_all())


def _look(published: Path) -> bytes:
    """Every file that is published, packed: `marshal` takes half of the time that `pickle` takes."""
    return marshal.dumps(find_published(published))


def _product(config: MkDocsConfig) -> Iterable[tuple[str, Trace]]:
    for folder in (book.PACKAGE.parent, Path(config.theme.custom_dir or "")):
        for name, trace in find_files(folder).items():
            if "__pycache__" not in name:
                yield f"{folder.name}/{name}", trace


def _around(config: MkDocsConfig) -> str:
    values: list[Any] = [
        settings(config),
        today(),
        author_language(),
        missing_packages() if wants_pdf() else None,
        sys.version,
        sorted(book.distributions()),
    ]
    return repr(values)


def settings(config: MkDocsConfig) -> str:
    """All that MkDocs was told, in its file and beside it."""
    plugins = {name: getattr(plugin, "config", None) for name, plugin in config.plugins.items()}
    theme = (config.theme.name, config.theme.dirs, config.theme.custom_dir)
    values = {key: value for key, value in config.items() if key not in ("plugins", "theme")}
    return repr((values, plugins, theme))
