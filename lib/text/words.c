/* words - many words found in one pass */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "text/fold.h"
#include "text/words.h"

#define GROW(array, n, cap) \
	((n) < (cap) ? (array) : ((cap) = (cap) * 2 + 64, \
	    (array) = xrealloc((array), (cap) * sizeof(*(array)))))

static uint32_t
new_state(struct words *w, unsigned char byte)
{
	GROW(w->states, w->n_states, w->cap_states);
	w->states[w->n_states] = (struct words_state){ .byte = byte };
	return (uint32_t)w->n_states++;
}

static uint32_t
child(struct words *w, uint32_t at, unsigned char byte)
{
	uint32_t c = w->states[at].child;

	while (c != 0 && w->states[c].byte != byte)
		c = w->states[c].sibling;
	if (c == 0) {
		c = new_state(w, byte);
		w->states[c].sibling = w->states[at].child;
		w->states[at].child = c;
	}
	return c;
}

void
words_add(struct words *w, const char *word, uint32_t id, unsigned flags)
{
	static struct fold fold = FOLD_INIT;
	uint32_t at = 0;
	size_t i;

	if (w->n_states == 0) {
		new_state(w, 0);
		GROW(w->entries, w->n_entries, w->cap_entries);
		w->n_entries = 1;
	}
	fold_text(&fold, word, strlen(word));
	for (i = 0; i < fold.text.len; i++)
		at = child(w, at, (unsigned char)fold.text.p[i]);
	if (at == 0)
		return;
	GROW(w->entries, w->n_entries, w->cap_entries);
	w->entries[w->n_entries] = (struct words_entry){ id, (uint32_t)fold.text.len,
	    w->states[at].entry, flags };
	w->states[at].entry = (uint32_t)w->n_entries++;
	w->apart |= (flags & WORDS_APART) != 0;
}

/* The state BYTE leads to from AT, or 0 (the root is no one's child). */
static inline uint32_t
child_of(const struct words *w, uint32_t at, unsigned char byte)
{
	const struct words_cell *cell = &w->cells[w->states[at].base + byte];

	return cell->parent == at + 1 ? cell->state : 0;
}

static inline uint32_t
step(const struct words *w, uint32_t at, unsigned char byte)
{
	uint32_t next;

	while ((next = child_of(w, at, byte)) == 0 && at != 0)
		at = w->states[at].fail;
	return next;
}

/* Finds a base where all children of AT fall on free cells, and puts them there. */
static void
place_children(struct words *w, uint32_t at, size_t *first_free)
{
	struct words_state *s = w->states;
	uint32_t c = s[at].child;
	size_t base, old;

	while (*first_free < w->n_cells && w->cells[*first_free].parent != 0)
		++*first_free;
	base = *first_free > s[c].byte ? *first_free - s[c].byte : 0;
	while (c != 0) {
		if (base + 256 > w->n_cells) {
			old = w->n_cells;
			w->n_cells = (base + 256) * 2;
			w->cells = xrealloc(w->cells, w->n_cells * sizeof(*w->cells));
			memset(w->cells + old, 0, (w->n_cells - old) * sizeof(*w->cells));
		}
		for (c = s[at].child; c != 0; c = s[c].sibling)
			if (w->cells[base + s[c].byte].parent != 0)
				break;
		base += c != 0;
	}
	s[at].base = (uint32_t)base;
	for (c = s[at].child; c != 0; c = s[c].sibling)
		w->cells[base + s[c].byte] = (struct words_cell){ at + 1, c };
}

void
words_build(struct words *w)
{
	uint32_t *queue = xcalloc(w->n_states + 1, sizeof(*queue));
	size_t head = 0, tail = 1, first_free = 0;
	struct words_state *s = w->states;

	w->n_cells = 512;
	w->cells = xcalloc(w->n_cells, sizeof(*w->cells));
	for (; w->n_states > 0 && head < tail; head++) {
		uint32_t at = queue[head], c = s[at].child, fail;

		if (c != 0)
			place_children(w, at, &first_free);
		for (; c != 0; c = s[c].sibling) {
			fail = at == 0 ? 0 : step(w, s[at].fail, s[c].byte);
			s[c].fail = fail;
			s[c].also = s[fail].entry != 0 ? fail : s[fail].also;
			queue[tail++] = c;
		}
	}
	free(queue);
}

/* Bytes of the blank or sign at S that WORDS_APART looks through, 0 for letters. */
static size_t
sign_len(const char *s, size_t left)
{
	unsigned char c = (unsigned char)*s;

	if (c < 0x80)
		return !isalnum(c);
	if (left >= 2 && memcmp(s, "\xC2\xB7", 2) == 0)		/* · */
		return 2;
	if (left >= 3 && (memcmp(s, "。", 3) == 0 || memcmp(s, "、", 3) == 0))
		return 3;
	return 0;
}

/* Where the LEN bytes that end before END begin, signs between them not counted. */
static size_t
apart_start(const char *text, size_t end, size_t len)
{
	size_t at = end;

	while (len > 0 && at > 0) {
		size_t ch = at - 1;

		while (ch > 0 && ((unsigned char)text[ch] & 0xC0) == 0x80)
			ch--;
		if (sign_len(text + ch, at - ch) == 0)
			len -= at - ch <= len ? at - ch : len;
		at = ch;
	}
	return at;
}

static bool
is_latin(const char *text, size_t len, size_t at)
{
	return at < len && isalnum((unsigned char)text[at]);
}

struct scan {
	const struct words *w;
	const char *text;
	size_t len;
	words_fn *fn;
	void *ctx;
};

/* Tells of the words that end in state AT before END; of a ghost, only those that
 * reach over a sign. */
static void
tell(const struct scan *sc, uint32_t at, size_t end, bool ghost)
{
	const struct words *w = sc->w;
	const struct words_entry *en;
	uint32_t i;

	for (; at != 0; at = w->states[at].also)
		for (i = w->states[at].entry; i != 0; i = en->next) {
			size_t start;

			en = &w->entries[i];
			if (ghost && !(en->flags & WORDS_APART))
				continue;
			start = ghost ? apart_start(sc->text, end, en->len) : end - en->len;
			if (ghost && end - start == en->len)
				continue;
			if (is_latin(sc->text, sc->len, start) && start > 0 &&
			    is_latin(sc->text, sc->len, start - 1))
				continue;
			if (is_latin(sc->text, sc->len, end - 1) &&
			    !(en->flags & WORDS_PREFIX) && is_latin(sc->text, sc->len, end))
				continue;
			sc->fn(sc->ctx, &(struct words_hit){ en->id, (uint32_t)start,
			    (uint32_t)end });
		}
}

/* Beside the true state runs a ghost: the state as if single signs were not there. It
 * differs only behind a sign inside a word, so most of the time there is none (0). */
void
words_scan(const struct words *w, const char *text, size_t len, words_fn *fn, void *ctx)
{
	struct scan sc = { w, text, len, fn, ctx };
	uint32_t at = 0, ghost = 0;
	size_t i, sign_end = 0, sign = 0;

	if (w->n_states == 0)
		return;
	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (w->apart && i >= sign_end && (at | ghost) != 0 &&
		    (sign = sign_len(text + i, len - i)) != 0) {
			ghost = i == sign_end && i != 0 ? 0 : ghost != 0 ? ghost : at;
			sign_end = i + sign;
		}
		at = step(w, at, byte);
		if (w->states[at].entry != 0 || w->states[at].also != 0)
			tell(&sc, at, i + 1, false);
		if (ghost == 0 || i < sign_end)
			continue;
		ghost = step(w, ghost, byte);
		if (ghost == at)
			ghost = 0;
		else if (w->states[ghost].entry != 0 || w->states[ghost].also != 0)
			tell(&sc, ghost, i + 1, true);
	}
}

void
words_release(struct words *w)
{
	free(w->states);
	free(w->entries);
	free(w->cells);
	*w = (struct words)WORDS_INIT;
}
