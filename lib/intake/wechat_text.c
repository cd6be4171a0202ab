/* wechat_text - what a message of WeChat's own database says, in words */
#include <stdlib.h>
#include <string.h>

#include "intake/wechat_text.h"

/* Types of messages, and the attribute that says how long or what. */
static const struct kind {
	int type;
	const char *label, *attribute;
	int per_second;		/* of a length; 0: the attribute is a name */
} kinds[] = {
	{ 3, "图片", NULL, 0 }, { 34, "语音", "voicelength", 1000 },
	{ 42, "名片", "nickname", 0 }, { 43, "视频", "playlength", 1 },
	{ 44, "视频", "playlength", 1 }, { 47, "表情", NULL, 0 }, { 48, "位置", "poiname", 0 },
	{ 50, "通话", NULL, 0 }, { 62, "小视频", "playlength", 1 }, { 66, "企业名片", "nickname", 0 }
};

/* Kinds within type 49. */
static const struct app {
	int type;
	const char *label;
} apps[] = {
	{ 3, "音乐" }, { 4, "视频" }, { 5, "链接" }, { 6, "文件" }, { 8, "表情" }, { 17, "位置共享" },
	{ 19, "聊天记录" }, { 24, "笔记" }, { 33, "小程序" }, { 36, "小程序" }, { 51, "视频号" },
	{ 53, "接龙" }, { 63, "直播" }, { 74, "文件" }, { 87, "群公告" }, { 2000, "转账" },
	{ 2001, "红包" }
};

static size_t
put_entity(const char *p, const char *end, struct buf *out)
{
	static const char *const names[][2] = {
		{ "&amp;", "&" }, { "&lt;", "<" }, { "&gt;", ">" }, { "&quot;", "\"" },
		{ "&apos;", "'" }, { "&#x20;", " " }, { "&#x0A;", "\n" }, { "&#10;", "\n" },
		{ "&nbsp;", " " }
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++) {
		size_t len = strlen(names[i][0]);

		if ((size_t)(end - p) >= len && memcmp(p, names[i][0], len) == 0) {
			buf_str(out, names[i][1]);
			return len;
		}
	}
	buf_char(out, *p);
	return 1;
}

/* The text from P to END with its entities undone, out of CDATA. */
static void
put_text(const char *p, const char *end, struct buf *out)
{
	static const char open[] = "<![CDATA[", close[] = "]]>";
	const size_t head = sizeof(open) - 1;

	if ((size_t)(end - p) >= head && memcmp(p, open, head) == 0) {
		p += head;
		if (end - p >= 3 && memcmp(end - 3, close, 3) == 0)
			end -= 3;
		buf_add(out, p, (size_t)(end - p));
		return;
	}
	while (p < end)
		p += *p == '&' ? put_entity(p, end, out) : (buf_char(out, *p), (size_t)1);
}

/* The contents of the first element <TAG> behind FROM, up to *END; NULL: there is none. */
static const char *
element(const char *from, const char *tag, const char **end)
{
	size_t len = strlen(tag);
	const char *p = from, *q;

	while ((p = strchr(p, '<')) != NULL) {
		if (strncmp(p + 1, tag, len) != 0 || p[len + 1] != '>') {
			p++;
			continue;
		}
		p += len + 2;
		for (q = p; (q = strstr(q, "</")) != NULL; q++)
			if (strncmp(q + 2, tag, len) == 0 && q[len + 2] == '>') {
				*end = q;
				return p;
			}
		return NULL;
	}
	return NULL;
}

/* Appends the text of an element; false: it is not there or empty. */
static bool
put_element(const char *from, const char *tag, struct buf *out)
{
	const char *end, *p = element(from, tag, &end);
	size_t before = out->len;

	if (p != NULL)
		put_text(p, end, out);
	return out->len > before;
}

static int
number_in(const char *from, const char *tag)
{
	const char *end, *p = element(from, tag, &end);

	return p != NULL ? (int)strtol(p, NULL, 10) : 0;
}

/* The value of an attribute, NAME="..." */
static const char *
attribute(const char *xml, const char *name, size_t *len)
{
	size_t n = strlen(name);
	const char *p = xml;

	while ((p = strstr(p, name)) != NULL) {
		const char *q = p + n;

		if (p > xml && p[-1] == ' ' && q[0] == '=' && (q[1] == '"' || q[1] == '\'')) {
			*len = strcspn(q + 2, q[1] == '"' ? "\"" : "'");
			return q + 2;
		}
		p = q;
	}
	return NULL;
}

static void
put_kind(const struct kind *k, const char *xml, struct buf *out)
{
	size_t len;
	const char *v = k->attribute != NULL ? attribute(xml, k->attribute, &len) : NULL;

	buf_fmt(out, "[%s", k->label);
	if (v != NULL && len > 0 && k->per_second > 0)
		buf_fmt(out, " %ld秒", (strtol(v, NULL, 10) + k->per_second / 2) / k->per_second);
	if (v != NULL && len > 0 && k->per_second == 0) {
		buf_str(out, ": ");
		put_text(v, v + len, out);
	}
	if (k->type == 48 && (v = attribute(xml, "label", &len)) != NULL && len > 0) {
		buf_char(out, ' ');
		put_text(v, v + len, out);
	}
	buf_char(out, ']');
}

/* 57 is an answer beside what it answers: 「王女士: 酒店能取消吗」. */
static void
put_quote(const char *xml, struct buf *out)
{
	const char *end, *refer = element(xml, "refermsg", &end);
	size_t before;

	put_element(xml, "title", out);
	if (refer == NULL)
		return;
	buf_str(out, "\n「");
	before = out->len;
	put_element(refer, "displayname", out);
	if (out->len > before)
		buf_str(out, ": ");
	before = out->len;
	put_element(refer, "content", out);
	/* A quoted picture or card is XML again. */
	if (out->len > before && out->p[before] == '<') {
		out->len = before;
		buf_str(out, "…");
	}
	buf_str(out, "」");
}

static void
put_app(const char *xml, struct buf *out)
{
	const char *end, *app = element(xml, "appmsg", &end);
	int type;
	size_t i, before;

	if (app == NULL && (app = strstr(xml, "<appmsg")) == NULL)
		app = xml;
	type = number_in(app, "type");
	if (type == 57) {
		put_quote(app, out);
		return;
	}
	for (i = 0; i < sizeof(apps) / sizeof(*apps) && apps[i].type != type; i++)
		continue;
	buf_fmt(out, "[%s", i < sizeof(apps) / sizeof(*apps) ? apps[i].label : "链接");
	before = out->len;
	buf_str(out, ": ");
	if (type == 2000 ? put_element(app, "feedesc", out) : put_element(app, "title", out)) {
		if (type == 5 && strstr(app, "<url>") != NULL) {
			buf_char(out, ' ');
			put_element(app, "url", out);
		}
	} else {
		out->len = before;
	}
	buf_char(out, ']');
}

/* "王女士"撤回了一条消息, with the links of the client taken out. */
static void
put_system(const char *s, struct buf *out)
{
	for (; *s != '\0'; s++) {
		if (*s == '<' && strchr(s, '>') != NULL)
			s = strchr(s, '>');
		else
			buf_char(out, *s);
	}
}

const char *
wechat_text(const char *type, const char *content, struct buf *out, bool *by_system)
{
	long t = strtol(type, NULL, 10);
	size_t i;

	*by_system = t == 10000 || t == 10002;
	buf_clear(out);
	if (t == 1)
		return content;
	if (*by_system) {
		put_system(content != NULL ? content : "[系统消息]", out);
		return buf_cstr(out);
	}
	if (t == 49 && content != NULL && strchr(content, '<') == NULL)
		return content;
	if (t == 49) {
		put_app(content != NULL ? content : "", out);
		return out->p;
	}
	for (i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (kinds[i].type == t) {
			put_kind(&kinds[i], content != NULL ? content : "", out);
			return out->p;
		}
	return content != NULL ? content : "[未知消息]";
}
