/* plancase - reading the cases of a plan: conditions, tries, levels */
#include <stdlib.h>
#include <string.h>

#include "desk/plan_private.h"

static const char *const field_names[PLAN_FIELDS] = {
	"urgency", "type", "area", "sentiment", "queue", "channel", "segment", "language",
	"priority", "clock"
};

/* Closed vocabularies, so that a slip of the pen is found; NULL: any word. */
static const char *const field_words[PLAN_FIELDS] = {
	[PLAN_URGENCY] = " urgent important normal low none ",
	[PLAN_TYPE] = " inquiry request complaint suggestion praise thanks chatter spam none ",
	[PLAN_SENTIMENT] = " angry negative neutral positive none ",
	[PLAN_PRIORITY] = " 1 2 3 4 none ",
	[PLAN_CLOCK_KIND] = " first_response next_response resolution keep_informed ",
};

const char *
plan_field_name(enum plan_field f)
{
	return field_names[f];
}

static bool
takes(enum plan_field f, const char *word)
{
	const char *words = field_words[f], *at;
	size_t len = strlen(word);

	if (words == NULL)
		return true;
	for (at = words; (at = strstr(at, word)) != NULL; at++)
		if (at[-1] == ' ' && at[len] == ' ')
			return true;
	return false;
}

static int
read_cond(struct plan_reader *r, const char *value, bool unless, struct err *e)
{
	struct plan_cond *d = &r->c->conds[r->c->n_conds];
	char *text = arena_str(&r->p->text, value), *colon = strchr(text, ':');
	char *name, *values;
	size_t i;

	if (r->c->n_conds == PLAN_CONDS)
		return err_set(e, ERR_CONFIG, "more than %d conditions", PLAN_CONDS);
	if (colon == NULL)
		return err_set(e, ERR_CONFIG,
		    "a condition looks like \"urgency: urgent, important\"");
	plan_cut(text, colon, &name, &values);
	for (i = 0; i < PLAN_FIELDS && strcmp(field_names[i], name) != 0; i++)
		;
	if (i == PLAN_FIELDS)
		return plan_bad(e, "no condition asks about", name);
	if (i == PLAN_CLOCK_KIND && r->p->on != PLAN_CLOCK)
		return err_set(e, ERR_CONFIG, "only a plan with on = clock asks about clocks");
	d->field = (enum plan_field)i;
	d->unless = unless;
	if (plan_read_list(r->p, values, &d->values, e) < 0)
		return -1;
	for (i = 0; i < d->values.n; i++)
		if (!takes(d->field, d->values.v[i]))
			return err_set(e, ERR_CONFIG, "\"%s\" is no %s", d->values.v[i], name);
	r->c->n_conds++;
	return 0;
}

static struct plan_step *
new_step(struct plan_reader *r, struct err *e)
{
	struct plan_step *s = &r->c->steps[r->c->n_steps];

	if (r->c->n_steps == PLAN_STEPS) {
		err_set(e, ERR_CONFIG, "more than %d steps", PLAN_STEPS);
		return NULL;
	}
	s->line = r->line;
	return s;
}

static int
read_try(struct plan_reader *r, const char *value, struct err *e)
{
	struct plan_step *s = new_step(r, e);
	char *text = arena_str(&r->p->text, value), *colon = strrchr(text, ':');
	char *when, *channels;

	if (s == NULL)
		return -1;
	if (r->p->on == PLAN_CLOCK)
		return err_set(e, ERR_CONFIG,
		    "a plan with on = clock has warn, breach and escalate");
	if (colon == NULL)
		return err_set(e, ERR_CONFIG, "a try looks like \"2h work: same, sms, email\"");
	plan_cut(text, colon, &when, &channels);
	if (plan_read_time(r->p, when, &s->time, e) < 0 ||
	    plan_read_list(r->p, channels, &s->to, e) < 0)
		return -1;
	if (s->time.how == PLAN_SHARE || s->time.how == PLAN_BEFORE)
		return plan_bad(e, "only clocks have a share and a before:", value);
	if (r->c->n_steps > 0 && !plan_in_order(&s[-1].time, &s->time))
		return err_set(e, ERR_CONFIG, "a try must come later than the one before it");
	r->c->n_steps++;
	return 0;
}

/* Where KEY stands among a clock's steps: 0 warn, 1 breach, 2.. escalate. */
static int
level_of(const struct plan_case *c, const char *key, struct err *e)
{
	int last = c->n_steps > 0 ? c->steps[c->n_steps - 1].level : -1;

	if (strcmp(key, "warn") == 0 && last < 0)
		return 0;
	if (strcmp(key, "breach") == 0 && last < 1)
		return 1;
	if (strcmp(key, "escalate") == 0 && last >= 1)
		return last + 1;
	return err_set(e, ERR_CONFIG, "%s: a clock has at most one warn, one breach, then any "
	    "number of escalate, in this order", key);
}

static int
read_level(struct plan_reader *r, const char *key, const char *value, struct err *e)
{
	struct plan_step *s = new_step(r, e);
	char *text = arena_str(&r->p->text, value), *colon = strrchr(text, ':');
	char *when, *people = text;
	enum plan_measure want;

	if (s == NULL || (s->level = level_of(r->c, key, e)) < 0)
		return -1;
	if (r->p->on != PLAN_CLOCK)
		return err_set(e, ERR_CONFIG, "%s needs on = clock", key);
	memset(&s->time, 0, sizeof(s->time));
	if ((colon != NULL) != (s->level != 1))
		return err_set(e, ERR_CONFIG, s->level == 1 ? "a breach is told when the clock is "
		    "due: \"owner, lead\"" : "%s looks like \"30m: owner, lead\"", key);
	if (colon != NULL) {
		plan_cut(text, colon, &when, &people);
		if (plan_read_time(r->p, when, &s->time, e) < 0)
			return -1;
	}
	want = s->level == 0 ? PLAN_BEFORE : PLAN_AFTER;
	if (s->time.how != want && !(s->level == 0 && s->time.how == PLAN_SHARE))
		return plan_bad(e, s->level == 0 ? "a warning is \"80%\" or \"15m before\", not" :
		    "an escalation is a length of time such as 30m, not", value);
	if (s->level > 2 && !plan_in_order(&s[-1].time, &s->time))
		return err_set(e, ERR_CONFIG,
		    "an escalation must come later than the one before it");
	if (plan_read_list(r->p, people, &s->to, e) < 0)
		return -1;
	r->c->n_steps++;
	return 0;
}

int
plan_read_case(struct plan_reader *r, const char *key, const char *value, struct err *e)
{
	if (strcmp(key, "when") == 0 || strcmp(key, "unless") == 0)
		return read_cond(r, value, *key == 'u', e);
	if (strcmp(key, "try") == 0)
		return read_try(r, value, e);
	if (strcmp(key, "template") == 0) {
		r->c->template = arena_str(&r->p->text, value);
		return 0;
	}
	if (strcmp(key, "warn") == 0 || strcmp(key, "breach") == 0 ||
	    strcmp(key, "escalate") == 0)
		return read_level(r, key, value, e);
	return plan_bad(e, "no case has a", key);
}
