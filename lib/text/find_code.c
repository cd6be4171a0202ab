/* find_code - numbers with letters: flights, passports, plates, order codes */
#include <stdlib.h>
#include <string.h>

#include "text/find.h"
#include "text/utf8.h"

/* IATA codes of airlines that fly regular passenger services, in order. */
static const char airlines[] =
    "3k 3u 4o 4u 5j 6e 6j 7c 7g 8l 9c 9h a3 a6 aa ac ad ae af ai ak am aq ar as at av ay az "
    "b6 b7 ba bc bi bk br bt bx ca cf ci ck cm cn cx cz d7 d8 da dd de dg dl dr dv dz ei ek et "
    "eu ew ey f9 fd fi fj fm fr fu fy fz g3 g4 g5 g8 g9 ga gf gj gk gs gt gx ha hb hc hd ho hu "
    "hv hx hy hz ib id it ix ja jd jj jl jq jr js jt jx ka kc ke kl kn kq ku ky la lh lj ln lo "
    "ls lt lx ly me mf mh mi mk mm ms mt mu nh nk nq ns nx ny nz od ok om os oz pc pg pk pn pr "
    "ps pw py qf qg qh qr qw qz rj ro rs ry s7 sa sc sg sj sk sl sn sq su sv sy tg tk tn to tp "
    "tr tv tw tz u2 u6 ua uk ul uo uq us ut ux va vb vd vj vn vs vx vy vz w6 wb we wf wn ws wy "
    "xj xy y4 y8 yp zb ze zh zl";

static bool
is_airline(const char *code)
{
	const char *p;

	for (p = airlines; p[0] != '\0'; p += p[2] == ' ' ? 3 : 2)
		if (p[0] == code[0] && p[1] == code[1])
			return true;
	return false;
}

static bool
is_word(const char *code)
{
	static const char words[] = "am an as at be by do go if in is it me my no of on or so to "
	    "up us we";
	const char *p;

	for (p = words; p < words + sizeof(words); p += 3)
		if (p[0] == code[0] && p[1] == code[1])
			return true;
	return false;
}

size_t
find_flight(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("航班"), FIND_WORD("flight"), FIND_WORD("flt"), FIND_END
	};
	static const struct find_word no[] = { FIND_END };
	size_t digits = at + 2, n;
	bool said, blank;

	if (!find_latin(f, at) || !find_latin(f, at + 1) ||
	    (find_digit(f, at) && find_digit(f, at + 1)))
		return 0;
	blank = f->t[digits] == ' ' || f->t[digits] == '-';
	digits += blank;
	n = find_run(f, digits) - digits;
	if (n < 3 || n > 4 || strspn(f->t + digits, "0123456789") != n)
		return 0;
	said = find_context(f, at, 24, yes, no) > 0;
	if (!is_airline(f->t + at) && !said)
		return 0;
	/* "flight at 1200" is English, "AS 1200" flies, "flight mu 5101" does too. */
	if (blank && !find_digit(f, at) && !find_digit(f, at + 1) &&
	    !(find_capital(f, at) && find_capital(f, at + 1)) &&
	    (!said || is_word(f->t + at)))
		return 0;
	return digits + n;
}

size_t
find_passport(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("护照"), FIND_WORD("passport"), FIND_WORD("护照号"), FIND_END
	};
	static const struct find_word no[] = {
		FIND_WORD("签证"), FIND_WORD("visa"), FIND_WORD("订单"), FIND_WORD("order"),
		FIND_WORD("单号"), FIND_WORD("booking"), FIND_WORD("运单"), FIND_END
	};
	size_t n = find_run(f, at) - at, letters = 0, i;
	int context;

	if (n < 6 || n > 9)
		return 0;
	for (i = 0; i < n; i++)
		letters += find_letter(f, at + i);
	if (n - letters < 5 || letters > 2)
		return 0;
	context = find_context(f, at, 36, yes, no);
	if (context != 0 || n != 9)
		return context > 0 ? at + n : 0;
	if (letters == 1 && strchr("egdp", f->t[at]) != NULL)
		return at + n;
	return letters == 2 && f->t[at] == 'e' && find_letter(f, at + 1) ? at + n : 0;
}

size_t
find_plate(const struct find *f, size_t at)
{
	static const char *const provinces[] = { "京", "津", "沪", "渝", "冀", "豫", "云", "辽",
		"黑", "湘", "皖", "鲁", "新", "苏", "浙", "赣", "鄂", "桂", "甘", "晋", "蒙", "陕",
		"吉", "闽", "贵", "粤", "青", "藏", "川", "宁", "琼", NULL };
	static const char *const signs[] = { "·", "•", ".", "-", " ", NULL };
	static const char *const ends[] = { "港", "澳", "学", "挂", "警", NULL };
	size_t n = 3, i, digits = 0;	/* a province is one character of three bytes */

	if (f->len - at < n || !find_letter(f, at + n) || find_any(f, at, provinces) == 0)
		return 0;
	at += n + 1;
	at += find_any(f, at, signs);
	n = find_run(f, at) - at;
	for (i = 0; i < n; i++)
		digits += find_digit(f, at + i);
	if (f->secrets && n == 4 && digits >= 2 && find_any(f, at + n, ends) != 0)
		return at + n + 3;
	return (n == 5 || n == 6) && digits >= 2 ? at + n : 0;
}

/* True for parcels: their numbers look like those of orders, and 单号 is said of both. */
static bool
is_waybill(const struct find *f, size_t at)
{
	static const struct find_word orders[] = {
		FIND_WORD("订单"), FIND_WORD("订单号"), FIND_WORD("order"),
		FIND_WORD("booking"), FIND_END
	};
	static const struct find_word nothing[] = { FIND_END };
	static const char *const carriers[] = { "sf", "yt", "jd", "jt", "zto", "sto", "yd",
		"yunda", "ems", "db", "1z", "cn", "tt", "kk", "lp", NULL };

	return find_any(f, at, carriers) != 0 && find_context(f, at, 30, orders, nothing) == 0;
}

size_t
find_order_code(const struct find *f, size_t at)
{
	size_t end = find_run(f, at), n = end - at, digits = 0, lead = 0, i;
	int context;

	if (n < 6 || n > 20)
		return 0;
	for (i = 0; i < n; i++) {
		digits += find_digit(f, at + i);
		lead += digits == 0;
	}
	if (digits < 2 || digits == n)
		return 0;
	if (is_waybill(f, at))
		return 0;
	context = find_order_context(f, at);
	if (context > 0 && (digits >= 4 || (n == 6 && find_capital(f, at + lead - (lead > 0)))))
		return end;
	if (context == 0 && lead >= 1 && lead <= 4 && digits == n - lead && digits >= 8 &&
	    find_capital(f, at))
		return end;
	return 0;
}
