/* mail_mark - the marks mail programs leave in a text */
#include <string.h>
#include <strings.h>

#include "intake/mail_mark.h"

/* Blanks of all kinds that clients put around words: also U+00A0, U+3000, U+200E, U+FEFF. */
static const char *const blanks[] = { " ", "\t", "\r", "\xc2\xa0", "\xe3\x80\x80", "\xe2\x80\x8e",
	"\xef\xbb\xbf" };

static bool
starts(const struct mail_line *l, const char *word)
{
	size_t len = strlen(word);

	return l->len >= len && strncasecmp(l->p, word, len) == 0;
}

static bool
ends(const struct mail_line *l, const char *word)
{
	size_t len = strlen(word);

	return l->len >= len && strncasecmp(l->p + l->len - len, word, len) == 0;
}

static bool
holds(const struct mail_line *l, const char *word)
{
	return memmem(l->p, l->len, word, strlen(word)) != NULL;
}

/* Cuts every leading and trailing WORD of the list off. */
static void
strip(struct mail_line *l, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n && l->len > 0; i++) {
		size_t len = strlen(words[i]);

		if (starts(l, words[i])) {
			l->p += len;
			l->len -= len;
			i = (size_t)-1;
		} else if (ends(l, words[i])) {
			l->len -= len;
			i = (size_t)-1;
		}
	}
}

static struct mail_line
trimmed(const struct mail_line *l)
{
	struct mail_line t = *l;

	strip(&t, blanks, sizeof(blanks) / sizeof(blanks[0]));
	return t;
}

bool
mail_mark_blank(const struct mail_line *l)
{
	return trimmed(l).len == 0;
}

bool
mail_mark_quoted(const struct mail_line *l)
{
	struct mail_line t = trimmed(l);

	return starts(&t, ">");
}

static bool
only(const struct mail_line *l, const char *set)
{
	for (size_t i = 0; i < l->len; i++)
		if (strchr(set, l->p[i]) == NULL || l->p[i] == '\0')
			return false;
	return l->len > 0;
}

bool
mail_mark_ruler(const struct mail_line *l)
{
	struct mail_line t = trimmed(l);

	return t.len >= 5 && only(&t, "-_=*");
}

bool
mail_mark_sign_ruler(const struct mail_line *l)
{
	struct mail_line t = trimmed(l);

	return t.len == 2 && only(&t, "-") && l->p[0] == '-';
}

bool
mail_mark_device(const struct mail_line *l)
{
	static const char *const heads[] = { "sent from my ", "sent from mail for ",
		"sent from outlook", "sent from yahoo", "get outlook for ", "sent via ",
		"发自我的", "发自 ", "发自网易", "发自QQ", "从我的", "来自我的", "获取 Outlook",
		"從我的", "寄自我的", "我的iPhone", "Von meinem ", "Envoyé de mon ",
		"Enviado desde mi ", "Inviato da ", "Отправлено с ", "iPhoneから送信" };
	struct mail_line t = trimmed(l);

	if (t.len > 120)
		return false;
	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (starts(&t, heads[i]))
			return true;
	return false;
}

bool
mail_mark_separator(const struct mail_line *l)
{
	static const char *const rulers[] = { "-", "_", "=", "—", "─", "*", "#", ":", " ",
		"\xc2\xa0" };
	static const char *const words[] = { "original message", "original", "原始邮件", "原始郵件",
		"原邮件", "邮件原件", "回复的原邮件", "原始消息", "original appointment",
		"reply message", "ursprüngliche nachricht", "message d'origine",
		"message d’origine", "mensaje original", "messaggio originale",
		"mensagem original", "oorspronkelijk bericht", "Исходное сообщение",
		"元のメッセージ", "원본 메시지", "please type your reply above this line",
		"reply above this line", "请在此行以上回复", "请在此行上方回复" };
	struct mail_line t = trimmed(l), bare = t;

	strip(&bare, rulers, sizeof(rulers) / sizeof(rulers[0]));
	if (bare.len + 4 > t.len)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (bare.len == strlen(words[i]) && starts(&bare, words[i]))
			return true;
	return false;
}

enum { KEY_FROM = 1, KEY_SENT = 2, KEY_DATE = 4, KEY_TO = 8, KEY_SUBJECT = 16, KEY_CC = 32 };

static const struct {
	const char *word;
	int key;
} keys[] = {
	{ "from", KEY_FROM }, { "发件人", KEY_FROM }, { "寄件者", KEY_FROM },
	{ "寄件人", KEY_FROM }, { "von", KEY_FROM }, { "de", KEY_FROM }, { "da", KEY_FROM },
	{ "van", KEY_FROM }, { "От", KEY_FROM }, { "差出人", KEY_FROM },
	{ "보낸 사람", KEY_FROM },
	{ "sent", KEY_SENT }, { "发送时间", KEY_SENT }, { "发送日期", KEY_SENT },
	{ "發送時間", KEY_SENT }, { "寄件日期", KEY_SENT }, { "傳送日期", KEY_SENT },
	{ "gesendet", KEY_SENT }, { "envoyé", KEY_SENT }, { "enviado", KEY_SENT },
	{ "inviato", KEY_SENT }, { "verzonden", KEY_SENT }, { "Отправлено", KEY_SENT },
	{ "送信日時", KEY_SENT }, { "보낸 날짜", KEY_SENT },
	{ "date", KEY_DATE }, { "日期", KEY_DATE }, { "时间", KEY_DATE }, { "時間", KEY_DATE },
	{ "datum", KEY_DATE }, { "fecha", KEY_DATE }, { "data", KEY_DATE }, { "Дата", KEY_DATE },
	{ "to", KEY_TO }, { "收件人", KEY_TO }, { "收件者", KEY_TO }, { "an", KEY_TO },
	{ "à", KEY_TO }, { "para", KEY_TO }, { "a", KEY_TO }, { "aan", KEY_TO },
	{ "Кому", KEY_TO }, { "宛先", KEY_TO }, { "받는 사람", KEY_TO },
	{ "subject", KEY_SUBJECT }, { "主题", KEY_SUBJECT }, { "主旨", KEY_SUBJECT },
	{ "主題", KEY_SUBJECT }, { "betreff", KEY_SUBJECT }, { "objet", KEY_SUBJECT },
	{ "asunto", KEY_SUBJECT }, { "oggetto", KEY_SUBJECT }, { "assunto", KEY_SUBJECT },
	{ "onderwerp", KEY_SUBJECT }, { "Тема", KEY_SUBJECT }, { "件名", KEY_SUBJECT },
	{ "제목", KEY_SUBJECT },
	{ "cc", KEY_CC }, { "抄送", KEY_CC }, { "副本", KEY_CC }, { "kopie", KEY_CC },
	{ "copie", KEY_CC }, { "Копия", KEY_CC },
};

/* Which header the line shows, 0 if none. */
static int
header_key(const struct mail_line *l)
{
	static const char *const fat[] = { "*", " ", "\xc2\xa0", "\xe3\x80\x80" };
	struct mail_line t = trimmed(l);
	const char *colon = memchr(t.p, ':', t.len), *wide = memmem(t.p, t.len, "：", 3);

	if (colon == NULL || (wide != NULL && wide < colon))
		colon = wide;
	if (colon == NULL)
		return 0;
	t.len = (size_t)(colon - t.p);
	strip(&t, fat, sizeof(fat) / sizeof(fat[0]));
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (t.len == strlen(keys[i].word) && starts(&t, keys[i].word))
			return keys[i].key;
	return 0;
}

static int
count_bits(int bits)
{
	int n = 0;

	for (; bits != 0; bits &= bits - 1)
		n++;
	return n;
}

bool
mail_mark_header_block(const struct mail_line *l, size_t n)
{
	int seen = 0, strange = 0;
	bool address = false;

	if ((header_key(l) & (KEY_FROM | KEY_SENT | KEY_DATE)) == 0)
		return false;
	for (size_t i = 0; i < n && i < 12 && strange < 3; i++) {
		int key = header_key(&l[i]);

		if (key == 0 && !mail_mark_blank(&l[i]))
			strange++;
		seen |= key;
		address |= key == KEY_FROM && holds(&l[i], "@");
	}
	return (seen & KEY_FROM) != 0 && count_bits(seen & ~KEY_CC) >= 3 &&
	    (address || (seen & (KEY_SUBJECT | KEY_SENT)) != 0);
}

static bool
digit(const struct mail_line *l, size_t i)
{
	return i < l->len && l->p[i] >= '0' && l->p[i] <= '9';
}

/* A time of day, 9:05. */
static bool
timed(const struct mail_line *l)
{
	for (size_t i = 1; i + 1 < l->len; i++)
		if (l->p[i] == ':' && digit(l, i - 1) && digit(l, i + 1))
			return true;
	return false;
}

/* A time of day or a year. */
static bool
dated(const struct mail_line *l)
{
	size_t run = 0;

	for (size_t i = 0; i < l->len; i++) {
		run = digit(l, i) ? run + 1 : 0;
		if (run == 4 && !digit(l, i + 1))
			return true;
	}
	return timed(l);
}

static bool
says_wrote(const struct mail_line *l)
{
	static const char *const last[] = { "wrote", "写道", "寫道", "schrieb", "a écrit",
		"escribió", "ha scritto", "escreveu", "schreef", "skrev", "написал", "написала",
		"написал(а)", "пишет", "のメール", "書きました", "작성" };
	static const char *const within[] = { " schrieb ", " schreef ", " skrev ", " a écrit " };

	for (size_t i = 0; i < sizeof(last) / sizeof(last[0]); i++)
		if (ends(l, last[i]))
			return true;
	for (size_t i = 0; i < sizeof(within) / sizeof(within[0]); i++)
		if (holds(l, within[i]))
			return true;
	return false;
}

static bool
is_word_line(const struct mail_line *l)
{
	return !mail_mark_blank(l) && !mail_mark_quoted(l);
}

size_t
mail_mark_attribution(const struct mail_line *lines, size_t i, bool quote)
{
	static const char *const colons[] = { ":", "：" };
	struct mail_line last = trimmed(&lines[i]), bare = last;
	size_t first = i;
	bool wrote, address;

	strip(&bare, colons, 2);
	if (bare.len == last.len || bare.p != last.p || bare.len > 500)
		return i + 1;
	strip(&bare, blanks, sizeof(blanks) / sizeof(blanks[0]));
	wrote = says_wrote(&bare);
	while (!dated(&lines[first]) && first > 0 && i - first < 3 &&
	    is_word_line(&lines[first - 1]))
		first--;
	if (!dated(&lines[first]))
		first = i;
	address = holds(&lines[first], "@") || holds(&last, "@") || holds(&last, "<");
	if (quote)
		return (wrote ? address || dated(&lines[first]) :
		    address && dated(&lines[first])) ? first : i + 1;
	return wrote && (address || timed(&lines[first])) ? first : i + 1;
}
