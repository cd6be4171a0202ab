/* find_place - Chinese addresses: province, city, district, road, house, room
 *
 * An address is known by its first number, for names alone are said of cities too: the
 * number of a house behind the name of a road ("解放路8号"), or of a building or a room
 * behind the name of an estate ("阳光花园3栋").  From there it is followed to both sides:
 * forwards through more numbers with their units, backwards through the names before it.
 */
#include <string.h>

#include "text/find.h"
#include "text/utf8.h"

enum { HAN = 3, NAME_MAX_CHARS = 30, STATED_MAX = 180 };

/* Bytes of the longest of WORDS at AT. */
static size_t
longest(const struct find *f, size_t at, const char *const *words)
{
	size_t best = 0, n;

	for (; *words != NULL; words++) {
		if (**words != f->t[at])
			continue;
		n = strlen(*words);
		if (n > best && strncmp(f->t + at, *words, n) == 0)
			best = n;
	}
	return best;
}

/* Bytes of the longest of WORDS that ends at END. */
static size_t
tail(const struct find *f, size_t end, const char *const *words)
{
	size_t best = 0, n;

	for (; *words != NULL; words++) {
		n = strlen(*words);
		if (n > best && n <= end && memcmp(f->t + end - n, *words, n) == 0)
			best = n;
	}
	return best;
}

static bool
is_han(const struct find *f, size_t at)
{
	const char *p = f->t + at;

	return at < f->len && utf8_is_cjk(utf8_next(&p, f->t + f->len));
}

/* Bytes of a number at AT: 88, 88-2, 12a, 甲8, 八十八. */
static size_t
number_len(const struct find *f, size_t at)
{
	static const char *const heads[] = { "甲", "乙", "丙", "丁", "东", "西", "南", "北", "第", NULL };
	static const char *const numerals[] = { "〇", "零", "一", "二", "三", "四", "五", "六",
		"七", "八", "九", "十", "百", NULL };
	size_t start = at, n, digits = 0;

	at += longest(f, at, heads);
	if (find_latin(f, at)) {
		while (find_latin(f, at) || ((f->t[at] == '-' || f->t[at] == '#' ||
		    f->t[at] == '/') && find_latin(f, at + 1))) {
			digits += find_digit(f, at);
			at++;
		}
		return at - start <= 8 && (digits > 0 || at - start == 1) ? at - start : 0;
	}
	for (digits = 0; digits <= 5 && (n = longest(f, at, numerals)) != 0; digits++)
		at += n;
	return digits > 0 && digits <= 5 ? at - start : 0;
}

static const char *const house_units[] = { "号", "號", "号院", "弄", "支弄", NULL };
/* Units of a first number behind the name of an estate: floors alone are said of malls. */
static const char *const first_units[] = { "号楼", "栋", "幢", "单元", "室", "座", "#", "#楼", "栋楼",
	NULL };
static const char *const building_units[] = { "号楼", "栋", "幢", "单元", "室", "座", "期", "区",
	"层", "楼", "号", "户", "门", "组", "房", "房间", "梯", "队", "巷", "弄", "支弄", "号院", "号门",
	"#", "#楼", "栋楼", NULL };
static const char *const roads[] = { "路", "街", "大道", "道", "巷", "胡同", "弄", "里", "村", "屯",
	"庄", "街道", "社区", "坊", "公路", "马路", "环路", "大街", "条", "埠", "镇", "乡", NULL };
static const char *const estates[] = { "小区", "花园", "公寓", "苑", "家园", "新村", "新城", "名城",
	"府", "邸", "湾", "大厦", "嘉园", "庭", "墅", "雅居", "华庭", "豪庭", "国际", "广场", "中心",
	"宿舍", "社区", "大院", "科技园", "工业园", "村", "里", "园", "城", "居", "轩", "阁", "公馆",
	"院", "路", "街", "巷", NULL };
/* Words that end like roads and estates, and are none before a number. */
static const char *const not_names[] = { "知道", "味道", "频道", "通道", "赛道", "轨道", "隧道", "渠道",
	"报道", "公道", "难道", "一道", "人道", "管道", "车道", "跑道", "线路", "一路", "半路", "道路", "铁路",
	"思路", "出路", "套路", "电路", "走路", "上路", "高速公路", "高速路", "迷路", "铺路", "带路", "问路",
	"绕路", "后路", "赶路", "顺路", "同路", "网路", "退路", "逛街", "上街", "这里", "那里", "哪里", "公里",
	"英里", "心里", "店里", "房里", "家里", "手里", "单里", "屋里", "群里", "里里", "条条", "一条", "这条",
	"两条", "几条", "那条", "进城", "商城", "公园", "景区", "乐园", "动物园", "幼儿园", "医院", "法院",
	"电影院", "影院", "剧院", "政府", "校园", "酒店", "商业街", "步行街", "购物中心", "客服中心", "服务中心",
	"在路", "马路", "过路", "原路", "单元", "个人中心", "城里", "村里", "夜里", "年里", "月里", "天里",
	"会员中心", "居住", "国际", NULL };
/* Where the text before a name ends. */
static const char *const stops[] = { "在", "是", "到", "寄", "住", "址", "送", "的", "我", "你", "他", "她",
	"请", "给", "叫", "跟", "说", "了", "把", "去", "位于", "坐落", "收", "货", "从", "至", "离", "和", "与",
	"或", "有", "就", "要", "想", "用", "该", "这", "那", "哪", "为", "及", "由", "走", "找", "改", "往", NULL };
static const char *const districts[] = { "省", "市", "区", "县", "州", "旗", "镇", "乡", "街道", "开发区",
	"新区", "自治区", "盟", NULL };
static const char *const provinces[] = { "北京", "上海", "天津", "重庆", "河北", "山西", "辽宁", "吉林",
	"黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东", "河南", "湖北", "湖南", "广东", "海南", "四川",
	"贵州", "云南", "陕西", "甘肃", "青海", "台湾", "内蒙古", "广西", "西藏", "宁夏", "新疆", "香港",
	"澳门", NULL };

/* The Han character that ends at END, as its first byte; END itself if there is none. */
static size_t
han_before(const struct find *f, size_t end)
{
	return end >= HAN && is_han(f, end - HAN) ? end - HAN : end;
}

/* Where the names that end at END begin: at a stop, a sign, after NAME_MAX_CHARS.  What
 * stands before the name of a province is text; without a district at most four
 * characters are a name. */
static size_t
names_start(const struct find *f, size_t end)
{
	size_t at = end, chars = 0, district = 0, blank, before;

	while (chars < NAME_MAX_CHARS) {
		blank = at > 0 && f->t[at - 1] == ' ' && tail(f, at - 1, districts) != 0;
		before = han_before(f, at - blank);
		if (before == at - blank || tail(f, at - blank, stops) != 0)
			break;
		if (at < end && tail(f, at - blank, districts) != 0)
			district = at;
		at = before;
		chars++;
		if (longest(f, at, provinces) != 0 && district != 0)
			return at;
		if (district == 0 && chars > 5)
			break;
	}
	return at;
}

/* The start of the names before a number at AT, if one of WORDS ends them; AT if not. */
static size_t
named_start(const struct find *f, size_t at, const char *const *words)
{
	size_t end = at > 0 && f->t[at - 1] == ' ' ? at - 1 : at, n = tail(f, end, words), start;

	if (n == 0 || tail(f, end, not_names) != 0)
		return at;
	start = names_start(f, end);
	return end - start > n ? start : at;
}

/* The end of a number with its unit at AT, 0 if none stands there. */
static size_t
numbered_end(const struct find *f, size_t at, const char *const *units)
{
	static const char *const not_units[] = { "号线", "号机", "号上午", "号下午", "号早", "号晚", "号中午",
		"号出发", "号到", "号入住", "号航站", "号登机", "号窗", "号车", "楼盘", "室内", "层次", "区别",
		"期间", "号召", "座位", "号桌", "号柜", "号口", "号出口", "房间里", "门票", NULL };
	size_t n = number_len(f, at), unit;
	bool figures = find_digit(f, at);

	if (n == 0)
		return 0;
	at += n;
	unit = longest(f, at, units);
	if (!figures && unit == HAN && strncmp(f->t + at, "弄", HAN) == 0)
		return 0;	/* 弄一弄 */
	return unit != 0 && longest(f, at, not_units) == 0 ? at + unit : 0;
}

/* The end of the name of an estate or a building at AT, 0 if none stands there. */
static size_t
estate_end(const struct find *f, size_t at)
{
	size_t p = at, n, chars;

	for (chars = 1; chars <= 8 && is_han(f, p); chars++) {
		p += HAN;
		if (tail(f, p, stops) != 0)
			return 0;
		n = chars > 1 ? tail(f, p, estates) : 0;
		if (n != 0 && p - at > n)
			return tail(f, p, not_names) == 0 ? p : 0;
	}
	return 0;
}

/* Follows an address over further numbers and names of buildings. */
static size_t
follow(const struct find *f, size_t end)
{
	size_t next, p;

	for (;;) {
		next = end + (f->t[end] == ' ' || f->t[end] == ',' || f->t[end] == '-');
		if ((p = numbered_end(f, next, building_units)) != 0) {
			end = p;
		} else if ((p = estate_end(f, next)) != 0) {
			end = p;
			if (number_len(f, p) == 0)
				return end;
		} else {
			/* A bare room number behind it: 5号楼1203. */
			p = find_digit(f, next) ? find_run(f, next) : next;
			return p - next >= 3 && p - next <= 5 && !is_han(f, p) ? p : end;
		}
	}
}

size_t
find_place(const struct find *f, size_t at, size_t *start)
{
	size_t end = numbered_end(f, at, house_units), name = at;

	if (end != 0)
		name = named_start(f, at, roads);
	if (name == at && (end = numbered_end(f, at, first_units)) != 0)
		name = named_start(f, at, estates);
	if (name == at || end == 0)
		return 0;
	*start = name;
	return follow(f, end);
}

/* How much of [AT, END) is an address. */
struct stated {
	size_t parts;		/* names with a suffix, numbers with a unit */
	size_t last;		/* the place behind the last of them */
	bool district, house;
};

/* A part that ends with the Chinese character before P; its name began at NAME. */
static bool
names_part(const struct find *f, size_t name, size_t p, struct stated *st)
{
	size_t n = tail(f, p, districts);
	bool district = n != 0;

	if (n == 0)
		n = tail(f, p, roads);
	if (n == 0)
		n = tail(f, p, estates);
	/* A suffix alone is no name, but one like 科技园 is. */
	if (n == 0 || p - name < n || (p - name == n && n < 3 * HAN) || tail(f, p, not_names) != 0)
		return false;
	st->district |= district;
	return true;
}

static void
read_stated(const struct find *f, size_t at, size_t end, struct stated *st)
{
	size_t p = at, name = at, n;

	*st = (struct stated){ 0, at, longest(f, at, provinces) != 0, false };
	while (p < end) {
		if ((n = numbered_end(f, p, building_units)) != 0 && n <= end) {
			st->house |= st->parts > 0;
			st->parts++;
			st->last = p = name = n;
		} else if (find_latin(f, p)) {
			p = find_run(f, p);
			if (st->house && find_digit(f, p - 1))
				st->last = p;
		} else {
			p += is_han(f, p) ? HAN : 1;
			if (tail(f, p, stops) != 0)
				return;
			if (names_part(f, name, p, st)) {
				st->parts++;
				st->last = name = p;
			}
		}
	}
}

size_t
find_stated_place(const struct find *f, size_t at, size_t *start)
{
	static const char *const places[] = { "地址", "住址", "居住地", "户籍", NULL };
	static const char *const verbs[] = { "家住", "住在", "寄到", "寄往", "寄至", "送到", "送至", "发到",
		"发往", "发至", NULL };
	static const char *const fillers[] = { ":", " ", "是", "为", "在", "改成", "改为", "换成", "了",
		NULL };
	size_t n = longest(f, at, places), end;
	bool place = n != 0;
	struct stated st;

	if (n == 0 && (n = longest(f, at, verbs)) == 0)
		return 0;
	for (at += n; (n = longest(f, at, fillers)) != 0; at += n)
		continue;
	for (end = at; end < f->len && end - at < STATED_MAX && (is_han(f, end) ||
	    find_latin(f, end) || strchr(" -#", f->t[end]) != NULL); )
		end += is_han(f, end) ? HAN : 1;
	read_stated(f, at, end, &st);
	*start = at;
	if (st.last - at < 5 * HAN)
		return 0;
	return st.parts >= 3 || (st.parts >= 2 && st.district && (place || st.house)) ?
	    st.last : 0;
}
