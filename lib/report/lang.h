/* lang - the language people are shown reports in, and the words of columns and values.
 *
 * Programs read names (p90_s, channel=wecom); people read words ("90 % within", 企业微信).
 * The words come from the report's own header first, then from all reports/NAME.words of
 * the configuration; what has none is shown by its name.
 */
#ifndef CSR_LANG_H
#define CSR_LANG_H

#include <stddef.h>

#include "base/err.h"

enum lang { LANG_EN, LANG_ZH, LANGS };

/* The language called NAME ("zh", "en"); -1 if there is none. */
int lang_of(const char *name);
const char *lang_name(enum lang lang);
/* What LC_ALL, else LC_MESSAGES, else LANG says: Chinese if it begins with zh. */
enum lang lang_of_locale(void);

struct buf;
struct field;
struct report;
struct words;

/* All reports/NAME.words in the order of their names, a later word in the place of an
 * earlier one, for LANG.  Yours to words_free().  NULL with 78, "file:line: ...". */
struct words *words_load(enum lang lang, struct err *e);
enum lang words_lang(const struct words *w);
/* What NAME, a column, measure or chart of R (NULL: of none), is called.  NAME itself if
 * it has no word.  Borrowed from W or R. */
const char *words_name(const struct words *w, const struct report *r, const char *name);
/* Appends what column F of R is called; of a comparison with what it is to its measure:
 * "90 % within, before". */
void words_field(const struct words *w, const struct report *r, const struct field *f,
    struct buf *b);
/* One sentence about the column or measure NAME of R in the language of W; OTHERWISE,
 * which is English, if it speaks that and has none; else "". */
const char *words_about(const struct words *w, const struct report *r, const char *name,
    const char *otherwise);
/* What VALUE of a column is called ("channel.wecom = 企业微信"); NULL if it has no word. */
const char *words_value(const struct words *w, const char *column, const char *value,
    size_t len);
void words_free(struct words *w);

#endif
