/* secret_rules - what users want masked beside the built-in kinds, and what shall stay */
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "text/secret_rules.h"
#include "text/utf8.h"

enum { NAME_MAX_LEN = 32 };

struct reading {
	struct secret_rules *rules;
	const char *source;
};

static struct secret_rule *
add(struct secret_rules *r, const char *kind)
{
	if (r->n == r->cap) {
		r->cap = r->cap * 2 + 8;
		r->v = xrealloc(r->v, r->cap * sizeof(*r->v));
	}
	r->v[r->n] = (struct secret_rule){ .kind = kind };
	return &r->v[r->n++];
}

static bool
is_name(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_");

	return n > 0 && n <= NAME_MAX_LEN && s[n] == '\0';
}

static const char *
place(const struct reading *in, size_t line)
{
	struct buf b = BUF_INIT;
	const char *s;

	buf_fmt(&b, "%s:%zu", in->source, line);
	s = arena_strn(&in->rules->arena, b.p, b.len);
	buf_release(&b);
	return s;
}

static int
read_pattern(struct reading *in, const char *kind, const char *value, size_t line,
    struct err *e)
{
	struct pattern *p = pattern_new(value, e);
	struct secret_rule *rule;

	if (p == NULL)
		return -1;
	rule = add(in->rules, kind);
	rule->pattern = p;
	rule->place = place(in, line);
	in->rules->keeps += kind == NULL;
	return 0;
}

/* Calls FN for each part of VALUE between commas; VALUE is changed. */
static void
each_part(char *value, void (*fn)(void *ctx, const char *part), void *ctx)
{
	for (char *next; value != NULL; value = next) {
		size_t n = strcspn(value, ",");

		next = value[n] == ',' ? value + n + 1 : NULL;
		value[n] = '\0';
		value += strspn(value, " \t");
		for (n = strlen(value); n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t'); n--)
			value[n - 1] = '\0';
		if (n > 0)
			fn(ctx, value);
	}
}

static void
keep_value(void *ctx, const char *part)
{
	struct secret_rules *r = ctx;
	struct fold f = FOLD_INIT;
	struct buf bare = BUF_INIT;

	fold_text(&f, part, strlen(part));
	secret_bare(buf_cstr(&f.text), f.text.len, &bare);
	if (bare.len > 0)
		map_put(&r->keep, bare.p, bare.len, NULL)->num = 1;
	buf_release(&bare);
	fold_release(&f);
}

static void
add_word(void *ctx, const char *part)
{
	struct secret_rules *r = ctx;

	words_add(&r->words, part, (uint32_t)(r->n - 1), 0);
}

static int
on_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct reading *in = ctx;
	bool keep = strcmp(section, "keep") == 0;
	const char *kind = keep ? NULL : arena_str(&in->rules->arena, section);
	char *copy;

	if (!is_name(section))
		return err_set(e, ERR_CONFIG, "a section's name is [keep] or a kind of small "
		    "letters, digits and _");
	if (key == NULL)
		return 0;	/* the head of a section */
	if (strcmp(key, "pattern") == 0)
		return read_pattern(in, kind, value, line, e);
	if (strcmp(key, keep ? "value" : "words") != 0)
		return err_set(e, ERR_CONFIG, "unknown key \"%s\": [%s] has pattern and %s", key,
		    section, keep ? "value" : "words");
	copy = arena_str(&in->rules->arena, value);
	if (!keep) {
		struct secret_rule *rule = add(in->rules, kind);

		rule->place = place(in, line);
	}
	each_part(copy, keep ? keep_value : add_word, in->rules);
	return 0;
}

int
secret_rules_read(struct secret_rules *r, const char *source, char *text, struct err *e)
{
	struct reading in = { r, source };

	return conf_parse_text(source, text, on_key, &in, e);
}

void
secret_rules_ready(struct secret_rules *r)
{
	words_build(&r->words);
}

void
secret_rules_pick(struct secret_rules *r, const char *const *names, size_t n, bool *found)
{
	size_t i, k;

	for (i = 0; i < r->n; i++) {
		if (r->v[i].kind == NULL)
			continue;
		r->v[i].off = true;
		for (k = 0; k < n; k++)
			if (strcmp(r->v[i].kind, names[k]) == 0) {
				r->v[i].off = false;
				found[k] = true;
			}
	}
}

void
secret_rules_release(struct secret_rules *r)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		pattern_free(r->v[i].pattern);
	free(r->v);
	words_release(&r->words);
	map_release(&r->keep);
	arena_release(&r->arena);
	*r = (struct secret_rules)SECRET_RULES_INIT;
}

struct hits {
	const struct secret_rules *rules;
	secret_fn *fn;
	void *ctx;
};

static void
on_word(void *ctx, const struct words_hit *hit)
{
	struct hits *h = ctx;
	const struct secret_rule *rule = &h->rules->v[hit->id];

	if (!rule->off)
		h->fn(h->ctx, rule->kind, hit->start, hit->end);
}

/* All places of RULE's pattern. */
static int
find_pattern(const struct secret_rule *rule, const struct fold *f, struct hits *h,
    struct err *e)
{
	const char *t = buf_cstr(&f->text);
	size_t at = 0, start, end;
	int got;

	while (at <= f->text.len &&
	    (got = pattern_match_from(rule->pattern, t, f->text.len, at, &start, &end, e)) != 0) {
		if (got < 0)
			return err_at(e, rule->place, 0);
		if (end > start)
			h->fn(h->ctx, rule->kind, start, end);
		at = end > start ? end : end + 1;
		while (at < f->text.len && ((unsigned char)t[at] & 0xC0) == 0x80)
			at++;
	}
	return 0;
}

int
secret_rules_find(const struct secret_rules *r, const struct fold *f, secret_fn *fn,
    void *ctx, struct err *e)
{
	struct hits h = { r, fn, ctx };
	int bad = 0;
	size_t i;

	for (i = 0; i < r->n; i++)
		if (r->v[i].kind != NULL && r->v[i].pattern != NULL && !r->v[i].off &&
		    find_pattern(&r->v[i], f, &h, e) < 0)
			bad = -1;
	if (r->n > 0)
		words_scan(&r->words, buf_cstr(&f->text), f->text.len, on_word, &h);
	return bad;
}

/* A limit reached keeps nothing: what cannot be judged is masked. */
static bool
keep_by_pattern(const struct secret_rules *r, const char *s, size_t len)
{
	struct err ignored;
	size_t i;

	for (i = 0; i < r->n; i++)
		if (r->v[i].kind == NULL &&
		    pattern_match(r->v[i].pattern, s, len, NULL, NULL, &ignored) > 0)
			return true;
	return false;
}

bool
secret_rules_keep(const struct secret_rules *r, const struct fold *f, size_t start,
    size_t end)
{
	struct buf bare = BUF_INIT;
	const char *s = buf_cstr(&f->text) + start;
	bool keep = false;

	if (r->keep.n > 0) {
		secret_bare(s, end - start, &bare);
		keep = map_get(&r->keep, buf_cstr(&bare), bare.len) != NULL;
		buf_release(&bare);
	}
	return keep || (r->keeps > 0 && keep_by_pattern(r, s, end - start));
}

void
secret_bare(const char *s, size_t len, struct buf *out)
{
	static const char signs[] = " -()_\t\r\n.", odd_signs[] = "‐‑‒–—―·\u20E3";
	static const char *const numerals[] = { "〇零洞", "一幺壹", "二贰两", "三叁", "四肆", "五伍",
		"六陆", "七柒拐", "八捌", "九玖" };
	const char *p = s, *end = s + len, *at;
	char one[5];
	int v;

	while ((at = p) < end) {
		utf8_next(&p, end);
		memcpy(one, at, (size_t)(p - at));
		one[p - at] = '\0';
		if (p - at == 1) {
			if (*at != '\0' && strchr(signs, *at) == NULL)
				buf_char(out, *at);
			continue;
		}
		for (v = 0; v < 10 && strstr(numerals[v], one) == NULL; v++)
			continue;
		if (v < 10)
			buf_char(out, (char)('0' + v));
		else if (strstr(odd_signs, one) == NULL)
			buf_add(out, at, (size_t)(p - at));
	}
}
