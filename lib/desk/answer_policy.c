/* answer_policy - when a program may answer, as read from answer/policy.conf */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/mem.h"
#include "desk/answer.h"
#include "time/tm.h"

enum { ON_MESSAGE = (1u << DIM_QUEUE) - 1 };	/* what a condition may name */

static int
read_flag(const char *s, bool *v, struct err *e)
{
	*v = strcmp(s, "yes") == 0;
	return *v || strcmp(s, "no") == 0 ? 0 :
	    err_set(e, ERR_CONFIG, "\"%s\" is neither yes nor no", s);
}

static int
read_share(const char *s, double *v, struct err *e)
{
	char *end;

	*v = strtod(s, &end);
	return end != s && *end == '\0' && *v >= 0 && *v <= 1 ? 0 :
	    err_set(e, ERR_CONFIG, "\"%s\" is not a number from 0 to 1", s);
}

static int
read_span(const char *s, int64_t *ms, struct err *e)
{
	if (tm_parse_span(s, ms, e) == 0)
		return 0;
	e->code = ERR_CONFIG;
	return -1;
}

/* "3 per 1d"; "no". */
static int
read_limit(const char *s, struct answer_limit *l, struct err *e)
{
	char *end;

	*l = (struct answer_limit){ 0, 0 };
	if (strcmp(s, "no") == 0)
		return 0;
	l->n = strtoll(s, &end, 10);
	if (end == s || l->n < 1 || strncmp(end, " per ", 5) != 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is no limit such as \"3 per 1d\"", s);
	return read_span(end + 5, &l->ms, e);
}

static int
read_articles(struct answer_policy *p, const char *s, struct err *e)
{
	size_t n, i;
	const char *const *v = words_of(&p->arena, s, &n);
	int t;

	p->articles = 0;
	for (i = 0; i < n; i++) {
		for (t = 0; t < ARTICLE_TYPES; t++)
			if (strcmp(v[i], article_type_name((enum article_type)t)) == 0)
				break;
		if (t == ARTICLE_TYPES)
			return err_set(e, ERR_CONFIG, "\"%s\" is no type of article", v[i]);
		p->articles |= 1u << t;
	}
	return 0;
}

static int
read_types(struct answer_policy *p, const char *s, struct err *e)
{
	size_t i;

	p->types = words_of(&p->arena, s, &p->n_types);
	for (i = 0; i < p->n_types; i++)
		if (!dim_takes(DIM_TYPE, p->types[i]))
			return err_set(e, ERR_CONFIG, "\"%s\" is no type of message", p->types[i]);
	return 0;
}

static int
add_unless(struct answer_policy *p, struct answer_rule *r, const char *s, struct err *e)
{
	const struct cond *c = cond_parse(&p->arena, s, ON_MESSAGE, e);

	if (c == NULL)
		return -1;
	r->unless = xrealloc(r->unless, (r->n_unless + 1) * sizeof(*r->unless));
	r->unless[r->n_unless++] = c;
	return 0;
}

/* What both sections have; 1 for a key of another kind. */
static int
on_rule(struct answer_policy *p, struct answer_rule *r, const char *key, const char *value,
    struct err *e)
{
	if (strcmp(key, "send") == 0)
		return read_flag(value, &r->send, e);
	if (strcmp(key, "groups") == 0)
		return read_flag(value, &r->groups, e);
	if (strcmp(key, "late") == 0)
		return read_span(value, &r->late_ms, e);
	if (strcmp(key, "unless") == 0)
		return add_unless(p, r, value, e);
	return 1;
}

static int
on_auto(struct answer_policy *p, const char *key, const char *value, struct err *e)
{
	if (strcmp(key, "score") == 0)
		return read_share(value, &p->score, e);
	if (strcmp(key, "margin") == 0)
		return read_share(value, &p->margin, e);
	if (strcmp(key, "type") == 0)
		return read_types(p, value, e);
	if (strcmp(key, "article") == 0)
		return read_articles(p, value, e);
	return on_rule(p, &p->answer, key, value, e);
}

static int
on_offer(struct answer_policy *p, const char *key, const char *value, struct err *e)
{
	static const char *const words[] = { "no", "show", "send" };
	int i;

	if (strcmp(key, "offer") != 0)
		return 1;
	for (i = 0; i < 3; i++)
		if (strcmp(value, words[i]) == 0) {
			p->offers = (enum answer_offers)i;
			return 0;
		}
	return err_set(e, ERR_CONFIG, "\"%s\" is none of no, show, send", value);
}

static int
on_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct answer_policy *p = ctx;
	int got = 1;

	(void)line;
	if (strcmp(section, "auto") == 0)
		got = key != NULL ? on_auto(p, key, value, e) : 0;
	else if (strcmp(section, "acknowledge") == 0)
		got = key != NULL ? on_rule(p, &p->acknowledge, key, value, e) : 0;
	else if (strcmp(section, "offer") == 0)
		got = key != NULL ? on_offer(p, key, value, e) : 0;
	else if (strcmp(section, "limits") == 0 && key == NULL)
		got = 0;
	else if (strcmp(section, "limits") == 0 && strcmp(key, "customer") == 0)
		got = read_limit(value, &p->customer, e);
	else if (strcmp(section, "limits") == 0 && strcmp(key, "all") == 0)
		got = read_limit(value, &p->all, e);
	else if (key == NULL)
		return err_set(e, ERR_CONFIG, "no section is called [%s]", section);
	return got <= 0 ? got : err_set(e, ERR_CONFIG, "[%s] has no key \"%s\"", section, key);
}

struct answer_policy *
answer_policy_parse(const char *source, char *text, struct err *e)
{
	struct answer_policy *p = xcalloc(1, sizeof(*p));

	p->score = 1;
	if (conf_parse_text(source, text, on_key, p, e) == 0)
		return p;
	answer_policy_free(p);
	return NULL;
}

void
answer_policy_free(struct answer_policy *p)
{
	if (p == NULL)
		return;
	free(p->answer.unless);
	free(p->acknowledge.unless);
	arena_release(&p->arena);
	free(p);
}
