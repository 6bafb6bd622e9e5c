"""Links on paper: each says its address once, and leads to the same place from anywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from microlearning.fragment import Fragment, body_of, inner


def with_addresses(html: str, base: str, *, after: str = "", absolute: bool = False) -> str:
    """The fragment `html`, each link's address in a `data-address` that only paper shows.

    An address is shown at the first link that leads to it, and not at all where the link's own words
    are the address or the link stays on its page. `base` is the page's absolute address; `after` is the
    HTML that comes before on the page, and shows its own; `absolute` says whether links are to lead there
    from any place, as those of a PDF must.
    """
    body = body_of(html)
    if body is None:
        return html
    Addresses(base, after=after).show(body, absolute=absolute)
    return inner(body)


def addressed(
    fragments: Iterable[Fragment],
    base: str,
    *,
    after: str = "",
    also: Callable[[LexborNode], None] | None = None,
) -> Iterator[str]:
    """The HTML of each of `fragments`, neighbours on one page, as `with_addresses` makes it of them all.

    `also` changes what has links further, once their addresses are shown.
    """
    addresses = Addresses(base, after=after)
    for fragment in fragments:
        body = body_of(fragment.html) if fragment.has_links else None
        if body is None:
            yield fragment.html
        else:
            addresses.show(body)
            if also is not None:
                also(body)
            yield inner(body)


class Addresses:
    """The addresses that a page has shown, from its beginning on."""

    def __init__(self, base: str, *, after: str = "") -> None:
        self.base = base
        earlier = LexborHTMLParser(f"<body>{after}").css("a[href]") if after else ()
        self.shown = {urljoin(base, link.attributes.get("href") or "") for link in earlier}

    def show(self, body: LexborNode, *, absolute: bool = False) -> None:
        """Give each link in `body`, which comes next on the page, its `data-address`."""
        for link in body.css("a[href]"):
            href = link.attributes.get("href") or ""
            address = urljoin(self.base, href)
            if absolute:
                link.attrs["href"] = address
            if not href.startswith("#") and address not in self.shown and not _says(link, address):
                link.attrs["data-address"] = address.removeprefix("mailto:")
            self.shown.add(address)


def _says(link: LexborNode, address: str) -> bool:
    """Whether the words of `link` are its address, with or without what a reader leaves out of it."""
    return _bare(link.text()) == _bare(address)


def _bare(text: str) -> str:
    return re.sub(r"^(?:https?://|mailto:)(?:www\.)?", "", text.strip()).rstrip("/").casefold()
