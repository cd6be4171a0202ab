/* cluster - texts that say the same, put together */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"
#include "learn/cluster.h"
#include "learn/cues.h"

/* Beginnings of long texts are compared; cues of half of many texts tell nothing. */
enum { LOOKED_AT = 400, MANY = 50 };

/* The clusters whose first text has a cue, and what it weighs there. */
struct place {
	uint32_t cluster;
	float weight;
	struct place *next;
};

struct gram_state {
	uint32_t texts;		/* that have it */
	struct place *places;
};

struct work {
	struct map cues;	/* id -> struct gram_state */
	struct arena arena;
	struct cues read;
	size_t n;
	float *likeness;	/* by cluster */
	uint32_t *touched;
	size_t n_touched, n_clusters;
};

static size_t
cut(const char *text)
{
	size_t len = strlen(text);

	if (len > LOOKED_AT)
		for (len = LOOKED_AT; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80; )
			len--;
	return len;
}

static void
count_text(struct work *w, const char *text)
{
	size_t i;

	cues_read(&w->read, text, cut(text));
	for (i = 0; i < w->read.n; i++) {
		union map_value *v;
		int is_new;

		v = map_put(&w->cues, &w->read.v[i].id, sizeof(w->read.v[i].id), &is_new);
		if (is_new)
			v->ptr = arena_alloc(&w->arena, sizeof(struct gram_state));
		((struct gram_state *)v->ptr)->texts++;
	}
}

static struct gram_state *
state_of(const struct work *w, const struct cue *g)
{
	return map_get(&w->cues, &g->id, sizeof(g->id))->ptr;
}

/* The weight of each cue of the text read last, of length 1 together. */
static void
weigh(struct work *w, float *weight)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < w->read.n; i++) {
		const struct cue *g = &w->read.v[i];
		float idf = logf(1 + (float)w->n / (float)state_of(w, g)->texts);

		weight[i] = idf * g->weight;
		sum += (double)(weight[i] * weight[i]);
	}
	for (i = 0; i < w->read.n; i++)
		weight[i] = sum > 0 ? weight[i] / (float)sqrt(sum) : 0;
}

/* The cluster the text is most like, SIZE_MAX if it is like none; of equals the first. */
static size_t
nearest(struct work *w, const float *weight, double alike)
{
	size_t i, best = SIZE_MAX;

	w->n_touched = 0;
	for (i = 0; i < w->read.n; i++) {
		const struct gram_state *s = state_of(w, &w->read.v[i]);
		const struct place *p;

		if (s->texts > MANY && s->texts * 2 > w->n)
			continue;
		for (p = s->places; p != NULL; p = p->next) {
			if (w->likeness[p->cluster] == 0)
				w->touched[w->n_touched++] = p->cluster;
			w->likeness[p->cluster] += weight[i] * p->weight;
		}
	}
	for (i = 0; i < w->n_touched; i++) {
		uint32_t c = w->touched[i];

		if ((double)w->likeness[c] >= alike && (best == SIZE_MAX ||
		    w->likeness[c] > w->likeness[best] ||
		    (w->likeness[c] == w->likeness[best] && c < best)))
			best = c;
	}
	for (i = 0; i < w->n_touched; i++)
		if (w->touched[i] != best)
			w->likeness[w->touched[i]] = 0;
	if (best != SIZE_MAX)
		w->likeness[best] = 0;
	return best;
}

static size_t
begin(struct work *w, const float *weight)
{
	size_t i;

	for (i = 0; i < w->read.n; i++) {
		struct gram_state *s = state_of(w, &w->read.v[i]);
		struct place *p;

		p = arena_alloc(&w->arena, sizeof(*p));
		*p = (struct place){ (uint32_t)w->n_clusters, weight[i], s->places };
		s->places = p;
	}
	return w->n_clusters++;
}

size_t
cluster(const char *const *texts, size_t n, const struct words *synonyms, double alike,
    uint32_t *of)
{
	struct work w = { .n = n };
	float *weight = NULL;
	size_t i, c;

	w.read.synonyms = synonyms;
	w.likeness = xcalloc(n + 1, sizeof(*w.likeness));
	w.touched = xcalloc(n + 1, sizeof(*w.touched));
	for (i = 0; i < n; i++)
		count_text(&w, texts[i]);
	for (i = 0; i < n; i++) {
		cues_read(&w.read, texts[i], cut(texts[i]));
		weight = xrealloc(weight, (w.read.n + 1) * sizeof(*weight));
		weigh(&w, weight);
		c = nearest(&w, weight, alike);
		of[i] = (uint32_t)(c != SIZE_MAX ? c : begin(&w, weight));
	}
	free(weight);
	free(w.likeness);
	free(w.touched);
	map_release(&w.cues);
	arena_release(&w.arena);
	cues_release(&w.read);
	return w.n_clusters;
}
