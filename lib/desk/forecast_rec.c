/* forecast_rec - a forecast as records: what it is worth, then what it says */
#include <math.h>
#include <stdio.h>

#include "desk/forecast_own.h"
#include "desk/forecast_rec.h"
#include "stream/rec.h"
#include "time/tm.h"

struct telling {
	const struct forecast *f;
	size_t channel;
	struct buf *out;
};

static double
rounded(double v, double parts)
{
	return floor(v * parts + 0.5) / parts;
}

static void
print(struct node *n, struct buf *out)
{
	node_print(n, out);
	buf_char(out, '\n');
	node_free(n);
}

static void
tell_interval(void *ctx, int64_t at, double arrivals, double aht_s)
{
	const struct telling *t = ctx;
	char from[TM_SIZE];
	struct node *n = node_object();

	node_set_text(n, "kind", "demand");
	node_set_text(n, "channel", forecast_channel(t->f, t->channel));
	node_set_text(n, "from", tm_format(at, t->f->zone, from));
	node_set_int(n, "interval_s", forecast_interval_s(t->f, t->channel));
	node_set_real(n, "arrivals", rounded(arrivals, 1000));
	node_set_real(n, "aht_s", rounded(aht_s, 10));
	node_set_bool(n, "forecast", true);
	print(n, t->out);
}

static void
set_share(struct node *n, const char *key, bool known, double v)
{
	node_set(n, key, known ? node_real(rounded(v, 1e4)) : node_null());
}

static void
tell_error(const struct telling *t, int64_t today, const struct forecast_error *error)
{
	struct node *n = node_object();

	node_set_text(n, "kind", "metric");
	node_set_text(n, "name", "forecast.error");
	node_set_text(n, "channel", forecast_channel(t->f, t->channel));
	node_set_int(n, "history_days", forecast_days(t->f, t->channel, today));
	node_set_int(n, "tested_days", error->days);
	set_share(n, "wape", error->days > 0, error->wape);
	set_share(n, "wape_day", error->days > 0, error->wape_day);
	set_share(n, "wape_repeated", error->days > 0, error->naive);
	print(n, t->out);
}

void
forecast_print(const struct forecast *f, size_t channel, int64_t today, int64_t days,
    const struct forecast_error *error, struct buf *out)
{
	struct telling t = { f, channel, out };

	tell_error(&t, today, error);
	forecast_make(f, channel, today, today + 1, today + 1 + days, tell_interval, &t);
}

const char *
forecast_words(const struct forecast *f, size_t channel, int64_t today,
    const struct forecast_error *error, char *text, size_t size)
{
	const char *name = forecast_channel(f, channel);
	long long n = forecast_days(f, channel, today);

	if (n < FORECAST_LEAST_DAYS)
		snprintf(text, size, "%s: %lld whole days of history, %d needed", name, n,
		    FORECAST_LEAST_DAYS);
	else if (error->days == 0)
		snprintf(text, size, "%s: %lld days of history, untested: that takes %d", name, n,
		    FORECAST_TEST_LEAST);
	else
		snprintf(text, size, "%s: %lld days of history; of the last %lld it would have "
		    "missed %.0f %% by interval, %.0f %% by day (%.0f %% by repeating the weeks "
		    "before)", name, n, (long long)error->days, 100 * error->wape,
		    100 * error->wape_day, 100 * error->naive);
	return text;
}
