/* article_check - what can be read but will not work as meant */
#include <stdio.h>
#include <string.h>

#include "desk/article.h"
#include "text/template.h"

enum { QUESTIONS_FEW = 2, ANSWER_LONG = 6000 };

/* What an answer may speak of (csr-articles(5)); the store fills in the values. */
const struct template_field article_fields[] = {
	{ "customer", NULL }, { "ticket", NULL }, { "external_id", NULL }, { "subject", NULL },
	{ "channel", NULL }, { "agent", NULL }, { "queue", NULL }, { "area", NULL },
	{ "opened", NULL }, { "order_no", NULL }, { "order_title", NULL },
	{ "order_status", NULL }, { "order_amount", NULL }, { "order_start", NULL },
	{ "order_end", NULL }, { "today", NULL }, { NULL, NULL }
};

struct telling {
	const struct article *a;
	void (*fn)(void *ctx, const char *source, const char *what);
	void *ctx;
};

static void
tell(const struct telling *t, const char *lang, const char *what)
{
	char line[300];

	snprintf(line, sizeof(line), "%s%s%s: %s", t->a->id, *lang ? " " : "", lang, what);
	t->fn(t->ctx, t->a->source, line);
}

static void
check_text(const struct telling *t, const struct article_text *text)
{
	struct template parsed;
	struct err e;

	if (template_parse(&parsed, text->lang, text->answer, article_fields, &e) < 0)
		tell(t, "", e.msg);
	else
		template_release(&parsed);
	if (text->questions.n < QUESTIONS_FEW && !t->a->for_staff)
		tell(t, text->lang, "fewer than 2 questions beside the title: hard to find");
	if (strlen(text->answer) > ANSWER_LONG)
		tell(t, text->lang, "the answer is too long for a message");
	if (strcmp(article_guess_language(text->title), "zh") == 0 && strcmp(text->lang, "en") == 0)
		tell(t, text->lang, "the title is Chinese");
}

void
article_check(const struct article *a, int64_t now,
    void (*fn)(void *ctx, const char *source, const char *what), void *ctx)
{
	const struct telling t = { a, fn, ctx };
	size_t i, k;

	for (i = 0; i < a->n_texts; i++)
		check_text(&t, &a->text[i]);
	for (i = 0; i < a->area.n; i++)
		for (k = 0; a->area.v[i][k] != '\0'; k++)
			if (strchr(" :!", a->area.v[i][k]) != NULL) {
				tell(&t, "", "an area with a blank or a sign in it");
				break;
			}
	if (a->to_at <= now)
		tell(&t, "", "has expired");
	if (a->type == ARTICLE_OFFER && a->offer == NULL)
		tell(&t, "", "an offer without \"offer\" is never recommended");
}
