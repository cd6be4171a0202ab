/* erlang - how long people wait when N agents share a load, and how many agents it takes */
#include <math.h>

#include "desk/erlang.h"

/* A tail this small against the sum of all before it is not missed. */
#define TAIL 1e-17
/* Steps of the integral: at least, and a time in which its fastest part falls to 1/e. */
enum { STEPS_LEAST = 200, STEPS_A_FALL = 16 };

double
erlang_b(double a, int64_t n)
{
	double b = 1;
	int64_t k;

	for (k = 1; k <= n; k++)
		b = a * b / ((double)k + a * b);
	return b;
}

static double
c_of_b(double a, int64_t n, double b)
{
	return (double)n <= a ? 1 : b / (1 - a / (double)n * (1 - b));
}

double
erlang_c(double a, int64_t n)
{
	return c_of_b(a, n, erlang_b(a, n));
}

static struct erlang
endless(const struct erlang_load *l, int64_t n, double b, double t_s)
{
	double a = l->lambda * l->aht_s, spare = (double)n - a;
	struct erlang r = { .stable = spare > 0 };

	if (!r.stable)
		return r;
	r.wait_probability = c_of_b(a, n, b);
	r.service_level = 1 - r.wait_probability * exp(-spare * t_s / l->aht_s);
	r.asa_s = r.wait_probability * l->aht_s / spare;
	r.occupancy = a / (double)n;
	r.queue = l->lambda * r.asa_s;
	return r;
}

/* What the header's integral is taken of. */
static double
served_at(const struct erlang_load *l, double n, double s)
{
	double theta = 1 / l->patience_s;

	return exp(-(n / l->aht_s + theta) * s +
	    l->lambda / theta * -expm1(-theta * s));
}

/* Simpson's rule, over no more than what is left of the function. */
static double
served_until(const struct erlang_load *l, double n, double t_s)
{
	double rate = n / l->aht_s + 1 / l->patience_s, sum = 0, h;
	double far = (50 + l->lambda * l->patience_s) / rate;
	long i, steps;

	t_s = fmin(t_s, far);
	steps = STEPS_LEAST + 2 * (long)(STEPS_A_FALL / 2 * t_s * rate);
	h = t_s / (double)steps;
	for (i = 0; i <= steps; i++)
		sum += served_at(l, n, h * (double)i) *
		    (i == 0 || i == steps ? 1 : i % 2 == 1 ? 4 : 2);
	return sum * h / 3;
}

static struct erlang
impatient(const struct erlang_load *l, int64_t n, double b, double t_s)
{
	double theta = 1 / l->patience_s, busy = (double)n / l->aht_s;
	double y = 1, above = 0, weighted = 0, full;	/* in units of state n's share */
	struct erlang r = { .stable = true };
	int64_t j;

	for (j = 1; y > TAIL * (1 + above); j++) {
		y *= l->lambda / (busy + (double)j * theta);
		above += y;
		weighted += y * (double)j;
	}
	full = 1 / (1 / b + above);	/* 1/b is the sum of the states up to n */
	r.wait_probability = (1 + above) * full;
	r.queue = weighted * full;
	r.asa_s = r.queue / l->lambda;
	r.abandon_probability = theta * r.asa_s;
	r.occupancy = (1 - r.abandon_probability) * l->lambda * l->aht_s / (double)n;
	r.service_level = 1 - r.wait_probability +
	    full * busy * served_until(l, (double)n, t_s);
	return r;
}

static struct erlang
figures(const struct erlang_load *l, int64_t n, double b, double t_s)
{
	return l->patience_s > 0 && n > 0 ? impatient(l, n, b, t_s) : endless(l, n, b, t_s);
}

struct erlang
erlang_figures(const struct erlang_load *l, int64_t n, double t_s)
{
	return figures(l, n, erlang_b(l->lambda * l->aht_s, n), t_s);
}

static bool
reaches(const struct erlang *r, const struct erlang_goal *g)
{
	return r->stable && r->service_level >= g->service_level &&
	    r->occupancy <= g->occupancy_max && r->abandon_probability <= g->abandon_max;
}

/* Fewer cannot do: endless patience needs more than a; of the impatient no more than n / a
 * are served. */
static int64_t
at_least(const struct erlang_load *l, const struct erlang_goal *g)
{
	double a = fmin(l->lambda * l->aht_s, ERLANG_AGENTS_MAX);
	double served = fmax(g->service_level, 1 - g->abandon_max);

	return l->patience_s > 0 ? (int64_t)fmax(1, ceil(a * served)) : (int64_t)a + 1;
}

/* All figures get better with each agent, so the first that reaches the goal is the least;
 * B goes along from one to the next. */
int64_t
erlang_agents(const struct erlang_load *l, const struct erlang_goal *g, struct erlang *out)
{
	double a = l->lambda * l->aht_s, b = 1;
	int64_t n, least = at_least(l, g);

	for (n = 1; n <= ERLANG_AGENTS_MAX; n++) {
		b = a * b / ((double)n + a * b);
		if (n < least)
			continue;
		*out = figures(l, n, b, g->answer_s);
		if (reaches(out, g))
			return n;
	}
	return -1;
}
