/* cdr - call detail records: what a telephone switch writes of each line.
 *
 * A record has no header; which column is which follows from the layout, found by looking
 * (cdr_layout_find()) or named by the user (--columns).  Asterisk's Master.csv, with and
 * without uniqueid, userfield and the newer columns, cdr_custom's order, and FreeSWITCH's
 * templates are known.
 */
#ifndef CSR_CDR_H
#define CSR_CDR_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/mem.h"
#include "intake/intake.h"
#include "stream/csvin.h"

enum cdr_field {
	CDR_SRC, CDR_DST, CDR_CONTEXT, CDR_CLID, CDR_NAME, CDR_CHANNEL, CDR_DSTCHANNEL,
	CDR_LASTAPP, CDR_LASTDATA, CDR_START, CDR_ANSWER, CDR_END, CDR_DURATION, CDR_BILLSEC,
	CDR_DISPOSITION, CDR_CAUSE, CDR_UNIQUEID, CDR_LINKEDID, CDR_OTHER,
	CDR_FIELDS = CDR_OTHER
};

enum { CDR_COLUMNS_MAX = 64 };

/* Which column is which. */
struct cdr_layout {
	enum cdr_field field[CDR_COLUMNS_MAX];
	const char *name[CDR_COLUMNS_MAX];	/* as Asterisk or the user calls it */
	size_t least, most;	/* columns a record may have */
	bool has[CDR_FIELDS];
	struct arena mem;	/* of a layout the user named */
};

/* Takes LIST ("src,dst,start,..."), the user's. 64 for a list without start or src. */
int cdr_layout_parse(struct cdr_layout *l, const char *list, struct err *e);
/* True when all its names but a few are of call records: LIST means --columns of them. */
bool cdr_layout_is(const char *list);
/* The layout of the records TEXT begins with: 1 found; 0 none fits. */
int cdr_layout_find(struct cdr_layout *l, const char *text, size_t len);
void cdr_layout_release(struct cdr_layout *l);

/* One record by its fields: NULL where it has none. */
struct cdr {
	const char *v[CDR_FIELDS];
	bool has[CDR_FIELDS];	/* there is a column for it */
};

/* What the record states, texts in A; EXTRA (an object so far) gets what has no field. -1
 * with 65. */
int cdr_fact(const struct cdr *r, const struct intake_opts *o, struct arena *a,
    struct buf *extra, struct fact *f, struct err *e);
/* What a disposition or hangup cause means, and an answer time beside it; NULL when it is
 * neither. */
const char *cdr_outcome(const struct cdr *r);
/* Whom of ours a channel belongs to: 8007 of SIP/8007-0000001a, Local/8007@queues/n,
 * Agent/8007; NULL for a trunk; in A. */
const char *cdr_agent(const char *channel, struct arena *a);

#endif
