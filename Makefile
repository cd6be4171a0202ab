# csr: a customer-service desk made of pipes.
#   make demo     a travel agency's day through the whole desk, in build/demo
#   make check    every test; installs what is missing first (DEPS=no: never)
#   make install  PREFIX=/usr/local DESTDIR=
VERSION = 0.1.0
PREFIX ?= /usr/local
BINDIR ?= $(PREFIX)/bin
DATADIR ?= $(PREFIX)/share
MANDIR ?= $(DATADIR)/man
CC ?= cc
B ?= build
SAN ?=

BUILD_DEPS = gcc make libc6-dev pkg-config libjansson-dev libcsv-dev libsqlite3-dev \
	libpcre2-dev libutf8proc-dev nettle-dev libgmime-3.0-dev libxml2-dev \
	libcurl4-openssl-dev libidn2-dev liblinear-dev libxlsxwriter-dev opencc tzdata
CHECK_DEPS = bats mandoc libcmocka-dev sqlite3 jq strace shellcheck zsh fish bash perl openssl libxml2-utils unzip

PKGS = jansson sqlite3 libpcre2-8 libutf8proc libidn2 nettle gmime-3.0 libxml-2.0 libcurl xlsxwriter
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null | sed 's/-I/-isystem /g')
PKG_LIBS := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv -llinear -lm

WARN = -Wall -Wextra -Wformat=2 -Wconversion -Wsign-conversion -Wshadow -Wstrict-prototypes \
	-Wmissing-prototypes -Wvla -Wnull-dereference -Wundef -Wcast-qual -Wwrite-strings \
	-Wimplicit-fallthrough -Werror=format-security -Werror=implicit \
	-Werror=incompatible-pointer-types -Werror=int-conversion \
	-Wbidi-chars=any -Wlogical-op -Wduplicated-cond
HARD = -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fstack-clash-protection \
	-fcf-protection=full -fno-delete-null-pointer-checks -fno-strict-overflow \
	-ftrivial-auto-var-init=zero
# Flags this compiler does not know are left out, never an error.
known = $(shell for f in $(1); do $(CC) -Werror $$f -x c -O2 -c -o /dev/null /dev/null 2>/dev/null \
	&& echo $$f; done)
ifeq ($(filter clean install uninstall dist deps-%,$(MAKECMDGOALS)),)
FLAGS := $(call known,$(WARN) $(if $(SAN),,$(HARD)))
endif
OPT = $(if $(SAN),-O1 -g -fno-omit-frame-pointer -fsanitize=$(SAN) -fno-sanitize-recover=all,-O2 -g)
ALL_CFLAGS = -std=c11 -D_GNU_SOURCE $(OPT) $(FLAGS) $(if $(CI),-Werror) -fPIE -MMD -MP \
	-ffile-prefix-map=$(CURDIR)=. -DCSR_VERSION='"$(VERSION)"' -Ilib -include base/banned.h $(PKG_CFLAGS) $(CFLAGS)
ALL_LDFLAGS = -pie -pthread -Wl,-z,relro -Wl,-z,now -Wl,-z,noexecstack -Wl,--as-needed \
	-Wl,-z,separate-code $(if $(SAN),-fsanitize=$(SAN)) $(LDFLAGS)

PROGS = $(patsubst cmd/%.c,%,$(sort $(wildcard cmd/csr-*.c)))
UNITS = $(patsubst tests/unit/%.c,%,$(sort $(wildcard tests/unit/test_*.c)))
LIB_OBJS = $(patsubst %.c,$(B)/%.o,$(sort $(wildcard lib/*/*.c))) $(B)/gen/schema.o $(B)/gen/t2s.o
# What programs read at run time; the rest of share/ is for building and trying.
SHARED = $(filter-out share/man share/schema share/demo share/deb share/training,$(patsubst %/,%,$(sort $(wildcard share/*/))))
SCHEMA = $(sort $(wildcard share/schema/sqlite/*.sql))

all: $(PROGS:%=$(B)/bin/%) $(B)/share
$(B)/bin/%: $(B)/cmd/%.o $(B)/libcsr.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $< $(B)/libcsr.a $(PKG_LIBS)

# A test sees the whole library: the statement test prepares what no program calls.
$(B)/unit/%: $(B)/tests/unit/%.o $(B)/libcsr.a
	@mkdir -p $(@D)
	$(CC) $(ALL_LDFLAGS) -o $@ $< -Wl,--whole-archive $(B)/libcsr.a -Wl,--no-whole-archive \
		$(PKG_LIBS) -lcmocka

$(B)/libcsr.a: $(LIB_OBJS)
	@rm -f $@
	ar rcsD $@ $(LIB_OBJS)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(B)/gen/%.o: $(B)/gen/%.c
	$(CC) $(ALL_CFLAGS) -c -o $@ $<

$(B)/gen/schema.c: $(SCHEMA) lib/store/schema.sh
	@mkdir -p $(@D)
	sh lib/store/schema.sh $(SCHEMA) >$@.new && mv $@.new $@

$(B)/gen/t2s.c: lib/text/t2s.sh
	@mkdir -p $(@D)
	sh lib/text/t2s.sh >$@.new && mv $@.new $@

# Programs find their files in ../share/csr, here as in an installation.
$(B)/share: $(B)/bin/csr-classify ; @sh share/training/models.sh $(B)

units: $(UNITS:%=$(B)/unit/%)

demo: deps-build
	@$(MAKE) --no-print-directory -s all
	@sh share/demo/run $(B)

check: deps-build deps-check
	@$(MAKE) --no-print-directory -s all
	@$(MAKE) --no-print-directory -s asan-build
	@tests/run $(B) build/asan

asan-build:
	@$(MAKE) --no-print-directory -s B=build/asan SAN=address,undefined all units

asan: asan-build
	@tests/run --only unit,cmd build/asan build/asan

soak: deps-build deps-check all
	@tests/fault/soak $(B)

bench: all
	@tests/bench/run $(B)

lint: all
	@tests/run --only lint $(B) $(B)
fuzz:
	@tests/fuzz/run $(or $(SECONDS_EACH),60)

# Says what is missing and gets it: as root, with sudo, or by telling the command.
deps-build: ; @DEPS=$(DEPS) sh share/deps.sh $(BUILD_DEPS)
deps-check: ; @DEPS=$(DEPS) sh share/deps.sh $(CHECK_DEPS)

install: all
	install -d $(DESTDIR)$(BINDIR) $(DESTDIR)$(DATADIR)/csr
	install -m 755 $(PROGS:%=$(B)/bin/%) $(DESTDIR)$(BINDIR)
	cp -R $(SHARED) $(B)/share/csr/models $(DESTDIR)$(DATADIR)/csr
	for s in 1 5 7; do install -d $(DESTDIR)$(MANDIR)/man$$s && \
		install -m 644 share/man/man$$s/* $(DESTDIR)$(MANDIR)/man$$s; done
	install -d $(DESTDIR)$(DATADIR)/bash-completion/completions \
		$(DESTDIR)$(DATADIR)/zsh/site-functions $(DESTDIR)$(DATADIR)/fish/vendor_completions.d
	for p in $(PROGS); do install -m 644 completions/bash/csr \
		$(DESTDIR)$(DATADIR)/bash-completion/completions/$$p && install -m 644 completions/fish/csr.fish \
		$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/$$p.fish; done
	install -m 644 completions/zsh/_csr $(DESTDIR)$(DATADIR)/zsh/site-functions

uninstall:
	cd $(DESTDIR)$(BINDIR) && rm -f $(PROGS)
	for s in 1 5 7; do (cd share/man/man$$s && ls) | while read -r f; do \
		rm -f $(DESTDIR)$(MANDIR)/man$$s/$$f; done; done
	for p in $(PROGS); do rm -f $(DESTDIR)$(DATADIR)/bash-completion/completions/$$p \
		$(DESTDIR)$(DATADIR)/fish/vendor_completions.d/$$p.fish; done
	rm -f $(DESTDIR)$(DATADIR)/zsh/site-functions/_csr
	rm -rf $(DESTDIR)$(DATADIR)/csr

dist:
	@mkdir -p $(B)
	git archive --prefix=csr-$(VERSION)/ -o $(B)/csr-$(VERSION).tar.gz HEAD

deb: all
	@sh share/deb/build.sh $(B) $(VERSION)

clean:
	rm -rf build

.PHONY: all units demo check asan-build asan soak bench lint fuzz deps-build deps-check install \
	uninstall dist deb clean $(B)/share
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
