"""The ledger: what the last build found and published, so that this one does only what has changed.

A pair's record stands on the files of the pair, known by what the disk tells of them: size, time of the last
change of content and of state, and inode. The whole ledger stands on the *world*: code, templates, words,
versions, settings. Another world, and nothing in it counts. So a wrong record could only come
from a file that changed without a trace; a change too recent for the disk's clock counts as one.
"""

from __future__ import annotations

import fcntl
import marshal
import os
import pickle
import platform
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from microlearning.traces import Left, Sight, Trace

if TYPE_CHECKING:
    from microlearning.press import Around
    from microlearning.record import Record
    from microlearning.view import Site

T = TypeVar("T")

PACKAGE = Path(__file__).parent

_SIZE = 8
"""So many bytes tell how long a part is, of two that stand first in a ledger's file."""

_MOST = 24
"""Ledgers that are kept: one a folder that someone publishes to."""


@dataclass(frozen=True)
class Packed(Mapping[str, T]):
    """Values that stay packed until one is asked for: of many, a build wants few."""

    packed: dict[str, bytes]

    @classmethod
    def of(cls, values: Mapping[str, T]) -> Packed[T]:
        """`values`, packed."""
        return cls({name: pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for name, value in values.items()})

    def __getitem__(self, name: str) -> T:
        """The value of `name`, unpacked anew each time."""
        value: T = pickle.loads(self.packed[name])  # noqa: S301 - packed here, or by the last build
        return value

    def __iter__(self) -> Iterator[str]:
        """The names."""
        return iter(self.packed)

    def __len__(self) -> int:
        """How many there are."""
        return len(self.packed)


@dataclass
class Ledger:
    """What a build leaves for the next."""

    world: bytes = b""
    sight: Sight | None = None
    """What the build saw; None when the next one is not to trust it."""

    told: list[tuple[int, str]] = field(default_factory=list)
    """What the author was told: how grave (a level of `logging`), and in what words."""

    records: dict[str, Record] = field(default_factory=dict)
    traces: dict[str, dict[str, Trace]] = field(default_factory=dict)
    """The files that each pair stands on, by their names below `docs/`."""

    others: dict[str, Trace] = field(default_factory=dict)
    """The files of `docs/` that are no pair's."""

    site: Site | None = None
    arounds: Packed[Around] = field(default_factory=lambda: Packed({}))
    contents: dict[str, str] = field(default_factory=dict)
    """The plain pages' Markdown as MkDocs made it, by file name."""

    outputs: dict[str, dict[str, Left]] = field(default_factory=dict)
    """The published files by their pair, and under `COMMON`: by address from the site's root."""

    searched: dict[str, bytes] = field(default_factory=dict)
    """What each part of the search index was made of."""

    @property
    def docs(self) -> dict[str, Trace]:
        """All files of `docs/`, as they were when they were read."""
        return self.others | {name: each for files in self.traces.values() for name, each in files.items()}

    @property
    def published(self) -> dict[str, Left]:
        """All published files, by address from the site's root, as they were left."""
        return {address: each for outputs in self.outputs.values() for address, each in outputs.items()}


# --- the world


def world(folders: Iterable[Path], values: object) -> bytes:
    """A fingerprint of all that pages depend on beside `docs/`: the product's files, versions, `values`."""
    digest = blake2b(digest_size=20)
    for folder in folders:
        for name, file in sorted(_sources(folder)):
            digest.update(f"{name}\0".encode())
            digest.update(blake2b(file.read_bytes()).digest())
    for line in (sys.version, sys.platform, platform.machine(), repr(values), *sorted(distributions())):
        digest.update(f"{line}\0".encode())
    return digest.digest()


def _sources(folder: Path) -> Iterator[tuple[str, Path]]:
    for top, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in files:
            file = Path(top, name)
            yield file.relative_to(folder).as_posix(), file


def distributions() -> Iterator[str]:
    """The installed packages with their versions: the names of their folders of metadata."""
    for place in map(Path, sys.path):
        with suppress(OSError):
            yield from (each.name for each in place.iterdir() if each.suffix in (".dist-info", ".egg-info"))


# --- on the disk


def cache_folder(root: Path) -> Path:
    """Where what may be lost is kept, outside the site: `.cache` below `root`, or where the machine says."""
    return Path(os.environ.get("MICROLEARNING_CACHE") or root / ".cache")


def ledger_file(cache: Path, *what: object) -> Path:
    """Where the ledger of `what` is kept in the folder `cache`."""
    name = blake2b("\0".join(map(str, what)).encode(), digest_size=10).hexdigest()
    return cache / "ledger" / f"{name}.pickle"


@contextmanager
def turn(file: Path, waiting: Callable[[], object]) -> Iterator[None]:
    """Hold the ledger in `file` alone, after builds that hold it now; `waiting` is called when one does."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        opened = file.with_suffix(".lock").open("wb")
    except OSError:  # a folder that cannot be written keeps no ledger either
        yield
        return
    with opened:
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(opened, fcntl.LOCK_EX)
        except OSError:  # a disk that knows no locks
            yield
            return
        try:
            yield
        finally:
            fcntl.flock(opened, fcntl.LOCK_UN)  # for processes that were forked from this one, too


def head(file: Path, sight: Sight) -> tuple[dict[str, Left], list[tuple[int, str]]] | None:
    """What was published, and told, when the build that left the ledger in `file` saw the same; else None."""
    try:
        with file.open("rb") as opened:
            before, told = marshal.loads(_part(opened))  # noqa: S302 - of this user's own folder, as code is
            if before != sight:
                return None
            published = dict(marshal.loads(_part(opened)))  # noqa: S302 - as above
        return published, [(int(level), str(words)) for level, words in told]
    except (OSError, EOFError, ValueError, TypeError):
        return None


def _part(ledger: BinaryIO) -> bytes:
    size = int.from_bytes(ledger.read(_SIZE), "big")
    if size > os.fstat(ledger.fileno()).st_size:
        raise ValueError("no ledger, or one of another form")
    return ledger.read(size)


def _put_part(ledger: BinaryIO, value: Any) -> None:  # noqa: ANN401 - whatever marshal takes
    part = marshal.dumps(value)
    ledger.write(len(part).to_bytes(_SIZE, "big") + part)


def load(file: Path) -> Ledger:
    """The ledger in `file`, of whatever world; an empty one where it cannot be read."""
    try:
        with file.open("rb") as opened:
            for _ in range(2):
                _part(opened)
            loaded = pickle.load(opened)  # noqa: S301 - of this user's own folder, as code is
    except Exception:  # noqa: BLE001 - whatever is wrong with it, a ledger is never needed
        return Ledger()
    return loaded if isinstance(loaded, Ledger) else Ledger()


def save(ledger: Ledger, file: Path) -> None:
    """Keep `ledger` in `file`, whole or not at all; a folder that cannot be written costs time, no more."""
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, suffix=".part")
        try:
            with os.fdopen(handle, "wb") as part:
                _put_part(part, (ledger.sight, ledger.told))
                _put_part(part, ledger.published)
                pickle.dump(replace(ledger, sight=None), part, protocol=pickle.HIGHEST_PROTOCOL)
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
        kept = sorted(file.parent.glob("*.pickle"), key=lambda each: each.stat().st_mtime, reverse=True)
        for old in kept[_MOST:]:
            old.unlink(missing_ok=True)
