/* zone - IANA time zones, several in one process
 *
 * Time is cut into windows of 2^21 seconds (24 days).  Within one, a zone changes its
 * offset at most once: the closest pair of changes that tzdata holds for our times is
 * Morocco's, around Ramadan, 28 days or more.  Windows are asked from libc in blocks of
 * 32 and kept in a small direct-mapped table, so that switching TZ is rare.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/map.h"
#include "base/mem.h"
#include "base/opt.h"
#include "time/zone.h"

#define ZONEINFO "/usr/share/zoneinfo/"

enum {
	WINDOW_BITS = 21,
	WINDOW_S = 1 << WINDOW_BITS,
	BLOCK_BITS = 5,
	BLOCK_WINDOWS = 1 << BLOCK_BITS,
	BLOCKS = 16			/* 34 years without asking twice */
};
static const int64_t DAY_MS = 86400000;

struct window {
	int32_t before, after;		/* seconds east of UTC */
	int32_t change;			/* second of the window when AFTER begins */
};

struct block {
	bool known;
	int64_t no;			/* time >> (WINDOW_BITS + BLOCK_BITS) */
	struct window w[BLOCK_WINDOWS];
};

struct zone {
	char *name;
	char *tz;			/* the value of TZ for libc; NULL is UTC */
	struct block *blocks;
};

static struct map zones = MAP_INIT;
static const struct zone utc = { (char[]){ "UTC" }, NULL, NULL };

/* Rounds down also below zero. */
static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

static int32_t
libc_offset(int64_t at_s)
{
	time_t t = (time_t)at_s;
	struct tm tm;

	return localtime_r(&t, &tm) != NULL ? (int32_t)tm.tm_gmtoff : 0;
}

/* Under the TZ of the moment: the window that begins at FROM_S. */
static struct window
ask_window(int64_t from_s)
{
	struct window w = { libc_offset(from_s), libc_offset(from_s + WINDOW_S - 1), 0 };
	int32_t low = 0, high = WINDOW_S - 1;

	while (w.before != w.after && high - low > 1) {
		int32_t mid = low + (high - low) / 2;

		if (libc_offset(from_s + mid) == w.before)
			low = mid;
		else
			high = mid;
	}
	w.change = high;
	return w;
}

static void
ask_block(const char *tz, struct block *b, int64_t no)
{
	const char *env = getenv("TZ");
	char *old = env != NULL ? xstrdup(env) : NULL;
	int64_t first = no * BLOCK_WINDOWS;
	int i;

	setenv("TZ", tz, 1);
	tzset();
	for (i = 0; i < BLOCK_WINDOWS; i++)
		b->w[i] = ask_window((first + i) * WINDOW_S);
	b->no = no;
	b->known = true;
	if (old != NULL)
		setenv("TZ", old, 1);
	else
		unsetenv("TZ");
	tzset();
	free(old);
}

static int32_t
offset_at_s(const struct zone *z, int64_t at_s)
{
	int64_t window = floor_div(at_s, WINDOW_S);
	int64_t no = floor_div(window, BLOCK_WINDOWS);
	const struct window *w;
	struct block *b;

	if (z->tz == NULL)
		return 0;
	b = &z->blocks[(uint64_t)no % BLOCKS];
	if (!b->known || b->no != no)
		ask_block(z->tz, b, no);
	w = &b->w[window - no * BLOCK_WINDOWS];
	return at_s - window * WINDOW_S < w->change ? w->before : w->after;
}

int32_t
zone_offset_s(const struct zone *z, int64_t at)
{
	return offset_at_s(z, floor_div(at, 1000));
}

int64_t
zone_local(const struct zone *z, int64_t at)
{
	return at + zone_offset_s(z, at) * (int64_t)1000;
}

/* The instant of LOCAL; *gap says that no clock ever showed it.  A day away on either
 * side lie the offsets before and after any change that could matter. */
static int64_t
to_utc(const struct zone *z, int64_t local, bool *gap)
{
	int64_t before = zone_offset_s(z, local - DAY_MS) * (int64_t)1000;
	int64_t after = zone_offset_s(z, local + DAY_MS) * (int64_t)1000;

	*gap = false;
	if (zone_local(z, local - before) == local)
		return local - before;
	if (zone_local(z, local - after) == local)
		return local - after;
	*gap = true;
	return local - before;
}

int64_t
zone_to_utc(const struct zone *z, int64_t local)
{
	bool gap;

	return to_utc(z, local, &gap);
}

int64_t
zone_first_at(const struct zone *z, int64_t local)
{
	bool gap;
	int64_t high = to_utc(z, local, &gap), low = high - 2 * DAY_MS;

	/* LOW shows an earlier time, HIGH a later one: close in on the change. */
	while (gap && high - low > 1) {
		int64_t mid = low + (high - low) / 2;

		if (zone_local(z, mid) < local)
			low = mid;
		else
			high = mid;
	}
	return high;
}

int64_t
zone_day(const struct zone *z, int64_t at)
{
	int64_t day = floor_div(zone_local(z, at), DAY_MS);

	/* Set back over midnight, a clock shows the end of the day before once more. */
	while (zone_day_start(z, day + 1) <= at)
		day++;
	return day;
}

int64_t
zone_day_start(const struct zone *z, int64_t day)
{
	return zone_first_at(z, day * DAY_MS);
}

const char *
zone_name(const struct zone *z)
{
	return z->name;
}

const struct zone *
zone_utc(void)
{
	return &utc;
}

/* A compiled zone, not a directory, not zone.tab. */
static bool
is_zone_file(const char *path)
{
	char magic[4];
	FILE *f = fopen(path, "re");
	bool yes = f != NULL && fread(magic, 1, 4, f) == 4 && memcmp(magic, "TZif", 4) == 0;

	if (f != NULL)
		fclose(f);
	return yes;
}

static bool
safe_name(const char *name)
{
	return *name != '\0' && *name != '/' && strstr(name, "..") == NULL &&
	    strlen(name) < 128;
}

static const struct zone *
new_zone(const char *name, const char *path)
{
	struct zone *z = xcalloc(1, sizeof(*z));
	char tz[256];

	snprintf(tz, sizeof(tz), ":%s", path);
	z->name = xstrdup(name);
	z->tz = xstrdup(tz);
	z->blocks = xcalloc(BLOCKS, sizeof(*z->blocks));
	map_put(&zones, name, strlen(name), NULL)->ptr = z;
	return z;
}

static bool
is_utc(const char *name)
{
	return strcmp(name, "UTC") == 0 || strcmp(name, "Z") == 0 || strcmp(name, "Etc/UTC") == 0;
}

const struct zone *
zone_get(const char *name, struct err *e)
{
	union map_value *known = map_get(&zones, name, strlen(name));
	char path[256];

	if (known != NULL)
		return known->ptr;
	if (is_utc(name))
		return &utc;
	snprintf(path, sizeof(path), ZONEINFO "%s", name);
	if (safe_name(name) && is_zone_file(path))
		return new_zone(name, path);
	err_set(e, ERR_CONFIG, "unknown time zone \"%s\"%s", name,
	    access(ZONEINFO, F_OK) == 0 ? "" : " (tzdata is not installed)");
	return NULL;
}

/* $TZ may begin with ':' and may be a path; empty means UTC (POSIX, tzset(3)). */
static const struct zone *
from_tz(const char *tz, struct err *e)
{
	if (*tz == ':')
		tz++;
	if (strncmp(tz, ZONEINFO, strlen(ZONEINFO)) == 0)
		tz += strlen(ZONEINFO);
	return zone_get(*tz != '\0' ? tz : "UTC", e);
}

/* /etc/localtime, by its name if it is a link into the zone files. */
static const struct zone *
from_system(void)
{
	static const char file[] = "/etc/localtime";
	char *real = realpath(file, NULL);
	const char *at = real != NULL ? strstr(real, "/zoneinfo/") : NULL;
	const struct zone *z = NULL;
	struct err e;

	if (at != NULL)
		z = zone_get(at + strlen("/zoneinfo/"), &e);
	if (z == NULL && is_zone_file(file))
		z = new_zone("localtime", file);
	free(real);
	return z != NULL ? z : &utc;
}

const struct zone *
zone_default(struct err *e)
{
	static const struct zone *machine;
	const char *env;

	if (common.tz != NULL)
		return zone_get(common.tz, e);
	env = getenv("CSR_TZ");
	if (env != NULL && *env != '\0')
		return zone_get(env, e);
	env = getenv("TZ");
	if (env != NULL)
		return from_tz(env, e);
	if (machine == NULL)
		machine = from_system();
	return machine;
}
