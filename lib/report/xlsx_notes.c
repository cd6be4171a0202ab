/* xlsx_notes - the first sheet of a pack, and the sheet that tells what is counted */
#include <math.h>
#include <string.h>

#include "report/phrase.h"
#include "report/xlsx_private.h"
#include "time/tm.h"

static void
say(struct xlsx_book *k, lxw_worksheet *ws, lxw_row_t row, lxw_col_t col, const char *s,
    enum xlsx_form form)
{
	xlsx_text(k, ws, row, col, s, strlen(s), k->form[form]);
}

static void
say_period(struct xlsx_book *k, lxw_worksheet *ws, lxw_row_t row)
{
	const struct page *p = k->page;
	enum lang lang = words_lang(p->words);
	struct buf b = BUF_INIT;

	period_say(&p->period, p->zone, lang, &b);
	if (p->compared) {
		buf_fmt(&b, " \u00b7 %s ", phrase(lang, PH_COMPARED_WITH));
		period_say(&p->before, p->zone, lang, &b);
	}
	say(k, ws, row, 0, buf_cstr(&b), XF_TEXT);
	buf_release(&b);
}

/* The headlines: what, now, before, change, p. */
static lxw_row_t
figures(struct xlsx_book *k, lxw_worksheet *ws, lxw_row_t row, const struct page_section *s)
{
	size_t i, j;

	for (i = 0; i < s->section.n_figures; i++) {
		const struct figure *f = &s->section.figures[i];
		struct field change = *f->field, p = *f->field;
		const struct field *of[] = { f->field, f->field, &change, &p };
		double v[] = { f->now, f->before, f->change, f->p };

		change.role = ROLE_CHANGE;
		p.role = ROLE_P;
		p.unit = NULL;
		p.type = FIELD_REAL;
		say(k, ws, row, 0, s->title, XF_TEXT);
		say(k, ws, row, 1, words_name(k->page->words, s->report, f->field->name), XF_TEXT);
		for (j = 0; j < 4; j++)
			if (!isnan(v[j]))
				k->lib->worksheet_write_number(ws, row, (lxw_col_t)(2 + j),
				    xlsx_number(of[j], v[j]), k->form[xlsx_form(of[j])]);
		row++;
	}
	return row;
}

void
xlsx_summary(struct xlsx_book *k)
{
	static const char *const heads[LANGS][6] = {
		[LANG_EN] = { "Report", "Figure", "Now", "Before", "Change", "p" },
		[LANG_ZH] = { "报表", "指标", "本期", "上期", "变化", "p 值" },
	};
	const struct page *p = k->page;
	enum lang lang = words_lang(p->words);
	lxw_worksheet *ws = xlsx_sheet(k, phrase(lang, PH_SUMMARY));
	lxw_row_t row = 3;
	size_t i;

	k->lib->worksheet_set_column(ws, 0, 1, 30, NULL);
	k->lib->worksheet_set_column(ws, 2, 5, 14, NULL);
	say(k, ws, 0, 0, p->title, XF_TITLE);
	say_period(k, ws, 1);
	for (i = 0; i < p->n_findings; i++)
		say(k, ws, row++, 0, p->findings[i].text, XF_TEXT);
	row++;
	for (i = 0; i < 6; i++)
		say(k, ws, row, (lxw_col_t)i, heads[lang][i], XF_HEAD);
	row++;
	for (i = 0; i < p->n; i++)
		row = figures(k, ws, row, &p->sections[i]);
}

static lxw_row_t
notes_of(struct xlsx_book *k, lxw_worksheet *ws, lxw_row_t row, const struct page_section *s)
{
	const char *about = report_says(s->report, words_lang(k->page->words), "about");
	size_t i;

	say(k, ws, row++, 0, s->title, XF_HEAD);
	for (i = 0; i < s->section.n_notes; i++)
		say(k, ws, row++, 0, s->section.notes[i], XF_WRAP);
	if (*about != '\0')
		say(k, ws, row++, 0, about, XF_WRAP);
	return row + 1;
}

void
xlsx_notes(struct xlsx_book *k)
{
	const struct page *p = k->page;
	enum lang lang = words_lang(p->words);
	lxw_worksheet *ws = xlsx_sheet(k, phrase(lang, PH_NOTES));
	struct buf b = BUF_INIT;
	char at[TM_SIZE];
	lxw_row_t row = 3;
	size_t i;

	k->lib->worksheet_set_column(ws, 0, 0, 110, NULL);
	say(k, ws, 0, 0, p->title, XF_TITLE);
	say_period(k, ws, 1);
	for (i = 0; i < p->n; i++)
		row = notes_of(k, ws, row, &p->sections[i]);
	if (p->compared)
		say(k, ws, row++, 0, phrase(lang, PH_TESTS), XF_WRAP);
	buf_fmt(&b, "%s %s \u00b7 %s %s", phrase(lang, PH_MADE_AT),
	    tm_format(p->now_at, p->zone, at), phrase(lang, PH_ZONE), zone_name(p->zone));
	say(k, ws, row, 0, buf_cstr(&b), XF_TEXT);
	buf_release(&b);
}
