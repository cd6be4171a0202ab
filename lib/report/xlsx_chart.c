/* xlsx_chart - the charts of a workbook, and the sheet with their numbers */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "report/phrase.h"
#include "report/xlsx_private.h"

enum { WIDTH = 640, HEIGHT = 320, ROWS_EACH = 17 };

static const lxw_color_t colors[] = { 0x2F6BD8, 0xD9662B, 0x12897B, 0xA8479B, 0x8B6D14, 0x6757C9,
	0x7A8694 };
enum { COLORS = sizeof(colors) / sizeof(colors[0]) };

static lxw_worksheet *
data_sheet(struct xlsx_book *k)
{
	if (k->data == NULL) {
		k->data = xlsx_sheet(k, words_lang(k->page->words) == LANG_ZH ? "图表数据" :
		    "Chart data");
		snprintf(k->data_name, sizeof(k->data_name), "%s", k->taken[k->n_taken - 1]);
		k->lib->worksheet_set_column(k->data, 0, 0, 24, NULL);
	}
	return k->data;
}

static void
name(struct xlsx_book *k, lxw_row_t row, lxw_col_t col, const char *s, lxw_format *form)
{
	xlsx_text(k, k->data, row, col, s, strlen(s), form);
}

/* A row for each x, a column for each series; of a heat map as it is drawn. */
static lxw_row_t
put_data(struct xlsx_book *k, const struct chart *c)
{
	bool heat = c->kind == CHART_HEAT;
	size_t rows = heat ? c->ns : c->nx, cols = heat ? c->nx : c->ns, i, j;
	lxw_row_t first = k->data_row + 1;

	name(k, k->data_row, 0, c->title, k->form[XF_HEAD]);
	for (j = 0; j < cols; j++)
		name(k, k->data_row, (lxw_col_t)(j + 1), heat ? c->x[j] : c->series[j],
		    k->form[XF_HEAD]);
	for (i = 0; i < rows; i++) {
		name(k, first + (lxw_row_t)i, 0, heat ? c->series[i] : c->x[i], NULL);
		for (j = 0; j < cols; j++) {
			double v = c->v[heat ? i * c->nx + j : j * c->nx + i];

			if (!isnan(v))
				k->lib->worksheet_write_number(k->data, first + (lxw_row_t)i,
				    (lxw_col_t)(j + 1), xlsx_number(&c->of, v),
				    k->form[xlsx_form(&c->of)]);
		}
	}
	k->data_row = first + (lxw_row_t)rows + 1;
	return first;
}

/* A workbook has no heat map: its numbers get their shades. */
static void
shade(struct xlsx_book *k, const struct chart *c, lxw_row_t first)
{
	lxw_conditional_format scale = { .type = LXW_CONDITIONAL_2_COLOR_SCALE,
		.min_color = 0xF2F6FD, .max_color = 0x2A58AB };

	k->lib->worksheet_conditional_format_range(k->data, first, 1,
	    first + (lxw_row_t)c->ns - 1, (lxw_col_t)c->nx, &scale);
}

static void
series(struct xlsx_book *k, lxw_chart *chart, const struct chart *c, size_t i, lxw_row_t first)
{
	const struct xlsx_lib *x = k->lib;
	lxw_chart_series *s = x->chart_add_series(chart, NULL, NULL);
	lxw_chart_fill fill = { .color = colors[i % COLORS] };
	lxw_chart_line line = { .color = colors[i % COLORS], .width = 2.25 };
	lxw_row_t last = first + (lxw_row_t)c->nx - 1;
	lxw_col_t col = (lxw_col_t)(i + 1);

	x->chart_series_set_categories(s, k->data_name, first, 0, last, 0);
	x->chart_series_set_values(s, k->data_name, first, col, last, col);
	x->chart_series_set_name_range(s, k->data_name, first - 1, col);
	if (c->kind == CHART_LINE)
		x->chart_series_set_line(s, &line);
	else
		x->chart_series_set_fill(s, &fill);
}

static void
draw(struct xlsx_book *k, lxw_worksheet *ws, const struct chart *c, lxw_row_t row, lxw_col_t col)
{
	static const uint8_t types[] = { [CHART_LINE] = LXW_CHART_LINE, [CHART_BAR] = LXW_CHART_BAR,
		[CHART_STACK] = LXW_CHART_COLUMN_STACKED, [CHART_SPREAD] = LXW_CHART_COLUMN,
		[CHART_FUNNEL] = LXW_CHART_BAR };
	static const char *const axes[XLSX_FORMS] = { [XF_PERCENT] = "0%", [XF_LENGTH] = "[h]:mm",
		[XF_INT] = "#,##0" };
	lxw_chart_options options = { .x_scale = WIDTH / 480.0, .y_scale = HEIGHT / 288.0 };
	const struct xlsx_lib *x = k->lib;
	lxw_row_t first = put_data(k, c);
	lxw_chart *chart;
	size_t i;

	if (c->kind == CHART_HEAT) {
		shade(k, c, first);
		return;
	}
	chart = x->workbook_add_chart(k->book, types[c->kind]);
	for (i = 0; i < c->ns; i++)
		series(k, chart, c, i, first);
	x->chart_title_set_name(chart, c->title);
	x->chart_legend_set_position(chart, c->ns > 1 ? LXW_CHART_LEGEND_BOTTOM :
	    LXW_CHART_LEGEND_NONE);
	if (axes[xlsx_form(&c->of)] != NULL)
		x->chart_axis_set_num_format(chart->y_axis, axes[xlsx_form(&c->of)]);
	if (types[c->kind] == LXW_CHART_BAR)
		x->chart_axis_set_reverse(chart->x_axis);
	x->worksheet_insert_chart_opt(ws, row, col, chart, &options);
}

void
xlsx_charts(struct xlsx_book *k, lxw_worksheet *ws, const struct page_section *s, lxw_col_t col)
{
	lxw_row_t row = 1;
	size_t i;

	for (i = 0; i < s->section.n_charts; i++) {
		data_sheet(k);
		draw(k, ws, &s->section.charts[i], row, col);
		if (s->section.charts[i].kind != CHART_HEAT)
			row += ROWS_EACH;
	}
}
