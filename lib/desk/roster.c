/* roster - who works at the desk, as read from routing/roster.conf */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "desk/roster.h"
#include "time/tm.h"

enum { USUAL_CAPACITY = 10 };

struct reader {
	struct roster *r;
	const struct zone *zone;
	cal_find_fn *find;
	int64_t capacity;	/* of agents that state none */
	const struct cal *cal;	/* of agents that state no shift */
	bool own_shift;		/* the agent being read has shift lines */
};

static struct agent *
last(struct reader *rd)
{
	return &rd->r->agents[rd->r->n - 1];
}

static int
parse_capacity(const char *s, int64_t *v, struct err *e)
{
	char *end;
	long n = strtol(s, &end, 10);

	if (end == s || *end != '\0' || n < 0 || n > 100000)
		return err_set(e, ERR_CONFIG, "capacity: \"%.40s\" is not a number of tickets", s);
	*v = n;
	return 0;
}

/* A date (its beginning, or its end if LAST), or a time. */
static int
parse_bound(const struct zone *z, const char *s, bool is_last, int64_t *at, struct err *e)
{
	int64_t day;

	if (tm_parse_date(s, &day, e) < 0)
		return tm_parse(s, strlen(s), z, at, e);
	*at = zone_day_start(z, day + is_last);
	return 0;
}

static int
add_absence(struct reader *rd, char *range, struct err *e)
{
	struct agent *a = last(rd);
	char *dots = strstr(range, "..");
	struct absence abs;

	if (dots != NULL)
		*dots = '\0';
	if (parse_bound(rd->zone, range, false, &abs.from, e) < 0 ||
	    parse_bound(rd->zone, dots ? dots + 2 : range, true, &abs.until, e) < 0) {
		e->code = ERR_CONFIG;
		return -1;
	}
	if (abs.until <= abs.from)
		return err_set(e, ERR_CONFIG, "absence: the end comes before the beginning");
	a->absences = xrealloc(a->absences, (a->n_absences + 1) * sizeof(abs));
	a->absences[a->n_absences++] = abs;
	return 0;
}

static int
on_absence(struct reader *rd, const char *value, struct err *e)
{
	size_t n, i;
	const char *const *v = words_of(&rd->r->arena, value, &n);

	for (i = 0; i < n; i++)
		if (add_absence(rd, arena_str(&rd->r->arena, v[i]), e) < 0)
			return -1;
	return 0;
}

/* "mon-fri 09:00-18:00", one more line of the agent's own calendar. */
static int
on_shift(struct reader *rd, const char *value, struct err *e)
{
	struct roster *r = rd->r;
	struct agent *a = last(rd);
	char days[64];
	size_t len = strcspn(value, " \t");

	if (a->shift != NULL && !rd->own_shift)
		return err_set(e, ERR_CONFIG, "either a calendar or shifts");
	if (value[len] == '\0' || len >= sizeof(days))
		return err_set(e, ERR_CONFIG, "a shift looks like mon-fri 09:00-18:00");
	snprintf(days, sizeof(days), "%.*s", (int)len, value);
	if (!rd->own_shift) {
		r->own = xrealloc(r->own, (r->n_own + 1) * sizeof(*r->own));
		r->own[r->n_own++] = cal_new(a->code, rd->zone);
		a->shift = r->own[r->n_own - 1];
		rd->own_shift = true;
	}
	return cal_set_week(r->own[r->n_own - 1], days, value + len, e);
}

static int
on_calendar(struct reader *rd, const char *value, struct err *e)
{
	struct agent *a = last(rd);

	if (rd->own_shift)
		return err_set(e, ERR_CONFIG, "either a calendar or shifts");
	return (a->shift = rd->find(value, e)) != NULL ? 0 : -1;
}

/* What an agent did not state; after the last of its lines. */
static void
finish_agent(struct reader *rd)
{
	struct agent *a = rd->r->n > 0 ? last(rd) : NULL;

	rd->own_shift = false;
	if (a != NULL && a->capacity < 0)
		a->capacity = rd->capacity;
	if (a != NULL && a->shift == NULL)
		a->shift = rd->cal;
}

static int
on_head(struct reader *rd, const char *section, struct err *e)
{
	struct roster *r = rd->r;
	const char *code = section + strlen("agent");
	int is_new;

	if (strcmp(section, "roster") == 0 && r->n == 0)
		return 0;
	if (strncmp(section, "agent ", 6) != 0)
		return err_set(e, ERR_CONFIG, "unknown section [%.40s] (agent CODE; roster, before "
		    "all agents)", section);
	finish_agent(rd);
	code += strspn(code, " ");
	r->agents = xrealloc(r->agents, (r->n + 1) * sizeof(*r->agents));
	r->agents[r->n] = (struct agent){ .no = r->n, .code = arena_str(&r->arena, code),
		.capacity = -1 };
	map_put(&r->by_code, code, strlen(code), &is_new)->num = (int64_t)r->n++;
	if (*code == '\0' || !is_new)
		return err_set(e, ERR_CONFIG, "[%.40s]: a code of its own is needed", section);
	return 0;
}

static int
on_roster(struct reader *rd, const char *key, const char *value, struct err *e)
{
	if (strcmp(key, "zone") == 0)
		return (rd->zone = zone_get(value, e)) != NULL ? 0 : -1;
	if (strcmp(key, "capacity") == 0)
		return parse_capacity(value, &rd->capacity, e);
	if (strcmp(key, "calendar") == 0)
		return (rd->cal = rd->find(value, e)) != NULL ? 0 : -1;
	return err_set(e, ERR_CONFIG, "\"%.40s\" is not a key of [roster] (zone, capacity, "
	    "calendar)", key);
}

static struct names_list
words(struct reader *rd, const char *value)
{
	struct names_list w;

	w.v = words_of(&rd->r->arena, value, &w.n);
	return w;
}

static int
on_agent(struct reader *rd, const char *key, const char *value, struct err *e)
{
	struct agent *a = last(rd);

	if (strcmp(key, "name") == 0)
		a->name = arena_str(&rd->r->arena, value);
	else if (strcmp(key, "skills") == 0)
		a->skills = words(rd, value);
	else if (strcmp(key, "groups") == 0)
		a->groups = words(rd, value);
	else if (strcmp(key, "languages") == 0)
		a->languages = words(rd, value);
	else if (strcmp(key, "channels") == 0)
		a->channels = words(rd, value);
	else if (strcmp(key, "capacity") == 0)
		return parse_capacity(value, &a->capacity, e);
	else if (strcmp(key, "calendar") == 0)
		return on_calendar(rd, value, e);
	else if (strcmp(key, "shift") == 0)
		return on_shift(rd, value, e);
	else if (strcmp(key, "absence") == 0)
		return on_absence(rd, value, e);
	else if (strcmp(key, "backup") == 0)
		a->backup = arena_str(&rd->r->arena, value);
	else
		return err_set(e, ERR_CONFIG, "\"%.40s\" is not a key of an agent "
		    "(name, skills, groups, languages, channels, capacity, calendar, shift, "
		    "absence, backup)", key);
	return 0;
}

static int
on_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct reader *rd = ctx;

	(void)line;
	if (key == NULL)
		return on_head(rd, section, e);
	if (strcmp(section, "roster") == 0)
		return on_roster(rd, key, value, e);
	if (rd->r->n > 0)
		return on_agent(rd, key, value, e);
	return err_set(e, ERR_CONFIG, "\"%.40s\" stands before the first [section]", key);
}

static int
check_backups(const struct roster *r, struct err *e)
{
	size_t i;

	for (i = 0; i < r->n; i++) {
		const struct agent *a = &r->agents[i];

		if (a->backup != NULL && (roster_find(r, a->backup) == NULL ||
		    strcmp(a->backup, a->code) == 0))
			return err_set(e, ERR_CONFIG, "[agent %s]: backup \"%.40s\" is no other "
			    "agent of the roster", a->code, a->backup);
	}
	return 0;
}

struct roster *
roster_parse(const char *source, char *text, const struct zone *zone, cal_find_fn *find,
    struct err *e)
{
	struct roster *r = xcalloc(1, sizeof(*r));
	struct reader rd = { r, zone, find, USUAL_CAPACITY, NULL, false };
	int bad = conf_parse_text(source, text, on_line, &rd, e);

	finish_agent(&rd);
	if (bad == 0 && check_backups(r, e) < 0)
		bad = err_at(e, source, 0);
	if (bad == 0)
		return r;
	roster_free(r);
	return NULL;
}

void
roster_free(struct roster *r)
{
	size_t i;

	if (r == NULL)
		return;
	for (i = 0; i < r->n; i++)
		free(r->agents[i].absences);
	for (i = 0; i < r->n_own; i++)
		cal_free(r->own[i]);
	free(r->own);
	free(r->agents);
	map_release(&r->by_code);
	arena_release(&r->arena);
	free(r);
}

const struct agent *
roster_find(const struct roster *r, const char *code)
{
	const union map_value *at;

	at = code != NULL ? map_get(&r->by_code, code, strlen(code)) : NULL;
	return at != NULL ? &r->agents[at->num] : NULL;
}

bool
agent_is_absent(const struct agent *a, int64_t at)
{
	size_t i;

	for (i = 0; i < a->n_absences; i++)
		if (at >= a->absences[i].from && at < a->absences[i].until)
			return true;
	return false;
}

bool
agent_is_on_shift(const struct agent *a, int64_t at)
{
	return a->shift == NULL || cal_is_open(a->shift, at);
}
