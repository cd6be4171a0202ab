/* html - a page as one HTML file that needs nothing else */
#include <stdlib.h>
#include <string.h>
#include <nettle/base64.h>
#include <nettle/sha2.h>

#include "base/conf.h"
#include "report/html.h"
#include "report/markup.h"
#include "report/phrase.h"
#include "time/tm.h"

enum { STYLE_MAX = 256 * 1024 };

/* The style sheet, yours to free. */
static char *
load_style(struct err *e)
{
	char *path = conf_find("reports/page.css", e), *style;

	style = path != NULL ? conf_read(path, STYLE_MAX, NULL, e) : NULL;
	if (style != NULL && strstr(style, "</") != NULL) {
		err_set(e, ERR_CONFIG, "%s: \"</\" would end the style in the page", path);
		free(style);
		style = NULL;
	}
	free(path);
	return style;
}

/* The only style a browser may use is the one with this hash. */
static void
policy(struct buf *b, const char *style)
{
	struct sha256_ctx sha;
	uint8_t digest[SHA256_DIGEST_SIZE];
	char text[BASE64_ENCODE_RAW_LENGTH(SHA256_DIGEST_SIZE) + 1] = "";

	sha256_init(&sha);
	sha256_update(&sha, strlen(style), (const uint8_t *)style);
	sha256_digest(&sha, sizeof(digest), digest);
	base64_encode_raw(text, sizeof(digest), digest);
	buf_fmt(b, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
	    "style-src 'sha256-%s'; base-uri 'none'; form-action 'none'\">\n", text);
}

static void
head(struct buf *b, const struct page *p, const char *style)
{
	enum lang lang = words_lang(p->words);

	markup(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
	    lang == LANG_ZH ? "zh-CN" : "en");
	policy(b, style);
	buf_str(b, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
	    "<meta name=\"referrer\" content=\"no-referrer\">\n"
	    "<meta name=\"color-scheme\" content=\"light dark\">\n");
	markup(b, "<title>%s%s%s</title>\n<style>", p->title, *p->desk ? " \u00b7 " : "",
	    p->desk);
	buf_str(b, style);
	buf_str(b, "</style>\n</head>\n");
}

static void
title(struct buf *b, const struct page *p)
{
	enum lang lang = words_lang(p->words);
	struct buf text = BUF_INIT;

	markup(b, "<body>\n<a class=\"skip\" href=\"#main\">%s</a>\n<header>\n",
	    phrase(lang, PH_SKIP));
	if (*p->desk != '\0')
		markup(b, "<p class=\"desk\">%s</p>\n", p->desk);
	period_say(&p->period, p->zone, lang, &text);
	markup(b, "<h1>%s</h1>\n<p class=\"period\">%s", p->title, buf_cstr(&text));
	if (p->compared) {
		buf_clear(&text);
		period_say(&p->before, p->zone, lang, &text);
		markup(b, " <span class=\"versus\">%s %s</span>", phrase(lang, PH_COMPARED_WITH),
		    buf_cstr(&text));
	}
	buf_str(b, "</p>\n</header>\n");
	buf_release(&text);
}

static void
contents(struct buf *b, const struct page *p)
{
	size_t i;

	if (p->n < 2)
		return;
	markup(b, "<nav aria-label=\"%s\"><ul>", phrase(words_lang(p->words), PH_CONTENTS));
	for (i = 0; i < p->n; i++)
		markup(b, "<li><a href=\"#%s\">%s</a></li>", p->sections[i].id,
		    p->sections[i].title);
	buf_str(b, "</ul></nav>\n");
}

static void
summary(struct buf *b, const struct page *p)
{
	size_t i;

	if (p->n_findings == 0)
		return;
	markup(b, "<section class=\"summary card\" aria-labelledby=\"summary\">"
	    "<h2 id=\"summary\">%s</h2><ul>", phrase(words_lang(p->words), PH_SUMMARY));
	for (i = 0; i < p->n_findings; i++)
		markup(b, "<li class=\"finding%s\">%s</li>\n", html_mood(p->findings[i].mood),
		    p->findings[i].text);
	buf_str(b, "</ul></section>\n");
}

/* What is counted, and what was left out. */
static void
notes(struct buf *b, const struct page *p, const struct page_section *s)
{
	enum lang lang = words_lang(p->words);
	const char *about = report_says(s->report, lang, "about");
	size_t i;

	if (s->section.n_notes > 0) {
		buf_str(b, "<ul class=\"notes\">");
		for (i = 0; i < s->section.n_notes; i++)
			markup(b, "<li>%s</li>\n", s->section.notes[i]);
		buf_str(b, "</ul>\n");
	}
	if (*about != '\0')
		markup(b, "<details class=\"about\"><summary>%s</summary><p>%s</p></details>\n",
		    phrase(lang, PH_DEFINITION), about);
}

static int
section(const struct page_out *out, const struct page *p, struct page_section *s, struct err *e)
{
	struct buf *b = out->b;
	int bad = 0;

	markup(b, "<section id=\"%s\"%s>\n", s->id, p->n > 1 ? " class=chapter" : "");
	if (p->n > 1)
		markup(b, "<h2>%s</h2>\n", s->title);
	html_figures(b, p, &s->section);
	html_charts(b, p, s);
	if (s->table) {
		buf_str(b, "<div class=\"card table\">\n");
		bad = html_table(out, p, s, e);
		buf_str(b, "</div>\n");
	}
	notes(b, p, s);
	buf_str(b, "</section>\n");
	return bad;
}

static void
foot(struct buf *b, const struct page *p)
{
	enum lang lang = words_lang(p->words);
	char at[TM_SIZE];

	buf_str(b, "</main>\n<footer>\n");
	if (p->compared)
		markup(b, "<p><strong>%s.</strong> %s</p>\n", phrase(lang, PH_TESTS_TITLE),
		    phrase(lang, PH_TESTS));
	tm_format(p->now_at, p->zone, at);
	at[10] = ' ';
	at[16] = '\0';
	markup(b, "<p>%s %s \u00b7 %s %s \u00b7 %s " CSR_VERSION "</p>\n", phrase(lang, PH_MADE_AT),
	    at, phrase(lang, PH_ZONE), zone_name(p->zone), phrase(lang, PH_BY));
	buf_str(b, "</footer>\n</body>\n</html>\n");
}

int
html_page(const struct page *p, const struct page_out *out, struct err *e)
{
	struct buf *b = out->b;
	char *style = load_style(e);
	size_t i;

	if (style == NULL)
		return -1;
	head(b, p, style);
	free(style);
	title(b, p);
	buf_str(b, "<main id=\"main\">\n");
	summary(b, p);
	contents(b, p);
	for (i = 0; i < p->n; i++) {
		if (section(out, p, &p->sections[i], e) < 0)
			return -1;
		if (out->drain != NULL)
			out->drain(out->ctx, b);
	}
	foot(b, p);
	return 0;
}
