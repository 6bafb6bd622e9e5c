"""The generators that `make bench` compares: one module or folder each, with the versions it is pinned at."""

from __future__ import annotations

from bench.peers import eleventy, hugo, material, ours, starlight, zensical
from bench.peers.peer import Peer

PEERS: dict[str, Peer] = {
    module.PEER.name: module.PEER for module in (ours, material, zensical, starlight, eleventy, hugo)
}
