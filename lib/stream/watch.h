/* watch - what happens to the files of a directory, or to one file, as it happens.
 *
 * A thin layer over inotify(7).  Events may come twice or be lost when too many wait
 * (WATCH_LOST): what they say is only that it is time to look.
 */
#ifndef CSR_WATCH_H
#define CSR_WATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

enum watch_kind {
	WATCH_FILE = 1,	/* a file was closed after writing, moved or linked in, or made */
	WATCH_MADE,	/* a file was made: it may be being written */
	WATCH_CHANGED,	/* a watched file was written, moved or deleted */
	WATCH_GONE,	/* a watched directory is not there any more */
	WATCH_LOST	/* too much happened at once: look at everything */
};

struct watch_event {
	enum watch_kind kind;
	int dir;		/* number watch_dir() gave it */
	const char *name;	/* in it, of WATCH_FILE and WATCH_MADE; until the next call */
};

struct watch {
	int fd;
	size_t at, len;		/* events read and not given yet */
	_Alignas(8) char buf[8192];
};

/* -1 with 75 when the system has no more of these. */
int watch_open(struct watch *w, struct err *e);
void watch_close(struct watch *w);
/* Watches the files of directory PATH; its number, or -1 with 66 if it is not there. */
int watch_dir(struct watch *w, const char *path, struct err *e);
/* Watches one file for writing, renaming and deletion. */
int watch_file(struct watch *w, const char *path, struct err *e);
void watch_drop(struct watch *w, int number);
/* The next event: 1; 0 none came in time, or somebody wants to stop; -1.  TIMEOUT_MS -1
 * waits for ever. */
int watch_next(struct watch *w, int timeout_ms, struct watch_event *ev, struct err *e);

#endif
