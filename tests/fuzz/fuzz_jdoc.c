/* fuzz_jdoc - JSON values in any layout, whole, cut and broken
 * seeds: tests/fuzz/seeds/json share/demo */
#include "fuzz.h"
#include "stream/jdoc.h"

static bool
is_list(const char *key, size_t len)
{
	return len == 0 || *key == 'm' || *key == 'a';
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jdoc d;
	struct err e;
	size_t n = 0, head = size > 100 ? 100 : 0;
	int fd = fuzz_fd(data, size), got;

	MUST(lseek(fd, (off_t)head, SEEK_SET) >= 0);
	jdoc_attach(&d, fd, "fuzz", (const char *)data, head);
	d.cuts = size % 3 != 0 ? is_list : NULL;
	d.whole = size % 2 == 0;
	while ((got = jdoc_next(&d, &e)) != 0) {
		MUST(got == 1 ? d.root != NULL : d.root == NULL && e.code == ERR_DATA);
		MUST(d.len == 0 || d.raw != NULL);
		MUST(d.line >= 1 && d.line <= size + 1);
		MUST(++n <= size + 1);
	}
	jdoc_close(&d);
	node_free(jdoc_first((const char *)data, size, size % 2 == 0, is_list));
	return 0;
}
