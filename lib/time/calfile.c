/* calfile - reads calendar files (the format is in csr-routing(5)) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/map.h"
#include "base/mem.h"
#include "time/calendar.h"
#include "time/calfile.h"
#include "time/tm.h"

enum { DEPTH_MAX = 8, RANGE_MAX = 731, DAY_MIN = 24 * 60, KEY_MAX = 256, VALUE_MAX = 512 };

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun" };

/* A file being read; included ones fill the same calendar. */
struct reader {
	struct cal *c;
	int depth;
};

static int read_file(struct reader *r, const char *name, struct err *e);

/* A copy that may be cut into words. */
static int
copy(char *to, size_t size, const char *from, struct err *e)
{
	if (strlen(from) >= size)
		return err_set(e, ERR_CONFIG, "line too long");
	memcpy(to, from, strlen(from) + 1);
	return 0;
}

/* Cuts the next word off *s at blanks and commas; NULL at the end. */
static char *
word(char **s)
{
	char *w;

	*s += strspn(*s, " \t,");
	if (**s == '\0')
		return NULL;
	w = *s;
	*s += strcspn(*s, " \t,");
	if (**s != '\0')
		*(*s)++ = '\0';
	return w;
}

/* "mon" to 0, "sunday" too (the first three letters count); -1 for no weekday. */
static int
weekday(const char *s)
{
	int i;

	for (i = 0; i < 7; i++)
		if (strncmp(s, weekdays[i], 3) == 0)
			return i;
	return -1;
}

/* "09:30" as minutes; "24:00" is allowed. */
static int
clock_minutes(const char *s, int32_t *min)
{
	char *end;
	long h = strtol(s, &end, 10), m;

	if (end == s || end - s > 2 || *end != ':' || *s == '-' || *s == '+')
		return -1;
	s = end + 1;
	m = strtol(s, &end, 10);
	if (end - s != 2 || *end != '\0' || *s == '-' || *s == '+')
		return -1;
	*min = (int32_t)(h * 60 + m);
	return m < 60 && *min <= DAY_MIN ? 0 : -1;
}

static int
parse_span(char *s, struct cal_span *span, struct err *e)
{
	char *dash = strchr(s, '-');

	if (strcmp(s, "24x7") == 0 || strcmp(s, "24h") == 0) {
		*span = (struct cal_span){ 0, DAY_MIN };
		return 0;
	}
	if (dash != NULL)
		*dash = '\0';
	if (dash == NULL || clock_minutes(s, &span->from) < 0 ||
	    clock_minutes(dash + 1, &span->until) < 0)
		return err_set(e, ERR_CONFIG, "hours must look like 09:00-12:00, 21:00-02:00, "
		    "24x7 or closed");
	if (span->from == span->until)
		return err_set(e, ERR_CONFIG, "a span of no length (for a whole day: 24x7)");
	if (span->until < span->from)
		span->until += DAY_MIN;
	return 0;
}

static int
parse_hours(char *text, struct cal_hours *h, struct err *e)
{
	char *w;

	h->n = 0;
	if (strcmp(text, "closed") == 0 || strcmp(text, "off") == 0)
		return 0;
	while ((w = word(&text)) != NULL) {
		if (h->n == CAL_SPANS)
			return err_set(e, ERR_CONFIG, "more than %d spans in a day", CAL_SPANS);
		if (parse_span(w, &h->v[h->n], e) < 0)
			return -1;
		h->n++;
	}
	return h->n > 0 ? 0 : err_set(e, ERR_CONFIG, "no hours given (closed says none)");
}

/* "mon-fri", "sat" or "daily": from *a to *b, around the week's end if need be. */
static int
parse_days(const char *s, int *a, int *b)
{
	const char *dash = strchr(s, '-');

	if (strcmp(s, "daily") == 0) {
		*a = 0;
		*b = 6;
		return 0;
	}
	*a = weekday(s);
	*b = dash != NULL ? weekday(dash + 1) : *a;
	return *a >= 0 && *b >= 0 ? 0 : -1;
}

int
cal_set_week(struct cal *c, const char *days, const char *hours, struct err *e)
{
	char key[KEY_MAX], value[VALUE_MAX], *at = key, *w;
	struct cal_hours h;
	int a, b;

	if (copy(key, sizeof(key), days, e) < 0 || copy(value, sizeof(value), hours, e) < 0 ||
	    parse_hours(value, &h, e) < 0)
		return -1;
	while ((w = word(&at)) != NULL) {
		if (parse_days(w, &a, &b) < 0)
			return err_set(e, ERR_CONFIG, "\"%.40s\" is not a day of the week", w);
		c->week[a] = h;
		while (a != b) {
			a = (a + 1) % 7;
			c->week[a] = h;
		}
	}
	return 0;
}

/* A later line about a day takes the place of an earlier one. */
static void
set_date(struct cal *c, const struct cal_date *d)
{
	size_t i = c->n_dates;

	while (i > 0 && c->dates[i - 1].day >= d->day)
		i--;
	if (i == c->n_dates || c->dates[i].day != d->day) {
		c->dates = xrealloc(c->dates, (c->n_dates + 1) * sizeof(*c->dates));
		memmove(c->dates + i + 1, c->dates + i,
		    (c->n_dates - i) * sizeof(*c->dates));
		c->n_dates++;
	}
	c->dates[i] = *d;
}

/* "off", "work", "work as fri" or hours. */
static int
parse_date_value(char *value, struct cal_date *d, struct err *e)
{
	char *w;

	d->as = -1;
	if (strcmp(value, "work") != 0 && strncmp(value, "work ", 5) != 0)
		return parse_hours(value, &d->own, e);
	d->as = CAL_WORKDAY;
	word(&value);
	if ((w = word(&value)) == NULL)
		return 0;
	if (strcmp(w, "as") == 0 && (w = word(&value)) != NULL)
		d->as = weekday(w);
	else
		d->as = -1;
	return d->as >= 0 ? 0 : err_set(e, ERR_CONFIG, "a working day is \"work\" or, with "
	    "another day's hours, \"work as fri\"");
}

static int
set_dates(struct cal *c, const char *range, const char *text, struct err *e)
{
	char key[KEY_MAX], value[VALUE_MAX], *dots;
	struct cal_date d = { 0, -1, { 0, { { 0, 0 } } } };
	int64_t last;

	if (copy(key, sizeof(key), range, e) < 0 || copy(value, sizeof(value), text, e) < 0)
		return -1;
	if ((dots = strstr(key, "..")) != NULL)
		*dots = '\0';
	if (tm_parse_date(key, &d.day, e) < 0 ||
	    tm_parse_date(dots != NULL ? dots + 2 : key, &last, e) < 0 ||
	    parse_date_value(value, &d, e) < 0) {
		e->code = ERR_CONFIG;
		return -1;
	}
	if (last < d.day || last - d.day > RANGE_MAX)
		return err_set(e, ERR_CONFIG, "the last day of a range must follow the first, "
		    "by at most two years");
	for (; d.day <= last; d.day++)
		set_date(c, &d);
	return 0;
}

static int
set_top(struct reader *r, const char *key, const char *value, struct err *e)
{
	if (strcmp(key, "zone") == 0)
		return (r->c->zone = zone_get(value, e)) != NULL ? 0 : -1;
	if (strcmp(key, "include") == 0)
		return read_file(r, value, e);
	return err_set(e, ERR_CONFIG, "unknown key \"%.40s\" (zone, include, or a [week] or "
	    "[dates] head is missing)", key);
}

static int
on_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct reader *r = ctx;

	(void)line;
	if (key == NULL) {
		if (strcmp(section, "week") == 0 || strcmp(section, "dates") == 0)
			return 0;
		return err_set(e, ERR_CONFIG, "unknown section [%.40s]", section);
	}
	if (strcmp(section, "week") == 0)
		return cal_set_week(r->c, key, value, e);
	if (strcmp(section, "dates") == 0)
		return set_dates(r->c, key, value, e);
	return set_top(r, key, value, e);
}

/* The file NAME in calendars/, into R's calendar. */
static int
read_file(struct reader *r, const char *name, struct err *e)
{
	char rel[128], *path;
	int bad;

	if (*name == '\0' || *name == '.' || strchr(name, '/') != NULL ||
	    strlen(name) > 100)
		return err_set(e, ERR_CONFIG, "\"%.40s\" is not a calendar's name", name);
	if (r->depth >= DEPTH_MAX)
		return err_set(e, ERR_CONFIG, "files include each other");
	snprintf(rel, sizeof(rel), "calendars/%s", name);
	if ((path = conf_find(rel, e)) == NULL)
		return -1;
	r->depth++;
	bad = conf_parse(path, on_line, r, e);
	r->depth--;
	free(path);
	return bad;
}

struct cal *
cal_new(const char *name, const struct zone *z)
{
	struct cal *c = xcalloc(1, sizeof(*c));

	c->name = xstrdup(name);
	c->zone = z;
	c->sums = xcalloc(1, sizeof(*c->sums));
	return c;
}

void
cal_free(struct cal *c)
{
	if (c == NULL)
		return;
	free(c->name);
	free(c->dates);
	free(c->sums->before);
	free(c->sums);
	free(c);
}

/* What only the whole file can tell: the zone, and which weekday "work" means. */
static int
complete(struct cal *c, struct err *e)
{
	bool any = false;
	size_t i;
	int work = 0;

	if (c->zone == NULL && (c->zone = zone_default(e)) == NULL)
		return -1;
	while (work < 6 && c->week[work].n == 0)
		work++;
	for (i = 0; i < c->n_dates; i++) {
		if (c->dates[i].as == CAL_WORKDAY)
			c->dates[i].as = work;
		any |= c->dates[i].as < 0 && c->dates[i].own.n > 0;
	}
	if (!any && c->week[work].n == 0)
		return err_set(e, ERR_CONFIG, "%s: never open", c->name);
	return 0;
}

static struct cal *
completed(struct cal *c, int bad, struct err *e)
{
	if (bad == 0 && complete(c, e) == 0)
		return c;
	cal_free(c);
	return NULL;
}

struct cal *
cal_parse(const char *source, char *text, struct err *e)
{
	struct reader r = { cal_new(source, NULL), 0 };

	return completed(r.c, conf_parse_text(source, text, on_line, &r, e), e);
}

const struct cal *
cal_get(const char *name, struct err *e)
{
	static struct map known = MAP_INIT;
	union map_value *have = map_get(&known, name, strlen(name));
	struct reader r;
	struct cal *c;
	char file[128];

	if (have != NULL)
		return have->ptr;
	snprintf(file, sizeof(file), "%.100s.cal", name);
	r = (struct reader){ cal_new(name, NULL), 0 };
	if ((c = completed(r.c, read_file(&r, file, e), e)) != NULL)
		map_put(&known, name, strlen(name), NULL)->ptr = c;
	return c;
}
