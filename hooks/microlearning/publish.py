"""Build beside, then publish: the whole site is swapped in one step, or the few changed files are moved in.

What is moved in is first written whole beside the site, with a list of what goes. A build that is
killed while it moves is taken up by the next one, to the end of that list.
"""

from __future__ import annotations

import ctypes
import filecmp
import json
import os
import shutil
import sys
from collections.abc import Collection, Iterable
from contextlib import suppress
from pathlib import Path

MANY = 1000
"""Files: so few are moved in less time than a reader's page takes to come."""


def beside(site: Path) -> Path:
    """An empty folder next to `site`, on the same disk, in which to build.

    Leftovers of a build that was killed are removed; a site that was killed half-way through
    its swap is put back first.
    """
    restore(site)
    building = building_folder(site)
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    return building


def restore(site: Path) -> None:
    """Put right what a killed build left: end its moves, or put back the site that it was swapping."""
    _move_in(building_folder(site), site)
    previous = _previous(site)
    if previous.exists() and not site.exists():
        previous.rename(site)
    shutil.rmtree(previous, ignore_errors=True)


def swap(building: Path, site: Path) -> None:
    """Put `building` in the place of `site`: in one step where the system can exchange folders, else in two.

    Raises:
        OSError: the disk refuses; `site` is then as it was.
    """
    if site.exists() and _exchange(building, site):
        shutil.rmtree(building, ignore_errors=True)
        return
    previous = _previous(site)
    if site.exists():
        site.replace(previous)
    try:
        building.replace(site)
    except OSError:
        restore(site)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def deliver(building: Path, site: Path, gone: Iterable[str]) -> tuple[str, ...]:
    """Move the files of `building` into `site`, and remove those at the addresses `gone`.

    A file that says what the site's says already is left out. Gives the addresses of the others. Many
    files are not moved: the rest of the site joins them by hard links, and the whole is swapped.

    Raises:
        OSError: the disk refuses; before the first move, `site` is as it was.
    """
    moved = []
    for file in sorted(path for path in building.rglob("*") if path.is_file()):
        address = file.relative_to(building).as_posix()
        there = site / address
        if there.is_file() and filecmp.cmp(file, there, shallow=False):
            file.unlink()
        else:
            moved.append(address)
    gone = set(gone)
    if len(moved) + len(gone) > MANY and _join(building, site, {*moved, *gone}):
        swap(building, site)
        return tuple(moved)
    moved.sort(key=_comes_late)
    note = building / _NOTE
    with note.with_suffix(".part").open("w", encoding="utf-8") as part:
        json.dump({"moved": moved, "gone": sorted(gone)}, part)
        part.flush()
        os.fsync(part.fileno())
    note.with_suffix(".part").replace(note)
    _move_in(building, site)
    return tuple(moved)


def _join(building: Path, site: Path, but: Collection[str]) -> bool:
    """Link the files of `site` into `building`, all `but` some; False where the disk cannot."""
    linked = []
    try:
        for folder, _, names in os.walk(site):
            there = building / os.path.relpath(folder, site)
            before = "" if folder == str(site) else f"{os.path.relpath(folder, site)}/".replace(os.sep, "/")
            kept = [name for name in names if before + name not in but]
            if kept:
                there.mkdir(parents=True, exist_ok=True)
            for name in kept:
                (there / name).hardlink_to(Path(folder, name))
                linked.append(there / name)
    except OSError:
        for file in linked:
            file.unlink()
        return False
    return True


def _comes_late(address: str) -> tuple[bool, bool, str]:
    """Pages come after what they ask for, the index of search after its parts."""
    return (address.endswith(".html"), address.endswith("entry.json"), address)


def _move_in(building: Path, site: Path) -> None:
    """Do what the note in `building` says, from wherever it was left; nothing when there is no note."""
    try:
        note = json.loads((building / _NOTE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    for address in note["moved"]:
        with suppress(FileNotFoundError):  # moved before
            there = site / address
            if there.is_dir() and not there.is_symlink():
                shutil.rmtree(there)
            _make_folder(there.parent, site)
            (building / address).replace(there)
    for address in note["gone"]:
        _remove(site / address, site)
    shutil.rmtree(building, ignore_errors=True)


def _make_folder(folder: Path, site: Path) -> None:
    """Make `folder`, also where a file of that name has to go."""
    for above in reversed([folder, *folder.parents]):
        if above.is_relative_to(site) and above.is_file():
            above.unlink()
    folder.mkdir(parents=True, exist_ok=True)


def _remove(file: Path, site: Path) -> None:
    """Remove `file`, and the folders that it leaves empty."""
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        file.unlink()
    with suppress(OSError):
        for folder in file.parents:
            if folder == site:
                break
            folder.rmdir()


_NOTE = ".moves.json"
"""In the folder beside the site, once it is complete: what moves and what goes."""


def _exchange(one: Path, two: Path) -> bool:
    """Exchange two folders in one step (Linux, renameat2(2)): at no moment is either missing.

    False when the system cannot, and then nothing has changed. The exchange costs no room on the disk.
    """
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    return rename is not None and rename(_HERE, bytes(one), _HERE, bytes(two), _RENAME_EXCHANGE) == 0


_HERE = -100
"""AT_FDCWD: paths count from the working folder (`fcntl.h`)."""

_RENAME_EXCHANGE = 2
"""`linux/fs.h`."""


def building_folder(site: Path) -> Path:
    """Where the site that will replace `site` is built."""
    return site.with_name(f".{site.name}-building")


def _previous(site: Path) -> Path:
    return site.with_name(f".{site.name}-previous")
