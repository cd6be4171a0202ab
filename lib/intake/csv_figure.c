/* csv_figure - columns of a CSV file that are figures under a name of their own */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "intake/csv_figure.h"

static bool
is_span(const char *name)
{
	size_t len = strlen(name);

	return len > 3 && strcmp(name + len - 3, "_ms") == 0;
}

bool
csv_figure_is(const char *name)
{
	static const char *const counts[] = {
		"conversations", "resolutions", "messages_in", "messages_out"
	};
	size_t i;

	if (is_span(name))
		return strlen(name) < 50 &&
		    strspn(name, "abcdefghijklmnopqrstuvwxyz_") == strlen(name);
	for (i = 0; i < sizeof(counts) / sizeof(*counts); i++)
		if (strcmp(name, counts[i]) == 0)
			return true;
	return false;
}

int64_t
csv_figure_unit(const char *word)
{
	static const struct { const char *word; int64_t ms; } units[] = {
		{ "second", 1000 }, { "minute", 60000 }, { "hour", 3600000 }, { "day", 86400000 }
	};
	size_t i;

	for (i = 0; i < sizeof(units) / sizeof(*units); i++)
		if (strcmp(word, units[i].word) == 0)
			return units[i].ms;
	return 0;
}

/* Cuts all endings off NAME (folded): the unit they say, and whether working time. */
static void
cut_endings(const struct aliases *a, char *name, int64_t *unit_ms, bool *working)
{
	const struct alias_ending *end;

	while ((end = aliases_ending(a, name)) != NULL) {
		name[strlen(name) - strlen(end->folded)] = '\0';
		if (end->unit_ms == 0)
			*working = true;
		else
			*unit_ms = end->unit_ms;
	}
}

int64_t
csv_figure_named_unit(struct aliases *a, const char *name)
{
	char *folded = xstrdup(aliases_fold(a, name, strlen(name)));
	int64_t unit_ms = 0;
	bool working;

	cut_endings(a, folded, &unit_ms, &working);
	free(folded);
	return unit_ms;
}

/* first_response_work_ms of first_response_ms. */
static const char *
working_name(const char *name, struct arena *mem)
{
	size_t len = strlen(name), size = len + sizeof("_work");
	char *s = arena_alloc(mem, size);

	snprintf(s, size, "%.*s_work_ms", (int)len - 3, name);
	return s;
}

struct csv_figure
csv_figure_find(struct aliases *a, enum csv_kind kind, const char *s, size_t len,
    size_t *rank, struct arena *mem)
{
	const char *section = kind == CSV_METRIC ? "figure" : "reported";
	struct csv_figure f = { NULL, 0 };
	const struct alias *found;
	bool working = false;
	char *name;

	if (kind != CSV_METRIC && kind != CSV_MESSAGE)
		return f;
	name = xstrdup(aliases_fold(a, s, len));
	found = aliases_find(a, section, name, strlen(name));
	if (found == NULL) {
		cut_endings(a, name, &f.unit_ms, &working);
		found = aliases_find(a, section, name, strlen(name));
	}
	if (found != NULL && f.unit_ms == 0 &&
	    aliases_find(a, "reported hours", name, strlen(name)) != NULL)
		f.unit_ms = 3600000;
	*rank = found != NULL ? found->rank : 0;
	if (found != NULL)
		f.name = working && is_span(found->key) ? working_name(found->key, mem) :
		    arena_str(mem, found->key);
	free(name);
	return f;
}

/* 1,234 and 1234; what is no whole number is refused. */
static int
read_count(struct csv_cell c, int64_t *value, struct err *e)
{
	size_t i;

	*value = 0;
	for (i = 0; i < c.len; i++) {
		if (c.p[i] == ',' && i > 0)
			continue;
		if (c.p[i] < '0' || c.p[i] > '9' || *value > INT64_MAX / 10 - 10)
			return err_set(e, ERR_DATA, "\"%.40s\" is not a count", c.p);
		*value = *value * 10 + (c.p[i] - '0');
	}
	return 1;
}

static bool
is_plain(struct csv_cell c)
{
	return strspn(c.p, "0123456789.") == c.len;
}

int
csv_figure_read(const struct csv_figure *f, struct csv_cell c, int64_t *value, struct err *e)
{
	if (csv_is_nothing(c))
		return 0;
	if (!is_span(f->name))
		return read_count(c, value, e);
	if (f->unit_ms == 0 && is_plain(c))
		return 0;
	return csv_span(c, f->unit_ms, value, e) < 0 ? -1 : 1;
}
