# The shipped knowledge base: nothing wrong with it, and questions find what answers them.
load helper

# cases FROM - the questions of answer.cases behind the comment FROM, as csr-answer reads them
cases() {
	sed "0,/^# $1/d" "$ROOT/tests/data/answer.cases" | grep ' => ' |
		jq -Rc 'split(" => ") | {text: .[0], article: .[1]}'
}

# at_least FIELD SHARE JSON
at_least() {
	jq -e ".$1 >= $2" <<<"$3" >/dev/null && return
	printf 'want: %s at least %s\ngot:  %s\n' "$1" "$2" "$3"
	return 1
}

@test "the shipped articles have nothing wrong" {
	run --separate-stderr csr-answer lint
	is 0 "$status"
	is "" "$output$stderr"
}

@test "every article has a title and an answer in Chinese and in English" {
	csr-answer -q import
	csr-answer export >all
	[ "$(wc -l <all)" -ge 100 ]
	is "" "$(jq -r 'select((.text.zh.answer and .text.en.answer) | not) | .id' all)"
}

@test "no case is a question that an article stores" {
	csr-answer -q import
	csr-answer export | jq -r '.text[] | .title, .questions[]' | sort -u >stored
	cases "answer.cases" | jq -r .text | sort -u >asked
	is "" "$(comm -12 stored asked)"
}

@test "asked as most people ask, the right article comes first" {
	csr-answer -q import
	cases "as most people ask" >asked
	[ "$(wc -l <asked)" -ge 120 ]
	got=$(csr-answer eval asked)
	at_least hit1 0.93 "$got"
	at_least hit5 0.98 "$got"
}

@test "asked in words that no article has, it is still among five" {
	csr-answer -q import
	cases "orders and tickets" | head -n 176 >asked
	got=$(csr-answer eval asked)
	at_least hit1 0.45 "$got"
	at_least hit5 0.82 "$got"
}
