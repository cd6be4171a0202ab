/* fuzz_rec - a JSON record: read, added to, printed, read again
 * seeds: tests/fuzz/seeds/json share/demo */
#include "fuzz.h"
#include "stream/rec.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rec r = REC_INIT, again = REC_INIT;
	struct buf out = BUF_INIT;
	int64_t v;
	struct err e;

	if (rec_parse(&r, (const char *)data, size, &e) == 0) {
		rec_text(&r, "from.id");
		rec_node(&r, "a.b.c");
		rec_put_int(&r, "fuzz", -7);
		rec_put(&r, "kind", node_text("x"));
		rec_print(&r, &out);
		MUST(out.len > 0 && out.p[out.len - 1] == '\n');
		MUST(rec_parse(&again, out.p, out.len - 1, &e) == 0);
		MUST(rec_int(&again, "fuzz", &v) && v == -7 && rec_is(&again, "x"));
	}
	rec_release(&r);
	rec_release(&again);
	buf_release(&out);
	return 0;
}
