#!/bin/sh
# models.sh BUILD - BUILD/share/csr as an installation has it: links to share/, and the
# models, trained on share/training when they are older than what they come from.
set -eu
umask 022
top=$(cd "${0%/*}/../.." && pwd)
csr=$1/share/csr
[ ! -h "$csr" ] || rm "$csr"
mkdir -p "$csr/models"
ln -sfn "$top"/share/* "$csr/"

# The plain build trains where there is one: sanitizers would take ten times as long.
train=$1/bin/csr-classify
[ ! -x "$top/build/bin/csr-classify" ] || train=$top/build/bin/csr-classify
for dimension in type area urgency sentiment; do
	model=$csr/models/$dimension.model
	[ ! -e "$model" ] || [ -n "$(find "$top"/share/training/*.jsonl "$top"/lib/learn/*.c \
		"$top/lib/text/fold.c" "$0" -newer "$model")" ] || continue
	"$train" train --dimension $dimension --now 2026-11-26T00:00:00Z -o "$model" \
		"$top"/share/training/*.jsonl
done
