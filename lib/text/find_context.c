/* find_context - what the words before a number say of it */
#include <string.h>

#include "text/find.h"

/* True if the Latin word [AT, END) is a part of another: "cell" in "cancelling". */
static bool
is_part(const struct find *f, size_t at, size_t end)
{
	return (find_letter(f, at) && at > 0 && find_letter(f, at - 1)) ||
	    (find_letter(f, end - 1) && find_letter(f, end) && f->t[end] != 's');
}

static size_t
ends_with(const struct find *f, size_t start, size_t end, const struct find_word *words)
{
	size_t longest = 0;

	for (; words->n != 0; words++)
		if (words->n > longest && words->n <= end - start &&
		    words->s[words->n - 1] == f->t[end - 1] &&
		    memcmp(f->t + end - words->n, words->s, words->n) == 0 &&
		    !(f->secrets && is_part(f, end - words->n, end)))
			longest = words->n;
	return longest;
}

int
find_context(const struct find *f, size_t at, size_t window,
    const struct find_word *yes, const struct find_word *no)
{
	size_t start = at > window ? at - window : 0, end, y, n;

	for (end = at; end > start; end--) {
		/* What was masked before says nothing: "[phone#1] 1234567". */
		if (f->secrets && strchr("]>}", f->t[end - 1]) != NULL)
			break;
		y = ends_with(f, start, end, yes);
		n = ends_with(f, start, end, no);
		if (y != 0 || n != 0)
			return y > n ? 1 : -1;
	}
	return 0;
}

int
find_order_context(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("订单"), FIND_WORD("单号"), FIND_WORD("预订"), FIND_WORD("预定"),
		FIND_WORD("订的"), FIND_WORD("order"), FIND_WORD("booking"),
		FIND_WORD("purchase"), FIND_WORD("reference"), FIND_WORD("reservation"),
		FIND_WORD("confirmation"), FIND_WORD("订单号"), FIND_WORD("pnr"), FIND_END
	};
	static const struct find_word no[] = {
		FIND_WORD("运单"), FIND_WORD("运单号"), FIND_WORD("快递"),
		FIND_WORD("快递单号"), FIND_WORD("物流单号"), FIND_WORD("物流"),
		FIND_WORD("waybill"), FIND_WORD("tracking"), FIND_WORD("awb"),
		FIND_WORD("投诉单"), FIND_WORD("投诉单号"), FIND_WORD("工单"),
		FIND_WORD("工单号"), FIND_WORD("工号"), FIND_WORD("case"),
		FIND_WORD("ticket"), FIND_WORD("行李牌"), FIND_WORD("tag"),
		FIND_WORD("票号"), FIND_WORD("税号"), FIND_WORD("信用代码"),
		FIND_WORD("账号"), FIND_WORD("帐号"), FIND_WORD("卡号"),
		FIND_WORD("银行卡"), FIND_WORD("微信"), FIND_WORD("wechat"),
		FIND_WORD("vx"), FIND_WORD("qq"), FIND_WORD("群"), FIND_WORD("身份证"),
		FIND_WORD("证件"), FIND_WORD("尾号"), FIND_WORD("bill"), FIND_WORD("账单"),
		FIND_WORD("护照"), FIND_WORD("passport"), FIND_WORD("签证"),
		FIND_WORD("visa"), FIND_WORD("序列号"), FIND_WORD("serial"),
		FIND_WORD("流水"), FIND_WORD("流水号"), FIND_WORD("交易号"),
		FIND_WORD("transaction"), FIND_WORD("会员"), FIND_WORD("member"),
		FIND_WORD("电话"), FIND_WORD("手机"), FIND_WORD("phone"), FIND_WORD("call"),
		FIND_WORD("text"), FIND_WORD("txt"), FIND_WORD("tel"), FIND_WORD("邮编"),
		FIND_WORD("邀请码"), FIND_WORD("invoice"), FIND_END
	};

	return find_context(f, at, 60, yes, no);
}
