/* article_csv - articles as rows of a sheet */
#include <nettle/sha2.h>
#include <string.h>

#include "base/buf.h"
#include "desk/article.h"
#include "text/fold.h"

/* What a column may be called, folded; first our own name for it. */
static const char *const names[][5] = {
	{ "id", "编号", "article", "article id", NULL },
	{ "lang", "语言", "language", "locale", NULL },
	{ "title", "标题", "subject", "name", NULL },
	{ "questions", "问法", "相似问", "similar questions", NULL },
	{ "question", "问题", "标准问", "standard question", NULL },
	{ "answer", "答案", "回答", "content", NULL },
	{ "type", "类型", NULL }, { "audience", "对象", NULL }, { "auto", "自动回复", NULL },
	{ "area", "领域", "category", "分类", NULL }, { "segment", "客户分级", NULL },
	{ "channel", "渠道", NULL }, { "product", "产品", NULL }, { "tags", "标签", "keywords", NULL },
	{ "valid_from", "生效日期", NULL }, { "valid_to", "失效日期", NULL }, { "offer", NULL },
	{ "order", NULL },
};

static const char *
key_of(const char *name)
{
	struct fold f = FOLD_INIT;
	const char *key = NULL, *folded;
	size_t i, k;

	fold_text(&f, name, strlen(name));
	folded = buf_cstr(&f.text);
	for (i = 0; i < sizeof(names) / sizeof(*names) && key == NULL; i++)
		for (k = 0; names[i][k] != NULL; k++)
			if (strcmp(folded, names[i][k]) == 0)
				key = names[i][0];
	fold_release(&f);
	return key;
}

int
article_csv_head(struct article_csv *c, const char *const *cells, size_t n, struct err *e)
{
	bool asks = false, answers = false;
	size_t i;

	*c = (struct article_csv){ .n = n };
	c->keys = arena_alloc(&c->arena, (n + 1) * sizeof(*c->keys));
	for (i = 0; i < n; i++) {
		c->keys[i] = key_of(cells[i]);
		if (c->keys[i] == NULL)
			continue;
		answers |= strcmp(c->keys[i], "answer") == 0;
		asks |= strcmp(c->keys[i], "title") == 0 || strncmp(c->keys[i], "question", 8) == 0;
	}
	if (asks && answers)
		return 0;
	return err_set(e, ERR_CONFIG, "no column for the %s (title, question, questions; answer; "
	    "or 标题, 问题, 问法; 答案)", asks ? "answer" : "question");
}

void
article_csv_release(struct article_csv *c)
{
	arena_release(&c->arena);
}

/* Questions with a line break or a bar between them. */
static void
add_questions(struct article *a, struct article_text *t, const char *s)
{
	size_t n;

	for (; *s != '\0'; s += n + (s[n] != '\0')) {
		n = strcspn(s, "|\n");
		article_list_add(a, &t->questions, s, n);
	}
}

static const char *
cell(const struct article_csv *c, const char *const *cells, const char *key)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (c->keys[i] != NULL && strcmp(c->keys[i], key) == 0 && cells[i] != NULL &&
		    *cells[i] != '\0')
			return cells[i];
	return NULL;
}

/* "q-" and a part of the hash of the title: the same sheet gives the same ids. */
static void
make_id(struct article *a, const char *title)
{
	struct sha256_ctx h;
	uint8_t digest[SHA256_DIGEST_SIZE];
	struct buf id = BUF_INIT;
	struct fold f = FOLD_INIT;
	size_t i;

	fold_text(&f, title, strlen(title));
	sha256_init(&h);
	sha256_update(&h, f.text.len, (const uint8_t *)buf_cstr(&f.text));
	sha256_digest(&h, sizeof(digest), digest);
	buf_str(&id, "q-");
	for (i = 0; i < 6; i++)
		buf_fmt(&id, "%02x", digest[i]);
	a->id = arena_strn(&a->arena, id.p, id.len);
	buf_release(&id);
	fold_release(&f);
}

int
article_read_csv(struct article *a, const struct article_csv *c, const char *const *cells,
    const struct zone *z, struct err *e)
{
	static const char *const body[] = { "lang", "title", "question", "questions", "answer",
		NULL };
	const char *lang = cell(c, cells, "lang"), *title = cell(c, cells, "title");
	const char *question = cell(c, cells, "question"), *more = cell(c, cells, "questions");
	struct article_text *t;
	size_t i, k;

	for (i = 0; i < c->n; i++) {
		for (k = 0; c->keys[i] != NULL && body[k] != NULL; k++)
			if (strcmp(c->keys[i], body[k]) == 0)
				break;
		if (c->keys[i] != NULL && body[k] == NULL && cells[i] != NULL &&
		    article_set(a, c->keys[i], cells[i], z, e) < 0)
			return -1;
	}
	if (title == NULL)
		title = question;
	if (lang == NULL)
		lang = article_guess_language(title != NULL ? title : more != NULL ? more : "");
	if ((t = article_language(a, lang, e)) == NULL)
		return -1;
	t->title = arena_str(&a->arena, title);
	t->answer = arena_str(&a->arena, cell(c, cells, "answer"));
	if (question != NULL && title != question)
		add_questions(a, t, question);
	if (more != NULL)
		add_questions(a, t, more);
	if (t->title == NULL && t->questions.n > 0)
		t->title = t->questions.v[0];
	if (a->id == NULL && t->title != NULL)
		make_id(a, t->title);
	return article_finish(a, e);
}
