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
new_node(struct words *w, unsigned char byte)
{
	GROW(w->nodes, w->n_nodes, w->cap_nodes);
	w->nodes[w->n_nodes] = (struct words_node){ .byte = byte };
	return (uint32_t)w->n_nodes++;
}

static uint32_t
child(struct words *w, uint32_t at, unsigned char byte)
{
	uint32_t c = w->nodes[at].child;

	while (c != 0 && w->nodes[c].byte != byte)
		c = w->nodes[c].sibling;
	if (c == 0) {
		c = new_node(w, byte);
		w->nodes[c].sibling = w->nodes[at].child;
		w->nodes[at].child = c;
	}
	return c;
}

void
words_add(struct words *w, const char *word, uint32_t id, unsigned flags)
{
	static struct fold fold = FOLD_INIT;
	uint32_t at = 0;
	size_t i;

	if (w->n_nodes == 0) {
		new_node(w, 0);
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
	    w->nodes[at].entry, flags };
	w->nodes[at].entry = (uint32_t)w->n_entries++;
	w->apart |= (flags & WORDS_APART) != 0;
}

static inline uint32_t
step(const struct words *w, uint32_t at, unsigned char byte)
{
	for (;;) {
		uint32_t next = w->cells[at].base + byte;

		if (w->cells[next].parent == at + 1)
			return next;
		if (at == 0)
			return 0;
		at = w->cells[at].fail;
	}
}

/* Room for a base's 256 cells. */
static void
reserve(struct words *w, size_t base)
{
	size_t old = w->n_cells;

	if (base + 256 <= old)
		return;
	w->n_cells = (base + 256) * 2;
	w->cells = xrealloc(w->cells, w->n_cells * sizeof(*w->cells));
	memset(w->cells + old, 0, (w->n_cells - old) * sizeof(*w->cells));
}

/* Finds a base where all children of AT fall on free cells, and puts them there.  Where
 * single children go, *SINGLE, is filled without holes; searches for families begin at
 * *FAMILY, which leaves crowded cells behind, so that building stays linear. */
static void
place_children(struct words *w, uint32_t at, size_t *single, size_t *family)
{
	struct words_node *n = w->nodes;
	uint32_t c = n[at].child;
	size_t *from = n[c].sibling == 0 ? single : family, base, tries = 0;

	reserve(w, *from);
	while (w->cells[*from].parent != 0)
		reserve(w, ++*from);
	for (base = *from - n[c].byte; c != 0; base += c != 0) {
		reserve(w, base);
		for (c = n[at].child; c != 0; c = n[c].sibling)
			if (w->cells[base + n[c].byte].parent != 0)
				break;
		tries++;
	}
	w->cells[n[at].cell].base = (uint32_t)base;
	if (tries > 16 && from == family)
		*from = base + n[n[at].child].byte;
	for (c = n[at].child; c != 0; c = n[c].sibling) {
		n[c].cell = (uint32_t)base + n[c].byte;
		w->cells[n[c].cell].parent = n[at].cell + 1;
	}
}

/* Sets fail and out of node C, a child of PARENT. */
static void
finish(struct words *w, uint32_t c, uint32_t parent)
{
	struct words_cell *cell = &w->cells[w->nodes[c].cell];

	cell->fail = parent == 0 ? 0 : step(w, w->cells[parent].fail, w->nodes[c].byte);
	cell->out = w->cells[cell->fail].out;
	if (w->nodes[c].entry == 0)
		return;
	GROW(w->outs, w->n_outs, w->cap_outs);
	w->outs[w->n_outs] = (struct words_out){ w->nodes[c].entry, cell->out };
	cell->out = (uint32_t)w->n_outs++;
}

void
words_build(struct words *w)
{
	uint32_t *queue = xcalloc(w->n_nodes + 1, sizeof(*queue)), c;
	size_t head, tail = 1, single = 256, family = 256;

	reserve(w, 0);
	GROW(w->outs, w->n_outs, w->cap_outs);
	w->n_outs = 1;
	for (head = 0; w->n_nodes > 0 && head < tail; head++) {
		uint32_t at = queue[head];

		if (w->nodes[at].child != 0)
			place_children(w, at, &single, &family);
		for (c = w->nodes[at].child; c != 0; c = w->nodes[c].sibling) {
			finish(w, c, w->nodes[at].cell);
			queue[tail++] = c;
		}
	}
	free(queue);
	free(w->nodes);
	w->nodes = NULL;
	w->n_nodes = w->cap_nodes = 0;
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

/* Tells of the words of OUT, which end before END; of a ghost, only those that
 * reach over a sign. */
static void
tell(const struct scan *sc, uint32_t out, size_t end, bool ghost)
{
	const struct words *w = sc->w;
	const struct words_entry *en;
	uint32_t i;

	for (; out != 0; out = w->outs[out].also)
		for (i = w->outs[out].entry; i != 0; i = en->next) {
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

/* True if a sign may begin with BYTE; asks less than sign_len(). */
static inline bool
may_be_sign(unsigned char byte)
{
	return byte < 0x80 || byte == 0xC2 || byte == 0xE3;
}

/* Beside the true state runs a ghost: the state as if single signs were not there. It
 * differs only behind a sign inside a word, so most of the time there is none (0). */
void
words_scan(const struct words *w, const char *text, size_t len, words_fn *fn, void *ctx)
{
	struct scan sc = { w, text, len, fn, ctx };
	uint32_t at = 0, ghost = 0;
	size_t i, sign_end = 0, sign = 0;

	if (w->n_entries == 0)
		return;
	for (i = 0; i < len; i++) {
		unsigned char byte = (unsigned char)text[i];

		if (may_be_sign(byte) && (at | ghost) != 0 && w->apart && i >= sign_end &&
		    (sign = sign_len(text + i, len - i)) != 0) {
			ghost = i == sign_end && i != 0 ? 0 : ghost != 0 ? ghost : at;
			sign_end = i + sign;
		}
		at = step(w, at, byte);
		if (w->cells[at].out != 0)
			tell(&sc, w->cells[at].out, i + 1, false);
		if (ghost == 0 || i < sign_end)
			continue;
		ghost = step(w, ghost, byte);
		if (ghost == at)
			ghost = 0;
		else if (w->cells[ghost].out != 0)
			tell(&sc, w->cells[ghost].out, i + 1, true);
	}
}

void
words_release(struct words *w)
{
	free(w->nodes);
	free(w->outs);
	free(w->entries);
	free(w->cells);
	*w = (struct words)WORDS_INIT;
}
