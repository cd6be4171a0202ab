/* find_social - accounts of social networks, known by the word before them */
#include <string.h>

#include "text/find.h"

enum { FARTHEST = 40, LEAST = 5, MOST = 30 };

enum network { NONE, WECHAT, QQ, OTHER };

static const struct name {
	const char *s;
	enum network network;
} names[] = {
	{ "微信", WECHAT }, { "薇信", WECHAT }, { "威信", WECHAT }, { "v信", WECHAT },
	{ "wechat", WECHAT }, { "weixin", WECHAT }, { "wx", WECHAT }, { "vx", WECHAT },
	{ "v", WECHAT }, { "加v", WECHAT }, { "+v", WECHAT }, { "加薇", WECHAT },
	{ "加微", WECHAT }, { "绿泡泡", WECHAT },
	{ "qq", QQ }, { "扣扣", QQ }, { "企鹅", QQ }, { "q号", QQ },
	{ "telegram", OTHER }, { "whatsapp", OTHER }, { "line id", OTHER }, { "skype", OTHER },
	{ "instagram", OTHER }, { "facebook", OTHER }, { "twitter", OTHER },
	{ "微博", OTHER }, { "抖音", OTHER }, { "快手", OTHER }, { "小红书", OTHER },
	{ "支付宝", OTHER }, { "钉钉", OTHER }, { "飞书", OTHER }, { "alipay", OTHER },
	{ "陌陌", OTHER },
};

/* What may stand between the word and the account; strong ones make sure it is one. */
static const struct filler {
	const char *s;
	bool strong;
} fillers[] = {
	{ " ", false }, { ":", true }, { "=", true }, { "号码", true }, { "账号", true },
	{ "帐号", true }, { "号", true }, { "id", true }, { "是", true }, { "为", true },
	{ "我的", false }, { "我", false }, { "(", false }, { "\"", false }, { "“", false },
	{ "【", false }, { "[", false }, { "is", false }, { "no.", true }, { "-", false },
	{ "handle", true }, { "@", true }, { "username", true }, { "account", false }, { "~", false },
	{ "number", false }, { "'s", false },
};

/* Bytes of S if the text before END ends with it, and it is not the end of another word. */
static size_t
ends_in(const struct find *f, size_t end, const char *s)
{
	size_t n = strlen(s);

	if (n > end || f->t[end - 1] != s[n - 1] || memcmp(f->t + end - n, s, n) != 0)
		return 0;
	if (*s >= 'a' && *s <= 'z' && end > n && find_latin(f, end - n - 1))
		return 0;
	return n;
}

/* The network whose name stands before AT, with nothing but fillers between. */
static enum network
network_before(const struct find *f, size_t at, bool *strong)
{
	size_t least = at > FARTHEST ? at - FARTHEST : 0, i, n;

	*strong = false;
	while (at > least) {
		for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
			n = ends_in(f, at, names[i].s);
			/* "v" alone is too short to mean anything without more. */
			if (n > 1 || (n == 1 && *strong))
				return names[i].network;
		}
		for (i = 0, n = 0; i < sizeof(fillers) / sizeof(*fillers) && n == 0; i++)
			if ((n = ends_in(f, at, fillers[i].s)) != 0)
				*strong |= fillers[i].strong;
		if (n == 0)
			return NONE;
		at -= n;
	}
	return NONE;
}

/* Words that follow the name of a network and are no account. */
static bool
is_plain_word(const struct find *f, size_t at, size_t n)
{
	static const char *const words[] = { "payment", "payments", "wallet", "official", "account",
		"number", "message", "messages", "please", "android", "iphone", "wechat", "weixin",
		"whatsapp", "group", "groups", "support", "service", "transfer", "refund", "please",
		"alipay", "login", "nickname", "unionpay", "credit", "banking",
		"video", "music", NULL };
	size_t i;

	for (i = 0; words[i] != NULL; i++)
		if (strlen(words[i]) == n && strncmp(f->t + at, words[i], n) == 0)
			return true;
	return false;
}

static bool
is_account(enum network net, const struct find *f, size_t at, size_t n, bool strong)
{
	size_t i, digits = 0, signs = 0;

	for (i = 0; i < n; i++) {
		digits += find_digit(f, at + i);
		signs += f->t[at + i] == '_' || f->t[at + i] == '-';
	}
	if (digits == n)	/* no year, no time; others than QQ have no bare numbers */
		return n >= LEAST && n <= 11 && f->t[at] != '0' && (net == QQ || (strong && n > 7));
	if (net == QQ)
		return false;
	if (net == WECHAT && (n < 6 || n > 20 || !find_letter(f, at)))
		return false;
	if (n < LEAST || n > MOST || is_plain_word(f, at, n))
		return false;
	return strong || (digits > 0 && digits < n) || signs > 0;
}

/* True if any network is named in the whole text: most texts need no closer look. */
static bool
is_named(const struct find *f)
{
	size_t i;

	if (f->cursor->social == SOCIAL_UNKNOWN) {
		f->cursor->social = strstr(f->t, "v:") != NULL || strstr(f->t, "wxid") != NULL ?
		    SOCIAL_NAMED : SOCIAL_NONE;
		for (i = 0; i < sizeof(names) / sizeof(*names); i++)
			if (names[i].s[1] != '\0' && strstr(f->t, names[i].s) != NULL)
				f->cursor->social = SOCIAL_NAMED;
	}
	return f->cursor->social == SOCIAL_NAMED;
}

size_t
find_social(const struct find *f, size_t at)
{
	size_t n = 0;
	enum network net;
	bool strong;

	while (n <= MOST && (find_latin(f, at + n) || f->t[at + n] == '_' ||
	    f->t[at + n] == '-' || (f->t[at + n] == '.' && find_latin(f, at + n + 1))))
		n++;
	while (n > 0 && (f->t[at + n - 1] == '-'))
		n--;
	if (n >= 11 && strncmp(f->t + at, "wxid_", 5) == 0)
		return at + n;
	if (n < LEAST || at == 0 || !is_named(f))
		return 0;
	net = network_before(f, at, &strong);
	return net != NONE && is_account(net, f, at, n, strong) ? at + n : 0;
}
