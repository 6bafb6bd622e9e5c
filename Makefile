# `make site` builds the site, `make test` proves it. Each installs what it needs first.
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
# Two processes share the tests: who is done first takes from the other's end.
SHARED := -n 2 --dist worksteal

.PHONY: site serve lesson check reviewed status test lint accessibility-report bench bench-page bench-search picture media lock clean

site: .venv/site.installed          ## build the site into site/
	$(BIN)/mkdocs build --strict

serve: .venv/site.installed         ## preview it at http://127.0.0.1:8000/ while you write
	$(BIN)/mkdocs serve

lesson: .venv/site.installed        ## begin a lesson in both languages: make lesson CODE=TRN1-V14
	$(BIN)/python hooks/author.py new $(CODE)

check: .venv/site.installed         ## say what must be mended, everywhere or in one: make check CODE=TRN1-V13
	$(BIN)/python hooks/author.py check $(CODE)

reviewed: .venv/site.installed      ## note that a page was compared with its twin: make reviewed PAGE=docs/fr/about.md
	$(BIN)/python hooks/author.py reviewed $(PAGE)

status: .venv/site.installed        ## show which pages have changed since they were compared
	$(BIN)/python hooks/author.py status

test: .venv/test.installed lint     ## prove everything, on two processors
	$(BIN)/pytest $(SHARED)

lint: .venv/test.installed          ## style and types only
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy hooks/microlearning

bench: .venv/test.installed         ## print what builds cost beside other generators (tests/bench/README.md)
	$(BIN)/python tests/bench/build.py

bench-page: .venv/test.installed site  ## print how a reader's first page fares in Lighthouse, on slow 4G
	$(BIN)/python tests/bench/page.py

accessibility-report: .venv/test.installed  ## check every page, and renew what the accessibility statement tells
	rm -f docs/.accessibility/report.json
	ACCESSIBILITY_REPORT=docs/.accessibility/report.json $(BIN)/pytest $(SHARED) tests/browser/pages --deselect tests/browser/pages/test_report.py

bench-search: .venv/test.installed  ## print how well search answers, and what a question costs
	$(BIN)/python tests/bench/search.py

picture: .venv/test.installed site  ## renew the picture in the README
	$(BIN)/python tools/picture.py

media:                              ## record the videos again (see tools/video/README.md)
	python3 -m venv tools/video/.venv
	tools/video/.venv/bin/pip install -q --require-hashes -r tools/video/requirements.txt
	mkdir -p tools/video/.cache && npm pack kokoro-js@1.2.1 --pack-destination tools/video/.cache
	tools/video/.venv/bin/python tools/video/make.py

lock:                               ## compile the exact versions anew from pyproject.toml
	tools/lock

clean:                              ## remove what the other targets made
	rm -rf .venv node_modules site .site-* .cache .tools/bench

.venv/site.installed: requirements.txt tools/install tools/apt-site.txt
	tools/install site
.venv/test.installed: requirements-test.txt package-lock.json tools/install tools/apt-test.txt tools/apt-site.txt
	tools/install test
