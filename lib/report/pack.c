/* pack - several reports as one page */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "base/out.h"
#include "report/html.h"
#include "report/markdown.h"
#include "report/outfile.h"
#include "report/pack.h"
#include "report/xlsx.h"
#include "time/tm.h"

static const char *
in_language(const char *const title[LANGS], enum lang lang)
{
	return title[lang] != NULL ? title[lang] : title[lang == LANG_EN ? LANG_ZH : LANG_EN];
}

int
pack_list(struct table *t, enum lang lang, struct err *e)
{
	static const struct column cols[] = { { "pack", COL_TEXT, 0 }, { "title", COL_TEXT, 0 } };
	char **paths;
	int n = conf_list("packs", ".pack", &paths, e), i, bad = 0;

	if (n < 0)
		return -1;
	table_open(t, cols, 2);
	for (i = 0; bad == 0 && i < n; i++) {
		struct pack *k = pack_read(paths[i], e);

		bad = k != NULL ? 0 : -1;
		if (k == NULL)
			break;
		table_row(t, (struct cell[]){ cell_text(k->name),
		    cell_text(in_language((const char *const *)k->title, lang)) });
		pack_free(k);
	}
	table_close(t);
	conf_list_free(paths, n);
	return bad;
}

/* Reading */

/* What the user says beside the pack: whatever would change a single report cannot. */
static int
check_options(const struct ask *a, struct err *e)
{
	const struct {
		const char *name, *value;
	} single[] = { { "by", a->by }, { "columns", a->columns }, { "charts", a->charts },
		{ "fail-if", a->fail_if } };
	size_t i;

	for (i = 0; i < sizeof(single) / sizeof(single[0]); i++)
		if (single[i].value != NULL)
			return err_set(e, ERR_USAGE, "--%s is for a single report; a pack says it "
			    "for each of its own", single[i].name);
	return 0;
}

/* The period of the pack if the user names none: the last whole one. */
static int
set_period(struct page *p, const struct pack *k, const struct asked *q, struct err *e)
{
	static const struct period_args last[] = { [PERIOD_DAYS] = { .last = "1d" },
		[PERIOD_WEEK] = { .week = "" }, [PERIOD_MONTH] = { .month = "" } };

	if (p->period.kind == PERIOD_ALL && period_read(&p->period, &last[k->period], p->zone,
	    q->run.now_at, e) < 0)
		return -1;
	p->compared = k->compare || q->compared;
	if (p->compared)
		return period_before(&p->period, p->zone, q->run.now_at, &p->before, e);
	return 0;
}

/* The user's terms and the pack's, one list; in P's memory. */
static const char **
both(struct page *p, const struct opt_list *a, const struct opt_list *b, size_t *n)
{
	const char **v = arena_alloc(&p->texts, (a->n + b->n + 1) * sizeof(*v));

	if (a->n > 0)
		memcpy(v, a->v, a->n * sizeof(*v));
	if (b->n > 0)
		memcpy(v + a->n, b->v, b->n * sizeof(*v));
	*n = a->n + b->n;
	return v;
}

static int
add_part(struct page *p, const struct pack *k, const struct pack_part *part,
    const struct asked *q, struct err *e)
{
	struct report *r = report_load(part->report, e);
	struct run_args a = q->run;
	struct page_section *s;
	const char *title = in_language((const char *const *)part->title, words_lang(p->words));

	if (r == NULL) {
		e->code = ERR_CONFIG;
		return err_at(e, k->path, part->line);
	}
	a.by = part->by;
	a.where = both(p, &q->ask->where, &part->where, &a.n_where);
	a.set = both(p, &q->ask->set, &part->set, &a.n_set);
	if (part->has_time)
		a.time = part->time;
	s = page_add(p, r, &a);
	s->id = part->id;
	s->title = title != NULL ? title : s->title;
	s->columns = part->columns;
	s->table = !part->no_table;
	s->args.only = part->charts;
	return 0;
}

static int
make(struct page *p, const struct pack *k, const struct asked *q, struct db *db, struct err *e)
{
	size_t i;

	p->title = in_language((const char *const *)k->title, words_lang(p->words));
	if (p->title == NULL)
		p->title = k->name;
	if (set_period(p, k, q, e) < 0)
		return -1;
	for (i = 0; i < k->n; i++)
		if (add_part(p, k, &k->parts[i], q, e) < 0)
			return -1;
	if (page_read(p, db, e) < 0)
		return -1;
	page_findings(p);
	return 0;
}

/* Writing */

static int
render(struct page *p, enum out_form form, const struct page_out *out, struct err *e)
{
	switch (form) {
	case OUT_HTML:
		return html_page(p, out, e);
	case OUT_MD:
		return markdown_page(p, out, e);
	case OUT_XLSX:
		return xlsx_page(p, out, e);
	default:
		return err_set(e, ERR_USAGE, "a pack is html, md or xlsx");
	}
}

static int
to_file(struct page *p, enum out_form form, const char *path, struct buf *said, struct err *e)
{
	struct buf b = BUF_INIT;
	struct newfile f;
	struct page_out out = { &b, newfile_drain, &f };
	int bad = newfile_open(&f, path, e);

	if (bad == 0) {
		bad = render(p, form, &out, e);
		newfile_drain(&f, &b);
		if (newfile_close(&f, bad == 0, bad == 0 ? e : &(struct err){ 0 }) < 0)
			bad = -1;
	}
	if (bad == 0)
		buf_fmt(said, "%s\n", path);
	buf_release(&b);
	return bad;
}

static void
drain(void *ctx, struct buf *b)
{
	(void)ctx;
	out_write(buf_cstr(b), b->len);
	buf_clear(b);
}

static int
to_stdout(struct page *p, enum out_form form, struct err *e)
{
	struct buf b = BUF_INIT;
	struct page_out out = { &b, drain, NULL };
	int bad = render(p, form, &out, e);

	drain(NULL, &b);
	buf_release(&b);
	return bad;
}

/* "2026-W40", "2026-10", "2026-10-01": what the files of a period are called by. */
static void
add_stamp(const struct page *p, struct buf *b)
{
	struct tm_date d = tm_date(p->period.first_day), thursday;
	int64_t day = p->period.first_day + 3;

	thursday = tm_date(day);
	if (p->period.kind == PERIOD_WEEK)
		buf_fmt(b, "%04d-W%02d", thursday.year, (int)((day -
		    tm_days((struct tm_date){ thursday.year, 1, 1 })) / 7) + 1);
	else if (p->period.kind == PERIOD_MONTH)
		buf_fmt(b, "%04d-%02d", d.year, d.month);
	else if (p->period.kind == PERIOD_DAYS)
		buf_fmt(b, "%04d-%02d-%02d", d.year, d.month, d.day);
	else
		buf_str(b, "now");
}

/* STEM.html and STEM.xlsx. */
static int
pair(struct page *p, const char *stem, struct buf *said, struct err *e)
{
	struct buf path = BUF_INIT;
	int bad;

	buf_fmt(&path, "%s.html", stem);
	bad = to_file(p, OUT_HTML, buf_cstr(&path), said, e);
	buf_clear(&path);
	buf_fmt(&path, "%s.xlsx", stem);
	if (bad == 0)
		bad = to_file(p, OUT_XLSX, buf_cstr(&path), said, e);
	buf_release(&path);
	return bad;
}

static int
write_out(struct page *p, const struct pack *k, const struct asked *q, struct buf *said,
    struct err *e)
{
	const char *o = q->ask->output, *dot = o != NULL ? strrchr(o, '.') : NULL;
	struct buf stem = BUF_INIT;
	int bad;

	if (o == NULL || (dot == NULL && strchr(o, '/') == NULL && !outfile_is_folder(o)))
		return to_stdout(p, o != NULL ? q->form : OUT_HTML, e);
	if (outfile_is_folder(o)) {
		if (outfile_make_folder(o, e) < 0)
			return -1;
		buf_fmt(&stem, "%s%s%s-", o, o[strlen(o) - 1] == '/' ? "" : "/", k->name);
		add_stamp(p, &stem);
	} else if (q->form != OUT_HTML) {
		return to_file(p, q->form, o, said, e);
	} else {
		buf_add(&stem, o, (size_t)(dot - o));
	}
	bad = pair(p, buf_cstr(&stem), said, e);
	buf_release(&stem);
	return bad;
}

int
pack_write(const struct asked *q, const struct pack *k, struct db *db, struct buf *said,
    struct err *e)
{
	struct page p = ask_page(q);
	int bad;

	if (check_options(q->ask, e) < 0)
		return -1;
	bad = db_begin_read(db, e);
	if (bad == 0) {
		bad = make(&p, k, q, db, e) < 0 || write_out(&p, k, q, said, e) < 0 ? -1 : 0;
		db_rollback(db);
	}
	page_release(&p);
	return bad;
}
