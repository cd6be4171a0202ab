# The pipelines of README and manuals do what they say, as printed.
load ../cmd/helper
load examples

@test "README" { printed "$ROOT/README.md"; }
@test "csr.7" { printed "$ROOT/share/man/man7/csr.7"; }
@test "csr-record.5" { printed "$ROOT/share/man/man5/csr-record.5"; }
@test "csr-db.5" { printed "$ROOT/share/man/man5/csr-db.5"; }
@test "csr-ingest.1" { printed "$ROOT/share/man/man1/csr-ingest.1"; }
@test "csr-answer.1" { printed "$ROOT/share/man/man1/csr-answer.1"; }
@test "csr-redact.1" { printed "$ROOT/share/man/man1/csr-redact.1"; }
@test "csr-classify.1" { printed "$ROOT/share/man/man1/csr-classify.1"; }
@test "csr-route.1" { printed "$ROOT/share/man/man1/csr-route.1"; }
@test "csr-followup.1" { printed "$ROOT/share/man/man1/csr-followup.1"; }
@test "csr-send.1" { printed "$ROOT/share/man/man1/csr-send.1"; }
@test "csr-staff.1" { printed "$ROOT/share/man/man1/csr-staff.1"; }
@test "csr-ticket.1" { printed "$ROOT/share/man/man1/csr-ticket.1"; }
@test "csr-survey.1" { printed "$ROOT/share/man/man1/csr-survey.1"; }
@test "csr-report.1" { printed "$ROOT/share/man/man1/csr-report.1"; }
@test "csr-customer.1" { printed "$ROOT/share/man/man1/csr-customer.1"; }
@test "csr-db.1" { printed "$ROOT/share/man/man1/csr-db.1"; }

@test "csr-checklists.5" { printed "$ROOT/share/man/man5/csr-checklists.5"; }
@test "csr-transports.5" { printed "$ROOT/share/man/man5/csr-transports.5"; }
@test "csr-articles.5" { printed "$ROOT/share/man/man5/csr-articles.5"; }
@test "csr-formats.5" { printed "$ROOT/share/man/man5/csr-formats.5"; }
@test "csr-model.5" { printed "$ROOT/share/man/man5/csr-model.5"; }
@test "csr-plans.5" { printed "$ROOT/share/man/man5/csr-plans.5"; }
@test "csr-reports.5" { printed "$ROOT/share/man/man5/csr-reports.5"; }
@test "csr-packs.5" { printed "$ROOT/share/man/man5/csr-packs.5"; }
@test "csr-routing.5" { printed "$ROOT/share/man/man5/csr-routing.5"; }
@test "csr-rules.5" { printed "$ROOT/share/man/man5/csr-rules.5"; }
@test "csr-segments.5" { printed "$ROOT/share/man/man5/csr-segments.5"; }
@test "csr-surveys.5" { printed "$ROOT/share/man/man5/csr-surveys.5"; }

@test "every manual page is in this file" {
	for page in "$ROOT"/share/man/man?/*; do
		has "/${page##*/}\"" "$(cat "$BATS_TEST_FILENAME")"
	done
}

@test "the examples of --help are commands that parse" {
	for f in "$ROOT"/cmd/csr-*.c; do
		p=$(basename "$f" .c)
		"$p" --help | awk '/^examples:/ { on = 1; next } /^[^ ]/ { on = 0 } on' >block
		[ -s block ]
		bash -n block
	done
}
