/* mail_html - the text of an HTML body, by libxml2's SAX events */
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "intake/mail_html.h"
#include "intake/mail_lib.h"

enum { MOST_LINES = 3, MOST_MARGINS = 8, HEAD_BYTES = 4096 };
enum { DEEPEST = 1000 };	/* open tags; real mails stay under 100, attacks do not */
enum { LONGEST = 8 * 1024 * 1024 };	/* bytes worth the parser's time */

enum tag_kind { TAG_BLOCK = 1, TAG_PARA, TAG_BREAK, TAG_RULE, TAG_ITEM, TAG_CELL, TAG_QUOTE,
	TAG_PRE, TAG_SKIP };

static const struct {
	const char *name;
	enum tag_kind kind;
} tags[] = {
	{ "address", TAG_BLOCK }, { "article", TAG_BLOCK }, { "blockquote", TAG_QUOTE },
	{ "body", TAG_BLOCK }, { "br", TAG_BREAK }, { "center", TAG_BLOCK }, { "dd", TAG_BLOCK },
	{ "div", TAG_BLOCK }, { "dl", TAG_BLOCK }, { "dt", TAG_BLOCK }, { "fieldset", TAG_BLOCK },
	{ "footer", TAG_BLOCK }, { "form", TAG_BLOCK }, { "h1", TAG_PARA }, { "h2", TAG_PARA },
	{ "h3", TAG_PARA }, { "h4", TAG_PARA }, { "h5", TAG_PARA }, { "h6", TAG_PARA },
	{ "header", TAG_BLOCK }, { "hr", TAG_RULE }, { "li", TAG_ITEM }, { "main", TAG_BLOCK },
	{ "nav", TAG_BLOCK }, { "ol", TAG_BLOCK }, { "p", TAG_PARA }, { "pre", TAG_PRE },
	{ "script", TAG_SKIP }, { "section", TAG_BLOCK }, { "style", TAG_SKIP },
	{ "table", TAG_BLOCK }, { "td", TAG_CELL }, { "template", TAG_SKIP }, { "th", TAG_CELL },
	{ "title", TAG_SKIP }, { "tr", TAG_BLOCK }, { "ul", TAG_BLOCK },
};

struct walk {
	struct buf *out;
	size_t from;		/* where our text begins in out */
	bool blank;		/* a blank is due before the next word */
	unsigned lines;		/* line ends due: 1 a new line, 2 an empty one between */
	unsigned quotes;	/* quoted blocks open */
	bool first;		/* nothing said yet in the innermost of them */
	unsigned pre;
	unsigned depth;
	unsigned skip;		/* depth of the tag left out, 0 when none */
	bool too_deep;
	htmlParserCtxtPtr parser;
};

static enum tag_kind
tag_kind(const char *name)
{
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (strcasecmp(tags[i].name, name) == 0)
			return tags[i].kind;
	return 0;
}

static void
want_lines(struct walk *w, unsigned n)
{
	if (n > 1 && w->first)
		n = 1;
	if (w->lines < n)
		w->lines = n;
	w->blank = false;
}

static void
margin(struct walk *w)
{
	for (unsigned i = 0; i < w->quotes && i < MOST_MARGINS; i++)
		buf_str(w->out, "> ");
}

static void
one_line(struct walk *w)
{
	buf_char(w->out, '\n');
	margin(w);
}

/* What is due before a word. */
static void
settle(struct walk *w)
{
	if (w->out->len == w->from) {
		margin(w);
	} else if (w->lines > 0) {
		while (w->lines-- > 0)
			one_line(w);
	} else if (w->blank) {
		buf_char(w->out, ' ');
	}
	w->lines = 0;
	w->blank = w->first = false;
}

static void
put(struct walk *w, const char *p, size_t len)
{
	settle(w);
	buf_add(w->out, p, len);
}

static void
put_pre(struct walk *w, const char *p, size_t len)
{
	settle(w);
	for (size_t i = 0; i < len; i++) {
		if (p[i] == '\n')
			one_line(w);
		else if (p[i] != '\r')
			buf_char(w->out, p[i]);
	}
}

static size_t
space_len(const char *p, size_t left)
{
	if (*p == ' ' || *p == '\t' || *p == '\n' || *p == '\r' || *p == '\f')
		return 1;
	return left >= 2 && memcmp(p, "\xc2\xa0", 2) == 0 ? 2 : 0;
}

static void
on_text(void *ctx, const xmlChar *ch, int n)
{
	struct walk *w = ctx;
	const char *p = (const char *)ch;
	size_t len = n > 0 ? (size_t)n : 0, i = 0;

	if (w->skip > 0)
		return;
	if (w->pre > 0) {
		put_pre(w, p, len);
		return;
	}
	while (i < len) {
		size_t space = space_len(p + i, len - i), end = i;

		if (space > 0) {
			w->blank = w->lines == 0;
			i += space;
			continue;
		}
		while (end < len && space_len(p + end, len - end) == 0)
			end++;
		put(w, p + i, end - i);
		i = end;
	}
}

static bool
hidden(const xmlChar **atts)
{
	for (size_t i = 0; atts != NULL && atts[i] != NULL; i += 2) {
		const char *name = (const char *)atts[i], *value = (const char *)atts[i + 1];

		if (strcasecmp(name, "hidden") == 0)
			return true;
		if (strcasecmp(name, "style") != 0 || value == NULL)
			continue;
		if (strcasestr(value, "display:none") != NULL ||
		    strcasestr(value, "display: none") != NULL)
			return true;
	}
	return false;
}

static void
open_tag(struct walk *w, enum tag_kind kind)
{
	switch (kind) {
	case TAG_BREAK:
		want_lines(w, w->lines < MOST_LINES ? w->lines + 1 : MOST_LINES);
		break;
	case TAG_RULE:
		want_lines(w, 1);
		put(w, "________________", 16);
		want_lines(w, 1);
		break;
	case TAG_ITEM:
		want_lines(w, 1);
		put(w, "- ", 2);
		break;
	case TAG_CELL:
		w->blank = w->lines == 0;
		break;
	case TAG_QUOTE:
		want_lines(w, 1);
		for (; w->lines > 1 && w->out->len > w->from; w->lines--)
			one_line(w);
		w->quotes++;
		w->first = true;
		break;
	case TAG_PRE:
		want_lines(w, 1);
		w->pre++;
		break;
	case TAG_PARA:
		want_lines(w, 2);
		break;
	case TAG_BLOCK:
		want_lines(w, 1);
		break;
	case TAG_SKIP:
		w->skip = w->depth;
		break;
	}
}

static void
on_open(void *ctx, const xmlChar *name, const xmlChar **atts)
{
	struct walk *w = ctx;

	if (++w->depth > DEEPEST) {
		w->too_deep = true;
		xmlStopParser(w->parser);
	}
	if (w->skip > 0)
		return;
	if (hidden(atts))
		w->skip = w->depth;
	else
		open_tag(w, tag_kind((const char *)name));
}

static void
on_close(void *ctx, const xmlChar *name)
{
	struct walk *w = ctx;
	enum tag_kind kind = tag_kind((const char *)name);

	if (w->skip == 0 && (kind == TAG_BLOCK || kind == TAG_ITEM))
		want_lines(w, 1);
	if (w->skip == 0 && kind == TAG_PARA)
		want_lines(w, 2);
	if (w->skip == 0 && kind == TAG_QUOTE && w->quotes > 0) {
		want_lines(w, 1);
		w->quotes--;
	}
	if (w->skip == 0 && kind == TAG_PRE && w->pre > 0) {
		want_lines(w, 1);
		w->pre--;
	}
	if (w->skip == w->depth)
		w->skip = 0;
	if (w->depth > 0)
		w->depth--;
}

static htmlParserCtxtPtr
parser(struct walk *w, const char *html, size_t len)
{
	struct err unused;
	htmlParserCtxtPtr p = mail_lib_open(&unused) == 0 ?
	    htmlCreateMemoryParserCtxt(html, (int)len) : NULL;

	if (p == NULL)
		return NULL;
	htmlCtxtUseOptions(p, HTML_PARSE_RECOVER | HTML_PARSE_NONET | HTML_PARSE_NOERROR |
	    HTML_PARSE_NOWARNING | HTML_PARSE_IGNORE_ENC);
	xmlSwitchEncoding(p, XML_CHAR_ENCODING_UTF8);
	memset(p->sax, 0, sizeof(*p->sax));
	p->sax->startElement = on_open;
	p->sax->endElement = on_close;
	p->sax->characters = on_text;
	p->sax->ignorableWhitespace = on_text;
	p->userData = w;
	w->parser = p;
	return p;
}

/* What is left when everything in angle brackets goes: for documents so long that parsing them
 * would take seconds, or so deep that it would take the square of their depth. */
static void
bare_text(struct walk *w, const char *html, size_t len)
{
	bool tag = false;

	*w = (struct walk){ .out = w->out, .from = w->from };
	w->out->len = w->from;
	for (size_t i = 0; i < len; i++) {
		if (html[i] == '<' || html[i] == '>')
			tag = html[i] == '<';
		else if (!tag)
			on_text(w, (const xmlChar *)html + i, 1);
	}
}

void
mail_html(struct buf *out, const char *html, size_t len)
{
	struct walk w = { .out = out, .from = out->len };
	htmlParserCtxtPtr p;

	if (len == 0)
		return;
	if (len > LONGEST || (p = parser(&w, html, len)) == NULL) {
		bare_text(&w, html, len);
		return;
	}
	htmlParseDocument(p);
	xmlFreeDoc(p->myDoc);
	p->myDoc = NULL;
	htmlFreeParserCtxt(p);
	if (w.too_deep)
		bare_text(&w, html, len);
}

void
mail_html_charset(char *out, size_t size, const char *html, size_t len)
{
	const char *p = html, *end = html + (len < HEAD_BYTES ? len : HEAD_BYTES);
	size_t n = 0;

	out[0] = '\0';
	while (end - p > 8 && strncasecmp(p, "charset=", 8) != 0)
		p++;
	if (end - p <= 8)
		return;
	for (p += 8; p < end && (*p == '"' || *p == '\'' || *p == ' '); p++)
		;
	while (p < end && n + 1 < size && strchr("\"' ;/>", *p) == NULL)
		out[n++] = *p++;
	out[n] = '\0';
}
