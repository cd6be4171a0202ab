/* queuelog_calls - the calls that are in a queue */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/fact_parts.h"
#include "intake/queuelog.h"

struct queue_call *
queue_calls_find(const struct queue_calls *c, const char *id)
{
	const union map_value *v = map_get(&c->by_id, id, strlen(id));

	return v != NULL ? v->ptr : NULL;
}

struct queue_call *
queue_calls_add(struct queue_calls *c, const char *id, int64_t at, size_t line)
{
	struct queue_call *q = xcalloc(1, sizeof(*q));

	q->id = xstrdup(id);
	q->at = at;
	q->answered_at = FACT_NO_TIME;
	q->line = line;
	q->older = c->newest;
	*(c->newest != NULL ? &c->newest->newer : &c->oldest) = q;
	c->newest = q;
	c->n++;
	map_put(&c->by_id, id, strlen(id), NULL)->ptr = q;
	return q;
}

/* A map keeps the places of what was taken out: begin anew when there are many. */
static void
shrink(struct queue_calls *c)
{
	struct queue_call *q;

	map_clear(&c->by_id);
	for (q = c->oldest; q != NULL; q = q->newer)
		map_put(&c->by_id, q->id, strlen(q->id), NULL)->ptr = q;
}

static void
free_call(struct queue_call *q)
{
	free(q->id);
	free(q->phone);
	free(q->queue);
	free(q->agent);
	free(q->did);
	free(q);
}

void
queue_calls_drop(struct queue_calls *c, struct queue_call *q)
{
	*(q->older != NULL ? &q->older->newer : &c->oldest) = q->newer;
	*(q->newer != NULL ? &q->newer->older : &c->newest) = q->older;
	map_get(&c->by_id, q->id, strlen(q->id))->ptr = NULL;
	c->n--;
	if (c->by_id.n > 8 * QUEUE_CALLS_MAX)
		shrink(c);
	free_call(q);
}

void
queue_calls_release(struct queue_calls *c)
{
	while (c->oldest != NULL) {
		struct queue_call *q = c->oldest;

		c->oldest = q->newer;
		free_call(q);
	}
	map_release(&c->by_id);
}

void
queue_call_set(char **to, const char *text)
{
	if (text == NULL)
		return;
	free(*to);
	*to = xstrdup(text);
}
