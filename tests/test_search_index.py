"""The index of search: the same lessons give the same bytes, whether all are indexed or only what changed."""

from __future__ import annotations

import gzip
import os
import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from microlearning import pagefind_files, search_index
from microlearning.cbor import decode
from microlearning.search import Passage, SearchDocument, SearchPage, search_page
from microlearning.search_index import Standing, index_later, write_index, write_search
from search_corpus import lessons, pages


def files(folder: Path) -> dict[str, bytes]:
    """The files below `folder`."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()
    }


def reworded(lesson: SearchDocument, *texts: str) -> SearchDocument:
    """`lesson` with `texts` in the place of its third passage."""
    passages = [*lesson.passages[:2], *(Passage(text, "7") for text in texts), *lesson.passages[3:]]
    return replace(lesson, passages=tuple(passages))


def test_the_same_lessons_give_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In whatever order they come, and in whatever order the disk lists them."""
    found = pages("fr")[:30]
    write_index(found, tmp_path / "first")
    write_index(found[::-1], tmp_path / "second")
    monkeypatch.setattr(search_index, "_MEMORY", tmp_path / "none")
    write_index(found, tmp_path / "third")
    monkeypatch.setattr(search_index, "sorted", lambda every, **_: every, raising=False)
    write_index(found[7:] + found[:7], tmp_path / "fourth")
    first = files(tmp_path / "first")
    assert all(files(tmp_path / name) == first for name in ("second", "third", "fourth"))
    assert {Path(name).suffix for name in first} == {
        *(".js", ".json", ".pagefind", ".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"),
    }


def test_the_words_of_an_index_come_in_small_files(tmp_path: Path) -> None:
    """A question fetches the file of each of its words: none is heavy, and none is lost."""
    write_index(pages("en"), tmp_path)
    (meta,) = tmp_path.glob("*.pf_meta")
    listed = decode(gzip.decompress(meta.read_bytes()).removeprefix(b"pagefind_dcd"), 0)[0][2]
    found = {file.stem: gzip.decompress(file.read_bytes()) for file in (tmp_path / "index").iterdir()}
    assert sorted(name for _, _, name in listed) == sorted(found)
    assert len(found) > 2
    assert max(map(len, found.values())) < 17_000
    bounds = [word for first, last, _ in listed for word in (first, last)]
    assert bounds == sorted(bounds)
    for first, last, name in listed:
        assert first.encode() in found[name][:40]
        assert last.encode() in found[name]


def test_what_a_killed_build_left_in_memory_goes_after_an_hour(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "_MEMORY", tmp_path)
    for name in ("microlearning-search-old", "microlearning-search-new", "other"):
        (tmp_path / name / "pages").mkdir(parents=True)
    for name in ("microlearning-search-old", "other"):
        os.utime(tmp_path / name, (1, 1))
    write_index(pages("fr")[:3], tmp_path / "index")
    assert {file.name for file in tmp_path.iterdir()} == {"microlearning-search-new", "other", "index"}


@pytest.mark.parametrize("data", [b"", b"\x82\x81\x61a\x00", b"\x81\x81\xf9\x3c\x00", b"\x81\x81\x83\x61a"])
def test_words_in_a_form_that_pagefind_does_not_have_yet_stop_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: bytes
) -> None:
    """Nothing, a second value, a fraction, a word that is cut."""
    real = search_index.arrange

    def arrange(made: Path, unlisted: str, output: pagefind_files.Output) -> None:
        next((made / "index").iterdir()).write_bytes(gzip.compress(b"pagefind_dcd" + data))
        real(made, unlisted, output)

    monkeypatch.setattr(search_index, "arrange", arrange)
    with pytest.raises(ValueError, match="pagefind: "):
        write_index(pages("en")[:3], tmp_path)
    assert not [*tmp_path.iterdir()]


# --- lessons that change


def change(language: str, **texts: Sequence[str]) -> tuple[list[SearchPage], list[SearchPage]]:
    """The lessons of the corpus before and after those with these numbers have other `texts`."""
    before = lessons(language)
    after = [
        reworded(one, *texts[f"at{number}"]) if f"at{number}" in texts else one
        for number, one in enumerate(before)
    ]
    return [*map(search_page, before)], [*map(search_page, after)]


def amended(before: Sequence[SearchPage], after: Sequence[SearchPage], folder: Path) -> dict[str, bytes]:
    """The index of `after`, made of that of `before`."""
    old, new = folder / "old", folder / "new"
    names = write_index(before, old)
    assert sorted(names) == sorted(files(old))
    now = write_index(after, new, Standing(old, frozenset(names), before))
    assert len({*now}) == len(now)
    written, left = files(new), files(old)
    assert not [name for name in written if name in left and name.startswith(("index/", "fragment/"))]
    return {name: written[name] if name in written else left[name] for name in now}


@pytest.fixture
def arranged(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What whole indexes were made in."""
    made: list[Path] = []

    def arrange(folder: Path, unlisted: str, output: pagefind_files.Output) -> None:
        made.append(folder)
        pagefind_files.arrange(folder, unlisted, output)

    monkeypatch.setattr(search_index, "arrange", arrange)
    return made


@pytest.mark.parametrize("step", [1, -1])
@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    "texts",
    [
        {"at50": ["A word that none had: zwieback."]},
        {"at0": ["The first lesson."], "at99": ["The last one, twice, twice."]},
        {"at31": []},
        {"at8": ["Søren Ørsted, Łódź and the Đuro hæmatology of naïve cœurs"]},
        {"at8": ["日本語 и русский язык, ελληνικά 😀 x" + "y" * 300]},
        {f"at{number}": [f"word{number} " * number] for number in range(40)},
        {"at3": [" ".join(f"many{number}" for number in range(3000))]},
    ],
)
def test_changed_lessons_are_set_into_the_index_that_stands(
    tmp_path: Path, arranged: list[Path], texts: dict[str, list[str]], language: str, step: int
) -> None:
    """And set back: what goes leaves nothing."""
    before, after = change(language, **texts)[::step]
    found = amended(before, after, tmp_path)
    assert len(arranged) == 1, "the first index, not the second"
    write_index(after, tmp_path / "whole")
    assert found == files(tmp_path / "whole")


def test_many_changes_in_turn_leave_what_a_whole_index_holds(tmp_path: Path) -> None:
    luck = random.Random(7)  # noqa: S311 - the same changes each time
    words = [word for one in lessons("fr") for passage in one.passages for word in passage.text.split()]
    documents = lessons("fr")
    here, found = tmp_path / "here", [*map(search_page, documents)]
    names = write_index(found, here)
    for _ in range(12):
        for number in luck.sample(range(100), luck.randint(1, 5)):
            texts = [" ".join(luck.choices(words, k=luck.randint(0, 30))) for _ in range(luck.randint(0, 3))]
            documents[number] = reworded(documents[number], *texts)
        now = [*map(search_page, documents)]
        kept = frozenset(names)
        names = write_index(now, here, Standing(here, kept, found))
        for name in kept - {*names}:
            (here / name).unlink()
        found = now
    write_index(found, tmp_path / "whole")
    assert files(here) == files(tmp_path / "whole")


@pytest.mark.parametrize(
    "what", ["a lesson more", "a lesson less", "a topic", "a day", "most", "a long name"]
)
def test_the_whole_index_is_made_where_more_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arranged: list[Path], what: str
) -> None:
    before, after = lessons("en")[:40], lessons("en")[:40]
    after[5] = {
        "a topic": replace(after[5], topics=("video",)),
        "a day": replace(after[5], published=after[4].published),
    }.get(what, reworded(after[5], "Other words."))
    if what == "most":
        after[:20] = [reworded(one, "Other words.") for one in after[:20]]
    if what == "a long name":  # as Pagefind gives where two fragments would have the same
        monkeypatch.setattr(pagefind_files, "_DIGITS", 6)
    before, after = before[what == "a lesson more" :], after[what == "a lesson less" :]
    found = amended([*map(search_page, before)], [*map(search_page, after)], tmp_path)
    assert len(arranged) == 2
    write_index([*map(search_page, after)], tmp_path / "whole")
    assert found == files(tmp_path / "whole")


# --- the preview


def test_a_preview_indexes_once_until_the_words_change(tmp_path: Path) -> None:
    folder, entry = tmp_path / "index", tmp_path / "index" / "pagefind-entry.json"
    documents, told = lessons("fr")[:9], []
    for number in (1, 1, 2):
        documents[3] = reworded(documents[3], f"number{number}")
        index_later(lambda: [*map(search_page, documents)], folder).join()
        told.append(entry.stat().st_mtime_ns)
    assert told[0] == told[1] < told[2]
    write_search([*map(search_page, documents)], tmp_path / "clean")
    assert files(folder) == files(tmp_path / "clean")
    for harm in (lambda: shutil.rmtree(folder), next(folder.glob("index/*")).unlink):
        harm()
        index_later(lambda: [*map(search_page, documents)], folder).join()
        assert files(folder) == files(tmp_path / "clean"), "a new site was put in the place of the old"


def test_a_site_without_lessons_has_no_index(tmp_path: Path) -> None:
    assert write_search([], tmp_path / "none") == []
    assert not (tmp_path / "none").exists()
