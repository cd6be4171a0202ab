/* gate - may this go out now? */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "desk/gate.h"
#include "time/tm.h"

enum { DAY_MIN = 1440 };

static const char *const purposes[] = { "", "staff", "service", "care", "marketing" };

enum purpose
purpose_of(const char *word)
{
	int i;

	for (i = PURPOSE_STAFF; word != NULL && i <= PURPOSE_MARKETING; i++)
		if (strcmp(purposes[i], word) == 0)
			return (enum purpose)i;
	return 0;
}

const char *
purpose_name(enum purpose p)
{
	return purposes[p];
}

const char *
delivery_result_name(enum delivery_result r)
{
	static const char *const names[] = { "", "sent", "failed for now", "failed for good",
		"put off", "not wanted" };

	return names[r];
}

enum purpose
purpose_of_kind(const char *kind, bool staff)
{
	static const char *const care[] = { "followup", "survey", "care", "birthday", "festival" };
	static const char *const marketing[] = { "campaign", "marketing", "post" };
	size_t i;

	if (staff)
		return PURPOSE_STAFF;
	for (i = 0; i < sizeof(care) / sizeof(*care); i++)
		if (strcmp(kind, care[i]) == 0)
			return PURPOSE_CARE;
	for (i = 0; i < sizeof(marketing) / sizeof(*marketing); i++)
		if (strcmp(kind, marketing[i]) == 0)
			return PURPOSE_MARKETING;
	return PURPOSE_SERVICE;
}

int
quiet_parse(const char *text, int32_t *from, int32_t *until, struct err *e)
{
	int a, b, c, d, n = 0;

	if (sscanf(text, "%2d:%2d-%2d:%2d%n", &a, &b, &c, &d, &n) != 4 || text[n] != '\0' ||
	    a < 0 || a > 24 || c < 0 || c > 24 || b < 0 || b > 59 || d < 0 || d > 59)
		return err_set(e, ERR_CONFIG, "quiet hours look like 22:00-08:00, not \"%s\"",
		    text);
	*from = (a * 60 + b) % DAY_MIN;
	*until = (c * 60 + d) % DAY_MIN;
	return 0;
}

static int
set_purposes(struct cap *c, const char *value, struct err *e)
{
	char copy[128], *word, *rest = copy;
	enum purpose p;

	snprintf(copy, sizeof(copy), "%s", value);
	for (word = strtok_r(copy, ", \t", &rest); word != NULL;
	    word = strtok_r(NULL, ", \t", &rest)) {
		if ((p = purpose_of(word)) == 0)
			return err_set(e, ERR_CONFIG, "no purpose \"%s\"", word);
		c->purposes[p] = true;
	}
	return 0;
}

static int
set_number(const char *key, const char *value, int64_t *to, struct err *e)
{
	char *end;

	*to = strtoll(value, &end, 10);
	return end != value && *end == '\0' && *to > 0 ? 0 :
	    err_set(e, ERR_CONFIG, "%s is a number above 0, not \"%s\"", key, value);
}

static int
set_cap(struct limits *l, struct cap *c, const char *key, const char *value, struct err *e)
{
	if (strcmp(key, "purpose") == 0)
		return set_purposes(c, value, e);
	if (strcmp(key, "most") == 0)
		return set_number(key, value, &c->most, e);
	if (strcmp(key, "per") == 0)
		return tm_parse_span(value, &c->per_ms, e);
	if (strcmp(key, "channel") == 0) {
		c->channel = arena_str(&l->arena, value);
		return 0;
	}
	if (strcmp(key, "scope") != 0)
		return err_set(e, ERR_CONFIG, "unknown key \"%s\"", key);
	c->scope = strcmp(value, "ticket") == 0 ? CAP_TICKET : strcmp(value, "all") == 0 ?
	    CAP_ALL : CAP_ADDRESS;
	return c->scope != CAP_ADDRESS || strcmp(value, "address") == 0 ? 0 :
	    err_set(e, ERR_CONFIG, "scope is address, ticket or all, not \"%s\"", value);
}

static int
set_limit(struct limits *l, const char *key, const char *value, struct err *e)
{
	if (strcmp(key, "quiet") == 0)
		return quiet_parse(value, &l->quiet_from, &l->quiet_until, e);
	if (strcmp(key, "attempts") == 0)
		return set_number(key, value, &l->attempts, e);
	if (strcmp(key, "backoff") == 0)
		return tm_parse_span(value, &l->backoff_ms, e);
	if (strcmp(key, "backoff_most") == 0)
		return tm_parse_span(value, &l->backoff_most_ms, e);
	return err_set(e, ERR_CONFIG, "unknown key \"%s\"", key);
}

static int
on_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct limits *l = ctx;
	bool cap = strncmp(section, "cap ", 4) == 0;

	(void)line;
	if (key == NULL && cap) {
		if (l->n == sizeof(l->caps) / sizeof(*l->caps))
			return err_set(e, ERR_CONFIG, "too many caps");
		l->caps[l->n++] = (struct cap){ .name = arena_str(&l->arena, section + 4) };
		return 0;
	}
	if (key == NULL)
		return strcmp(section, "limits") == 0 ? 0 :
		    err_set(e, ERR_CONFIG, "unknown section [%s]", section);
	return cap ? set_cap(l, &l->caps[l->n - 1], key, value, e) : set_limit(l, key, value, e);
}

int
limits_parse(struct limits *l, const char *source, char *text, struct err *e)
{
	size_t i;
	int bad;

	*l = (struct limits){ .attempts = 8, .backoff_ms = TM_MINUTE_MS,
		.backoff_most_ms = 4 * TM_HOUR_MS, .arena = ARENA_INIT };
	bad = conf_parse_text(source, text, on_key, l, e);
	for (i = 0; bad == 0 && i < l->n; i++)
		if (l->caps[i].most == 0 || l->caps[i].per_ms <= 0) {
			err_set(e, ERR_CONFIG, "[cap %s] has no most or no per", l->caps[i].name);
			bad = err_at(e, source, 0);
		}
	if (bad < 0)
		limits_release(l);
	return bad;
}

void
limits_release(struct limits *l)
{
	arena_release(&l->arena);
	l->n = 0;
}

/* The end of the quiet hours NOW is in; 0 if it is in none. */
static int64_t
quiet_end(const struct gate_case *c)
{
	int64_t day = zone_day(c->zone, c->now);
	int64_t minute = (zone_local(c->zone, c->now) - day * TM_DAY_MS) / TM_MINUTE_MS;
	bool over_night = c->quiet_from > c->quiet_until;
	bool in = over_night ? minute >= c->quiet_from || minute < c->quiet_until :
	    minute >= c->quiet_from && minute < c->quiet_until;

	if (!in)
		return 0;
	if (over_night && minute >= c->quiet_from)
		day++;
	return zone_first_at(c->zone, day * TM_DAY_MS + c->quiet_until * TM_MINUTE_MS);
}

enum gate
gate_decide(const struct gate_case *c, int64_t *until, const char **why)
{
	bool gentle = c->purpose >= PURPOSE_CARE;

	*why = c->purpose == PURPOSE_STAFF ? NULL : c->suppressed ? "suppressed" :
	    c->refused && !c->by_person ? "refused" :
	    c->purpose == PURPOSE_MARKETING && !c->consented ? "no_consent" :
	    c->muted && gentle ? "muted" : c->robot && !c->by_person ? "robot" : NULL;
	if (*why != NULL)
		return GATE_NEVER;
	if (!gentle || (*until = quiet_end(c)) == 0)
		return GATE_SEND;
	*why = "quiet";
	return GATE_LATER;
}

int64_t
gate_retry_at(const struct limits *l, int64_t n, uint64_t seed, int64_t now)
{
	int64_t delay = l->backoff_ms, i;

	for (i = 1; i < n && delay < l->backoff_most_ms; i++)
		delay *= 2;
	delay = delay < l->backoff_most_ms ? delay : l->backoff_most_ms;
	seed = (seed + (uint64_t)n) * UINT64_C(0x9E3779B97F4A7C15);
	return now + delay * 3 / 4 + (int64_t)((seed >> 33) % (uint64_t)(delay / 2 + 1));
}
