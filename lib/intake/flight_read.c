/* flight_read - what a record tells of one flight, or of one leg of it */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/flight_read.h"

/* "flight_no" is FlightNo. */
bool
flight_is(const char *key, const char *name)
{
	while (*key != '\0' && *name != '\0') {
		if (*key == '_')
			key++;
		else if (*name == '_')
			name++;
		else if (tolower((unsigned char)*key++) != tolower((unsigned char)*name++))
			return false;
	}
	return *key == '\0' && *name == '\0';
}

struct seeking {
	const char *name;
	const struct node *found;
};

static int
seek(void *ctx, const char *key, const struct node *n)
{
	struct seeking *s = ctx;

	if (!flight_is(key, s->name))
		return 0;
	s->found = n;
	return 1;
}

const struct node *
flight_member(const struct node *n, const char *name)
{
	struct seeking s = { name, NULL };

	node_each(n, seek, &s);
	return s.found;
}

const char *
flight_text(struct arena *a, const struct node *n, const char *name)
{
	const struct node *v = flight_member(n, name);
	const char *t = node_as_text(v);
	char digits[24];
	int64_t number;

	if (t != NULL)
		return *t != '\0' ? t : NULL;
	if (!node_as_int(v, &number))
		return NULL;
	snprintf(digits, sizeof(digits), "%lld", (long long)number);
	return arena_str(a, digits);
}

/* The airport's seconds from UTC; false: not told. */
static bool
offset_of(struct arena *a, const struct node *n, const char *name, int64_t *ms)
{
	const char *t = flight_text(a, n, name);
	char *end;
	long v = t != NULL ? strtol(t, &end, 10) : 0;

	if (t == NULL || end == t || v < -50400 || v > 50400)
		return false;
	*ms = v * 1000;
	return true;
}

/* A time of the airport whose offset is ZONE_NAME's; false only if it cannot be read. */
static bool
when(struct arena *a, const struct intake *in, const struct node *n, const char *name,
    const char *zone_name, int64_t *at)
{
	const char *t = flight_text(a, n, name);
	int64_t offset;
	struct err ignored;

	*at = FACT_NO_TIME;
	if (t == NULL || strcmp(t, "0") == 0 || strncmp(t, "0000", 4) == 0)
		return true;
	if (strspn(t, "0123456789") == strlen(t))
		return tm_parse(t, strlen(t), NULL, at, &ignored) == 0;
	if (!offset_of(a, n, zone_name, &offset))
		return tm_parse(t, strlen(t), in->opts.zone, at, &ignored) == 0;
	if (tm_parse(t, strlen(t), NULL, at, &ignored) < 0)
		return false;
	if (strpbrk(t, "Z+") == NULL)
		*at -= offset;
	return true;
}

/* One word for a state, however it is told; the word itself if nobody knows it. */
static const char *
state_of(const char *s)
{
	static const char *const words[][8] = {
		{ "scheduled", "计划", "1", "on time", "正点", "准点", "待起飞" },
		{ "departed", "起飞", "2", "in flight", "已起飞", "airborne", "en route" },
		{ "arrived", "到达", "3", "landed", "已到达", "落地", "已落地" },
		{ "delayed", "延误", "4", "delay", "晚点" },
		{ "cancelled", "取消", "5", "canceled", "已取消", "航班取消" },
		{ "diverted", "备降", "6", "备降起飞", "备降到达", "备降取消" },
		{ "returned", "返航", "返航起飞", "返航到达" },
		{ "boarding", "登机", "正在登机", "催促登机" }
	};
	size_t i, k;

	for (i = 0; s != NULL && i < sizeof(words) / sizeof(*words); i++)
		for (k = 0; k < 8 && words[i][k] != NULL; k++)
			if (strcasecmp(words[i][k], s) == 0)
				return words[i][0];
	return s;
}

/* "mu 5101" as MU5101. */
const char *
flight_code(struct arena *a, const char *code)
{
	char *copy = arena_str(a, code), *to = copy;

	for (; copy != NULL && *code != '\0'; code++)
		if (*code != ' ' && *code != '-')
			*to++ = (char)toupper((unsigned char)*code);
	if (copy != NULL)
		*to = '\0';
	return copy;
}

/* The local day it was to leave on. */
static void
set_day(struct arena *a, const struct intake *in, const struct node *n, struct journey *j)
{
	const char *planned = flight_text(a, n, "FlightDeptimePlanDate");
	int64_t offset, local;

	if (planned != NULL && strlen(planned) >= 10 && planned[4] == '-') {
		snprintf(j->day, sizeof(j->day), "%.10s", planned);
		return;
	}
	local = offset_of(a, n, "org_timezone", &offset) ? j->departs + offset :
	    zone_local(in->opts.zone, j->departs);
	tm_format(local, NULL, j->day);
	j->day[10] = '\0';
}

int
flight_read(struct arena *a, const struct intake *in, const struct node *n,
    struct journey *j, struct err *e)
{
	static const char org[] = "org_timezone", dst[] = "dst_timezone";

	memset(j, 0, sizeof(*j));
	j->code = flight_code(a, flight_text(a, n, "FlightNo"));
	j->from = flight_text(a, n, "FlightDepcode");
	j->to = flight_text(a, n, "FlightArrcode");
	j->state = state_of(flight_text(a, n, "FlightState"));
	if (j->code == NULL || j->state == NULL)
		return err_set(e, ERR_DATA, "no \"%s\"", j->code == NULL ? "FlightNo" :
		    "FlightState");
	if (!when(a, in, n, "FlightDeptimePlanDate", org, &j->departs) ||
	    !when(a, in, n, "FlightArrtimePlanDate", dst, &j->arrives) ||
	    !when(a, in, n, "FlightDeptimeReadyDate", org, &j->departs_now) ||
	    !when(a, in, n, "FlightArrtimeReadyDate", dst, &j->arrives_now) ||
	    !when(a, in, n, "FlightDeptimeDate", org, &j->left) ||
	    !when(a, in, n, "FlightArrtimeDate", dst, &j->landed))
		return err_set(e, ERR_DATA, "a time of %s cannot be read", j->code);
	if (j->departs == FACT_NO_TIME)
		return err_set(e, ERR_DATA, "no \"FlightDeptimePlanDate\"");
	set_day(a, in, n, j);
	return 0;
}
