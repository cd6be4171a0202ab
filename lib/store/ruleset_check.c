/* ruleset_check - are the rules what their writer meant? */
#include <string.h>

#include "store/ruleset_check.h"

/* The next line of *P, cut off in place, NULL at the end. */
static char *
next_line(char **p, size_t *number)
{
	char *line = *p, *end;

	if (line == NULL || *line == '\0')
		return NULL;
	end = line + strcspn(line, "\n");
	*p = *end != '\0' ? end + 1 : end;
	*end = '\0';
	if (end > line && end[-1] == '\r')
		end[-1] = '\0';
	++*number;
	return line;
}

static char *
next_words(char **p, size_t *number)
{
	char *line;

	while ((line = next_line(p, number)) != NULL)
		if (*line != '\0' && *line != '#')
			return line;
	return NULL;
}

/* The labels given, as many as WANT has words: the usual four, then all others. */
static void
labels_given(const struct verdict *v, const char *want, struct buf *out)
{
	static const char *const usual[] = { "type", "area", "urgency", "sentiment" };
	size_t words = 1, n = 0, i, k;

	for (; *want != '\0'; want++)
		words += *want == ' ';
	buf_clear(out);
	for (i = 0; i < 4 && n < words; i++)
		if (verdict_label(v, usual[i]) != NULL)
			buf_fmt(out, "%s%s", n++ > 0 ? " " : "", verdict_label(v, usual[i]));
	for (i = 0; i < v->n && n < words; i++) {
		for (k = 0; k < 4 && strcmp(usual[k], v->labels[i].dimension) != 0; k++)
			continue;
		if (k == 4)
			buf_fmt(out, "%s%s", n++ > 0 ? " " : "", v->labels[i].label);
	}
}

int
ruleset_test(struct labeller *l, const char *source, char *text, size_t *n, struct buf *out,
    struct err *e)
{
	struct buf given = BUF_INIT;
	size_t number = 0, at;
	char *line, *labels;
	struct err limit;
	int failed = 0;

	for (*n = 0; (line = next_words(&text, &number)) != NULL; ++*n) {
		at = number;
		labels = next_line(&text, &number);
		if (labels == NULL || *labels == '\0') {
			err_set(e, ERR_DATA, "a text without its labels");
			failed = err_at(e, source, at);
			break;
		}
		if (labeller_label(l, NULL, line, NULL, &limit) < 0)
			buf_fmt(out, "%s:%zu: %s\n", source, at, limit.msg);
		labels_given(&l->c.verdict, labels, &given);
		if (strcmp(labels, buf_cstr(&given)) != 0) {
			failed++;
			buf_fmt(out, "%s:%zu: %s: want %s, got %s\n", source, at, line, labels,
			    buf_cstr(&given));
		}
	}
	buf_release(&given);
	return failed;
}

size_t
ruleset_lint(struct rules *r, struct buf *out)
{
	struct rules_info info;
	size_t i, n = 0;
	const char *fault;

	for (i = 0; rules_info(r, i, &info); i++) {
		if ((fault = rules_fault(r, i)) == NULL)
			continue;
		n++;
		buf_fmt(out, "%s:%zu: rule %s: %s\n", info.source, info.line, info.name, fault);
	}
	return n;
}
