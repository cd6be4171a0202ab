/* fuzz_article - articles as Markdown and JSON, models of the ranking, tables of passages
 * seeds: share/articles tests/fuzz/seeds/article */
#include "fuzz.h"
#include "desk/answer.h"
#include "desk/article.h"
#include "learn/index.h"
#include "learn/rank.h"
#include "text/fold.h"

static void
on_check(void *ctx, const char *source, const char *what)
{
	(void)ctx;
	MUST(*source != '\0' && *what != '\0');
}

/* What was read can be written, and is read as the same. */
static void
article(const char *text)
{
	struct article a, again;
	struct buf first = BUF_INIT, second = BUF_INIT;
	struct node *n, *m;
	struct err e;

	article_init(&a, "fuzz", 0);
	if (article_read_md(&a, "fuzz", "fuzz.md", text, NULL, &e) == 0) {
		article_check(&a, 0, on_check, NULL);
		n = article_to_json(&a);
		node_print(n, &first);
		article_init(&again, "json", 0);
		if (article_read_json(&again, n, NULL, &e) == 0) {
			m = article_to_json(&again);
			node_print(m, &second);
			MUST(strcmp(buf_cstr(&first), buf_cstr(&second)) == 0);
			node_free(m);
		}
		article_release(&again);
		node_free(n);
	} else {
		MUST(e.code == 78);
	}
	article_release(&a);
	buf_release(&first);
	buf_release(&second);
}

static void
json(const uint8_t *data, size_t size)
{
	struct article a;
	struct err e;
	struct node *n = node_parse((const char *)data, size, &e);

	if (n == NULL)
		return;
	article_init(&a, "fuzz", 1);
	article_read_json(&a, n, NULL, &e);
	article_release(&a);
	node_free(n);
}

static void
model(const char *text)
{
	struct rank_model m;
	struct err e;

	if (rank_read(&m, "fuzz", text, &e) == 0)
		rank_release(&m);
	else
		MUST(e.code == 78);
}

/* Postings and passages as if a database had been damaged. */
struct damaged {
	const uint8_t *data;
	size_t size;
};

static int
fetch(void *ctx, int64_t term, const void **p, size_t *len, struct err *e)
{
	const struct damaged *d = ctx;
	size_t at = d->size > 0 ? (size_t)term % d->size : 0;

	(void)e;
	*p = d->data + at;
	*len = d->size - at;
	return *len > 0;
}

static void
postings(const uint8_t *data, size_t size, const char *text)
{
	struct index_builder b = INDEX_BUILDER_INIT;
	struct index_memory m = INDEX_MEMORY_INIT;
	struct damaged d = { data, size };
	struct cues g = CUES_INIT;
	struct fold f = FOLD_INIT;
	struct index_term *detail;
	struct index_hit hits[8];
	struct index ix;
	struct err e;
	const void *p;
	size_t len;

	if (index_open(&ix, data, size, fetch, &d, &e) == 0)
		index_release(&ix);
	fold_text(&f, text, strlen(text));
	cues_read(&g, buf_cstr(&f.text), f.text.len);
	index_add(&b, 1, PASSAGE_TITLE, &g);
	index_add(&b, 2, PASSAGE_ANSWER, &g);
	MUST(index_finish(&b, index_keep, &m, &e) == 0);
	MUST(index_look_up(&m, 0, &p, &len, &e) == 1);
	MUST(index_open(&ix, p, len, fetch, &d, &e) == 0);
	detail = xmalloc((g.n + 1) * sizeof(*detail));
	MUST(index_search(&ix, &g, hits, 8, detail, &e) <= 2);
	free(detail);
	index_release(&ix);
	index_memory_release(&m);
	cues_release(&g);
	fold_release(&f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = fuzz_text(data, size);
	struct answer_policy *p;
	struct err e;

	article(text);
	json(data, size);
	model(text);
	postings(data, size, text);
	if ((p = answer_policy_parse("fuzz", text, &e)) != NULL)
		answer_policy_free(p);
	free(text);
	return 0;
}
