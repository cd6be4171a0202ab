/* plans - all plans of share/plans, read and checked */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "store/plans.h"

enum { PLAN_TEXT_MAX = 1024 * 1024 };

/* "care" of "/etc/csr/plans/care.plan", yours to free. */
static char *
name_of(const char *path)
{
	const char *base = strrchr(path, '/') + 1;

	return xstrndup(base, strlen(base) - strlen(".plan"));
}

/* Every text the plan may need, in the language it falls back to. */
static int
check_letters(const struct plan *p, struct letters *l, struct err *e)
{
	static const char *const parts[] = { "warning", "breach", "digest" };
	struct buf name = BUF_INIT;
	size_t i, j;
	int bad = 0;

	for (i = 0; i < p->n_cases && bad == 0; i++) {
		const struct plan_case *c = &p->cases[i];

		for (j = 0; j < 3 && bad == 0; j++) {
			buf_clear(&name);
			buf_str(&name, c->template);
			if (p->on == PLAN_CLOCK)
				buf_fmt(&name, "-%s", parts[j]);
			if (letters_get(l, p->on != PLAN_CLOCK ? LETTER_CUSTOMER :
			    j == 2 ? LETTER_DIGEST : LETTER_CLOCK, name.p, p->by,
			    p->language, NULL, e) == NULL)
				bad = err_at(e, p->source, c->line);
		}
	}
	buf_release(&name);
	return bad;
}

static int
load(struct plan *p, struct letters *l, const char *path, const struct zone *desk,
    struct err *e)
{
	char *text = conf_read(path, PLAN_TEXT_MAX, NULL, e), *name;
	int bad;

	if (text == NULL)
		return -1;
	name = name_of(path);
	bad = plan_parse(p, name, path, text, desk, e);
	if (bad == 0 && (bad = check_letters(p, l, e)) < 0)
		plan_release(p);
	free(name);
	free(text);
	return bad;
}

int
plans_load(struct plans *p, struct letters *l, const struct zone *desk,
    void (*complain)(const struct err *), struct err *e)
{
	char **paths;
	int i, bad = 0, n = conf_list("plans", ".plan", &paths, e);

	*p = (struct plans){ NULL, 0, 0 };
	if (n < 0)
		return -1;
	p->v = xcalloc((size_t)n, sizeof(*p->v));
	for (i = 0; i < n; i++) {
		if (load(&p->v[p->n], l, paths[i], desk, e) < 0) {
			complain(e);
			bad++;
			continue;
		}
		p->hash = (p->hash ^ p->v[p->n].hash) * UINT64_C(0x100000001b3);
		p->n++;
	}
	conf_list_free(paths, n);
	return bad;
}

void
plans_release(struct plans *p)
{
	while (p->n > 0)
		plan_release(&p->v[--p->n]);
	free(p->v);
	p->v = NULL;
}

const struct plan *
plans_find(const struct plans *p, const char *name)
{
	size_t i;

	for (i = 0; i < p->n; i++)
		if (strcmp(p->v[i].name, name) == 0)
			return &p->v[i];
	return NULL;
}

int64_t
plans_late_ms(const struct plans *p)
{
	int64_t most = 0;
	size_t i;

	for (i = 0; i < p->n; i++)
		if (p->v[i].late_ms > most)
			most = p->v[i].late_ms;
	return most;
}
