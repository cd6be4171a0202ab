/* queuelog - the parts of the reader of Asterisk's queue_log.  Not for others.
 *
 * queuelog_entry.c cuts a line; queuelog_calls.c keeps the calls that are in a queue, at
 * most QUEUE_CALLS_MAX; queuelog.c makes facts of both.
 */
#ifndef CSR_QUEUELOG_H
#define CSR_QUEUELOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "time/zone.h"

enum { QUEUE_CALLS_MAX = 4096, QUEUE_PARAMS_MAX = 16 };

/* What an event means for a call. */
enum queue_stage {
	STAGE_NONE,	/* nothing: an event of its own */
	STAGE_ENTER, STAGE_DID, STAGE_CONNECT,
	/* The rest end its stay in the queue. */
	STAGE_COMPLETE, STAGE_ABANDON, STAGE_LEAVE, STAGE_REFUSED
};

/* One line, cut at the bars; all text is borrowed from the line and the arena. */
struct queue_entry {
	int64_t at;
	const char *id, *queue, *agent, *event;	/* NULL for NONE, REALTIME and "" */
	enum queue_stage stage;
	const char *param[QUEUE_PARAMS_MAX];
	size_t n;
};

/* Whether the LEN bytes at S are a line of a queue_log. */
bool queue_entry_looks(const char *s, size_t len);
/* Cuts LINE, which is changed. 65 when it is none. */
int queue_entry_read(struct queue_entry *n, char *line, const struct zone *z,
    struct arena *a, struct err *e);
/* Parameter I; NULL if it is not there or "". */
const char *queue_entry_param(const struct queue_entry *n, size_t i);
/* Parameter I from the end (1 is the last), seconds as milliseconds; -1 if it is none. */
int64_t queue_entry_span(const struct queue_entry *n, size_t i);

/* A call that is in a queue. */
struct queue_call {
	struct queue_call *older, *newer;
	char *id, *phone, *queue, *agent, *did;
	int64_t at, answered_at;	/* FACT_NO_TIME: not known, not yet */
	size_t line;
};

struct queue_calls {
	struct map by_id;
	struct queue_call *oldest, *newest;
	size_t n;
};

struct queue_call *queue_calls_find(const struct queue_calls *c, const char *id);
/* A new one; ID must not be in it. */
struct queue_call *queue_calls_add(struct queue_calls *c, const char *id, int64_t at,
    size_t line);
/* Takes it out and frees it. */
void queue_calls_drop(struct queue_calls *c, struct queue_call *call);
void queue_calls_release(struct queue_calls *c);
/* Replaces a text of a call; nothing for NULL. */
void queue_call_set(char **to, const char *text);

#endif
