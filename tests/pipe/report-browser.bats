# The pages of csr-report in a real browser: no word on the console, nothing wider than the
# screen of a telephone, nothing loaded.  Needs Chromium (package chromium); else skipped.

load ../cmd/helper

setup_file() {
	command -v chromium >/dev/null || skip "no chromium"
	export CSR_DB=$BATS_FILE_TMPDIR/csr.db TZ=Asia/Shanghai PAGES=$BATS_FILE_TMPDIR
	local now=2026-09-28T08:00:00+08:00
	"$ROOT/share/demo/weeks" 5 "$PAGES/answers" | csr-ingest | csr-classify | csr-route -q --now $now
	csr-survey record -q --now $now "$PAGES/answers"
	csr-report pack weekly --now $now --lang zh -q -o "$PAGES/week.html"
	csr-report response --by channel --week --compare previous --now $now -o "$PAGES/response.html"
	csr-report tickets --week --now $now -w channel=email -o "$PAGES/tickets.html"
}

# browse PAGE [OPTION...] - what the browser says on stderr, the document on stdout
browse() {
	local page=$1
	shift
	timeout 60 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
		--disable-background-networking --disable-component-update --disable-sync \
		--user-data-dir="$BATS_TEST_TMPDIR/profile" --allow-file-access-from-files \
		--enable-logging=stderr --v=0 "$@" "file://$page"
}

@test "no word on the console, at 360 and at 1280 pixels" {
	needs chromium
	for page in week response tickets; do
		for size in 360,800 1280,900; do
			browse "$PAGES/$page.html" --window-size=$size --dump-dom >dom 2>said
			has '<main id="main">' "$(cat dom)"
			run grep CONSOLE said
			is "" "$output"
		done
	done
}

# A page of ours that holds the other in a frame as wide as a telephone, and measures it.
@test "a page is no wider than a telephone; tables move within their own frame" {
	needs chromium
	for width in 360 1280; do
		for page in week response tickets; do
			cat >frame.html <<-END
				<iframe id=f src="file://$PAGES/$page.html" width=$width height=900></iframe><p id=p>
				<script>f.onload = () => { const d = f.contentDocument.documentElement
				p.textContent = 'wide ' + (d.scrollWidth - d.clientWidth) + ' svg ' +
				[...d.querySelectorAll('svg.plot')].filter(s => s.getBoundingClientRect().width < 100).length }</script>
			END
			browse "$PWD/frame.html" --window-size=1400,1000 --dump-dom >dom 2>said
			has "wide 0 svg 0" "$(cat dom)"
		done
	done
}

@test "on paper the page has its figures" {
	needs chromium pdftotext
	browse "$PAGES/week.html" --print-to-pdf="$PWD/week.pdf" --no-pdf-header-footer >said 2>&1
	has "客服周报" "$(pdftotext week.pdf - | head -20)"
	has "首次回复" "$(pdftotext week.pdf -)"
}
