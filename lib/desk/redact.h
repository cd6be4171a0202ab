/* redact - masks the secrets of one record.
 *
 * Every text in the chosen fields is searched; a secret is replaced by its mark, and told
 * in the record's "redactions" with its kind, its field and its place in the original
 * text, in characters.  Masking what was masked changes nothing: marks are no secrets, and
 * places of later ones are reckoned back through the marks before them.  Pure.
 */
#ifndef CSR_REDACT_H
#define CSR_REDACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/map.h"
#include "base/mem.h"
#include "stream/rec.h"
#include "text/marks.h"
#include "text/secrets.h"

/* One secret that was masked; texts are the redactor's, until the next record. */
struct redaction {
	const char *kind, *field, *mark;
	int64_t start, end;	/* characters of the original */
};

struct redactor {
	struct secrets secrets;
	struct marks marks;
	const char *const *fields;	/* dotted paths */
	size_t n_fields;
	bool every_kind;	/* of records; else messages and responses alone */
	uint64_t records, looked_at, masked, limits;	/* out */
	struct map counts;	/* kind -> secrets masked; out */
	void (*complain)(const struct err *e);	/* a rule at its limit */

	/* of the record at hand */
	struct buf conversation, mark;
	struct redaction *said;	/* what was masked now, n_said of them */
	size_t n_said, cap_said, said_text;	/* said_text: where those of the text begin */
	const struct node *before;	/* the redactions it came with */
	struct arena texts;
};

/* What is masked when nobody says otherwise. */
extern const char *const redact_usual_fields[];
extern const size_t redact_n_usual_fields;

/* 1 if R was changed, 0 if not; what a changed one says can be read no more, only printed. */
int redact_record(struct redactor *d, struct rec *r);
/* Appends one JSON object of the counts. */
void redact_report(const struct redactor *d, struct buf *out);
void redactor_release(struct redactor *d);

#endif
