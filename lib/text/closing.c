/* closing - does a message only say thanks, and does it ask for anything? */
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "text/closing.h"
#include "text/utf8.h"

enum { PHRASE = 1, FILLER = 2 };	/* ids in the word list */
enum { LONGEST = 240 };			/* bytes; whoever writes more says more */

void
phrases_add(struct words *w, char *text)
{
	uint32_t id = PHRASE;
	char *line, *next;
	size_t len;

	for (line = text; line != NULL; line = next) {
		next = strchr(line, '\n');
		if (next != NULL)
			*next++ = '\0';
		line += strspn(line, " \t");
		len = strlen(line);
		while (len > 0 && isspace((unsigned char)line[len - 1]))
			line[--len] = '\0';
		if (strcmp(line, "[filler]") == 0) {
			id = FILLER;
		} else if (len > 1 && line[len - 1] == '*') {
			line[len - 1] = '\0';
			words_add(w, line, id, WORDS_PREFIX);
		} else if (*line != '#') {
			words_add(w, line, id, 0);
		}
	}
}

/* Bytes of the sign, blank, emoji or bracketed emote ("[微笑]") at S; 0 for anything
 * that says something. */
static size_t
sign_len(const char *s, size_t left)
{
	const char *p = s, *end = s + left, *close;
	uint32_t cp = utf8_next(&p, end);

	if (cp == '[' && (close = memchr(s, ']', left < 20 ? left : 20)) != NULL)
		return (size_t)(close - s) + 1;
	return cp != '?' && utf8_is_sign(cp) ? (size_t)(p - s) : 0;
}

/* reach[i] tells how byte i can be reached from the start: by fillers, by phrases. */
enum { BY_SIGNS = 1, BY_PHRASE = 2 };

struct cover {
	struct words_hit hits[LONGEST];
	size_t n;
};

static void
note_hit(void *ctx, const struct words_hit *hit)
{
	struct cover *c = ctx;

	if (c->n < LONGEST)
		c->hits[c->n++] = *hit;
}

bool
closing_is(const struct words *w, const struct fold *f)
{
	unsigned char reach[LONGEST + 1] = { BY_SIGNS };
	const char *text = buf_cstr(&f->text);
	size_t len = f->text.len, i, k, sign;
	struct cover c;

	if (len == 0 || len > LONGEST)
		return false;
	c.n = 0;
	words_scan(w, text, len, note_hit, &c);
	if (c.n == 0)
		return false;
	for (i = 0; i < len; i++) {
		if (reach[i] == 0)
			continue;
		sign = sign_len(text + i, len - i);
		reach[i + sign] |= sign > 0 ? reach[i] : 0;
		for (k = 0; k < c.n; k++)
			if (c.hits[k].start == i)
				reach[c.hits[k].end] |= c.hits[k].id == PHRASE ? BY_PHRASE :
				    reach[i];
	}
	return (reach[len] & BY_PHRASE) != 0;
}

static void
note_any(void *ctx, const struct words_hit *hit)
{
	(void)hit;
	*(bool *)ctx = true;
}

bool
asks_is(const struct words *w, const struct fold *f)
{
	const char *text = buf_cstr(&f->text);
	bool any = memchr(text, '?', f->text.len) != NULL;

	if (!any)
		words_scan(w, text, f->text.len, note_any, &any);
	return any;
}
