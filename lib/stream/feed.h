/* feed - a growing file as a stream that waits at its end: tail -F into a pipe.
 *
 * A reader takes from `out` as from any pipe, and calls feed_more() when that is empty
 * (its "dry" moment).  Only whole lines are fed, so that a line half written is never
 * read.  The stream ends when the file was replaced (log rotation) or cut short, or when
 * the program is to stop; opening it again then gives what is there by now.
 */
#ifndef CSR_FEED_H
#define CSR_FEED_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/err.h"
#include "stream/watch.h"

enum feed_end {
	FEED_OPEN,	/* it goes on */
	FEED_REPLACED,	/* another file has the name, or none */
	FEED_CUT,	/* it became shorter: it is read from its begin */
	FEED_STOPPED	/* somebody wants us to stop */
};

struct feed {
	const char *path;
	int fd;			/* the file */
	int in, out;		/* the pipe: written, and read by the reader, who closes it */
	uint64_t pos;		/* bytes of the file fed */
	struct stat st;		/* as it was when it was opened */
	enum feed_end end;
	struct watch watch;
};

/* Opens PATH (borrowed) and feeds its first lines; waits until it is there and has one.
 * 1; 0 somebody wants to stop first; -1. */
int feed_open(struct feed *f, const char *path, struct err *e);
/* Feeds more, waiting for it.  At the stream's end f->end tells why. 0 or -1. */
int feed_more(struct feed *f, struct err *e);
/* The reader gave up: waits for the stream's end without feeding. 0 or -1. */
int feed_wait(struct feed *f, struct err *e);
void feed_close(struct feed *f);

#endif
