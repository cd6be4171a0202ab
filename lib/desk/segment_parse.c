/* segment_parse - a file of share/segments as a plan */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "desk/segment_private.h"
#include "time/tm.h"

struct reader {
	struct segment_plan *p;
	struct segment_rule *rule, **end;	/* the one being read, and where the next goes */
	struct segment_cond **cond_end;
	bool into;		/* the head has said it */
};

int
segment_fact_of(const struct segment_plan *p, const char *name)
{
	static const char *const names[] = { "orders", "amount", "first_order", "last_order",
		"recency", "frequency", "monetary", "workdays", "short", "late" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(names[i], name) == 0)
			return (int)i;
	for (i = 0; i < p->n_features; i++)
		if (strcmp(p->features[i], name) == 0)
			return SEGMENT_FEATURE + (int)i;
	return -1;
}

/* The next word of a list with commas, in OUT; false at its end. */
static bool
next_word(const char **s, char *out, size_t size)
{
	size_t len;

	*s += strspn(*s, " \t,");
	len = strcspn(*s, ",");
	if (**s == '\0')
		return false;
	while (len > 0 && ((*s)[len - 1] == ' ' || (*s)[len - 1] == '\t'))
		len--;
	if (len >= size)
		len = size - 1;
	memcpy(out, *s, len);
	out[len] = '\0';
	*s += strcspn(*s, ",");
	return true;
}

static int
add_words(struct segment_plan *p, const char *list, uint32_t id, struct err *e)
{
	char word[128];
	bool any = false;

	while (next_word(&list, word, sizeof(word))) {
		words_add(&p->words, word, id, 0);
		any = true;
	}
	return any ? 0 : err_set(e, ERR_CONFIG, "a list of words is empty");
}

static int
add_feature(struct segment_plan *p, const char *name, const char *list, struct err *e)
{
	if (p->n_features == SEGMENT_FEATURES)
		return err_set(e, ERR_CONFIG, "more than %d features", SEGMENT_FEATURES);
	if (segment_fact_of(p, name) >= 0 || strcmp(name, "member") == 0)
		return err_set(e, ERR_CONFIG, "\"%s\" has a meaning already", name);
	p->features[p->n_features++] = arena_str(&p->text, name);
	return add_words(p, list, (uint32_t)p->n_features, e);
}

static int
add_rate(struct segment_plan *p, const char *currency, const char *value, struct err *e)
{
	char *end;
	double rate = strtod(value, &end);

	if (*value == '\0' || *end != '\0' || !(rate > 0) || !isfinite(rate))
		return err_set(e, ERR_CONFIG, "\"%s\" is no rate", value);
	if (p->n_rates == SEGMENT_RATES || strlen(currency) != 3)
		return err_set(e, ERR_CONFIG, "\"%s\" is no currency of ISO 4217", currency);
	p->rates[p->n_rates].currency = arena_str(&p->text, currency);
	p->rates[p->n_rates++].rate = rate;
	return 0;
}

static int
read_head(struct reader *r, const char *key, const char *value, struct err *e)
{
	struct segment_plan *p = r->p;

	if (strcmp(key, "into") == 0) {
		p->is_profile = strcmp(value, "profile") == 0;
		r->into = true;
		return p->is_profile || strcmp(value, "segment") == 0 ? 0 :
		    err_set(e, ERR_CONFIG, "into is segment or profile, not \"%s\"", value);
	}
	if (strcmp(key, "period") == 0)
		return tm_parse_span(value, &p->period_ms, e) < 0 ?
		    err_set(e, ERR_CONFIG, "period: \"%s\" is not as 365d", value) : 0;
	if (strcmp(key, "currency") == 0) {
		p->currency = arena_str(&p->text, value);
		return strlen(value) == 3 ? 0 :
		    err_set(e, ERR_CONFIG, "\"%s\" is no currency of ISO 4217", value);
	}
	if (strcmp(key, "void") == 0)
		return add_words(p, value, 0, e);
	if (strncmp(key, "rate ", 5) == 0)
		return add_rate(p, key + 5, value, e);
	if (strncmp(key, "feature ", 8) == 0)
		return add_feature(p, key + 8, value, e);
	return err_set(e, ERR_CONFIG, "\"%s\" is none of into, period, currency, rate, void, "
	    "feature", key);
}

/* "4", "90d", "5000", "30%" as the fact counts it. */
static int
read_number(const char *s, enum segment_fact fact, double *v, struct err *e)
{
	int64_t ms;
	char *end;

	if (fact == SEGMENT_FIRST || fact == SEGMENT_LAST) {
		if (strcmp(s, "0") != 0 && tm_parse_span(s, &ms, e) < 0)
			return err_set(e, ERR_CONFIG, "\"%s\" is not a time as 90d", s);
		*v = strcmp(s, "0") == 0 ? 0 : (double)ms;
		return 0;
	}
	*v = strtod(s, &end);
	if (*end == '%' && fact >= SEGMENT_WORKDAYS)
		end++;
	return end != s && *end == '\0' && isfinite(*v) ? 0 :
	    err_set(e, ERR_CONFIG, "\"%s\" is no number", s);
}

/* "4", "4-5", "90d-", "-5". */
static int
read_range(struct segment_cond *c, const char *value, struct err *e)
{
	char low[64], *high;

	if (strlen(value) >= sizeof(low) || *value == '\0')
		return err_set(e, ERR_CONFIG, "%s: no range such as 1-5, 3- or -90d", c->key);
	memcpy(low, value, strlen(value) + 1);
	high = strchr(low, '-');
	if (high != NULL)
		*high++ = '\0';
	c->low = -INFINITY;
	c->high = INFINITY;
	if (*low != '\0' && read_number(low, c->fact, &c->low, e) < 0)
		return -1;
	if (high == NULL)
		c->high = c->low;
	else if (*high != '\0' && read_number(high, c->fact, &c->high, e) < 0)
		return -1;
	return c->low <= c->high ? 0 :
	    err_set(e, ERR_CONFIG, "%s: the range \"%s\" holds nothing", c->key, value);
}

/* "金卡, 白金卡", "!金卡", "any". */
static void
read_levels(struct segment_plan *p, struct segment_cond *c, const char *value)
{
	const char **list = arena_alloc(&p->text, (strlen(value) / 2 + 2) * sizeof(*list));
	struct fold fold = FOLD_INIT;
	char word[128];
	size_t n = 0;

	c->is_level = true;
	c->none_of = *value == '!';
	value += c->none_of;
	while (strcmp(value, "any") != 0 && next_word(&value, word, sizeof(word))) {
		fold_text(&fold, word, strlen(word));
		list[n++] = arena_str(&p->text, buf_cstr(&fold.text));
	}
	c->levels = list;
	fold_release(&fold);
}

static int
read_cond(struct reader *r, const char *key, const char *value, struct err *e)
{
	struct segment_cond *c = arena_alloc(&r->p->text, sizeof(*c));
	int fact = segment_fact_of(r->p, key);

	c->key = arena_str(&r->p->text, key);
	*r->cond_end = c;
	r->cond_end = &c->next;
	if (strcmp(key, "member") == 0) {
		read_levels(r->p, c, value);
		return 0;
	}
	if (fact < 0)
		return err_set(e, ERR_CONFIG, "\"%s\" is nothing a rule can ask about", key);
	c->fact = (enum segment_fact)fact;
	return read_range(c, value, e);
}

/* "[vip: by level]" */
static void
begin_rule(struct reader *r, const char *head)
{
	struct segment_rule *rule = arena_alloc(&r->p->text, sizeof(*rule));
	size_t len = strcspn(head, ":");
	const char *about = head[len] == ':' ? head + len + 1 : "";

	while (len > 0 && head[len - 1] == ' ')
		len--;
	rule->name = arena_strn(&r->p->text, head, len);
	rule->about = arena_str(&r->p->text, about + strspn(about, " "));
	*r->end = r->rule = rule;
	r->end = &rule->next;
	r->cond_end = &rule->conds;
}

static int
read_line(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct reader *r = ctx;

	(void)line;
	if (key == NULL) {
		begin_rule(r, section);
		return *r->rule->name != '\0' ? 0 :
		    err_set(e, ERR_CONFIG, "a section names a segment: [vip: by level]");
	}
	return r->rule != NULL ? read_cond(r, key, value, e) : read_head(r, key, value, e);
}

int
segment_parse(struct segment_plan *p, const char *source, char *text, struct err *e)
{
	struct reader r = { .p = p, .end = &p->rules };

	*p = (struct segment_plan){ .source = source, .currency = "CNY", .words = WORDS_INIT,
		.text = ARENA_INIT };
	if (conf_parse_text(source, text, read_line, &r, e) < 0) {
		segment_release(p);
		return -1;
	}
	if (!r.into || p->rules == NULL) {
		segment_release(p);
		return err_set(e, ERR_CONFIG, "%s: no \"into\" in its head, or no [section]",
		    source);
	}
	words_build(&p->words);
	return 0;
}

void
segment_release(struct segment_plan *p)
{
	words_release(&p->words);
	arena_release(&p->text);
	*p = (struct segment_plan){ .source = NULL };
}
