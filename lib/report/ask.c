/* ask - what the user asks of a report, read and checked */
#include <string.h>

#include "base/conf.h"
#include "base/out.h"
#include "report/ask.h"
#include "report/outfile.h"
#include "time/tm.h"

static const struct {
	const char *name;
	enum out_form form;
} forms[] = {
	{ "table", OUT_TABLE }, { "bars", OUT_BARS }, { "jsonl", OUT_JSONL }, { "csv", OUT_CSV },
	{ "md", OUT_MD }, { "html", OUT_HTML }, { "xlsx", OUT_XLSX }, { "txt", OUT_TABLE },
	{ "htm", OUT_HTML },
};

int
ask_form(const char *s, enum out_form *form, struct err *e)
{
	const char *dot = strrchr(s, '.');
	size_t i;

	for (i = 0; i < sizeof(forms) / sizeof(forms[0]); i++)
		if (strcmp(dot != NULL ? dot + 1 : s, forms[i].name) == 0) {
			*form = forms[i].form;
			return 0;
		}
	return err_set(e, ERR_USAGE, "\"%s\" is no form: table, bars, jsonl, csv, md, html, xlsx, "
	    "or a file name that ends so", s);
}

/* reports/pages.conf: "language = zh", "desk = 青禾旅行". */
struct pages {
	struct asked *q;
	int lang;		/* -1: not said */
};

static int
read_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct pages *p = ctx;

	(void)section;
	(void)line;
	if (key == NULL)
		return err_set(e, ERR_CONFIG, "there are no sections here");
	if (strcmp(key, "desk") == 0) {
		p->q->desk = arena_str(&p->q->texts, value);
		return 0;
	}
	if (strcmp(key, "language") != 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is no key: language, desk", key);
	if (*value == '\0')
		return 0;
	p->lang = lang_of(value);
	return p->lang >= 0 ? 0 : err_set(e, ERR_CONFIG, "\"%s\" is no language: zh or en", value);
}

/* --lang, else the configuration, else the locale. */
static int
read_words(struct asked *q, struct err *e)
{
	struct pages p = { q, -1 };
	char *path = conf_find("reports/pages.conf", e);
	int bad = path != NULL ? conf_parse(path, read_key, &p, e) : -1;

	free(path);
	if (bad < 0)
		return -1;
	if (q->ask->lang != NULL && (p.lang = lang_of(q->ask->lang)) < 0)
		return err_set(e, ERR_USAGE, "--lang: \"%s\" is none of zh, en", q->ask->lang);
	q->words = words_load(p.lang >= 0 ? (enum lang)p.lang : lang_of_locale(), e);
	return q->words != NULL ? 0 : -1;
}

static int
read_time(struct asked *q, struct err *e)
{
	const char *s = q->ask->set_time;

	if (s == NULL || strcmp(s, "both") == 0)
		q->run.time = TIME_BOTH;
	else if (strcmp(s, "clock") == 0)
		q->run.time = TIME_CLOCK;
	else if (strcmp(s, "working") == 0)
		q->run.time = TIME_WORKING;
	else
		return err_set(e, ERR_USAGE, "--time: \"%s\" is none of clock, working, both", s);
	return 0;
}

static int
read_periods(struct asked *q, struct err *e)
{
	const struct ask *a = q->ask;

	if (period_read(&q->period, &a->period, q->run.zone, q->run.now_at, e) < 0)
		return -1;
	q->run.from_at = q->period.from_at;
	q->run.to_at = q->period.to_at;
	q->run.has_to = q->period.has_to;
	if (a->compare == NULL)
		return 0;
	if (strcmp(a->compare, "previous") != 0)
		return err_set(e, ERR_USAGE, "--compare: \"%s\" is not: previous", a->compare);
	q->compared = true;
	return period_before(&q->period, q->run.zone, q->run.now_at, &q->before, e);
}

int
ask_read(struct asked *q, const struct ask *a, struct err *e)
{
	*q = (struct asked){ .ask = a, .desk = "", .form = out_is_tty() ? OUT_TABLE : OUT_JSONL };
	q->run = (struct run_args){ .by = a->by, .where = a->where.v, .n_where = a->where.n,
		.set = a->set.v, .n_set = a->set.n, .now_at = tm_now(),
		.calendar = a->calendar, .zone = zone_default(e) };
	if (q->run.zone == NULL ||
	    (a->output != NULL && !outfile_is_folder(a->output) &&
	    ask_form(a->output, &q->form, e) < 0))
		return -1;
	return read_time(q, e) < 0 || read_periods(q, e) < 0 || read_words(q, e) < 0 ? -1 : 0;
}

void
ask_release(struct asked *q)
{
	words_free(q->words);
	arena_release(&q->texts);
}

struct page
ask_page(const struct asked *q)
{
	return (struct page){ .words = q->words, .zone = q->run.zone, .desk = q->desk,
		.title = "", .period = q->period, .before = q->before, .compared = q->compared,
		.now_at = q->run.now_at };
}
