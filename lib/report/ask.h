/* ask - what the user asks of a report, read and checked.
 *
 * The program's options point into a struct ask; ask_read() makes of them what reports are
 * run by, ask_show() runs one and writes it to stdout in the form that is asked for.
 */
#ifndef CSR_ASK_H
#define CSR_ASK_H

#include <stdbool.h>

#include "base/opt.h"
#include "report/page.h"

/* As the options say; NULL and false where they do not. */
struct ask {
	const char *by, *columns, *charts, *set_time, *calendar, *compare, *fail_if;
	struct opt_list where, set;
	struct period_args period;
	const char *lang, *output, *color;
	bool bom, raw;
};

enum out_form { OUT_TABLE, OUT_BARS, OUT_JSONL, OUT_CSV, OUT_MD, OUT_HTML, OUT_XLSX };

/* The form called S, or that a file named S has by its suffix. 64 for anything else. */
int ask_form(const char *s, enum out_form *form, struct err *e);

/* What came of it. */
struct asked {
	const struct ask *ask;
	enum out_form form;
	struct run_args run;
	struct period period, before;
	bool compared;
	struct words *words;		/* owned */
	const char *desk;		/* whose figures these are; "" */
	struct arena texts;
};

/* Reads A for the zone and time it is.  64 for what is wrong in it, 78 for the
 * configuration (reports/pages.conf, *.words). */
int ask_read(struct asked *q, const struct ask *a, struct err *e);
void ask_release(struct asked *q);

/* What was seen of a report that was shown. */
struct seen {
	size_t rows;
	size_t failed;		/* rows for which --fail-if holds */
};

/* Runs R, which is freed, over DB and writes it to stdout, nothing if QUIET. */
int ask_show(const struct asked *q, struct report *r, struct db *db, bool quiet,
    struct seen *seen, struct err *e);

/* For ask_show(): an empty page for what is asked. */
struct page ask_page(const struct asked *q);

#endif
