"""What has changed since the last build: in the files that lessons stand on, and in the published site."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from microlearning import traces
from microlearning.ledger import Ledger
from microlearning.record import holds
from microlearning.traces import COMMON, Left, Seen, Trace


class Changes:
    """What of all that is `seen` the build of the day `today` cannot take from `ledger`."""

    def __init__(self, seen: Seen, ledger: Ledger, today: date) -> None:
        self._ledger = ledger
        self.began = seen.began
        files = seen.docs
        self.names = traces.pair_names(files)
        """The shared names of all pairs, in order."""

        self.traces = traces.grouped(files, self.names)
        """The files of each pair, and under `COMMON` those of none."""

        self.codes = frozenset(name.upper() for name in self.names if f"media/{name}/lesson.yml" in files)
        """The codes of all lessons."""

        self.afresh = not ledger.records or not seen.published
        """Whether the whole site is to be made."""

        self.there = seen.published
        """What is published."""

        self.changed = tuple(name for name in self.names if not self._is_known(name, today))
        """The pairs to read."""

    def _is_known(self, name: str, today: date) -> bool:
        """Whether the last build's record of the pair is still true."""
        record = self._ledger.records.get(name)
        same = self.traces[name] == self.before(name)
        return record is not None and same and holds(record, today, self.codes)

    def before(self, owner: str) -> dict[str, Trace]:
        """The files of `owner` as the last build read them."""
        return self._ledger.others if owner == COMMON else self._ledger.traces.get(owner, {})

    def trusted(self, owner: str) -> dict[str, Trace]:
        """The files of `owner` as the next build may trust them."""
        own, before = self.traces[owner], self.before(owner)
        return before if own == before else traces.settled(own, self.began)

    def is_whole(self, owner: str) -> bool:
        """Whether what was published for `owner` is still there, as it was left."""
        return self._ledger.outputs.get(owner, {}).items() <= self.there.items()

    def is_copied(self, owner: str, name: str, outputs: Mapping[str, Left]) -> bool:
        """Whether the file `name` of `docs/`, which is `owner`'s, is published as it is now."""
        return self.traces[owner][name] == self.before(owner).get(name) and self.is_there(name, outputs)

    def is_there(self, address: str, outputs: Mapping[str, Left]) -> bool:
        """Whether the file at `address` is there as `outputs` say it was left."""
        return address in outputs and outputs[address] == self.there.get(address)
