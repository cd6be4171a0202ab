/* fuzz_rec - a JSON record: read, added to, printed, read again; the fast reader has
 * nothing that jansson has not
 * seeds: tests/fuzz/seeds/json share/demo */
#include "fuzz.h"
#include "stream/json.h"

static void
same_as_jansson(const char *text, size_t len)
{
	json_t *plain = json_plain(text, len), *whole;

	if (plain == NULL)
		return;
	whole = json_loadb(text, len, JSON_REJECT_DUPLICATES, NULL);
	MUST(whole != NULL && json_equal(plain, whole));
	json_decref(plain);
	json_decref(whole);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct rec r = REC_INIT, again = REC_INIT;
	struct buf out = BUF_INIT;
	int64_t v;
	struct err e;

	same_as_jansson((const char *)data, size);
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
