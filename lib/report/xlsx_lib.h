/* xlsx_lib - libxlsxwriter, loaded when it is needed.
 *
 * It costs a program a millisecond and more to start with it; few runs write a workbook.
 * The functions are called through a table: lib->worksheet_write_number(...).
 */
#ifndef CSR_XLSX_LIB_H
#define CSR_XLSX_LIB_H

#include <xlsxwriter.h>

#include "base/err.h"

#define XLSX_FUNCTIONS(X)							\
	X(workbook_new_opt) X(workbook_add_worksheet) X(workbook_add_format)	\
	X(workbook_add_chart) X(workbook_set_properties) X(workbook_close)	\
	X(worksheet_write_string) X(worksheet_write_number) X(worksheet_set_column) \
	X(worksheet_freeze_panes) X(worksheet_autofilter) X(worksheet_insert_chart_opt) \
	X(worksheet_conditional_format_range)					\
	X(format_set_bold) X(format_set_num_format) X(format_set_text_wrap)	\
	X(format_set_align) X(format_set_bg_color) X(format_set_bottom) X(format_set_top) \
	X(format_set_font_size)							\
	X(chart_add_series) X(chart_series_set_categories) X(chart_series_set_values) \
	X(chart_series_set_name_range) X(chart_series_set_fill) X(chart_series_set_line) \
	X(chart_title_set_name) X(chart_legend_set_position) X(chart_axis_set_num_format) \
	X(chart_axis_set_reverse) X(lxw_strerror)

struct xlsx_lib {
#define X(f) __typeof__(f) *f;
	XLSX_FUNCTIONS(X)
#undef X
};

/* The functions, the same at every call; NULL with 69 if the library is not there. */
const struct xlsx_lib *xlsx_lib(struct err *e);

#endif
