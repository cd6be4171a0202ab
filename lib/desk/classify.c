/* classify - labels and entities of one message, and what they make of its ticket */
#include <stdio.h>
#include <string.h>

#include "base/map.h"
#include "desk/classify.h"
#include "text/utf8.h"

void
classifier_init(struct classifier *c, struct rules *rules)
{
	memset(c, 0, sizeof(*c));
	c->rules = rules;
}

void
classifier_release(struct classifier *c)
{
	findings_release(&c->found);
	fold_release(&c->fold);
	buf_release(&c->whole);
}

/* Of findings that are the same the first stays. They come in order, so that one walk through S
 * finds all their bytes. */
static void
drop_repeated(struct findings *fs, const char *s, size_t len)
{
	size_t kept = 0, at = 0, chars = 0;
	struct map seen = MAP_INIT;
	struct buf key = BUF_INIT;

	for (size_t i = 0; i < fs->n; i++) {
		const struct finding *f = &fs->v[i];
		int is_new;

		at += utf8_offset(s + at, len - at, f->start - chars);
		chars = f->start;
		buf_clear(&key);
		buf_char(&key, (char)f->kind);
		buf_add(&key, s + at, utf8_offset(s + at, len - at, f->end - f->start));
		map_put(&seen, key.p, key.len, &is_new);
		if (is_new)
			fs->v[kept++] = *f;
	}
	fs->n = kept;
	map_release(&seen);
	buf_release(&key);
}

int
classify(struct classifier *c, const char *subject, const char *text, const char *channel,
    struct err *e)
{
	struct rules_input in = { &c->fold, channel, 0, NULL };
	size_t len = strlen(text), i;

	fold_text(&c->fold, text, len);
	findings_find(&c->found, text, len, &c->fold);
	drop_repeated(&c->found, text, len);
	for (i = 0; i < c->found.n; i++)
		in.entities |= 1u << c->found.v[i].kind;
	if (subject != NULL && *subject != '\0') {
		buf_clear(&c->whole);
		buf_str(&c->whole, subject);
		buf_char(&c->whole, '\n');
		buf_add(&c->whole, text, len);
		fold_text(&c->fold, c->whole.p, c->whole.len);
	}
	if (c->look != NULL)
		in.shares = c->look(c->ctx, &c->fold);
	return rules_decide(c->rules, &in, &c->verdict, e);
}

/* How much NAME weighs in ORDER, "least ... most"; names not in it most of all. */
static size_t
weight(const char *name, const char *const *order)
{
	size_t i;

	for (i = 0; order[i] != NULL; i++)
		if (strcmp(order[i], name) == 0)
			break;
	return i;
}

static void
take_heavier(char held[CLASS_NAME_SIZE], const char *name, const char *const *order)
{
	if (name != NULL && (*held == '\0' || weight(name, order) > weight(held, order)))
		snprintf(held, CLASS_NAME_SIZE, "%s", name);
}

void
class_sum_add(struct class_sum *s, const char *type, const char *area, const char *urgency,
    const char *sentiment)
{
	static const char *const types[] = { "chatter", "thanks", "spam", "praise",
		"suggestion", "inquiry", "request", "complaint", NULL };
	static const char *const areas[] = { "other", NULL };
	static const char *const urgencies[] = { "low", "normal", "important", "urgent", NULL };
	static const char *const sentiments[] = { "positive", "neutral", "negative", "angry",
		NULL };

	take_heavier(s->type, type, types);
	take_heavier(s->area, area, areas);
	take_heavier(s->urgency, urgency, urgencies);
	take_heavier(s->sentiment, sentiment, sentiments);
}
