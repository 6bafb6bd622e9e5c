"""Build beside, then swap: the published site is replaced whole, or not at all."""

from __future__ import annotations

import ctypes
import shutil
import sys
from pathlib import Path


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
    """Put the previous site back where a swap was cut short; remove it where one was not."""
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
