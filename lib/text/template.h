/* template - a text with {{names}} in it, filled in for one person.
 *
 * A template is a file: an optional first line "Subject: ...", an empty line, the text.
 * {{name}} stands for a value; {{name|other words}} says what to write when there is
 * none.  A name that is not on the list, a brace that is not closed, and a value that is
 * missing without other words are errors that name the file and the line: never a blank.
 * Values are inserted as they are and not looked into again; in a subject, line breaks
 * and other control characters in them become blanks.
 */
#ifndef CSR_TEMPLATE_H
#define CSR_TEMPLATE_H

#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

/* What a template may speak of; an array of these ends with a NULL name. */
struct template_field {
	const char *name;
	const char *value;	/* NULL or "": there is none; not used by template_parse */
};

struct template {
	char *source;		/* for messages */
	char *text;		/* the whole file */
	const char *subject;	/* in text, subject_len bytes; NULL: none */
	size_t subject_len;
	const char *body;	/* in text, to its end, without newlines at the end */
	size_t body_len;
	size_t body_line;	/* line the body begins on */
};

/* Copies TEXT and checks it against the names of FIELDS. -1 with 78, "file:line: ...";
 * T is empty then. */
int template_parse(struct template *t, const char *source, const char *text,
    const struct template_field *fields, struct err *e);
void template_release(struct template *t);

/* Appends the subject (nothing if it has none) and the body with the values of FIELDS.
 * -1 with 65 when a value is missing: "file:line: no value for {{name}}". */
int template_fill(const struct template *t, const struct template_field *fields,
    struct buf *subject, struct buf *body, struct err *e);

#endif
