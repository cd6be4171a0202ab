# lib.sh - for the scripts beside it: TAP out of lists of faults
#
#   . "${0%/*}/lib.sh"
#   faults_of_a_kind | check "what ought to be so"	# no line on stdin: ok
#   done_testing
# shellcheck shell=bash

cd "${BASH_SOURCE[0]%/*}/../.." || exit
count=$(mktemp) || exit
trap 'rm -f "$count"' EXIT

check() {
	local faults n
	faults=$(cat)
	echo >>"$count"
	n=$(wc -l <"$count")
	if [ -z "$faults" ]; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		sed 's/^/#   /' <<<"$faults"
	fi
}

skip() {
	echo >>"$count"
	echo "ok $(wc -l <"$count") - $1 # skip $2"
}

done_testing() { echo "1..$(wc -l <"$count")"; }

# tree [PATTERN...] - the files of the tree, without what was built.
tree() {
	if git rev-parse --git-dir >/dev/null 2>&1; then
		git ls-files -co --exclude-standard -- "$@" 2>/dev/null | while IFS= read -r f; do
			[ ! -f "$f" ] || echo "$f"
		done
	else
		local p
		find . -path ./build -prune -o -type f -print | sed 's|^\./||' | sort |
			while IFS= read -r f; do
				[ $# -gt 0 ] || echo "$f"
				# shellcheck disable=SC2254
				for p; do case $f in $p) echo "$f" ;; esac done
			done
	fi
}

# code FILE... - "file:line:text" of C files, comments blanked, the insides of strings too.
code() {
	perl -0777 -ne '
		s{(/\*.*?\*/|//[^\n]*)|("(?:\\.|[^"\\\n])*"|\x27(?:\\.|[^\x27\\\n])*\x27)}
		 {my ($c, $s) = ($1, $2); my $t = defined $c ? $c : $s;
		  $t =~ s/[^\n"]/ /g; $t}gse;
		my $n = 0; for (split /\n/) { $n++; print "$ARGV:$n:$_\n" }' "$@"
}
