/* period_say - what people call a range of time */
#include "report/period.h"
#include "time/tm.h"

static const char *const months[] = { "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug",
	"Sep", "Oct", "Nov", "Dec" };
static const char *const weekdays[LANGS][7] = {
	[LANG_EN] = { "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun" },
	[LANG_ZH] = { "周一", "周二", "周三", "周四", "周五", "周六", "周日" },
};

void
period_say_day(int64_t day, bool with_year, enum lang lang, struct buf *out)
{
	struct tm_date d = tm_date(day);

	if (lang == LANG_ZH && with_year)
		buf_fmt(out, "%d年", d.year);
	if (lang == LANG_ZH)
		buf_fmt(out, "%d月%d日", d.month, d.day);
	else
		buf_fmt(out, "%d %s", d.day, months[d.month - 1]);
	if (lang == LANG_EN && with_year)
		buf_fmt(out, " %d", d.year);
}

/* "28 Sep - 4 Oct 2026": the year once if it is the same. */
static void
say_days(int64_t first, int64_t last, bool with_year, enum lang lang, struct buf *out)
{
	bool same = tm_date(first).year == tm_date(last).year;

	if (lang == LANG_ZH) {
		period_say_day(first, with_year || !same, lang, out);
		buf_str(out, "至");
		period_say_day(last, !same, lang, out);
	} else {
		period_say_day(first, !same, lang, out);
		buf_str(out, "\u2009\u2013\u2009");
		period_say_day(last, true, lang, out);
	}
}

static void
say_week(const struct period *p, enum lang lang, struct buf *out)
{
	int64_t thursday = p->first_day + 3;
	int year = tm_date(thursday).year;
	int64_t week = (thursday - tm_days((struct tm_date){ year, 1, 1 })) / 7 + 1;

	if (lang == LANG_ZH)
		buf_fmt(out, "%d年第%lld周（", year, (long long)week);
	else
		buf_fmt(out, "Week %lld, ", (long long)week);
	say_days(p->first_day, p->first_day + 6, false, lang, out);
	if (lang == LANG_ZH)
		buf_str(out, "）");
}

static void
say_moment(int64_t at, const struct zone *z, struct buf *out)
{
	char text[TM_SIZE];

	tm_format(at, z, text);
	text[10] = ' ';
	buf_add(out, text, 16);
}

static void
say_times(const struct period *p, const struct zone *z, enum lang lang, struct buf *out)
{
	if (p->from_at != INT64_MIN) {
		buf_str(out, lang == LANG_ZH ? "自" : "from ");
		say_moment(p->from_at, z, out);
	}
	if (p->to_at != INT64_MAX) {
		buf_str(out, lang == LANG_ZH ? "至" : p->from_at != INT64_MIN ? " until " :
		    "until ");
		say_moment(p->to_at, z, out);
	}
}

void
period_say(const struct period *p, const struct zone *z, enum lang lang, struct buf *out)
{
	struct tm_date d = tm_date(p->first_day);

	switch (p->kind) {
	case PERIOD_ALL:
		buf_str(out, lang == LANG_ZH ? "全部时间" : "all time");
		break;
	case PERIOD_TIMES:
		say_times(p, z, lang, out);
		break;
	case PERIOD_DAYS:
		if (p->days > 1) {
			say_days(p->first_day, p->first_day + p->days - 1, true, lang, out);
			break;
		}
		if (lang == LANG_EN)
			buf_fmt(out, "%s ", weekdays[lang][tm_weekday(p->first_day)]);
		period_say_day(p->first_day, true, lang, out);
		if (lang == LANG_ZH)
			buf_str(out, weekdays[lang][tm_weekday(p->first_day)]);
		break;
	case PERIOD_WEEK:
		say_week(p, lang, out);
		break;
	case PERIOD_MONTH:
		if (lang == LANG_ZH)
			buf_fmt(out, "%d年%d月", d.year, d.month);
		else
			buf_fmt(out, "%s %d", months[d.month - 1], d.year);
		break;
	}
}

const char *
period_say_before(const struct period *p, enum lang lang)
{
	static const char *const said[LANGS][PERIOD_MONTH + 1] = {
		[LANG_EN] = { "the period before", "the period before", "the days before",
			"the week before", "the month before" },
		[LANG_ZH] = { "上一时段", "上一时段", "之前同样天数", "上一周", "上一月" },
	};

	if (p->kind == PERIOD_DAYS && p->days == 1)
		return lang == LANG_ZH ? "前一天" : "the day before";
	return said[lang][p->kind];
}
