/* article - one piece of knowledge: its questions and answers, by language.
 *
 * Read from Markdown, CSV or JSON (csr-articles(5)), written as JSON.  Every reader refuses
 * what it does not understand with the place it stands at; article_check() looks for what
 * can be read but will not work.  Pure.
 */
#ifndef CSR_ARTICLE_H
#define CSR_ARTICLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "desk/labels.h"
#include "stream/rec.h"
#include "text/template.h"
#include "time/zone.h"

enum article_type { ARTICLE_FAQ, ARTICLE_POLICY, ARTICLE_GUIDE, ARTICLE_SCRIPT, ARTICLE_OFFER,
	ARTICLE_TYPES };
enum { ARTICLE_LANGUAGES = 8, ARTICLE_ID_MAX = 64 };

struct article_list {
	const char **v;
	size_t n, cap;
};

struct article_text {
	char lang[4];			/* zh, en ... */
	const char *title;
	struct article_list questions;
	const char *answer;		/* Markdown, without blanks at its ends */
};

/* Texts belong to its arena. */
struct article {
	const char *id;
	enum article_type type;
	bool for_staff, automatic;
	struct article_list area, segment, channel, product, tags, order;
	const char *offer;		/* condition as written, NULL */
	int64_t from_at, to_at;		/* holds in [from, to); 0 and INT64_MAX: always */
	const char *from, *to;		/* as written, NULL */
	struct article_text text[ARTICLE_LANGUAGES];
	size_t n_texts;
	const char *source;		/* "file:line", for messages */
	struct arena arena;
};

/* Starts A empty; source is copied. */
void article_init(struct article *a, const char *source, size_t line);
void article_release(struct article *a);

/* Sets a key of the head from text; days are those of Z. 78 "unknown key ..." or what is
 * wrong with the value. */
int article_set(struct article *a, const char *key, const char *value, const struct zone *z,
    struct err *e);
/* The text in LANG, made if there was none; NULL with 78 if there are too many. */
struct article_text *article_language(struct article *a, const char *lang, struct err *e);
/* The same, NULL if there is none. */
const struct article_text *article_in(const struct article *a, const char *lang);
/* "zh" or "en" by the letters of S. */
const char *article_guess_language(const char *s);
void article_list_add(struct article *a, struct article_list *l, const char *s, size_t len);
bool article_list_has(const struct article_list *l, const char *s);
const char *article_type_name(enum article_type t);

/* From the text of one Markdown file called NAME (its id, without ".md", if it has none). */
int article_read_md(struct article *a, const char *source, const char *name, const char *text,
    const struct zone *z, struct err *e);
/* From a JSON object. */
int article_read_json(struct article *a, const struct node *n, const struct zone *z,
    struct err *e);
/* As the record of kind "article"; yours. */
struct node *article_to_json(const struct article *a);

/* CSV: the columns of a head, then row by row; rows of one article are put together by the
 * caller (article_merge). */
struct article_csv {
	const char **keys;	/* by column, NULL: no column of ours */
	size_t n;
	struct arena arena;
};
int article_csv_head(struct article_csv *c, const char *const *names, size_t n, struct err *e);
int article_read_csv(struct article *a, const struct article_csv *c, const char *const *cells,
    const struct zone *z, struct err *e);
void article_csv_release(struct article_csv *c);
/* Takes the languages of B, which has the same id. 78 if A has one of them already. */
int article_merge(struct article *a, const struct article *b, struct err *e);

/* The names of the values an answer may hold, ended by NULL. */
extern const struct template_field article_fields[];

/* After reading: what must be there. 78. */
int article_finish(struct article *a, struct err *e);
/* Calls FN with each thing that can be read but looks wrong. */
void article_check(const struct article *a, int64_t now,
    void (*fn)(void *ctx, const char *source, const char *what), void *ctx);

#endif
