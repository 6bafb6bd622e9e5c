"""Pagefind's files put in order: the same lessons give the same bytes, small files, and a change changes few.

Pagefind 1.5 numbers the pages in the disk's order and the choices of a filter in one of chance, and so
names these files, the index of the index and its entry by chance too. Here the pages follow their
addresses, all else is sorted, and each file is named by its content.

It also puts so many words into one file that a question of three costs its reader 50 kB at 1,000
lessons. Here the words are cut finer. And where a few pages have changed, those alone are indexed anew
and set into the index that stands.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from microlearning.cbor import ARRAY, decode, encode, encode_head
from microlearning.postings import NOWHERE, Word, pack_word, read_words

BEFORE = "/before"
"""Above the addresses of pages as they were: see `amend`."""

_MARK = b"pagefind_dcd"

_LEVEL = 7
"""Of gzip: the highest gains half a percent, and takes three times as long."""

_PIECE = 16_000
"""So many bytes of words, before gzip takes two thirds of them, go into one file; more only for one word."""

_DIGITS = 7
"""So many name a page's fragment; more where two pages would have the same."""


@dataclass
class Output:
    """The folder that an index is published from: what is `there` already is not written again."""

    folder: Path
    there: Container[str] = ()
    names: list[str] = field(default_factory=list)
    """The files of the index, there or written."""

    def pack(self, language: str, content: bytes, before: str, ending: str) -> str:
        """Keep `content` in a file named by it, between `before` and `ending`; that name."""
        name = f"{language}_{sha256(content).hexdigest()[:10]}"
        self.names.append(f"{before}{name}.{ending}")
        if self.names[-1] not in self.there:
            self._file().write_bytes(gzip.compress(_MARK + content, _LEVEL, mtime=0))
        return name

    def copy(self, name: str, folder: Path) -> None:
        """Keep the file `name` of `folder`; those in folders of their own are named by their content."""
        self.names.append(name)
        if "/" not in name or name not in self.there:
            shutil.copyfile(folder / name, self._file())

    def write(self, name: str, text: str) -> None:
        """Keep `text` in the file `name`."""
        self.names.append(name)
        self._file().write_text(text, encoding="utf-8", newline="\n")

    def _file(self) -> Path:
        file = self.folder / self.names[-1]
        file.parent.mkdir(parents=True, exist_ok=True)
        return file


@dataclass
class Index:
    """What Pagefind's files in `folder` say of one language."""

    folder: Path
    language: str
    entry: dict[str, Any]
    version: str
    pages: list[list[Any]]
    """By number: the name of the page's fragment, and its count of words."""

    words: dict[str, Word]
    filters: list[list[str]]
    """Names, and those of their files."""

    sorts: list[list[Any]]
    """What pages may be sorted by, and their numbers in that order."""

    rest: list[Any]

    def addresses(self) -> list[str]:
        """Each page's address, by number."""
        return [json.loads(_unzipped(self.folder / _fragment(name)))["url"] for name, _ in self.pages]

    def fixed(self) -> tuple[str, ...]:
        """The files that no page has a part in."""
        return ("pagefind.js", f"wasm.{self.language}.pagefind")

    def put(self, output: Output) -> None:
        """Put the words, cut fine, and what lists them and all else."""
        pack = partial(output.pack, self.language)
        words = [
            [first, last, pack(content, "index/", "pf_index")] for first, last, content in _pieces(self.words)
        ]
        meta = encode([self.version, self.pages, words, self.filters, self.sorts, *self.rest])
        self.entry["languages"][self.language]["hash"] = pack(meta, "pagefind.", "pf_meta")
        output.write("pagefind-entry.json", json.dumps(self.entry, ensure_ascii=False))


def _read(folder: Path) -> Index:
    """The index in `folder`.

    Raises:
        ValueError: Pagefind has begun to write it in another form.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_text(encoding="utf-8"))
    ((language, one),) = entry["languages"].items()
    try:
        meta, _ = decode(_unzipped(folder / f"pagefind.{one['hash']}.pf_meta"), 0)
        version, pages, pieces, filters, sorts, *rest = meta
        files = [folder / "index" / f"{name}.pf_index" for _, _, name in pieces]
        words = dict(one for file in files for one in read_words(_unzipped(file)))
    except (ValueError, IndexError) as error:
        raise ValueError(f"pagefind: {error}") from None
    return Index(folder, language, entry, version, pages, words, filters, sorts, rest)


def _unzipped(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes()).removeprefix(_MARK)


def _pieces(words: Mapping[str, Word]) -> Iterator[tuple[str, str, bytes]]:
    """All `words` cut into files: the first word, the last one and the content of each."""
    piece: list[tuple[str, bytes]] = []
    size = 0
    for text in sorted(words):
        packed = pack_word(text, words[text])
        if piece and size + len(packed) > _PIECE:
            yield _piece(piece)
            piece, size = [], 0
        piece.append((text, packed))
        size += len(packed)
    if piece:
        yield _piece(piece)


def _piece(words: Sequence[tuple[str, bytes]]) -> tuple[str, str, bytes]:
    content = encode_head(ARRAY, 1) + encode_head(ARRAY, len(words)) + b"".join(packed for _, packed in words)
    return words[0][0], words[-1][0], content


def _fragment(name: str) -> str:
    return f"fragment/{name}.pf_fragment"


def arrange(made: Path, unlisted: str, output: Output) -> None:
    """Put the index that Pagefind has `made` in order, without the list of the filter `unlisted`."""
    index = _read(made)
    addresses = index.addresses()
    order = sorted(range(len(addresses)), key=addresses.__getitem__)
    numbers = {old: new for new, old in enumerate(order)}
    if order != sorted(order):
        index.pages = [index.pages[old] for old in order]
        index.words = {text: word.renumbered(numbers) for text, word in index.words.items()}
        index.sorts = [[name, [numbers[old] for old in pages]] for name, pages in index.sorts]
    filters = []
    for name, file in sorted(index.filters):
        if name != unlisted:
            _, choices = decode(_unzipped(made / "filter" / f"{file}.pf_filter"), 0)[0]
            choices = sorted([choice, sorted(numbers[old] for old in pages)] for choice, pages in choices)
            key = output.pack(index.language, encode([name, choices]), "filter/", "pf_filter")
            filters.append([name, key])
    index.filters = filters
    index.put(output)
    for file in (*(_fragment(name) for name, _ in index.pages), *index.fixed()):
        output.copy(file, made)


def amend(standing: Path, made: Path, addresses: Iterable[str], output: Output) -> bool:
    """Put the index in `standing`, of the pages with these `addresses`, with those that have changed.

    These Pagefind has `made` an index of, as they are, and below `BEFORE` as they were; their filters and
    what they are sorted by must be the same. False where the whole index must be made anew.
    """
    index, part = _read(standing), _read(made)
    numbers = {address: number for number, address in enumerate(sorted(addresses))}
    now, gone = {}, set()
    for number, address in enumerate(part.addresses()):
        if address.startswith(BEFORE):
            gone.add(numbers[address.removeprefix(BEFORE)])
        else:
            now[number] = numbers[address]
    for number, place in now.items():
        index.pages[place] = part.pages[number]
    names = [name for name, _ in index.pages]
    if len({*names}) < len(names) or any(len(name.rpartition("_")[2]) > _DIGITS for name in names):
        return False
    for text, found in part.words.items():
        word = index.words.pop(text, NOWHERE).amended(gone, found.renumbered(now))
        if word:
            index.words[text] = word
    index.put(output)
    for place, name in enumerate(names):
        if place in gone:
            output.copy(_fragment(name), made)
        else:
            output.names.append(_fragment(name))
    output.names += [*(f"filter/{name}.pf_filter" for _, name in index.filters), *index.fixed()]
    return True
