/* mail_part - the inner parts of mail: what its files share, and the MIME library's only door. */
#ifndef CSR_MAIL_PART_H
#define CSR_MAIL_PART_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/map.h"
#include "intake/mail.h"
#include "intake/mail_lib.h"
#include "intake/mail_quote.h"
#include "stream/rec.h"

struct mail_person {
	const char *name;	/* NULL or not empty */
	const char *email;
};

struct mail {
	struct mail_reader *reader;
	struct arena *arena;
	GMimeMessage *msg;
	GMimeParserOptions *options;
	struct node *extra;
	struct node *attachments;	/* an array */
	struct buf text;		/* the whole text of the body */
	struct buf content;		/* the part being decoded */
	size_t bad;			/* bytes that could not be decoded */
	GMimeObject *status;		/* message/delivery-status, if met */
	GMimeObject *original;		/* the returned mail or its header, if met */
};

/* mail_guard: refuses what could cost the parser more than its length (65). */
int mail_guard(char *raw, size_t len, struct err *e);
/* Where the body begins: behind the first line that is blank, or at the first that is no field. */
size_t mail_guard_header(const char *raw, size_t len);
bool mail_guard_is_field(const char *line, size_t len);

/* mail_head: header fields. Text is decoded UTF-8 in the arena, NULL when absent or empty. */
const char *mail_head(struct mail *m, const char *name);
const char *mail_head_of(struct mail *m, GMimeObject *part, const char *name);
/* The people of an address field, at most MAX; returns how many. */
size_t mail_people(struct mail *m, const char *name, struct mail_person *out, size_t max);
/* Message ids of a field without their brackets, appended to IDS (room for MAX). */
size_t mail_ids(struct mail *m, const char *name, const char **ids, size_t n, size_t max);
/* Date, else the newest Received, else FACT_NO_TIME. */
int64_t mail_date(struct mail *m);
/* RFC 5322 or asctime, FACT_NO_TIME when it is neither or before 1970. */
int64_t mail_parse_date(const char *text);
/* TEXT without what is no text: a copy in the arena, control characters as blanks. */
const char *mail_clean(struct mail *m, const char *text);
/* A copy with ASCII letters in lower case; NULL for NULL. */
const char *mail_lower(struct mail *m, const char *s);

/* mail_body: fills text and attachments; RAW is the whole mail. -1 with 74 when an attachment could
 * not be saved. */
int mail_body(struct mail *m, const char *raw, size_t len, struct err *e);
/* The decoded bytes of a part, in m->content. */
void mail_content(struct mail *m, GMimePart *part);
/* The text of a text/plain or text/html part, appended to OUT. */
void mail_part_text(struct mail *m, GMimePart *part, struct buf *out);

/* mail_flow: undoes format=flowed (RFC 3676); DELSP as its parameter says. */
void mail_unflow(struct buf *out, const char *text, bool delsp);

/* mail_attach: lists a part, and saves it if asked. */
int mail_attach(struct mail *m, GMimeObject *part, struct err *e);
/* The same for text that was cut. */
int mail_attach_bytes(struct mail *m, const char *name, const char *type, const char *p,
    size_t len, struct err *e);

/* mail_auto: why the mail is automatic, NULL when a person wrote it. */
const char *mail_auto(struct mail *m);
/* mail_bounce: the node for `bounce`, NULL when it is none; *ID gets the returned mail's id. */
struct node *mail_bounce(struct mail *m, const char **id);

#endif
