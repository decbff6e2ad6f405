# What people run here; `make help` lists it.
TYPST_VERSION := 0.15.1
TYPST_HOME := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/latefile/typst-$(TYPST_VERSION)
TYPST_FEATURES := embedded-fonts
LATEFILE := target/release/latefile
BUILD := $(LATEFILE) build
# Conditions of the shell.
HAS_TYPST = [ -n "$(LATEFILE_TYPST)" ] || [ -x "$(TYPST_HOME)/bin/typst" ] \
	|| [ "$$(typst --version 2>/dev/null | cut -d ' ' -f 2)" = "$(TYPST_VERSION)" ]
BINSTALL_TYPST = cargo binstall -V >/dev/null 2>&1 \
	&& cargo binstall --no-confirm --strategies crate-meta-data --root "$(TYPST_HOME)" \
	  typst-cli@$(TYPST_VERSION) && "$(TYPST_HOME)/bin/typst" --version >/dev/null

# Text and HTML do not wait for typst, which may take a quarter of an hour.
all: binary  ## Build the binary, and bring out/ up to date
	@$(HAS_TYPST) || { $(BUILD) --formats text,html \
	  && echo "text and HTML are up to date in out/; the PDFs follow once there is a typst $(TYPST_VERSION)"; }
	@$(MAKE) --no-print-directory typst
	$(BUILD)

binary: prerequisites
	cargo build --release --locked

prerequisites:
	@command -v cargo >/dev/null || { echo "cargo is missing: Debian: rustup, Homebrew: rustup; then: rustup default stable"; exit 1; }
	@command -v cc >/dev/null || { echo "a C compiler is missing: Debian: build-essential, Homebrew: gcc"; exit 1; }

# Once for each machine: the binary of typst's own release if cargo-binstall can bring it; else 12 to
# 18 minutes of processor time. Linked as a whole, in units of a crate each, it is a twentieth faster.
typst:
	@if ! { $(HAS_TYPST); } && ! { $(BINSTALL_TYPST); }; then \
	  $(MAKE) --no-print-directory prerequisites || exit 1; \
	  command -v pkg-config >/dev/null || { echo "pkg-config is missing: Debian: pkg-config, Homebrew: pkgconf"; exit 1; }; \
	  [ "$$(uname)" != Linux ] || pkg-config --exists openssl \
	    || { echo "the headers of OpenSSL are missing: Debian: libssl-dev, Homebrew: openssl@3"; exit 1; }; \
	  echo "compiling typst $(TYPST_VERSION) to $(TYPST_HOME), once: 12 to 18 minutes of processor time"; \
	  CARGO_PROFILE_RELEASE_LTO=thin CARGO_PROFILE_RELEASE_CODEGEN_UNITS=1 CARGO_PROFILE_RELEASE_STRIP=true \
	  cargo install typst-cli --version $(TYPST_VERSION) --locked \
	    --no-default-features --features $(TYPST_FEATURES) --root "$(TYPST_HOME)"; \
	fi

check: binary  ## Check the sources, and that out/ is what they give
	$(LATEFILE) check
	$(BUILD) --check

watch: binary  ## Build again whenever a source or a template changes
	$(BUILD) --watch

test: typst  ## Run all tests
	cargo test --release --locked

trips: prerequisites  ## Import the documents of 1,000 generated filings, and build them again
	cargo test --release --locked --test it -- import_trips --include-ignored

browser: binary  ## Test the docket, the redline and `latefile serve` in Chromium, with node and npm
	@command -v npm >/dev/null || { echo "npm is missing: Debian: nodejs npm, Homebrew: node"; exit 1; }
	cd tests/browser && npm ci --no-audit --no-fund --loglevel=error && LATEFILE="$(CURDIR)/$(LATEFILE)" npm test

docket: binary  ## Write docket.html, one page of all filings
	$(LATEFILE) docket -o docket.html

serve: binary  ## Show the docket and the documents in a browser, and build on save
	$(LATEFILE) serve

lint: prerequisites  ## What continuous integration asks of the code beyond the tests
	cargo fmt --check
	cargo clippy --release --locked --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --release --locked --no-deps --document-private-items

docs: prerequisites  ## Write the documentation as a book, target/book/index.html
	@command -v mdbook >/dev/null || { echo "mdbook is missing: cargo install mdbook --locked"; exit 1; }
	mdbook build docs

dist: typst  ## Make the archive of a release for this machine, dist/latefile-*.tar.xz
	.ci/dist

dist-check:  ## Build filings/ from the archive, with an empty environment
	.ci/dist-check

bench: typst  ## Measure the speed, and write BENCHMARKS.md
	cargo bench --profile dist --locked --bench measures

FUZZ_TARGET := import_html import_submission import_text import_word load lint_text lint_html lint_pdf package redline templates
FUZZ_SECONDS := 60
# Stable Rust will do: the switch lets it pass the flags that instrument the code.
FUZZ := RUSTC_BOOTSTRAP=1 cargo fuzz run --sanitizer none
fuzz: binary  ## Read random files, each FUZZ_TARGET for FUZZ_SECONDS=60
	@cargo fuzz --version >/dev/null 2>&1 || { echo "cargo-fuzz is missing: cargo install cargo-fuzz --locked"; exit 1; }
	fuzz/seeds.sh $(LATEFILE)
	for target in $(FUZZ_TARGET); do \
	  $(FUZZ) $$target -- -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -max_len=32768 \
	    -dict=fuzz/$$target.dict -print_final_stats=1 || exit 1; done

# The modules of tests/it that compare with expected files.
BLESSED := architecture:: check:: disclosure:: docket:: due:: filed:: fixes:: import:: guide:: keys:: lint messages:: outputs:: package redline rolling:: schema:: shown:: starting::
bless: typst  ## Rewrite the expected files; the review is `git diff`
	BLESS=1 cargo test --release --locked --test it -- $(BLESSED)
	$(MAKE) binary
	$(BUILD) --force

clean:  ## Remove what was compiled; out/ is under version control and stays
	cargo clean

help:  ## This list
	@awk -F ':.*## +' '/^[a-z-]+:.*## / { printf "%-12s%s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: all binary prerequisites typst check watch test trips browser docket serve docs dist dist-check bench fuzz lint bless clean help
