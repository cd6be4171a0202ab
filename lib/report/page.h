/* page - what a page shows: sections under a title, and sentences that sum them up.
 *
 * A single report makes a page of one section, a pack one of many.  HTML, Markdown and
 * spreadsheets are written from it: html.h, markdown.h, xlsx.h.
 */
#ifndef CSR_PAGE_H
#define CSR_PAGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "report/section.h"

/* Whether a change is to be glad of. */
enum mood { MOOD_NONE, MOOD_GOOD, MOOD_BAD };

/* One sentence of a summary. */
struct finding {
	const char *text;
	enum mood mood;		/* NONE also when it may well be noise */
	size_t section;		/* it is about */
};

struct page_section {
	struct section section;
	struct section_args args;
	struct report *report;	/* owned */
	const char *id;		/* for links: the report's name, or the pack's for it */
	const char *title;
	const char *columns;	/* of the table, with commas; NULL: all */
	bool table;		/* the table is shown, not the charts alone */
};

struct page {
	const struct words *words;
	const struct zone *zone;
	const char *title, *desk;	/* desk "" if it has no name */
	struct period period, before;
	bool compared;
	int64_t now_at;
	struct page_section *sections;
	size_t n;
	struct finding *findings;
	size_t n_findings;
	struct arena texts;
};

/* Where the text of a page goes: what is in B is taken away whenever there is much. */
struct page_out {
	struct buf *b;
	void (*drain)(void *ctx, struct buf *b);
	void *ctx;
};

/* Adds a section to be read by page_read(); R is the page's from now on. */
struct page_section *page_add(struct page *p, struct report *r, const struct run_args *a);
/* Reads all sections. -1 as section_make() says. */
int page_read(struct page *p, struct db *db, struct err *e);
/* The sentences: what changed, by how much, and whether it is more than noise. */
void page_findings(struct page *p);
void page_release(struct page *p);

/* How a change of F stands: good or bad only if it is more than noise. */
enum mood page_mood(const struct figure *f);
/* True if P says that a change is more than noise (stats.h). */
bool page_is_news(double p);

#endif
