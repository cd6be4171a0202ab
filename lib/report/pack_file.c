/* pack_file - a pack as it stands in its file */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "report/pack.h"

static const char *
kept(struct pack *k, const char *s)
{
	return arena_str(&k->texts, s);
}

static int
read_flag(const char *value, bool *flag, struct err *e)
{
	*flag = strcmp(value, "yes") == 0;
	return *flag || strcmp(value, "no") == 0 ? 0 :
	    err_set(e, ERR_CONFIG, "\"%s\" is neither yes nor no", value);
}

static int
read_top(struct pack *k, const char *key, const char *value, struct err *e)
{
	static const struct {
		const char *name;
		enum period_kind kind;
	} periods[] = { { "day", PERIOD_DAYS }, { "week", PERIOD_WEEK },
		{ "month", PERIOD_MONTH } };
	size_t i;

	if (strcmp(key, "title") == 0 || strcmp(key, "title.en") == 0) {
		k->title[LANG_EN] = kept(k, value);
	} else if (strcmp(key, "title.zh") == 0) {
		k->title[LANG_ZH] = kept(k, value);
	} else if (strcmp(key, "compare") == 0) {
		k->compare = strcmp(value, "previous") == 0;
		if (!k->compare && strcmp(value, "no") != 0)
			return err_set(e, ERR_CONFIG, "\"%s\" is neither previous nor no", value);
	} else if (strcmp(key, "period") == 0) {
		for (i = 0; i < 3 && strcmp(periods[i].name, value) != 0; i++)
			;
		if (i == 3)
			return err_set(e, ERR_CONFIG, "\"%s\" is none of day, week, month", value);
		k->period = periods[i].kind;
	} else {
		return err_set(e, ERR_CONFIG, "\"%s\" is no key here: title, title.zh, period, "
		    "compare", key);
	}
	return 0;
}

static void
add(struct pack *k, struct opt_list *list, const char *value)
{
	list->v = xrealloc(list->v, (list->n + 1) * sizeof(*list->v));
	list->v[list->n++] = kept(k, value);
}

static int
read_time(struct pack_part *p, const char *value, struct err *e)
{
	p->has_time = true;
	if (strcmp(value, "clock") == 0)
		p->time = TIME_CLOCK;
	else if (strcmp(value, "working") == 0)
		p->time = TIME_WORKING;
	else
		return err_set(e, ERR_CONFIG, "\"%s\" is neither clock nor working", value);
	return 0;
}

static int
read_part(struct pack *k, struct pack_part *p, const char *key, const char *value,
    struct err *e)
{
	const struct {
		const char *key;
		const char **into;
	} texts[] = { { "report", &p->report }, { "by", &p->by }, { "columns", &p->columns },
		{ "charts", &p->charts }, { "title", &p->title[LANG_EN] },
		{ "title.en", &p->title[LANG_EN] }, { "title.zh", &p->title[LANG_ZH] } };
	bool table;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].key, key) == 0) {
			*texts[i].into = kept(k, value);
			return 0;
		}
	if (strcmp(key, "where") == 0) {
		add(k, &p->where, value);
	} else if (strcmp(key, "set") == 0) {
		add(k, &p->set, value);
	} else if (strcmp(key, "time") == 0) {
		return read_time(p, value, e);
	} else if (strcmp(key, "table") == 0) {
		if (read_flag(value, &table, e) < 0)
			return -1;
		p->no_table = !table;
	} else {
		return err_set(e, ERR_CONFIG, "\"%s\" is no key here: report, by, columns, charts, "
		    "title, title.zh, where, set, time, table", key);
	}
	return 0;
}

static bool
is_id(const char *s)
{
	return *s >= 'a' && *s <= 'z' &&
	    strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789-_") == strlen(s);
}

static int
new_part(struct pack *k, const char *id, size_t line, struct err *e)
{
	size_t i;

	if (!is_id(id))
		return err_set(e, ERR_CONFIG, "\"%s\" is no name for a section (a-z, 0-9, -, _)",
		    id);
	for (i = 0; i < k->n; i++)
		if (strcmp(k->parts[i].id, id) == 0)
			return err_set(e, ERR_CONFIG, "[%s] stands here twice", id);
	k->parts = xrealloc(k->parts, (k->n + 1) * sizeof(*k->parts));
	k->parts[k->n++] = (struct pack_part){ .id = kept(k, id), .line = line };
	return 0;
}

static int
read_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct pack *k = ctx;

	if (key == NULL)
		return new_part(k, section, line, e);
	if (*section == '\0')
		return read_top(k, key, value, e);
	return read_part(k, &k->parts[k->n - 1], key, value, e);
}

static char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	const char *base = slash ? slash + 1 : path, *dot = strrchr(base, '.');

	return xstrndup(base, dot ? (size_t)(dot - base) : strlen(base));
}

struct pack *
pack_read(const char *path, struct err *e)
{
	struct pack *k = xcalloc(1, sizeof(*k));
	size_t i;

	k->name = base_name(path);
	k->path = xstrdup(path);
	k->period = PERIOD_WEEK;
	if (conf_parse(path, read_key, k, e) < 0) {
		pack_free(k);
		return NULL;
	}
	if (k->n == 0) {
		err_set(e, ERR_CONFIG, "%s: no [section]", path);
		pack_free(k);
		return NULL;
	}
	for (i = 0; i < k->n; i++)
		if (k->parts[i].report == NULL)
			k->parts[i].report = k->parts[i].id;
	return k;
}

struct pack *
pack_load(const char *name, struct err *e)
{
	struct buf file = BUF_INIT;
	struct pack *k = NULL;
	char *path;

	if (!is_id(name)) {
		err_set(e, ERR_USAGE, "\"%s\" is no pack name (try csr-report pack)", name);
		return NULL;
	}
	buf_fmt(&file, "packs/%s.pack", name);
	path = conf_find(buf_cstr(&file), e);
	if (path == NULL)
		err_set(e, ERR_USAGE, "no pack \"%s\" (try csr-report pack)", name);
	else
		k = pack_read(path, e);
	free(path);
	buf_release(&file);
	return k;
}

void
pack_free(struct pack *k)
{
	size_t i;

	for (i = 0; k != NULL && i < k->n; i++) {
		free(k->parts[i].where.v);
		free(k->parts[i].set.v);
	}
	if (k == NULL)
		return;
	free(k->parts);
	free(k->name);
	free(k->path);
	arena_release(&k->texts);
	free(k);
}
