/* charset - bytes in any encoding to UTF-8.
 *
 * Labels lie: "gb2312" mostly is GB18030, "iso-8859-1" on a Chinese desk often is, and most files
 * carry no label at all.  So the bytes are asked first.  The rule, in this order:
 *   1. a byte order mark (UTF-8, UTF-16LE, UTF-16BE), or the NUL pattern of UTF-16 without one;
 *   2. UTF-8, when the bytes are valid UTF-8, or so nearly that only damage explains the rest;
 *   3. the declared encoding, read in its widest sense (gb2312, gbk, cp936 as GB18030; big5 as
 *      BIG5-HKSCS; shift_jis as CP932; euc-kr as CP949; iso-8859-1 and us-ascii as WINDOWS-1252,
 *      or the fallback when the bytes look like pairs and are valid there);
 *   4. the fallback, GB18030 when NULL.
 * Encodings that are plain ASCII with escapes (iso-2022-*, utf-7) count only when declared, and
 * then before rule 2.  Labels are looked up in a closed list: no name from outside gets to iconv.
 *
 * What cannot be decoded becomes U+FFFD and is counted in `bad`; so does NUL, counted in `nul`
 * too: the output is always valid UTF-8 without NUL and without a byte order mark.
 */
#ifndef CSR_CHARSET_H
#define CSR_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

enum { CHARSET_BLOCK = 64 * 1024 };	/* bytes of a stream enough to decide by */

struct charset_enc;

/* One encoding being decoded. `name` is static, as iconv spells it; the counts only grow. */
struct charset {
	const char *name;
	size_t bad;			/* U+FFFD written, NULs included */
	size_t nul;			/* NULs among them */
	const struct charset_enc *enc;
	void *cd;			/* iconv_t; NULL for UTF-8 */
};

/* True when LABEL (any case, any punctuation) names an encoding of the list. */
bool charset_known(const char *label);

/* Decides by the rule above. DECLARED and FALLBACK may be NULL or unknown (then as if NULL).
 * WHOLE: P ends where the text ends; else a character cut off at the end is no fault.
 * *BOM gets the bytes of the mark to skip. Returns a static name, never NULL. */
const char *charset_detect(const char *p, size_t len, bool whole, const char *declared,
    const char *fallback, size_t *bom);

/* True when P is valid UTF-8 (NUL and noncharacters allowed). */
bool charset_is_utf8(const char *p, size_t len);

/* A decoder for NAME, a label of the list (else -1, 78). */
int charset_open(struct charset *cs, const char *name, struct err *e);
/* Decodes P to the end of OUT. Returns the bytes used: without FINAL, a character cut off at the
 * end stays; feed it again with what follows. With FINAL everything is used. */
size_t charset_feed(struct charset *cs, struct buf *out, const char *p, size_t len, bool final);
void charset_close(struct charset *cs);

/* A whole text at once, appended to OUT. *FOUND (may be NULL) says what was found. */
struct charset_found {
	const char *name;
	size_t bad, nul;
};
void charset_decode(struct buf *out, const char *p, size_t len, const char *declared,
    const char *fallback, struct charset_found *found);

#endif
