/* charset_enc - the closed list of encodings, for the files of charset only. */
#ifndef CSR_CHARSET_ENC_H
#define CSR_CHARSET_ENC_H

#include <stddef.h>

enum charset_kind {
	ENC_UTF8,
	ENC_SINGLE,		/* one byte a character */
	ENC_LATIN,		/* the same, but the label is often a lie */
	ENC_PAIRS,		/* ASCII, and two or more bytes from 81 up */
	ENC_WIDE,		/* two bytes a unit */
	ENC_WIDE4,
	ENC_ESCAPES		/* ASCII with escape sequences */
};

struct charset_enc {
	const char *label;	/* lower case, letters and digits only */
	const char *name;	/* for iconv */
	enum charset_kind kind;
};

/* The row of LABEL, or NULL. */
const struct charset_enc *charset_enc_find(const char *label);

/* The length of the UTF-8 character at P (LEFT bytes, at least one): 1 to 4; 0 when it is none;
 * -1 when it may be one cut off at the end. */
int charset_utf8_len(const unsigned char *p, size_t left);

/* How many bytes from P on are plain: ASCII without NUL. */
size_t charset_plain(const char *p, size_t len);

#endif
