# What the three shells offer, asked of the programs that are installed.
load ../cmd/helper

# bash_offers WORD... - for a command line of these words, the last being completed
bash_offers() {
	bash -c 'source "$ROOT/completions/bash/csr"
		COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
		_csr
		printf "%s\n" "${COMPREPLY[@]}"' - "$@" | sort | paste -sd' '
}

fish_offers() {
	mkdir -p fish
	cp "$ROOT/completions/fish/csr.fish" "fish/${1%% *}.fish"
	fish -c "source fish/${1%% *}.fish; complete -C '$1'" | cut -f1 | sort | paste -sd' '
}

zsh_offers() {
	zsh -f "$BATS_TEST_DIRNAME/zsh-offers" "$ROOT/completions/zsh" "$1"
}

formats() { csr-ingest --list-formats | awk '{ print $1 }' | sort | paste -sd' '; }

@test "bash offers the options of the program" {
	has --rejects= "$(bash_offers csr-ingest --)"
	is "--reject" "$(bash_offers csr-ingest --rej | cut -c1-8)"
}

@test "bash offers formats, also behind =" {
	is "$(formats)" "$(bash_offers csr-ingest -f '')"
	is csv "$(bash_offers csr-ingest --format = cs)"
}

@test "bash offers verbs, then their options" {
	has backup "$(bash_offers csr-db '')"
	is dump "$(bash_offers csr-db du)"
	has --db= "$(bash_offers csr-db dump --)"
}

@test "bash offers reports and files" {
	touch response.csv
	has response "$(bash_offers csr-report resp)"
	has response.csv "$(bash_offers csr-report resp)"
	is response.csv "$(bash_offers csr-ingest resp)"
}

@test "fish offers options, formats, verbs, reports" {
	needs fish
	has --rejects= "$(fish_offers 'csr-ingest --')"
	is "$(formats)" "$(fish_offers 'csr-ingest -f ')"
	is dump "$(fish_offers 'csr-db du')"
	has response "$(fish_offers 'csr-report resp')"
}

@test "zsh offers options, formats, verbs, reports" {
	needs zsh
	zsh_offers 'csr-db ' >/dev/null || [ $? != 77 ] || skip "no pseudo terminal"
	has --rejects "$(zsh_offers 'csr-ingest --re')"
	has wecom "$(zsh_offers 'csr-ingest -f ')"
	has backup "$(zsh_offers 'csr-db ')"
	has response "$(zsh_offers 'csr-report resp')"
}
