# SPDX-License-Identifier: Apache-2.0
# The front door; the build behind it is meson.build. ./run and ./check install what they need, this file does not.
# Variables: FUZZ_SECONDS=60 how long each fuzz target searches, T="unit store" which suites to test.

T ?= unit store cli arch
FUZZ_SECONDS ?= 60
# Servers in which threads work beside those that answer: files, jobs, mail, the mailbox, senders, listeners, backups.
THREADED = cli_analyze web_load web_exports web_imports web_jobs web_policy web_mailer web_letters web_bounces web_gateways web_webhooks web_alerts web_digest web_backups
export FUZZ_SECONDS

program:
	@tools/build build -Dtests=false -Db_lto=true
test:
	@tools/build build/check/gcc
	@meson test -C build/check/gcc --no-rebuild --print-errorlogs $(addprefix --suite ,$(T))
asan:
	@CC=clang-14 tools/build build/check/asan -Db_sanitize=address,undefined -Db_lundef=false
	@meson test -C build/check/asan --no-rebuild --print-errorlogs --suite unit --suite store --suite cli
tsan:
	@CC=clang-14 tools/build build/check/tsan -Db_sanitize=thread -Db_lundef=false
	@meson test -C build/check/tsan --no-rebuild --print-errorlogs base_parallel $(THREADED)
fuzz:
	@CC=clang-14 tools/build build/check/fuzz -Dfuzz=true -Dtests=false -Db_sanitize=address,undefined -Db_lundef=false
	@meson test -C build/check/fuzz --no-rebuild --print-errorlogs --num-processes 2 --suite fuzz
pg:
	@tools/build build/check/gcc
	@tools/pg_cluster run meson test -C build/check/gcc --no-rebuild --print-errorlogs --suite pg
bench: program
	@tools/packages bench
	@for each in bench/bench_*; do [ ! -x "$$each" ] || REATIVA=$(CURDIR)/build/reativa "$$each" || exit 1; done
fmt:
	@tools/format
check:
	@./check
install: program
	@meson install -C build --no-rebuild
clean:
	@rm -rf build

.DEFAULT_GOAL := program
.PHONY: program test asan tsan fuzz pg bench fmt check install clean
