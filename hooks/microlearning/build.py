"""A build: read what has changed, press what shows it, publish what came of it.

It works without MkDocs, but for one thing: the Markdown of pages that are no lesson is MkDocs' to
render, with its links to other pages. Where no such page can have changed, MkDocs is not needed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from microlearning import places, traces, view
from microlearning.changes import Changes
from microlearning.commons import Commons
from microlearning.desk import Desks, Order, Stage, desks, write
from microlearning.errors import Fault
from microlearning.frontmatter import check_addresses
from microlearning.indexing import INDEXES, Indexes, Writing
from microlearning.ledger import Ledger, Packed
from microlearning.links import lost_anchors, lost_links
from microlearning.plan import Plan
from microlearning.press import Around
from microlearning.project import check_folders
from microlearning.publish import beside, deliver, swap
from microlearning.record import PairFacts, Record
from microlearning.search_index import FOLDER
from microlearning.status import PairStatus
from microlearning.traces import COMMON, Left, Seen

STATIC = ":static"
"""In the ledger's outputs, the files that are published as they lie in `docs/`."""


@dataclass
class Build:
    """One build, from the files to the published site."""

    plan: Plan
    ledger: Ledger
    """What the last build left."""

    seen: Seen
    """What there is now."""

    records: dict[str, Record] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    """The Markdown of the pages that are no lesson, as MkDocs made it, by file name."""

    @cached_property
    def changes(self) -> Changes:
        """What the ledger does not know."""
        return Changes(self.seen, self.ledger, self.plan.today)

    @cached_property
    def folder(self) -> Path:
        """Where the site, or what has changed of it, is made."""
        return beside(self.plan.published)

    def desks(self) -> AbstractContextManager[Desks]:
        """Where its lessons are read and pressed."""
        plan, changes = self.plan, self.changes
        order = Order(plan.settings, plan.today, changes.codes, self.folder, plan.pdfs)
        return desks(order, len(changes.names if changes.afresh else changes.changed))

    # --- reading

    def read(self, at: Desks, stage: Stage) -> tuple[Fault, ...]:
        """Read and check every pair that has changed; everything that is wrong with the project."""
        names, changed = self.changes.names, self.changes.changed
        fresh = at.read(changed, stage("build.reading", len(changed))) if changed else {}
        self.records = {name: fresh.get(name) or self.ledger.records[name] for name in names}
        return tuple(sorted(self._faults()))

    def _faults(self) -> set[Fault]:
        docs, records = self.plan.settings.docs, self.records.values()
        waived = {path for record in records for path in record.waived}
        faults = {one for record in records for one in record.faults}
        faults |= {one for one in check_folders(docs) if one.rule != "pair.no-twin" or one.path not in waived}
        if any(one.stops for one in faults):
            return faults
        if not self._same_pages():
            fronts = {name: pair.fronts[language] for name, language, pair in self._pages()}
            faults |= set(check_addresses(fronts, {name: f"{docs.name}/{name}" for name in fronts}))
        links = [link for record in records for link in record.links]
        if links:
            ids = {name: pair.ids[language] for name, language, pair in self._pages()}
            faults |= {*lost_links(links, docs), *lost_anchors(links, ids)}
        return faults

    def _pages(self) -> Iterator[tuple[str, str, PairFacts]]:
        """Each page's file, its language and its pair."""
        for shared, pair in self.pairs.items():
            for language in pair.fronts:
                yield f"{language}/{shared}.md", language, pair

    @cached_property
    def pairs(self) -> dict[str, PairFacts]:
        """The facts of all pairs."""
        return {name: record.facts() for name, record in self.records.items()}

    def _same_pages(self) -> bool:
        """Whether no fact that another page could show has changed."""
        before = self.ledger.records
        return before.keys() == self.records.keys() and all(
            record.mark == before[name].mark for name, record in self.records.items()
        )

    # --- MkDocs

    @property
    def needs_mkdocs(self) -> bool:
        """Whether a page that is no lesson, or what it may link to, can have changed."""
        before = self.ledger.records
        if not self.ledger.contents or before.keys() != self.records.keys():
            return True
        if self.changes.traces[COMMON].keys() != self.ledger.others.keys():
            return True
        return any(
            not record.is_lesson or record.facts().ids != before[name].facts().ids
            for name, record in self.records.items()
            if record is not before[name]
        )

    @cached_property
    def commons(self) -> Commons:
        """The site as a whole."""
        statuses = [record.status for record in self.records.values() if record.status]
        return Commons(self.site, self.pairs, statuses, self.plan.menu, self.plan.report)

    @cached_property
    def site(self) -> view.Site:
        """What every page says of the site."""
        if self._same_pages() and self.ledger.site:
            return self.ledger.site
        addresses = self.plan.assets().addresses
        return replace(
            self.plan.site,
            stylesheet=addresses["site.css"],
            script=addresses["site.js"],
            scheme=addresses["scheme.js"],
            search_script=addresses["search.js"],
            search=search_addresses(self.pairs),
        )

    # --- pressing and publishing

    def finish(self, at: Desks, stage: Stage) -> None:
        """Write beside the site each file that is not there as it should be; then put them in their places.

        Raises:
            OSError: the disk refuses.
        """
        wanted, rest = self._wanted(), dict[str, list[str]]()
        indexes = Indexes(self.records, self.ledger, self.changes)

        def make_the_rest() -> None:
            rest.update(self._write_commons())
            rest[STATIC] = self._copy()

        indexing = self._index(indexes)
        written = at.press(self.site, wanted, stage("build.pressing", len(wanted)), make_the_rest) | rest
        written |= indexing.end(stage)
        lessons = {name for name, record in self.records.items() if record.is_lesson}
        owners = {COMMON, *INDEXES.values(), *lessons} - written.keys()
        self._publish({one: left for one, left in self.ledger.outputs.items() if one in owners}, written)
        self.ledger.searched = indexes.marks
        if self.plan.previewing:
            indexes.write_later(self.plan.published)

    def _index(self, indexes: Indexes) -> Writing:
        """Begin to make the indexes of search; a preview does so when all else is there."""
        return Writing() if self.plan.previewing else indexes.begin(self.folder, self.plan.published)

    def _wanted(self) -> dict[str, Around]:
        """What is around each lesson that must be made."""
        changes, arounds, before = self.changes, self.arounds, self.ledger.arounds
        everything = changes.afresh or self.site != self.ledger.site
        fresh = set(changes.changed)
        wanted = (
            name
            for name in arounds
            if everything
            or name in fresh
            or not (arounds is before or arounds[name] == before.get(name))
            or not changes.is_whole(name)
        )
        return {name: arounds[name] for name in wanted}

    @cached_property
    def arounds(self) -> Mapping[str, Around]:
        """What each lesson shows of others."""
        before = self.ledger.records
        if self._same_pages() and all(one.links == before[one.name].links for one in self.records.values()):
            return self.ledger.arounds
        linked = {
            name: [link.target for link in record.links if link.is_file]
            for name, record in self.records.items()
        }
        return self.commons.arounds(linked)

    def _write_commons(self) -> dict[str, list[str]]:
        """What belongs to no lesson, when anything that it shows has changed."""
        everything = self.changes.afresh or bool(self.contents) or not self._same_pages()
        everything = everything or not self.changes.is_whole(COMMON)
        if not everything and self._statuses() == [one.status for one in self.ledger.records.values()]:
            return {}
        before = [] if everything else self.ledger.outputs.get(COMMON, {})
        addresses = {*before, *map(self.commons.address, self.contents)}  # MkDocs writes the latter
        for address, text in self._commons_files(everything=everything):
            write(self.folder / address, text)
            addresses.add(address)
        return {COMMON: list(addresses)}

    def _commons_files(self, *, everything: bool) -> Iterator[tuple[str, str | bytes]]:
        """Each file that belongs to no lesson; unless `everything` is asked, those that tell the status."""
        yield from self.commons.files() if everything else self.commons.status_files()
        if not self.contents:  # else MkDocs has written them
            for name, content in self.ledger.contents.items():
                if everything or self.commons.shows_status(name):
                    yield self.commons.address(name), self.commons.plain_page(name, content)
        if everything:
            yield from self.plan.assets().files.items()

    def _statuses(self) -> list[PairStatus | None]:
        return [record.status for record in self.records.values()]

    def static_files(self) -> list[str]:
        """The files of `docs/` that are published as they lie there, by their names."""
        return [name for owner in self.changes.traces for name in self._static(owner)]

    def _static(self, owner: str) -> list[str]:
        before, own = self.ledger.outputs.get(STATIC, {}), self.changes.traces[owner]
        return [name for name in own if name in before or self.plan.is_published(name)]

    def _copy(self) -> list[str]:
        """Copy the files of `docs/` that are published as they are; the addresses of all of them."""
        docs, changes, before = self.plan.settings.docs, self.changes, self.ledger.outputs.get(STATIC, {})
        whole = not changes.afresh and changes.is_whole(STATIC)
        files = []
        for owner, own in changes.traces.items():
            if whole and own == changes.before(owner):
                files += [name for name in own if name in before]
                continue
            names = self._static(owner)
            files += names
            for name in names:
                if changes.afresh or not changes.is_copied(owner, name, before):
                    target = self.folder / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copyfile(docs / name, target)
        return files

    # --- the end

    def _publish(self, kept: Mapping[str, dict[str, Left]], written: Mapping[str, Iterable[str]]) -> None:
        """Put what was written for some owners beside what is `kept` of others; all else goes."""
        published, changes = self.plan.published, self.changes
        if changes.afresh:
            swap(self.folder, published)
            there = traces.find_published(published)
        else:
            lost = changes.there.keys() - set().union(*kept.values(), *written.values())
            moved = deliver(self.folder, published, [one for one in lost if not self._is_later(one)])
            there = changes.there | {address: traces.left(published / address) for address in moved}
        self.ledger.traces = {owner: changes.trusted(owner) for owner in changes.traces}
        self.ledger.others = self.ledger.traces.pop(COMMON)
        self.ledger.records = self.records
        self.ledger.site = self.site
        if self.arounds is not self.ledger.arounds:
            self.ledger.arounds = Packed.of(self.arounds)
        self.ledger.contents = self.contents or self.ledger.contents
        outputs = {owner: {one: there[one] for one in addresses} for owner, addresses in written.items()}
        self.ledger.outputs = {**kept, **outputs}

    def _is_later(self, address: str) -> bool:
        """Whether a preview's index, written in the background, owns the file at `address`."""
        return self.plan.previewing and address.split("/")[1:2] == [FOLDER]

    def abandon(self) -> None:
        """Remove what stands beside the site."""
        shutil.rmtree(self.folder, ignore_errors=True)


def search_addresses(pairs: Mapping[str, PairFacts]) -> dict[str, str]:
    """Where the search page stands in each language, from the site's root; nothing when there is none."""
    pair = pairs.get("search")
    return {one: places.page_url(one, "search", front) for one, front in pair.fronts.items()} if pair else {}
