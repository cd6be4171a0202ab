/* planwords - a plan told in words */
#include "desk/plan.h"
#include "time/tm.h"

static void
list_words(const struct plan_list *l, const char *glue, struct buf *out)
{
	size_t i;

	for (i = 0; i < l->n; i++)
		buf_fmt(out, "%s%s", i > 0 ? glue : "", l->v[i]);
}

void
plan_time_words(const struct plan_time *t, struct buf *out)
{
	char span[TM_SIZE];

	switch (t->how) {
	case PLAN_SHARE:
		buf_fmt(out, "%d%% of the target", t->percent);
		return;
	case PLAN_DAY:
		buf_fmt(out, "%lld %sday%s later at %02d:%02d", (long long)t->days,
		    t->work ? "working " : "", t->days == 1 ? "" : "s", t->at_min / 60,
		    t->at_min % 60);
		return;
	default:
		buf_fmt(out, "%s%s %s", tm_format_span(t->ms, span),
		    t->work ? " of working time" : "",
		    t->how == PLAN_BEFORE ? "before" : "later");
	}
}

static void
case_words(const struct plan *p, const struct plan_case *c, struct buf *out)
{
	static const char *const level[] = { "warning", "breach", "escalation" };
	size_t i;

	buf_fmt(out, "\n%s: %s", c->name, c->n_conds > 0 ? "when " : "in all other cases");
	for (i = 0; i < c->n_conds; i++) {
		const struct plan_cond *d = &c->conds[i];

		buf_fmt(out, "%s%s is %s", i > 0 ? " and " : "", plan_field_name(d->field),
		    d->unless ? "not " : "");
		list_words(&d->values, " or ", out);
	}
	buf_char(out, '\n');
	for (i = 0; i < c->n_steps; i++) {
		const struct plan_step *s = &c->steps[i];

		buf_fmt(out, "  %zu. ", i + 1);
		if (p->on == PLAN_CLOCK)
			buf_fmt(out, "%s, ", level[s->level < 2 ? s->level : 2]);
		if (p->on == PLAN_CLOCK && s->level == 1)
			buf_str(out, "when due");
		else
			plan_time_words(&s->time, out);
		buf_str(out, p->on == PLAN_CLOCK ? ", to " : ", by ");
		list_words(&s->to, p->on == PLAN_CLOCK ? ", " : ", else ", out);
		buf_fmt(out, "; text: %s\n", c->template);
	}
}

static void
head_words(const struct plan *p, struct buf *out)
{
	char span[TM_SIZE];

	if (p->on == PLAN_CLOCK) {
		buf_fmt(out, "Watches clocks that run; tells our own people by %s.\n", p->by);
		if (p->digest > 0)
			buf_fmt(out, "More than %lld notices of one queue at once become one, "
			    "to %s.\n", (long long)p->digest, p->digest_to);
		return;
	}
	buf_fmt(out, "Counts from %s; each step is sent once, until the customer answers or "
	    "the ticket is %s or merged.\n", p->on == PLAN_RESOLVED ? "the resolution" :
	    "our last answer", p->on == PLAN_RESOLVED ? "reopened" : "resolved");
	if (p->hours.from_min != p->hours.until_min)
		buf_fmt(out, "Delivered between %02d:%02d and %02d:%02d of the customer's day.\n",
		    p->hours.from_min / 60, p->hours.from_min % 60,
		    p->hours.until_min / 60, p->hours.until_min % 60);
	buf_fmt(out, "Not sent any more when it is %s late.\n",
	    tm_format_span(p->late_ms, span));
}

void
plan_words(const struct plan *p, struct buf *out)
{
	size_t i;

	buf_fmt(out, "%s: %s\n", p->name, p->what);
	head_words(p, out);
	buf_fmt(out, "Working time: %s; local times: %s; language if not known: %s.\n",
	    p->cal ? cal_name(p->cal) : "none", zone_name(p->zone), p->language);
	for (i = 0; i < p->n_people; i++)
		buf_fmt(out, "%s%s%s is %s.\n", p->people[i].role,
		    p->people[i].queue ? " of " : "",
		    p->people[i].queue ? p->people[i].queue : "", p->people[i].agent);
	for (i = 0; i < p->n_cases; i++)
		case_words(p, &p->cases[i], out);
}
