"""Build beside, then swap: the published site is replaced whole, or not at all."""

from __future__ import annotations

import shutil
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
    """Put `building` in the place of `site`. Both are on one disk, so each step is one rename.

    Raises:
        OSError: the disk refuses; `site` is then as it was.
    """
    previous = _previous(site)
    if site.exists():
        site.replace(previous)
    try:
        building.replace(site)
    except OSError:
        restore(site)
        raise
    shutil.rmtree(previous, ignore_errors=True)


def building_folder(site: Path) -> Path:
    """Where the site that will replace `site` is built."""
    return site.with_name(f".{site.name}-building")


def _previous(site: Path) -> Path:
    return site.with_name(f".{site.name}-previous")
