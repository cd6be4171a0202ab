/* find_date - calendar dates with a day */
#include <string.h>

#include "text/checks.h"
#include "text/find.h"

/* Reads 1 to 99 in Chinese characters: 八, 十五, 二十一, 廿三. Returns bytes, 0 for none. */
static size_t
han_int(const struct find *f, size_t at, int *v)
{
	static const char *const ones[] = { "一", "二", "三", "四", "五", "六", "七", "八",
		"九", NULL };
	size_t start = at;
	int i, tens = 0, one = 0;

	for (i = 0; ones[i] != NULL; i++)
		if (strncmp(f->t + at, ones[i], 3) == 0) {
			one = i + 1;
			at += 3;
			break;
		}
	if (strncmp(f->t + at, "十", 3) == 0 || strncmp(f->t + at, "廿", 3) == 0) {
		tens = one > 0 ? one : strncmp(f->t + at, "廿", 3) == 0 ? 2 : 1;
		at += 3;
		for (one = 0, i = 0; ones[i] != NULL; i++)
			if (strncmp(f->t + at, ones[i], 3) == 0) {
				one = i + 1;
				at += 3;
				break;
			}
	}
	*v = tens * 10 + one;
	return at - start;
}

static size_t
any_int(const struct find *f, size_t at, int *v)
{
	size_t n = find_int(f, at, 4, v);

	return n > 0 ? n : han_int(f, at, v);
}

/* The place behind an optional blank. */
static size_t
skip(const struct find *f, size_t at)
{
	return at + (f->t[at] == ' ');
}

/* True if WHAT (日 or 号) at AT closes a date: 3号门, 8号线 and 八日游 do not. */
static bool
closes(const struct find *f, size_t at, bool month)
{
	static const char *const day_nouns[] = { "门", "线", "出口", "楼", "店", "厅", "口", "馆", "机",
		"院", "桌", "床", "柜", "位", "码", "车", "航站", "房", "座", "栋", "单元", "库",
		"仓", "站", "台", "窗", "登机", "公路", "电池", "客服", "选手", "链接", "坑", "团",
		"厂", "字", "球", "铺", "舱", "桥", "井", "岛", "路", "病", "包厢", "洞", "员",
		NULL };
	static const char *const span_nouns[] = { "游", "内", "无理由", "后", "前", "之", "以",
		"元", "常", "程", "志", "团", "行", "假", NULL };
	size_t next = skip(f, at + 3);

	if (month)
		return true;
	return find_any(f, next, strncmp(f->t + at, "号", 3) == 0 ? day_nouns :
	    span_nouns) == 0;
}

/* 5月4日, 十五号, 2024年5月4日; the year has been read up to AT. */
static size_t
han_date(const struct find *f, size_t at, bool had_year)
{
	static const struct find_word streets[] = {
		FIND_WORD("路"), FIND_WORD("街"), FIND_WORD("道"), FIND_WORD("巷"),
		FIND_WORD("弄"), FIND_WORD("村"), FIND_WORD("幢"), FIND_WORD("楼"),
		FIND_WORD("栋"), FIND_WORD("工"), FIND_WORD("第"), FIND_WORD("编"),
		FIND_WORD("单"), FIND_WORD("账"), FIND_WORD("no."), FIND_WORD("#"),
		FIND_END
	};
	static const struct find_word nothing[] = { FIND_END };
	int v = 0, month = 0;
	size_t start = at, n = any_int(f, at, &v), next;

	if (n == 0)
		return 0;
	next = skip(f, at + n);
	if (strncmp(f->t + next, "月", 3) == 0) {
		month = v;
		at = skip(f, next + 3);
		n = any_int(f, at, &v);
		next = skip(f, at + n);
		if (n == 0 || !day_is_valid(0, month, v))
			return 0;
	} else if (had_year || v < 1 || v > 31) {
		return 0;
	}
	if (strncmp(f->t + next, "日", 3) != 0 && strncmp(f->t + next, "号", 3) != 0)
		return 0;
	if (month == 0 && (find_context(f, start, 3, streets, nothing) > 0 ||
	    (!find_digit(f, start) && strncmp(f->t + next, "日", 3) == 0)))
		return 0;		/* 五日 counts days, 5日 may be one */
	if (month == 0 && start >= 4 && strncmp(f->t + start - 3, "月", 3) == 0 &&
	    find_digit(f, start - 4))
		return 0;		/* the rest of 2月30日 */
	return closes(f, next, month != 0) ? next + 3 : 0;
}

/* 2024/5/4, 2024-05-04, 5/4, 5/4/2024. */
static size_t
signed_date(const struct find *f, size_t at)
{
	int v[3] = { 0, 0, 0 };
	size_t n[3] = { 0, 0, 0 }, k = 0;
	char sign = 0;

	for (;;) {
		n[k] = find_int(f, at, 4, &v[k]);
		at += n[k];
		if (n[k++] == 0 || find_latin(f, at))
			return 0;
		if (k == 1)
			sign = f->t[at];
		if (k == 3 || f->t[at] != sign || !find_digit(f, at + 1))
			break;
		at++;
	}
	if (strchr("/-.", sign) == NULL || f->t[at] == sign || f->t[at] == '%')
		return 0;
	if (k == 3 && n[0] == 4)
		return day_is_valid(v[0], v[1], v[2]) ? at : 0;
	if (k == 3)
		return n[2] != 3 && (sign == '/' || n[2] == 4) && (day_is_valid(0, v[0], v[1]) ||
		    day_is_valid(0, v[1], v[0])) ? at : 0;
	if (k != 2 || sign != '/' || (v[0] < v[1] && v[1] <= 4) || (v[0] == 24 && v[1] == 7))
		return 0;	/* 1/2 and 3/4 are parts, 24/7 is always */
	return day_is_valid(0, v[0], v[1]) || day_is_valid(0, v[1], v[0]) ? at : 0;
}

/* Bytes of an English month at AT, its number in *V. */
static size_t
month_len(const struct find *f, size_t at, int *v)
{
	static const char *const names[] = { "january", "february", "march", "april", "may",
		"june", "july", "august", "september", "october", "november", "december" };
	size_t n = find_run(f, at) - at;
	int i;

	for (i = 0; i < 12; i++)
		if (n >= 3 && strncmp(f->t + at, names[i], n) == 0 &&
		    (n <= 4 || n == strlen(names[i]))) {
			*v = i + 1;
			return n + (n < 5 && f->t[at + n] == '.');
		}
	return 0;
}

/* Bytes of st, nd, rd or th at AT. */
static size_t
ordinal_len(const struct find *f, size_t at)
{
	static const char *const ends[] = { "st", "nd", "rd", "th", NULL };
	size_t n = find_any(f, at, ends);

	return n != 0 && !find_latin(f, at + n) ? n : 0;
}

/* The end of ", 2024" or " 2024" at AT, or AT. */
static size_t
year_end(const struct find *f, size_t at)
{
	size_t p = at + (f->t[at] == ',');
	int v;

	p = skip(f, p);
	return p > at && find_int(f, p, 5, &v) == 4 && v >= 1900 && v <= 2100 &&
	    !find_latin(f, p + 4) ? p + 4 : at;
}

/* "Nov 2", "November 2nd, 2024". */
static size_t
month_day(const struct find *f, size_t at)
{
	int month = 0, day;
	size_t n = month_len(f, at, &month), digits;

	if (n == 0 || f->t[at + n] != ' ')
		return 0;
	at += n + 1;
	digits = find_int(f, at, 3, &day);
	if (digits == 0 || digits > 2 || !day_is_valid(0, month, day))
		return 0;
	at += digits;
	at += ordinal_len(f, at);
	return find_latin(f, at) || f->t[at] == ':' || f->t[at] == '%' ? 0 : year_end(f, at);
}

/* "2 Nov", "12th of February 2024". */
static size_t
day_month(const struct find *f, size_t at)
{
	int month = 0, day;
	size_t digits = find_int(f, at, 3, &day), n;

	if (digits == 0 || digits > 2)
		return 0;
	at += digits;
	at += ordinal_len(f, at);
	if (f->t[at] == '-')
		at++;
	else if (f->t[at] == ' ')
		at += strncmp(f->t + at, " of ", 4) == 0 ? 4 : 1;
	n = month_len(f, at, &month);
	if (n == 0 || !day_is_valid(0, month, day))
		return 0;
	return year_end(f, at + n);
}

/* "the 21st", unless something else is counted. */
static size_t
the_day(const struct find *f, size_t at)
{
	static const char *const counted[] = { " time", " day", " floor", " flight", " one",
		" leg", " row", " bag", " person", " call", " email", " e-mail", " message",
		" attempt", " night", " century", " class", " seat", " item", " order", " of the",
		" delay", " agent", " rep", " year", " week", " month", " room", " hotel",
		" passenger", " and 2nd", " try", " party", " line", " reason", " thing", NULL };
	int day;
	size_t digits, end;

	if (strncmp(f->t + at, "the ", 4) != 0)
		return 0;
	digits = find_int(f, at + 4, 3, &day);
	if (digits == 0 || digits > 2 || day < 1 || day > 31)
		return 0;
	end = at + 4 + digits;
	if (ordinal_len(f, end) == 0 || find_any(f, end + 2, counted) != 0)
		return 0;
	digits = day_month(f, at + 4);		/* "the 2nd of May" */
	return digits != 0 ? digits : end + 2;
}

size_t
find_date(const struct find *f, size_t at)
{
	int v = 0;
	size_t n, end;

	if (find_letter(f, at))
		return f->t[at] == 't' ? the_day(f, at) : month_day(f, at);
	n = find_int(f, at, 5, &v);
	if (n == 4 || n == 2) {
		size_t next = skip(f, at + n);

		if (strncmp(f->t + next, "年", 3) == 0)
			return han_date(f, skip(f, next + 3), true);
	}
	if ((end = han_date(f, at, false)) != 0 || n == 0)
		return end;
	if ((end = signed_date(f, at)) != 0)
		return end;
	return day_month(f, at);
}
