"""Speed never lies: after any edit, a build publishes what a build from nothing would, byte by byte."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bench.corpus import write_corpus
from build_server import Builds, Done, serving
from edits import Edits

EDITS = 100
"""One after the other."""

ENVIRONMENT = {
    "MICROLEARNING_PDF": "0",
    "NO_MKDOCS_2_WARNING": "1",
    "LANG": "C.UTF-8",
    "SOURCE_DATE_EPOCH": "1795608000",
}


@pytest.fixture
def builds() -> Iterator[Builds]:
    with serving() as server:
        yield server


def _tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _told(output: str) -> list[str]:
    """What a build tells an author, in the order of the alphabet."""
    lines = (line for line in output.splitlines() if re.search(r"WARNING|ERROR|^docs/|docs/.*:\d+: ", line))
    return sorted({re.sub(r"^\w+ +- +(\[[\d:]+\] )?", "", line) for line in lines})


def _build(project: Path, site: Path, cache: Path) -> tuple[list[str], dict[str, str]]:
    command = ["mkdocs", "build", "-f", str(project / "mkdocs.yml"), "-d", str(site)]
    return command, ENVIRONMENT | {"MICROLEARNING_CACHE": str(cache)}


KEPT = ("about", "host", "index", "search", "translation-status")
"""Pages of the site that are enough to show one of each kind, once their words are fewer."""

BODIES = {
    "fr": """# Page {name}

Quelques mots de cette page, et [une leçon](acc1-v01.md#do).

## Une partie {{ #part }}

Autre chose.
""",
    "en": """# Page {name}

Some words about this page, and [a lesson](acc1-v01.md#do).

## One part {{ #part }}

Something else.
""",
}


def _lighten(project: Path) -> None:
    """Leave two lessons and a few short pages: the whole site takes five minutes to build a hundred times."""
    docs = project / "docs"
    for page in docs.glob("??/*.md"):
        if page.stem in KEPT:
            head = page.read_text(encoding="utf-8").split("---\n")[1]
            head = re.sub(r"(?m)^reviewed:\n(?: .*\n)+", "", head)
            body = BODIES[page.parent.name].format(name=page.stem)
            page.write_text(f"---\n{head}---\n{body}", encoding="utf-8")
        elif page.stem not in ("acc1-v01", "acc1-v02"):
            page.unlink()
    shutil.rmtree(docs / "media" / "trn1-v13")
    settings = project / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(re.sub(r"(?m)^nav: .*$", "nav: [index.md, about.md]", text), encoding="utf-8")


def test_a_hundred_random_edits_give_what_clean_builds_give(
    project: Path, tmp_path: Path, builds: Builds
) -> None:
    site, clean, cache = tmp_path / "site", tmp_path / "clean", tmp_path / "clean-cache"
    edits = Edits(project, site, write_corpus(tmp_path / "spare", 6), seed=2026)
    _lighten(project)
    edits.next(edits.add_lesson)
    published = stopped = 0
    for turn, kind in enumerate(islice(edits.kinds(), EDITS)):
        what = edits.next(kind) if turn else "the first build"
        before = _tree(site)
        shutil.rmtree(clean, ignore_errors=True)
        shutil.rmtree(cache, ignore_errors=True)
        ours, theirs = builds.run(_build(project, site, tmp_path / "cache"), _build(project, clean, cache))
        where = f"edit {turn}, {what}:\n{ours.output}"
        assert (ours.code, _told(ours.output)) == (theirs.code, _told(theirs.output)), where
        assert "Traceback" not in ours.output, where
        if ours.code:
            assert turn, where
            stopped += 1
            assert _tree(site) == before, where
            edits.undo()
        else:
            published += 1
            assert _differences(_tree(site), _tree(clean)) == [], where
    assert published > EDITS * 0.8, "hardly an edit was published"
    assert stopped, "no mistake was told"


def _differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


# --- what is left alone, and what is not


def _published(builds: Builds, project: Path, site: Path, cache: Path, **environment: str) -> Done:
    command, own = _build(project, site, cache)
    (done,) = builds.run((command, own | environment))
    return done


def _times(folder: Path) -> dict[str, int]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.stat().st_mtime_ns for path in files}


def test_only_what_changed_is_written(project: Path, tmp_path: Path, builds: Builds) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    page = project / "docs" / "en" / "acc1-v01.md"
    for one in (page, project / "docs" / "fr" / "acc1-v01.md"):  # a review would note the change elsewhere
        text = re.sub(r"(?m)^reviewed:\n(?: .*\n)+", "", one.read_text(encoding="utf-8"))
        one.write_text(text, encoding="utf-8")
    assert _published(builds, project, site, cache).code == 0
    first = _times(site)
    assert _published(builds, project, site, cache).code == 0
    assert _times(site) == first
    page.write_text(
        page.read_text(encoding="utf-8").replace("write lessons", "write good lessons"), encoding="utf-8"
    )
    assert _published(builds, project, site, cache).code == 0
    changed = {name for name, time in _times(site).items() if first.get(name) != time}
    assert "en/acc1-v01/index.html" in changed
    assert all(name.startswith(("en/acc1-v01/", "en/search-index/")) for name in changed), changed


GLANCING = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from mkdocs.__main__ import cli
try:
    cli()
finally:
    print("loaded" if "microlearning.site" in sys.modules else "a glance")
"""
"""A build that tells whether it had to load the product."""


def test_a_glance_is_enough_when_nothing_has_changed(project: Path, tmp_path: Path, builds: Builds) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    (tmp_path / "glancing.py").write_text(GLANCING, encoding="utf-8")
    command, own = _build(project, site, cache)

    def loads(**environment: str) -> bool:
        argv = [str(tmp_path / "glancing.py"), str(project / "hooks"), *command[1:]]
        (done,) = builds.run((argv, own | environment))
        assert done.code == 0, done.output
        return done.output.splitlines()[-1] == "loaded"

    def loads_once(**environment: str) -> bool:
        return (loads(**environment), loads(**environment)) == (True, False)

    def change(file: Path, old: str, new: str) -> bool:
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        time.sleep(0.1)  # a file may change twice within a tick of the disk's clock: it is looked at again
        return loads_once()

    assert loads_once()
    assert change(project / "overrides" / "main.html", "{%", "{#- -#}{%")
    assert change(project / "hooks" / "microlearning" / "strings" / "interface.en.yml", "\n", "\n# note\n")
    assert change(project / "mkdocs.yml", "limit_days: 60", "limit_days: 61")
    assert change(project / "docs" / "media" / "acc1-v01" / "lesson.yml", "\n", "\n# note\n")
    (site / "en" / "index.html").unlink()
    assert loads_once()
    (site / "stray.txt").write_text("stray", encoding="utf-8")
    assert loads_once()
    assert not (site / "stray.txt").exists()
    assert loads_once(SOURCE_DATE_EPOCH=str(int(own["SOURCE_DATE_EPOCH"]) + 86_400))
    page = project / "docs" / "en" / "acc1-v01.md"
    assert change(page, "\n\n## ", " [About](about.md)\n\n## ")


def test_who_calls_mkdocs_for_more_is_not_cut_short(project: Path, tmp_path: Path, builds: Builds) -> None:
    """`mkdocs gh-deploy` builds and then deploys: a build with nothing to do must come back."""
    script = tmp_path / "deploy.py"
    script.write_text(
        "import sys\nfrom mkdocs.commands.build import build\nfrom mkdocs.config import load_config\n"
        "for _ in range(2):\n"
        "    config = load_config(sys.argv[1], site_dir=sys.argv[2])\n"
        "    config.plugins.on_startup(command='gh-deploy', dirty=False)\n"
        "    build(config)\n"
        "    assert config.site_dir == sys.argv[2]\n"
        "print('deployed')\n",
        encoding="utf-8",
    )
    site, cache = tmp_path / "site", tmp_path / "cache"
    environment = ENVIRONMENT | {"MICROLEARNING_CACHE": str(cache)}
    (done,) = builds.run(([str(script), str(project / "mkdocs.yml"), str(site)], environment))
    assert (done.code, done.output.splitlines()[-1:]) == (0, ["deployed"]), done.output
    assert _published(builds, project, tmp_path / "clean", tmp_path / "clean-cache").code == 0
    assert _differences(_tree(site), _tree(tmp_path / "clean")) == []


def test_a_sheet_changes_with_its_lesson(project: Path, tmp_path: Path, builds: Builds) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    names = ("en/acc1-v01/checklist.pdf", "acc1-v01-bilingual.pdf", "fr/acc1-v01/checklist.pdf")
    assert _published(builds, project, site, cache, MICROLEARNING_PDF="1").code == 0
    before = [(site / name).read_bytes() for name in names]
    page = project / "docs" / "en" / "acc1-v01.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(re.sub(r"(?m)^(- \*\*.*?)( \{ #)", r"\1 Indeed.\2", text, count=1), encoding="utf-8")
    assert _published(builds, project, site, cache, MICROLEARNING_PDF="1").code == 0
    after = [(site / name).read_bytes() for name in names]
    assert [one != two for one, two in zip(before, after, strict=True)] == [True, True, False]


KILLED = """
import os, pathlib, signal, sys
sys.path.insert(0, sys.argv.pop(1))
from microlearning import publish
from mkdocs.__main__ import cli

def killing(replace):
    def acting(path, target):
        if path.suffix == ".html" and path.name == "index.html":
            acting.left -= 1
            if acting.left < 0:
                os.kill(os.getpid(), signal.SIGKILL)
        return replace(path, target)
    acting.left = 3
    return acting

pathlib.Path.replace = killing(pathlib.Path.replace)
cli()
"""
"""A build that is killed while it moves its third page."""


def test_an_edit_undone_after_a_killed_build_leaves_nothing(
    project: Path, tmp_path: Path, builds: Builds
) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    assert _published(builds, project, site, cache).code == 0
    before, page = _tree(site), project / "docs" / "en" / "acc1-v01.md"  # other lessons show its title
    state, content = page.stat(), page.read_bytes()
    page.write_bytes(content.replace(b"\n# ", b"\n# More "))
    (tmp_path / "killed.py").write_text(KILLED, encoding="utf-8")
    command, own = _build(project, site, cache)
    killed = [str(tmp_path / "killed.py"), str(project / "hooks"), *command[1:]]
    assert builds.run((killed, own))[0].code == -signal.SIGKILL
    assert _tree(site) != before, "it was killed too early to try anything"
    page.write_bytes(content)
    os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert _published(builds, project, site, cache).code == 0
    assert _differences(_tree(site), before) == []


def test_a_setting_that_is_inherited_counts(project: Path, tmp_path: Path, builds: Builds) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    (project / "docs" / "extra.txt").write_text("extra", encoding="utf-8")
    settings, base = project / "mkdocs.yml", project / "base.yml"
    text = settings.read_text(encoding="utf-8").replace(
        "exclude_docs: |\n  lesson.yml\n  media/**/*.vtt\n", ""
    )
    settings.write_text(f"INHERIT: base.yml\n{text}", encoding="utf-8")
    for more, is_there in (("", True), ("  extra.txt\n", False), ("", True)):
        base.write_text(f"exclude_docs: |\n  lesson.yml\n  media/**/*.vtt\n{more}", encoding="utf-8")
        assert _published(builds, project, site, cache).code == 0
        assert (site / "extra.txt").exists() is is_there
        assert not [*site.glob("media/**/*.vtt")]


def test_two_builds_at_once_take_turns(project: Path, tmp_path: Path, builds: Builds) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    job = _build(project, site, cache)
    assert [done.code for done in builds.run(job, job, job)] == [0, 0, 0]
    assert _published(builds, project, tmp_path / "clean", tmp_path / "clean-cache").code == 0
    assert _differences(_tree(site), _tree(tmp_path / "clean")) == []


@pytest.mark.parametrize("harm", ["deleted", "spoilt", "no folder"])
def test_what_is_remembered_may_be_lost(project: Path, tmp_path: Path, builds: Builds, harm: str) -> None:
    site, cache = tmp_path / "site", tmp_path / "cache"
    assert _published(builds, project, site, cache).code == 0
    before = _tree(site)
    (ledger,) = cache.glob("ledger/*.pickle")
    if harm == "spoilt":
        ledger.write_bytes(ledger.read_bytes()[:-1000])
    else:
        shutil.rmtree(cache)
    if harm == "no folder":
        cache.write_text("a file stands here", encoding="utf-8")
    assert _published(builds, project, site, cache).code == 0
    assert _differences(_tree(site), before) == []


def test_what_mkdocs_warns_of_is_told_each_time(project: Path, tmp_path: Path, builds: Builds) -> None:
    page = project / "docs" / "en" / "about.md"
    page.write_text(page.read_text(encoding="utf-8") + "\n[Lost](lost.md)\n", encoding="utf-8")
    command, own = _build(project, tmp_path / "site", tmp_path / "cache")
    for strict, code in (([], 0), ([], 0), (["--strict"], 1), (["--strict"], 1)):
        (done,) = builds.run((command + strict, own))
        assert done.code == code
        assert "'lost.md'" in done.output


def test_what_we_warn_of_is_told_each_time(project: Path, tmp_path: Path, builds: Builds) -> None:
    page = project / "docs" / "en" / "acc1-v01.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("\n\n## ", " [Lost](lost.md) [About](/en/about/)\n\n## ", 1),
        encoding="utf-8",
    )
    site = tmp_path / "site"
    command, own = _build(project, site, tmp_path / "cache")
    for strict, code in (([], 0), ([], 0), (["--strict"], 1), (["--strict"], 1)):
        (done,) = builds.run((command + strict, own))
        assert done.code == code
        assert '"lost.md", where nothing stands' in done.output
        assert "Traceback" not in done.output
    shown = (site / "en" / "acc1-v01" / "index.html").read_text(encoding="utf-8")
    assert 'href="lost.md"' in shown
    assert 'href="/en/about/"' in shown


def test_a_day_that_passes_is_noticed(project: Path, tmp_path: Path, builds: Builds) -> None:
    """A page that changed without its twin may be published for so many days, and no longer."""
    page = project / "docs" / "en" / "acc1-v01.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("write lessons", "write good lessons"), encoding="utf-8"
    )
    site, cache = tmp_path / "site", tmp_path / "cache"
    command, own = _build(project, site, cache)
    later = own | {"SOURCE_DATE_EPOCH": str(int(own["SOURCE_DATE_EPOCH"]) + 200 * 86_400)}
    results = [builds.run((command, environment))[0] for environment in (own, own, later)]
    warned = ["WARNING" in done.output for done in results]
    assert ([done.code for done in results], warned) == ([0, 0, 0], [False, False, True]), results[-1].output
