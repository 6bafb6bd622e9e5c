"""S4: the published site is replaced whole, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from microlearning.publish import beside, building_folder, restore, swap


def _page(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(text)
    return folder


def test_a_swap_replaces_the_whole_site(tmp_path: Path) -> None:
    site = _page(tmp_path / "site", "old")
    (site / "gone.html").write_text("old")
    building = _page(beside(site), "new")
    swap(building, site)
    assert {file.name for file in site.iterdir()} == {"index.html"}
    assert (site / "index.html").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_the_first_build_needs_no_site(tmp_path: Path) -> None:
    swap(_page(beside(tmp_path / "site"), "new"), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_text() == "new"


def test_a_swap_that_fails_puts_the_site_back(tmp_path: Path) -> None:
    site = _page(tmp_path / "site", "old")
    with pytest.raises(FileNotFoundError):
        swap(tmp_path / "never-built", site)
    assert (site / "index.html").read_text() == "old"


def test_a_build_killed_between_two_renames_is_put_right(tmp_path: Path) -> None:
    site = tmp_path / "site"
    _page(tmp_path / ".site-previous", "old")
    restore(site)
    assert (site / "index.html").read_text() == "old"


def test_leftovers_of_a_killed_build_do_not_get_in(tmp_path: Path) -> None:
    site = _page(tmp_path / "site", "old")
    _page(building_folder(site), "half")
    assert list(beside(site).iterdir()) == []
    assert (site / "index.html").read_text() == "old"
