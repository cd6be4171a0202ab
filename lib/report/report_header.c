/* report_header - the comment lines that say what a report gives */
#include <string.h>

#include "base/buf.h"
#include "report/report_header.h"

const char *
header_word(struct report *r, const char **s)
{
	size_t len = strcspn(*s, " \t");
	const char *w = arena_strn(&r->texts, *s, len);

	*s += len;
	*s += strspn(*s, " \t");
	return w;
}

bool
header_is_name(const char *s)
{
	return *s >= 'a' && *s <= 'z' &&
	    strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(s);
}

static struct field *
new_field(struct report *r, const char *name, struct origin origin, struct err *e)
{
	struct field *f;

	if (!header_is_name(name)) {
		err_set(e, ERR_CONFIG, "\"%s\" is no column name (a-z, 0-9, _)", name);
		return NULL;
	}
	if (field_find(r->fields, r->n, name, strlen(name)) >= 0) {
		err_set(e, ERR_CONFIG, "column \"%s\" is declared twice", name);
		return NULL;
	}
	r->fields = xrealloc(r->fields, (r->n + 1) * sizeof(*r->fields));
	r->origins = xrealloc(r->origins, (r->n + 1) * sizeof(*r->origins));
	r->origins[r->n] = origin;
	f = &r->fields[r->n++];
	*f = (struct field){ .name = name, .about = "" };
	return f;
}

int
header_column(const struct report *r, const char *name, size_t len, struct err *e)
{
	int i = field_find(r->fields, r->n, name, len);

	if (i < 0)
		err_set(e, ERR_CONFIG, "\"%.*s\" is no column declared above", (int)len, name);
	return i;
}

static int
named(const struct report *r, const char *name, struct err *e)
{
	return header_column(r, name, strlen(name), e);
}

/* name type about */
static int
read_select(struct report *r, const char *s, enum origin_kind kind, struct err *e)
{
	const char *name = header_word(r, &s), *type = header_word(r, &s);
	struct field *f = new_field(r, name, (struct origin){ .kind = kind }, e);
	int t = field_type_of(type);

	if (f == NULL)
		return -1;
	if (t < 0)
		return err_set(e, ERR_CONFIG, "%s: \"%s\" is no type: text int flag ms real "
		    "s time", name, type);
	f->type = (enum field_type)t;
	f->decimals = 2;
	f->about = arena_str(&r->texts, s);
	return 0;
}

static int
read_column(struct report *r, const char *s, struct err *e)
{
	return read_select(r, s, FROM_SELECT, e);
}

static int
read_hidden(struct report *r, const char *s, struct err *e)
{
	return read_select(r, s, FROM_HIDDEN, e);
}

/* name from to about */
static int
read_between(struct report *r, const char *s, enum origin_kind kind, struct err *e)
{
	const char *name = header_word(r, &s);
	int from = named(r, header_word(r, &s), e), to = named(r, header_word(r, &s), e);
	struct origin o = { .kind = kind };
	struct field *f;

	if (from < 0 || to < 0)
		return -1;
	o.from = (size_t)from;
	o.to = (size_t)to;
	if (r->fields[from].type != FIELD_TIME || r->fields[to].type != FIELD_TIME)
		return err_set(e, ERR_CONFIG, "%s: a length of time runs between two "
		    "columns of type time", name);
	if ((f = new_field(r, name, o, e)) == NULL)
		return -1;
	f->type = FIELD_MS;
	f->about = arena_str(&r->texts, s);
	return 0;
}

static int
read_span(struct report *r, const char *s, struct err *e)
{
	return read_between(r, s, FROM_SPAN, e);
}

static int
read_work(struct report *r, const char *s, struct err *e)
{
	return read_between(r, s, FROM_WORK, e);
}

/* name function column about; share has a second column */
static int
read_measure(struct report *r, const char *s, struct err *e)
{
	struct measure m = { .out.name = header_word(r, &s) };
	const char *fn = header_word(r, &s), *column = header_word(r, &s);
	int field = named(r, column, e);

	if (field < 0 || measure_parse(&m, fn, r->fields[field].type, e) < 0)
		return -1;
	if (!header_is_name(m.out.name))
		return err_set(e, ERR_CONFIG, "\"%s\" is no name (a-z, 0-9, _)", m.out.name);
	m.field = m.other = (size_t)field;
	if (m.fn == M_SHARE) {
		field = named(r, header_word(r, &s), e);
		if (field < 0 || measure_parse(&m, fn, r->fields[field].type, e) < 0)
			return -1;
		m.other = (size_t)field;
	}
	m.out.about = arena_str(&r->texts, s);
	r->measures = xrealloc(r->measures, (r->n_measures + 1) * sizeof(m));
	r->measures[r->n_measures++] = m;
	return 0;
}

/* What every report with a time column can be grouped by. */
static int
add_time_parts(struct report *r, struct err *e)
{
	static const struct {
		const char *name;
		enum field_type type;
		const char *about;
	} parts[TIME_PARTS] = {
		[PART_DAY] = { "day", FIELD_TEXT, "the local day, 2026-10-01" },
		[PART_WEEK] = { "week", FIELD_TEXT, "the ISO 8601 week, 2026-W40" },
		[PART_MONTH] = { "month", FIELD_TEXT, "the month, 2026-10" },
		[PART_HOUR] = { "hour", FIELD_INT, "the hour of the day, 0 to 23" },
		[PART_WEEKDAY] = { "weekday", FIELD_INT, "1 Monday to 7 Sunday" },
	};
	struct field *f;
	int i;

	for (i = 0; i < TIME_PARTS; i++) {
		struct origin o = { .kind = FROM_TIME, .part = (enum time_part)i };

		if ((f = new_field(r, parts[i].name, o, e)) == NULL)
			return -1;
		f->type = parts[i].type;
		f->about = parts[i].about;
	}
	return 0;
}

/* column */
static int
read_time(struct report *r, const char *s, struct err *e)
{
	r->time = named(r, header_word(r, &s), e);
	if (r->time < 0)
		return -1;
	if (r->fields[r->time].type != FIELD_TIME)
		return err_set(e, ERR_CONFIG, "%s is not of type time", r->fields[r->time].name);
	return add_time_parts(r, e);
}

/* name default about; "-" is no default */
static int
read_option(struct report *r, const char *s, struct err *e)
{
	struct report_option o = { .name = header_word(r, &s), .value = header_word(r, &s) };

	if (!header_is_name(o.name) || *o.value == '\0')
		return err_set(e, ERR_CONFIG, "an option has a name and a default (- for none)");
	if (strcmp(o.value, "-") == 0)
		o.value = "";
	o.about = arena_str(&r->texts, s);
	r->options = xrealloc(r->options, (r->n_options + 1) * sizeof(o));
	r->options[r->n_options++] = o;
	return 0;
}

static int
read_title(struct report *r, const char *s, struct err *e)
{
	(void)e;
	header_add_word(r, LANG_EN, "title", s);
	return 0;
}

static int
read_about(struct report *r, const char *s, struct err *e)
{
	(void)e;
	header_add_word(r, LANG_EN, "about", s);
	return 0;
}

static int
read_note(struct report *r, const char *s, struct err *e)
{
	(void)e;
	header_add_word(r, LANG_EN, "note", s);
	return 0;
}

static int
read_zh(struct report *r, const char *s, struct err *e)
{
	return header_words(r, LANG_ZH, s, e);
}

static int
read_en(struct report *r, const char *s, struct err *e)
{
	return header_words(r, LANG_EN, s, e);
}

static int
read_by(struct report *r, const char *s, struct err *e)
{
	(void)e;
	r->by = arena_str(&r->texts, s);
	return 0;
}

/* Any words: what is shown is of one moment. */
static int
read_moment(struct report *r, const char *s, struct err *e)
{
	(void)s;
	(void)e;
	r->is_moment = true;
	return 0;
}

static const struct {
	const char *key;
	int (*read)(struct report *r, const char *value, struct err *e);
} header[] = {
	{ "title", read_title }, { "about", read_about }, { "note", read_note },
	{ "zh", read_zh }, { "en", read_en }, { "by", read_by }, { "time", read_time },
	{ "column", read_column }, { "hidden", read_hidden }, { "span", read_span },
	{ "work", read_work }, { "measure", read_measure }, { "option", read_option },
	{ "moment", read_moment }, { "chart", header_chart }, { "figure", header_figure }, { "unit", header_unit },
};

/* "-- key: value"; any other comment is a comment. */
static int
read_line(struct report *r, const char *line, struct err *e)
{
	const char *key = line + strspn(line, "- \t"), *colon = strchr(key, ':');
	size_t i;

	if (strncmp(line, "--", 2) != 0 || colon == NULL)
		return 0;
	for (i = 0; i < sizeof(header) / sizeof(header[0]); i++)
		if (strlen(header[i].key) == (size_t)(colon - key) &&
		    strncmp(key, header[i].key, (size_t)(colon - key)) == 0)
			return header[i].read(r, colon + 1 + strspn(colon + 1, " \t"), e);
	return 0;
}

static int
read_lines(struct report *r, struct err *e)
{
	const char *at = r->text;
	size_t line = 1;

	while (*at != '\0') {
		size_t len = strcspn(at, "\n"), used = len;
		char *copy;

		while (used > 0 && strchr(" \t\r", at[used - 1]) != NULL)
			used--;
		copy = arena_strn(&r->texts, at, used);
		if (read_line(r, copy, e) < 0)
			return err_at(e, r->path, line);
		at += len + (at[len] == '\n');
		line++;
	}
	return 0;
}

int
report_header(struct report *r, struct err *e)
{
	return read_lines(r, e) < 0 ? -1 : header_check_notes(r, e);
}
