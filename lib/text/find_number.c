/* find_number - order, phone, identity and bank card numbers */
#include <string.h>

#include "text/checks.h"
#include "text/find_digits.h"
#include "text/phone.h"

/* 1 if AT is the place of a bank card's number, -1 of another's, 0 unknown. */
static int
card_context(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("银行卡"), FIND_WORD("卡号"), FIND_WORD("信用卡"), FIND_WORD("储蓄卡"),
		FIND_WORD("借记卡"), FIND_WORD("银联"), FIND_WORD("工行"), FIND_WORD("建行"),
		FIND_WORD("农行"), FIND_WORD("中行"), FIND_WORD("招行"), FIND_WORD("交行"),
		FIND_WORD("银行"), FIND_WORD("card"), FIND_WORD("visa"), FIND_WORD("mastercard"),
		FIND_WORD("amex"), FIND_WORD("credit"), FIND_WORD("debit"), FIND_END
	};
	static const struct find_word no[] = {
		FIND_WORD("订单"), FIND_WORD("订单号"), FIND_WORD("单号"), FIND_WORD("运单"),
		FIND_WORD("快递"), FIND_WORD("order"), FIND_WORD("booking"), FIND_WORD("tracking"),
		FIND_WORD("会员卡"), FIND_WORD("会员卡号"), FIND_WORD("流水号"),
		FIND_WORD("交易号"), FIND_WORD("transaction"), FIND_WORD("boarding card"),
		FIND_WORD("reference"), FIND_WORD("票号"), FIND_END
	};

	return find_context(f, at, 60, yes, no);
}

/* A card: certain by itself if its issuer has such cards, else only where the text says
 * that it is one. */
static size_t
card_group(const struct find *f, size_t at, const struct digits *g)
{
	size_t n, i;
	int issuer, card;

	for (n = g->n < 19 ? g->n : 19; n >= 12; n--) {
		i = digits_group(g, n);
		if (i == 0 || (issuer = card_issuer(g->d, n)) < (f->secrets ? 1 : 2) ||
		    !luhn_is_valid(g->d, n))
			continue;
		card = f->secrets ? card_context(f, at) : 0;
		if (card < 0 || (card == 0 && find_order_context(f, at) > 0))
			return 0;
		if (issuer + card >= 2)
			return i;
	}
	return 0;
}

/* 1 if AT is the place of an identity number. */
static int
id_context(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("身份证"), FIND_WORD("证件"), FIND_WORD("证号"), FIND_WORD("身份号码"),
		FIND_WORD("sfz"), FIND_WORD("id card"), FIND_WORD("id number"),
		FIND_WORD("id no"), FIND_WORD("identity"), FIND_END
	};
	static const struct find_word no[] = {
		FIND_WORD("订单"), FIND_WORD("单号"), FIND_WORD("order"), FIND_WORD("手机"),
		FIND_WORD("电话"), FIND_WORD("卡号"), FIND_WORD("phone"), FIND_END
	};

	return find_context(f, at, 48, yes, no);
}

static size_t
id_group(const struct find *f, size_t at, const struct digits *g)
{
	size_t i;

	if ((i = digits_group(g, 18)) != 0 && id_card_is_valid(g->d))
		return i;
	if (f->secrets && (i = digits_group(g, 15)) != 0 && id_card15_is_valid(g->d) &&
	    id_context(f, at) > 0)
		return i;
	return 0;
}

/* True if the first eleven digits are a mobile number. */
static bool
is_mobile(const struct digits *g)
{
	char text[12] = "";

	memcpy(text, g->d, g->n < 11 ? g->n : 11);
	return phone_is_cn_mobile(text);
}

/* "+" and 8 to 15 digits; of Chinese numbers exactly as many as there should be. */
static size_t
plus_group(const struct digits *g)
{
	char text[DIGITS_MAX + 2] = "+", out[PHONE_SIZE];
	size_t i;

	for (i = g->groups; i > 0; i--) {
		memcpy(text + 1, g->d, g->upto[i - 1]);
		text[g->upto[i - 1] + 1] = '\0';
		if (g->upto[i - 1] <= 15 && phone_e164(text, "CN", out))
			return i;
	}
	return 0;
}

static bool
is_hotline(const struct digits *g)
{
	return (strncmp(g->d, "400", 3) == 0 || strncmp(g->d, "800", 3) == 0) &&
	    digits_group(g, 10) != 0;
}

size_t
find_hotline(const struct find *f, size_t at)
{
	static const char *const toll_free[] = { "800", "888", "877", "866", "855", "844",
		"833", NULL };
	struct digits g;
	size_t i;

	if (strchr("148", f->t[at]) == NULL)
		return 0;
	digits_read(f, at, SIGNS_PLAIN, &g);
	if (is_hotline(&g))
		return g.end[digits_group(&g, 10) - 1];
	/* 1-866-555-0100; without the signs it is a Chinese mobile number. */
	if (g.groups < 3 || g.upto[0] != 1 || g.upto[1] != 4 || (i = digits_group(&g, 11)) == 0)
		return 0;
	for (size_t k = 0; toll_free[k] != NULL; k++)
		if (strncmp(g.d + 1, toll_free[k], 3) == 0)
			return g.end[i - 1];
	return 0;
}

/* 1 if AT is the place of somebody's telephone number, -1 of another number. */
static int
phone_context(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("电话"), FIND_WORD("手机"), FIND_WORD("座机"), FIND_WORD("联系方式"),
		FIND_WORD("联系人"), FIND_WORD("致电"), FIND_WORD("传真"), FIND_WORD("手机号"),
		FIND_WORD("电话号码"), FIND_WORD("手机号码"), FIND_WORD("电联"),
		FIND_WORD("tel"), FIND_WORD("phone"), FIND_WORD("mobile"), FIND_WORD("cell"),
		FIND_WORD("call"), FIND_WORD("call me at"), FIND_WORD("text me"),
		FIND_WORD("reach me at"), FIND_WORD("contact"), FIND_WORD("contact me"),
		FIND_WORD("whatsapp"), FIND_WORD("fax"), FIND_WORD("phone number"),
		FIND_WORD("my number"), FIND_WORD("telephone"), FIND_WORD("number is"),
		FIND_WORD("calling from"), FIND_WORD("dial"), FIND_WORD("messages to"),
		FIND_WORD("sms to"), FIND_WORD("answering at"), FIND_WORD("ring"),
		FIND_WORD("reach us at"), FIND_WORD("拨打"), FIND_WORD("打我"), FIND_END
	};
	static const struct find_word no[] = {
		FIND_WORD("订单"), FIND_WORD("单号"), FIND_WORD("运单"), FIND_WORD("快递"),
		FIND_WORD("order"), FIND_WORD("order number"), FIND_WORD("order number is"),
		FIND_WORD("booking"), FIND_WORD("booking number is"), FIND_WORD("tracking"),
		FIND_WORD("reference"), FIND_WORD("ticket"), FIND_WORD("case"),
		FIND_WORD("case number is"), FIND_WORD("ticket number is"), FIND_WORD("invoice"),
		FIND_WORD("tracking number is"), FIND_WORD("flight"), FIND_WORD("flight number is"),
		FIND_WORD("phone case"), FIND_WORD("call id"), FIND_WORD("card"),
		FIND_WORD("card number is"), FIND_WORD("account number is"), FIND_WORD("zip"),
		FIND_WORD("phone bill"), FIND_WORD("卡号"), FIND_WORD("会员"), FIND_WORD("工单"),
		FIND_WORD("票号"), FIND_WORD("邮编"), FIND_WORD("尾号"), FIND_WORD("验证码"),
		FIND_WORD("code"), FIND_WORD("confirmation number is"), FIND_WORD("tag"),
		FIND_WORD("tag number"), FIND_WORD("行李牌"), FIND_WORD("purchase"),
		FIND_WORD("工号"), FIND_WORD("税号"), FIND_WORD("流水号"), FIND_END
	};

	return find_context(f, at, 40, yes, no);
}

/* True unless an order stands directly before the mobile number at AT: where that is not
 * said so plainly, better an order hidden than a telephone shown. */
static bool
is_telephone(const struct find *f, size_t at)
{
	enum { DIRECTLY = 18 };	/* bytes of "订单号码是:" */
	static const struct find_word orders[] = {
		FIND_WORD("订单"), FIND_WORD("单号"), FIND_WORD("order"), FIND_WORD("booking"),
		FIND_WORD("reference"), FIND_END
	};
	static const struct find_word nothing[] = { FIND_END };

	return phone_context(f, at) > 0 || find_context(f, at, DIRECTLY, orders, nothing) == 0;
}

/* A mobile number (perhaps after 86) or a landline with its area code. */
static size_t
phone_group(const struct find *f, size_t at, const struct digits *g, int context)
{
	static const size_t lens[] = { 11, 12, 10, 13, 15, 14 };
	char text[DIGITS_MAX + 1], out[PHONE_SIZE];
	size_t k, i;

	for (k = 0; k < sizeof(lens) / sizeof(*lens); k++) {
		i = digits_group(g, lens[k]);
		if (i == 0 || (context > 0 && i == 1))
			continue;
		memcpy(text, g->d, lens[k]);
		text[lens[k]] = '\0';
		if (!phone_e164(text, "CN", out))
			continue;
		/* A landline could be many things. */
		if (!f->secrets || text[0] != '0' || phone_context(f, at) >= 0)
			return i;
	}
	return 0;
}

/* True if what follows a number that ends at AT says that it is a telephone's. */
static bool
is_called_phone(const struct find *f, size_t at)
{
	static const char *const words[] = { "office", "fax", "mobile", "cell", "(mobile", "(cell",
		"(fax", "(office", "(home", "手机", "座机", "传真", "(手机", NULL };

	at += f->t[at] == ' ' || f->t[at] == '-';
	return find_any(f, at, words) != 0;
}

/* A number whose country or area is left out, by its shape (780-999-2181) or because the
 * text says that it is one. */
static size_t
local_group(const struct find *f, size_t at, const struct digits *g, bool bracket)
{
	size_t i = digits_group(g, 10), most;

	if (is_hotline(g))
		return 0;
	if (i == 3 && g->upto[0] == 3 && g->upto[1] == 6 && g->d[0] >= '2' && g->d[3] >= '2' &&
	    (bracket || f->t[g->end[0]] == f->t[g->end[1]] || f->t[g->end[0]] == ')'))
		return i;
	for (most = g->groups; most > 0 && g->upto[most - 1] > 15; most--)
		continue;
	if (most == 0 || g->upto[most - 1] < 7)
		return 0;
	return (bracket && g->groups >= 2) || phone_context(f, at) > 0 ||
	    is_called_phone(f, g->end[most - 1]) ? most : 0;
}

/* An order number: one group wherever it stands plainly, several where the text says
 * so.  Numbers another word lays claim to are none. */
static size_t
order_group(const struct digits *g, int context)
{
	size_t i;

	if (context < 0 || is_hotline(g))
		return 0;
	for (i = context > 0 ? g->groups : 1; i > 0; i--)
		if (g->upto[i - 1] >= 10 && g->upto[i - 1] <= 19)
			return i;
	return 0;
}

/* Three groups with dots between them, 138.0013.8000: telephones alone. */
static size_t
dotted(const struct find *f, size_t at)
{
	struct digits g;
	size_t i;

	digits_read(f, at, SIGNS_DOTS, &g);
	if (g.groups < 3 || g.n < 8)
		return 0;
	i = digits_group(&g, 11);
	if (i != 0 && is_mobile(&g))
		return g.end[i - 1];
	i = phone_context(f, at) > 0 || (g.upto[0] == 3 && g.upto[1] == 6) ?
	    digits_group(&g, 10) : 0;
	return i != 0 ? g.end[i - 1] : 0;
}

size_t
find_number(const struct find *f, size_t at, enum finding_kind *kind)
{
	bool plus = f->t[at] == '+', bracket = f->t[at] == '(';
	struct digits g;
	int context;
	size_t i, end;

	digits_read(f, at + (plus || bracket), f->secrets ? SIGNS_SECRET : SIGNS_PLAIN, &g);
	*kind = FIND_PHONE;
	if (f->secrets && g.groups > 0 && g.upto[0] <= 4 && f->t[g.end[0]] == '.' &&
	    (end = dotted(f, at + (plus || bracket))) != 0)
		return end;
	if (g.groups == 0 || g.upto[g.groups - 1] < (f->secrets ? 7 : 8) ||
	    (bracket && g.upto[0] > 5))
		return 0;
	if (plus)
		return (i = plus_group(&g)) != 0 ? g.end[i - 1] : 0;
	if ((i = id_group(f, at, &g)) != 0) {
		*kind = FIND_ID_CARD;
		return g.end[i - 1];
	}
	if ((i = card_group(f, at, &g)) != 0) {
		*kind = FIND_BANK_CARD;
		return g.end[i - 1];
	}
	context = find_order_context(f, at);
	if (f->secrets && context > 0 && is_mobile(&g) && is_telephone(f, at))
		context = 0;
	if ((i = phone_group(f, at, &g, context)) != 0)
		*kind = FIND_PHONE;
	else if (f->secrets && (i = local_group(f, at, &g, bracket)) != 0)
		*kind = FIND_PHONE;
	else if (!bracket && (i = order_group(&g, context)) != 0)
		*kind = FIND_ORDER_NO;
	return i != 0 ? g.end[i - 1] : 0;
}
