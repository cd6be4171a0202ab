/* column_map - the columns of one export, as its user names them: --map FILE */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/conf.h"
#include "intake/csv_figure.h"

struct loading {
	struct column_map *map;
	struct aliases *aliases;
};

/* Where the first option begins, else the end. */
static size_t
name_len(const char *s)
{
	static const char *const options[] = { " tz=", " unit=", " format=", " optional" };
	const char *end = s + strlen(s);
	size_t i;

	for (i = 0; i < sizeof(options) / sizeof(*options); i++) {
		const char *at = strstr(s, options[i]);

		if (at != NULL && at < end)
			end = at;
	}
	while (end > s && end[-1] == ' ')
		end--;
	return (size_t)(end - s);
}

/* The column's name, quoted or not; *REST is what follows. */
static const char *
take_name(struct column_map *m, const char *s, const char **rest, struct err *e)
{
	size_t len;

	if (*s != '"') {
		len = name_len(s);
		*rest = s + len;
		return arena_strn(&m->mem, s, len);
	}
	len = strcspn(s + 1, "\"");
	if (s[len + 1] == '\0') {
		err_set(e, ERR_CONFIG, "the quote is not closed");
		return NULL;
	}
	*rest = s + len + 2;
	return arena_strn(&m->mem, s + 1, len);
}

static int
take_options(struct column_map *m, struct column_rule *r, const char *s, struct err *e)
{
	while (*s == ' ')
		s++;
	if (strncmp(s, "tz=", 3) == 0) {
		size_t len = strcspn(s + 3, " ");
		char *name = arena_strn(&m->mem, s + 3, len);

		r->zone = zone_get(name, e);
		if (r->zone == NULL)
			return -1;
		return take_options(m, r, s + 3 + len, e);
	}
	if (strncmp(s, "optional", 8) == 0 && (s[8] == '\0' || s[8] == ' ')) {
		r->optional = true;
		return take_options(m, r, s + 8, e);
	}
	if (strncmp(s, "unit=", 5) == 0) {
		size_t len = strcspn(s + 5, " ");

		r->figure.unit_ms = csv_figure_unit(arena_strn(&m->mem, s + 5, len));
		if (r->figure.unit_ms == 0 || r->slot != SLOT_FIGURE)
			return err_set(e, ERR_CONFIG, "unit= is second, minute, hour or day, of a "
			    "length of time (..._ms)");
		return take_options(m, r, s + 5 + len, e);
	}
	if (strncmp(s, "format=", 7) == 0) {
		r->format = arena_str(&m->mem, s + 7);
		return 0;
	}
	if (*s != '\0')
		return err_set(e, ERR_CONFIG, "\"%s\" is neither tz=ZONE, unit=UNIT, "
		    "optional nor format=FORMAT", s);
	return 0;
}

static int
add_rule(struct loading *l, const char *key, const char *value, struct err *e)
{
	struct column_map *m = l->map;
	struct column_rule *r;
	const char *rest;

	m->rules = xrealloc(m->rules, (m->n + 1) * sizeof(*m->rules));
	r = &m->rules[m->n++];
	memset(r, 0, sizeof(*r));
	r->slot = csv_slot_find(key);
	if (r->slot == SLOTS && csv_figure_is(key)) {
		r->slot = SLOT_FIGURE;
		r->figure.name = arena_str(&m->mem, key);
	}
	if (r->slot == SLOTS)
		return err_set(e, ERR_CONFIG, "no field is called \"%s\"", key);
	r->name = take_name(m, value, &rest, e);
	if (r->name == NULL)
		return -1;
	/* A unit in the column's name counts unless unit= follows. */
	if (r->slot == SLOT_FIGURE)
		r->figure.unit_ms = csv_figure_named_unit(l->aliases, r->name);
	r->folded = arena_str(&m->mem, aliases_fold(l->aliases, r->name, strlen(r->name)));
	return take_options(m, r, rest, e);
}

static int
set_value(struct column_map *m, const char *key, const char *value, struct err *e)
{
	enum csv_slot slot = csv_slot_find(key);

	if (strcmp(key, "kind") == 0) {
		m->kind = csv_kind_find(value);
		if (m->kind == CSV_KINDS)
			return err_set(e, ERR_CONFIG,
			    "\"%s\" is none of message, call, order, customer, response, "
			    "metric, member, call note, sms",
			    value);
		return 0;
	}
	if (slot == SLOTS)
		return err_set(e, ERR_CONFIG, "no field is called \"%s\"", key);
	m->set[slot] = arena_str(&m->mem, value);
	m->any_set = true;
	return 0;
}

static int
on_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct loading *l = ctx;

	(void)line;
	if (strcmp(section, "set") == 0)
		return key == NULL ? 0 : set_value(l->map, key, value, e);
	if (*section != '\0' && strcmp(section, "columns") != 0)
		return err_set(e, ERR_CONFIG, "a map has [columns] and [set], not [%s]", section);
	return key == NULL ? 0 : add_rule(l, key, value, e);
}

/* The map called NAME in the configuration, yours; NULL if there is none. */
static char *
shipped_map(const char *name)
{
	struct buf file = BUF_INIT;
	struct err none;
	char *path;

	buf_fmt(&file, "maps/%.200s.map", name);
	path = conf_find(buf_cstr(&file), &none);
	buf_release(&file);
	return path;
}

int
column_map_load(struct column_map *m, const char *path, struct aliases *a, struct err *e)
{
	struct loading l = { m, a };
	char *shipped = NULL;
	int bad;

	memset(m, 0, sizeof(*m));
	m->kind = m->lean = CSV_KINDS;
	if (path != NULL && strchr(path, '/') == NULL && access(path, F_OK) != 0)
		shipped = shipped_map(path);
	bad = path == NULL ? 0 : conf_parse(shipped != NULL ? shipped : path, on_line, &l, e);
	free(shipped);
	return bad;
}

void
column_map_lean(struct column_map *m, const char *channel)
{
	m->lean = channel != NULL && strcmp(channel, "sms") == 0 ? CSV_SMS : CSV_KINDS;
}

void
column_map_release(struct column_map *m)
{
	free(m->rules);
	arena_release(&m->mem);
}
