/* answer - may a program answer this message by itself, and what if not? */
#include <string.h>

#include "desk/answer.h"
#include "desk/route.h"
#include "time/calendar.h"

struct reasons {
	const char **why;
	size_t n;
};

static void
against(struct reasons *r, bool holds, const char *word)
{
	if (holds && r->n < ANSWER_WHY_MAX)
		r->why[r->n++] = word;
}

/* What speaks against writing at all, be it an answer or an acknowledgement. */
static void
judge_both(const struct answer_policy *p, const struct answer_rule *rule,
    const struct answer_case *c, struct reasons *r)
{
	size_t i;

	against(r, !rule->send, "off");
	against(r, c->automatic, "automatic");
	against(r, !c->classified, "unclassified");
	against(r, c->group && !rule->groups, "group");
	against(r, c->answered, "answered");
	against(r, c->over, "over");
	against(r, c->told, "once");
	against(r, !c->reachable, "no_address");
	against(r, rule->late_ms > 0 && c->now - c->at > rule->late_ms, "late");
	against(r, p->customer.n > 0 && c->to_customer >= p->customer.n, "customer_limit");
	against(r, p->all.n > 0 && c->in_all >= p->all.n, "limit");
	for (i = 0; i < rule->n_unless; i++)
		against(r, cond_holds(rule->unless[i], &c->labels), cond_text(rule->unless[i]));
}

/* "type": what is asked is not for a program; NULL if it is. */
static bool
is_asked(const struct answer_policy *p, const char *type)
{
	return p->n_types == 0 || (type != NULL && words_have(p->types, p->n_types, type));
}

size_t
answer_refusals(const struct answer_policy *p, const struct answer_case *c,
    const char *why[ANSWER_WHY_MAX])
{
	struct reasons r = { why, 0 };
	const struct article *a = c->article;

	against(&r, a == NULL, "no_article");
	against(&r, a != NULL && c->score < p->score, "score");
	against(&r, a != NULL && c->margin < p->margin, "margin");
	against(&r, a != NULL && !a->automatic, "not_auto");
	against(&r, a != NULL && a->for_staff, "staff_only");
	against(&r, a != NULL && !(p->articles & 1u << a->type), "article_type");
	against(&r, a != NULL && !c->in_language, "language");
	against(&r, c->classified && !is_asked(p, c->labels.v[DIM_TYPE]), "type");
	judge_both(p, &p->answer, c, &r);
	return r.n;
}

size_t
acknowledge_refusals(const struct answer_policy *p, const struct answer_case *c,
    const char *why[ANSWER_WHY_MAX])
{
	struct reasons r = { why, 0 };

	judge_both(p, &p->acknowledge, c, &r);
	return r.n;
}

bool
answer_expect(const struct policy *routing, const struct labels *labels, int64_t since,
    int64_t now, struct answer_due *out)
{
	static const char *const priorities[] = { "", "1", "2", "3", "4" };
	struct route_ticket t = { .labels = *labels, .open = true, .waiting_ms = now - since };
	struct labels all = *labels;
	const struct target *target;
	const struct cond *which;
	const struct sla *s;
	size_t i;

	for (i = 0; i < routing->n_queues; i++)
		if (conds_hold(&routing->queues[i].when, labels, &which)) {
			all.v[DIM_QUEUE] = routing->queues[i].name;
			break;
		}
	all.v[DIM_PRIORITY] = priorities[route_priority(routing, &t)];
	if ((s = policy_sla(routing, &all)) == NULL)
		return false;
	target = &s->target[CLOCK_FIRST];
	if (target->ms == 0 || target->cal == NULL)
		return false;
	out->due_at = cal_add(target->cal, since, target->ms);
	out->open = cal_is_open(target->cal, now);
	return out->due_at != CAL_NEVER;
}

bool
answer_offer_fits(const struct article *a, const struct labels *labels)
{
	struct arena scratch = ARENA_INIT;
	const struct cond *c;
	struct err e;
	bool fits;

	if (a->offer == NULL)
		return false;
	c = cond_parse(&scratch, a->offer, (1u << DIM_QUEUE) - 1, &e);
	fits = c != NULL && cond_holds(c, labels);
	arena_release(&scratch);
	return fits;
}
