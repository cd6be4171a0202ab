/* staffing - a demand record gains the agents it takes */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "desk/staffing.h"
#include "time/tm.h"

enum { LOOK_S = 300 };	/* how often the roster is looked at within an interval */

void
staffing_init(struct staffing *s)
{
	*s = (struct staffing){ .surge = 1, .occupancy_max = 1, .abandon_max = 1 };
}

static int
number(const char *text, const char *end, double *v)
{
	char *past;

	*v = strtod(text, &past);
	return past == text || past != end || !isfinite(*v) ? -1 : 0;
}

/* "20" is seconds; all else is a span. */
static int
seconds(const char *text, double *s)
{
	struct err e;
	int64_t ms;

	if (number(text, text + strlen(text), s) == 0)
		return *s >= 0 ? 0 : -1;
	if (tm_parse_span(text, &ms, &e) < 0 || ms < 0)
		return -1;
	*s = (double)ms / 1000;
	return 0;
}

/* The option's number; 0 with *v as it was if it was not given. */
static int
within(const char *option, const char *text, size_t len, double low, double high, double *v,
    struct err *e)
{
	if (text != NULL && (number(text, text + len, v) < 0 || *v < low || *v > high))
		return err_set(e, ERR_USAGE, "--%s %s: not a number from %g to %g", option, text,
		    low, high);
	return 0;
}

int
staffing_number(const char *option, const char *text, double low, double high, double *v,
    struct err *e)
{
	return within(option, text, text != NULL ? strlen(text) : 0, low, high, v, e);
}

int
staffing_share(const char *option, const char *text, double low, double high,
    double *share, struct err *e)
{
	size_t len = text != NULL ? strlen(text) : 0;

	len -= len > 0 && text[len - 1] == '%';
	if (within(option, text, len, low, high, share, e) < 0)
		return -1;
	*share /= text != NULL ? 100 : 1;
	return 0;
}

/* The next rule, its channel set, and in *value what stands behind "channel=". */
static struct staff_rule *
rule_for(struct staff_rules *rules, const char *option, const char *text, const char **value,
    struct err *e)
{
	const char *is = strchr(text, '=');
	struct staff_rule *r;

	if (rules->n == sizeof(rules->v) / sizeof(*rules->v)) {
		err_set(e, ERR_USAGE, "--%s is given too often", option);
		return NULL;
	}
	r = &rules->v[rules->n++];
	*r = (struct staff_rule){ .channel = is != NULL ? text : NULL,
		.channel_len = is != NULL ? (size_t)(is - text) : 0 };
	*value = is != NULL ? is + 1 : text;
	return r;
}

int
staffing_target(struct staffing *s, const char *text, struct err *e)
{
	const char *value, *slash;
	struct staff_rule *r = rule_for(&s->target, "target", text, &value, e);

	if (r == NULL)
		return -1;
	slash = strchr(value, '/');
	if (slash == NULL || number(value, slash, &r->a) < 0 || r->a < 0 || r->a >= 100 ||
	    seconds(slash + 1, &r->b) < 0)
		return err_set(e, ERR_USAGE, "--target %s: not PERCENT/TIME, as in 80/20 or "
		    "webchat=90/1m", text);
	r->a /= 100;
	return 0;
}

int
staffing_patience(struct staffing *s, const char *text, struct err *e)
{
	const char *value;
	struct staff_rule *r = rule_for(&s->patience, "patience", text, &value, e);

	if (r == NULL)
		return -1;
	if (seconds(value, &r->a) < 0 || r->a <= 0)
		return err_set(e, ERR_USAGE, "--patience %s: not a time, as in 5m or phone=90s",
		    text);
	return 0;
}

int
staffing_concurrency(struct staffing *s, const char *text, struct err *e)
{
	const char *value;
	struct staff_rule *r = rule_for(&s->concurrency, "concurrency", text, &value, e);

	if (r == NULL)
		return -1;
	if (number(value, value + strlen(value), &r->a) < 0 || r->a < 1 || r->a > 100 ||
	    floor(r->a) < r->a)
		return err_set(e, ERR_USAGE, "--concurrency %s: not a number from 1 to 100, as in "
		    "webchat=3", text);
	return 0;
}

/* The last rule for CHANNEL, else the last for all; NULL if there is none. */
static const struct staff_rule *
rule_of(const struct staff_rules *rules, const char *channel)
{
	const struct staff_rule *all = NULL, *own = NULL, *r;
	size_t len = strlen(channel);

	for (r = rules->v; r < rules->v + rules->n; r++)
		if (r->channel == NULL)
			all = r;
		else if (r->channel_len == len && memcmp(r->channel, channel, len) == 0)
			own = r;
	return own != NULL ? own : all;
}

static int
read_real(const struct rec *r, const char *field, double least, double *v, struct err *e)
{
	const struct node *n = rec_node(r, field);

	if (node_is_null(n))
		return err_set(e, ERR_DATA, "no \"%s\"", field);
	if (!node_as_real(n, v) || !isfinite(*v) || *v < least)
		return err_set(e, ERR_DATA, "\"%s\" is not a number of at least %g", field, least);
	return 0;
}

int
demand_read(const struct rec *r, const struct zone *z, struct demand *d, struct err *e)
{
	const char *from = rec_text(r, rec_text(r, "from") != NULL ? "from" : "at");
	const char *channel = rec_text(r, "channel");

	if (!rec_is(r, "demand"))
		return 0;
	*d = (struct demand){ .channel = channel != NULL ? channel : "", .from = INT64_MIN };
	if (from != NULL && tm_parse(from, strlen(from), z, &d->from, e) < 0)
		return err_at(e, "from", 0);
	if (!rec_int(r, "interval_s", &d->interval_s) || d->interval_s < 1)
		return err_set(e, ERR_DATA, "\"interval_s\" is not a number of seconds");
	if (read_real(r, "arrivals", 0, &d->arrivals, e) < 0)
		return -1;
	if (d->arrivals <= 0 && node_is_null(rec_node(r, "aht_s")))
		return 1;
	if (read_real(r, "aht_s", 0, &d->aht_s, e) < 0)
		return -1;
	if (d->aht_s <= 0)
		return err_set(e, ERR_DATA, "\"aht_s\" is 0: nobody is needed for no work");
	return 1;
}

static void
put_real(struct rec *r, const char *key, double v)
{
	rec_put(r, key, node_real(floor(v * 1e6 + 0.5) / 1e6));
}

/* The fewest on shift at any time we look within the interval. */
static int64_t
on_shift(const struct roster *roster, const struct demand *d)
{
	int64_t least = INT64_MAX, at, end = d->from + d->interval_s * 1000, n;
	size_t i, c;

	for (at = d->from; at < end; at += LOOK_S * 1000) {
		for (n = 0, i = 0; i < roster->n; i++) {
			const struct agent *a = &roster->agents[i];
			bool serves = a->channels.n == 0 || d->channel[0] == '\0';

			for (c = 0; c < a->channels.n && !serves; c++)
				serves = strcmp(a->channels.v[c], d->channel) == 0;
			n += serves && agent_is_on_shift(a, at) && !agent_is_absent(a, at);
		}
		least = n < least ? n : least;
	}
	return least;
}

static void
put_figures(const struct erlang_load *l, const struct erlang *f, struct rec *r)
{
	if (!f->stable) {
		rec_put_bool(r, "unstable", true);
		return;
	}
	put_real(r, "service_level", f->service_level);
	put_real(r, "wait_probability", f->wait_probability);
	put_real(r, "asa_s", f->asa_s);
	put_real(r, "occupancy", f->occupancy);
	if (l->patience_s > 0)
		put_real(r, "abandon_probability", f->abandon_probability);
}

/* No contacts: nobody is needed, and nobody waits. */
static struct erlang
idle(void)
{
	return (struct erlang){ .stable = true, .service_level = 1 };
}

/* The load of the servers: arrivals in the surge, as impatient as the channel's people. */
static struct erlang_load
load_of(const struct staffing *s, const struct demand *d)
{
	const struct staff_rule *patience = rule_of(&s->patience, d->channel);

	return (struct erlang_load){ d->arrivals * s->surge / (double)d->interval_s, d->aht_s,
		patience != NULL ? patience->a : 0 };
}

int
staffing_record(const struct staffing *s, const struct demand *d, struct rec *r,
    struct err *e)
{
	const struct staff_rule *target = rule_of(&s->target, d->channel);
	const struct staff_rule *at_once = rule_of(&s->concurrency, d->channel);
	struct erlang_goal goal = { target != NULL ? target->a : 0.8,
		target != NULL ? target->b : 20, s->occupancy_max, s->abandon_max };
	int64_t each = at_once != NULL ? (int64_t)at_once->a : 1;
	int64_t agents = (int64_t)s->agents, needed;
	struct erlang_load l = load_of(s, d);
	struct erlang f = idle();

	if (l.lambda > 0 && agents == 0) {
		int64_t servers = erlang_agents(&l, &goal, &f);

		if (servers < 0)
			return err_set(e, ERR_DATA, "\"arrivals\" take more than %d agents",
			    ERLANG_AGENTS_MAX);
		agents = (servers + each - 1) / each;
	}
	if (l.lambda > 0)
		f = erlang_figures(&l, agents * each, goal.answer_s);
	needed = (int64_t)ceil((double)agents / (1 - s->shrinkage) - 1e-9);
	put_real(r, "traffic", l.lambda * l.aht_s);
	rec_put(r, "model", node_text(l.patience_s > 0 ? "erlang-a" : "erlang-c"));
	if (s->surge < 1 || s->surge > 1)
		put_real(r, "surge", s->surge);
	rec_put_int(r, "agents", agents);
	rec_put_int(r, "positions", needed);
	put_figures(&l, &f, r);
	if (s->roster != NULL && d->from != INT64_MIN) {
		int64_t there = on_shift(s->roster, d);

		rec_put_int(r, "on_shift", there);
		rec_put_int(r, "gap", there - needed);
	}
	return 0;
}
