/* fuzz_report - report definitions, and the terms of --where
 * seeds: share/reports */
#include "fuzz.h"
#include "report/report.h"
#include "report/where.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	int fd = fuzz_fd(data, size);
	struct where w = WHERE_INIT;
	struct report *r;
	struct err e;

	r = report_read(fuzz_path(fd), &e);
	MUST(r != NULL || e.code == ERR_CONFIG);
	if (r != NULL && where_add(&w, "--where", text, r->fields, r->n, zone_utc(), &e) < 0)
		MUST(e.code == ERR_USAGE);
	where_release(&w);
	report_free(r);
	close(fd);
	free(text);
	return 0;
}
