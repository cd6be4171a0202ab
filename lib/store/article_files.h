/* article_files - articles from files: Markdown, CSV, JSON Lines, folders of them. */
#ifndef CSR_ARTICLE_FILES_H
#define CSR_ARTICLE_FILES_H

#include "base/err.h"
#include "base/map.h"
#include "desk/article.h"
#include "time/zone.h"

struct article_files {
	const struct zone *zone;	/* of days without a time */
	void (*complain)(const struct err *e);	/* an article that cannot be read */
	struct article **v;	/* read so far, by place; owned */
	size_t n, cap;
	size_t refused;
	struct map by_id;	/* id -> place in v */
};

/* Reads PATH; a folder's *.md, *.csv and *.jsonl are read in the order of their names.  An
 * article that cannot be read is named and counted, an id met again too.  -1 when PATH
 * itself cannot be read. */
int article_files_read(struct article_files *f, const char *path, struct err *e);
/* All articles/NAME.md of the configuration. */
int article_files_usual(struct article_files *f, struct err *e);
void article_files_release(struct article_files *f);

#endif
