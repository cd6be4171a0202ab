/* planfile - reading a plan's file (csr-plans(5)) */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "desk/plan.h"
#include "desk/plan_private.h"
#include "time/tm.h"

int
plan_bad(struct err *e, const char *what, const char *value)
{
	return err_set(e, ERR_CONFIG, "%s \"%s\"", what, value);
}

/* "a, b c" as a list; words are kept in the plan. */
int
plan_read_list(struct plan *p, const char *s, struct plan_list *l, struct err *e)
{
	size_t len;

	for (l->n = 0; *(s += strspn(s, ", \t")) != '\0'; s += len) {
		len = strcspn(s, ", \t");
		if (l->n == PLAN_LIST)
			return err_set(e, ERR_CONFIG, "more than %d words", PLAN_LIST);
		l->v[l->n++] = arena_strn(&p->text, s, len);
	}
	return l->n > 0 ? 0 : err_set(e, ERR_CONFIG, "nothing listed");
}

/* Cuts TEXT in two at COLON; both parts keep their blanks inside only. */
void
plan_cut(char *text, char *colon, char **left, char **right)
{
	char *end;

	*colon = '\0';
	for (end = colon; end > text && (end[-1] == ' ' || end[-1] == '\t'); end--)
		end[-1] = '\0';
	*left = text;
	*right = colon + 1 + strspn(colon + 1, " \t");
}

/* "lead.payment = wangwu", "lead = liu". */
static int
read_person(struct plan_reader *r, const char *key, const char *value, struct err *e)
{
	struct plan_person *who = &r->p->people[r->p->n_people];
	const char *dot = strchr(key, '.');

	if (r->p->n_people == PLAN_PEOPLE)
		return err_set(e, ERR_CONFIG, "more than %d people", PLAN_PEOPLE);
	who->role = dot ? arena_strn(&r->p->text, key, (size_t)(dot - key)) :
	    arena_str(&r->p->text, key);
	who->queue = dot ? arena_str(&r->p->text, dot + 1) : NULL;
	who->agent = arena_str(&r->p->text, value);
	if (strcmp(who->role, "owner") == 0 || strcmp(who->role, "queue") == 0)
		return plan_bad(e, "the ticket says who is", who->role);
	r->p->n_people++;
	return 0;
}

static int
read_on(struct plan *p, const char *value, struct err *e)
{
	static const char *const names[] = { "resolved", "answered", "clock" };
	int i;

	for (i = 0; i < 3; i++)
		if (strcmp(names[i], value) == 0) {
			p->on = (enum plan_on)(i + 1);
			return 0;
		}
	return plan_bad(e, "on is resolved, answered or clock, not", value);
}

/* "20: lead" */
static int
read_digest(struct plan *p, const char *value, struct err *e)
{
	char *end;

	p->digest = strtol(value, &end, 10);
	if (end == value || p->digest < 1 || *end != ':')
		return plan_bad(e, "a digest looks like \"20: lead\", not", value);
	p->digest_to = arena_str(&p->text, end + 1 + strspn(end + 1, " \t"));
	return 0;
}

static int
read_head(struct plan *p, const char *key, const char *value, struct err *e)
{
	const struct { const char *key; const char **text; } texts[] = {
		{ "what", &p->what }, { "language", &p->language },
		{ "template", &p->template }, { "by", &p->by },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (strcmp(texts[i].key, key) == 0) {
			*texts[i].text = arena_str(&p->text, value);
			return *value != '\0' ? 0 : plan_bad(e, "nothing after", key);
		}
	if (strcmp(key, "on") == 0)
		return read_on(p, value, e);
	if (strcmp(key, "calendar") == 0)
		return (p->cal = cal_get(value, e)) != NULL ? 0 : -1;
	if (strcmp(key, "zone") == 0)
		return (p->zone = zone_get(value, e)) != NULL ? 0 : -1;
	if (strcmp(key, "hours") == 0)
		return hours_parse(&p->hours, value, e);
	if (strcmp(key, "late") == 0)
		return tm_parse_span(value, &p->late_ms, e);
	if (strcmp(key, "digest") == 0)
		return read_digest(p, value, e);
	return plan_bad(e, "no plan has a", key);
}

static int
begin_section(struct plan_reader *r, const char *name, struct err *e)
{
	struct plan *p = r->p;
	size_t i;

	if (p->on == 0)
		return err_set(e, ERR_CONFIG,
		    "on = resolved, answered or clock must stand above the first section");
	r->c = NULL;
	r->people = strcmp(name, "people") == 0;
	if (r->people)
		return 0;
	if (p->n_cases == PLAN_CASES)
		return err_set(e, ERR_CONFIG, "more than %d cases", PLAN_CASES);
	for (i = 0; i < p->n_cases; i++)
		if (strcmp(p->cases[i].name, name) == 0)
			return plan_bad(e, "a second case", name);
	r->c = &p->cases[p->n_cases++];
	r->c->name = arena_str(&p->text, name);
	r->c->line = r->line;
	return 0;
}

static int
read_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct plan_reader *r = ctx;

	r->line = line;
	if (key == NULL)
		return begin_section(r, section, e);
	if (r->people)
		return read_person(r, key, value, e);
	return r->c != NULL ? plan_read_case(r, key, value, e) : read_head(r->p, key, value, e);
}

static int
check_people(const struct plan *p, const struct plan_case *c, struct err *e)
{
	size_t i, j;

	for (i = 0; i < c->n_steps; i++)
		for (j = 0; j < c->steps[i].to.n; j++) {
			const char *who = c->steps[i].to.v[j];

			if (strcmp(who, "owner") == 0 || strcmp(who, "queue") == 0 ||
			    plan_person(p, who, NULL) != NULL)
				continue;
			err_set(e, ERR_CONFIG,
			    "who is \"%s\"? [people] must say so for all queues", who);
			return err_at(e, p->source, c->steps[i].line);
		}
	return 0;
}

static int
check_case(struct plan *p, size_t i, struct err *e)
{
	struct plan_case *c = &p->cases[i];

	if (c->template == NULL)
		c->template = p->template;
	if (c->template == NULL)
		err_set(e, ERR_CONFIG, "case \"%s\" has no template, nor has the plan", c->name);
	else if (i > 0 && p->cases[i - 1].n_conds == 0)
		err_set(e, ERR_CONFIG,
		    "case \"%s\" is never reached: the one above takes all", c->name);
	else
		return p->on == PLAN_CLOCK ? check_people(p, c, e) : 0;
	return err_at(e, p->source, c->line);
}

static int
check(struct plan *p, struct err *e)
{
	size_t i;

	if (p->n_cases == 0)
		return err_set(e, ERR_CONFIG, "%s: no case", p->source);
	if (p->what == NULL)
		return err_set(e, ERR_CONFIG, "%s: no what = ...", p->source);
	if (p->digest > 0 && strcmp(p->digest_to, "queue") != 0 &&
	    plan_person(p, p->digest_to, NULL) == NULL)
		return err_set(e, ERR_CONFIG,
		    "%s: digest: who is \"%s\"? [people] must say so for all queues",
		    p->source, p->digest_to);
	for (i = 0; i < p->n_cases; i++)
		if (check_case(p, i, e) < 0)
			return -1;
	return 0;
}

/* FNV-1a, to notice that a plan was edited; not against an enemy. */
static uint64_t
hash(const char *s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(0x100000001b3);
	return h;
}

int
plan_parse(struct plan *p, const char *name, const char *source, char *text,
    const struct zone *desk, struct err *e)
{
	struct plan_reader r = { p, NULL, false, 0 };

	memset(p, 0, sizeof(*p));
	p->hash = hash(text);
	p->name = arena_str(&p->text, name);
	p->source = arena_str(&p->text, source);
	p->language = "zh";
	p->by = "desk";
	p->late_ms = 7 * TM_DAY_MS;
	if (conf_parse_text(p->source, text, read_line, &r, e) == 0 && check(p, e) == 0) {
		if (p->zone == NULL)
			p->zone = p->cal != NULL ? cal_zone(p->cal) : desk;
		return 0;
	}
	plan_release(p);
	e->code = ERR_CONFIG;
	return -1;
}

void
plan_release(struct plan *p)
{
	arena_release(&p->text);
	memset(p, 0, sizeof(*p));
}
