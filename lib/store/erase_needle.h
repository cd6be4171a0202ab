/* erase_needle - the words by which a person is found in the words of others.  Pure. */
#ifndef CSR_ERASE_NEEDLE_H
#define CSR_ERASE_NEEDLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/mem.h"

enum needle_kind {
	NEEDLE_WORD,	/* an address, a number, an id: wherever it stands */
	NEEDLE_DIGITS,	/* of a telephone: also with blanks and hyphens between them */
	NEEDLE_NAME,	/* only where they took part */
	NEEDLE_FILE	/* the hash of an attachment: looked for, not erased */
};

struct needles {
	struct needle {
		enum needle_kind kind;
		const char *text;
		size_t len;
		bool seen;	/* out */
	} *v;
	size_t n, cap;
	struct arena text;
};

/* One more; words too short to tell anybody apart are left out. */
void needles_add(struct needles *n, enum needle_kind kind, const char *text);
/* True if S has any but files; marks those seen. NAMES: names, too. */
bool needles_in(struct needles *n, const char *s, size_t len, bool names);
/* S with each of them as "***". */
void needles_blank(struct needles *n, const char *s, size_t len, bool names, struct buf *out);
void needles_release(struct needles *n);

#endif
