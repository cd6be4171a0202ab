/* surveyread - the score in what a customer wrote
 *
 * Two readings are tried on the folded text: a number at its beginning that stands for
 * itself ("5", "5 stars", "4/5", "我给五分"), and the first of the form's words ("very
 * satisfied").  A number inside other talk ("order 5 has not come") is no answer, nor is
 * a word in a long message or a question.
 */
#include <math.h>
#include <string.h>

#include "desk/survey.h"
#include "text/fold.h"
#include "text/utf8.h"

enum {
	ANSWER_CHARS = 80,	/* a longer message is not an answer ... */
	START_CHARS = 4		/* ... unless it begins with one */
};

/* Bytes [start, end) of the folded text that give a score. */
struct reading {
	size_t start, end;
	int64_t score;
	bool found;
};

static const char *const numerals[][12] = {
	{ "零", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十", NULL },
	{ "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
	  "ten", NULL },
	{ "〇", NULL },
};

static bool
begins(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Bytes of the longest word of L that S begins with. */
static size_t
longest(const struct survey_list *l, const char *s)
{
	size_t i, best = 0;

	for (i = 0; i < l->n; i++)
		if (strlen(l->v[i]) > best && begins(s, l->v[i]))
			best = strlen(l->v[i]);
	return best;
}

/* Letters of any script, digits, and signs that give a number another meaning. */
static bool
goes_on(const char *s)
{
	const char *p = s, *end = s + strlen(s);
	uint32_t c;

	if (*s == '\0')
		return false;
	c = utf8_next(&p, end);
	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || strchr("%#@_", (int)c);
	return (c >= 0xC0 && c < 0x2000) || utf8_is_cjk(c);
}

/* Behind a blank, a Chinese word that is no measure begins the comment: "5 真的很专业". */
static bool
goes_on_as_count(const char *s)
{
	const char *p = s;

	return goes_on(s) && !utf8_is_cjk(utf8_next(&p, s + strlen(s)));
}

static bool
take_numeral(const char **s, double *v)
{
	size_t kind, i;

	if (begins(*s, "两")) {
		*s += strlen("两");
		*v = 2;
		return true;
	}
	for (kind = 0; kind < sizeof(numerals) / sizeof(*numerals); kind++)
		for (i = 0; numerals[kind][i] != NULL; i++)
			if (begins(*s, numerals[kind][i])) {
				*s += strlen(numerals[kind][i]);
				*v = (double)i;
				return true;
			}
	return false;
}

/* At most two digits and two decimals, or a numeral. */
static bool
take_number(const char **s, double *v)
{
	size_t digits = strspn(*s, "0123456789"), more, i;

	if (digits == 0)
		return take_numeral(s, v);
	if (digits > 2)
		return false;
	for (*v = 0, i = 0; i < digits; i++)
		*v = *v * 10 + (*s)[i] - '0';
	*s += digits;
	more = **s == '.' ? strspn(*s + 1, "0123456789") : 0;
	if (more == 1) {
		*v += ((*s)[1] - '0') / 10.0;
		*s += 2;
	}
	return more < 2;
}

static const char *
blanks(const char *s)
{
	return s + strspn(s, " \t\r\n");
}

/* "/5", "out of 5", "of 10": what full marks were; 0 if not said. */
static double
take_full(const char **s)
{
	static const char *const links[] = { "/", "out of ", "of " };
	const char *at = blanks(*s);
	double full;
	size_t i;

	for (i = 0; i < sizeof(links) / sizeof(*links); i++) {
		const char *n = at + strlen(links[i]);

		if (!begins(at, links[i]))
			continue;
		n = blanks(n);
		if (take_number(&n, &full) && full > 0) {
			*s = n;
			return full;
		}
	}
	return 0;
}

/* "★★★★☆" */
static struct reading
read_stars(const char *text)
{
	static const char *const full[] = { "★", "⭐", "🌟" };
	struct reading r = { 0, 0, 0, false };
	size_t i, len;

	do {
		for (i = 0, len = 0; i < 3 && len == 0; i++)
			if (begins(text + r.end, full[i]))
				len = strlen(full[i]);
		r.end += len;
		r.score += len > 0;
	} while (len > 0);
	while (begins(text + r.end, "☆"))
		r.end += strlen("☆");
	r.found = r.score > 0;
	return r;
}

/* The number TEXT begins with, if it can be nothing but a score. */
static struct reading
read_number(const struct survey_form *f, const char *text)
{
	struct reading r = read_stars(text);
	const char *s = text;
	size_t len;
	double v, full;

	if (r.found)
		return r;
	do
		s += strspn(s, " \t\r\n\"':([,.!~");
	while ((len = longest(&f->before, s)) > 0 && (s += len));
	r.start = (size_t)(s - text);
	if (!take_number(&s, &v) || longest(&f->other, blanks(s)) > 0)
		return r;
	full = take_full(&s);
	len = longest(&f->after, blanks(s));
	if (len > 0)
		s = blanks(s) + len;
	else if (goes_on(s) || (*s == ' ' && goes_on_as_count(blanks(s))) ||
	    (strchr("-:.,/", *s) && *s != '\0' && strchr("0123456789", s[1]) && s[1] != '\0'))
		return r;
	if (full > 0 && (int64_t)full != f->max)
		v = v * (double)f->max / full;
	r.end = (size_t)(s - text);
	r.score = (int64_t)floor(v + 0.5);
	r.found = true;
	return r;
}

static void
keep_first(void *ctx, const struct words_hit *hit)
{
	struct reading *r = ctx;

	if (r->found && (hit->start > r->start || (hit->start == r->start && hit->end <= r->end)))
		return;
	*r = (struct reading){ hit->start, hit->end, (int64_t)hit->id, true };
}

static bool
negated(const struct survey_form *f, const char *text, size_t at)
{
	size_t i, len;

	while (at > 0 && text[at - 1] == ' ')
		at--;
	for (i = 0; i < f->negations.n; i++) {
		len = strlen(f->negations.v[i]);
		if (len <= at && memcmp(text + at - len, f->negations.v[i], len) == 0)
			return true;
	}
	return false;
}

/* The first word, and the longest there: "very dissatisfied", not "satisfied". */
static struct reading
read_words(const struct survey_form *f, const char *text, size_t len)
{
	struct reading r = { 0, 0, 0, false };
	size_t start;

	words_scan(&f->answers, text, len, keep_first, &r);
	if (!r.found)
		return r;
	start = utf8_count(text, r.start);
	if (start > START_CHARS && (utf8_count(text, len) > ANSWER_CHARS ||
	    strchr(text, '?') || strstr(text, "吗")))
		r.found = false;
	if (negated(f, text, r.start))
		r.score = 2 * r.score > f->min + f->max ? f->min + 1 : f->max - 1;
	return r;
}

/* Bytes of TEXT above what it quotes. */
static size_t
own_len(const char *text)
{
	const char *line = text, *end;

	for (; *line != '\0'; line = *end ? end + 1 : end) {
		size_t len = strcspn(line, "\n");

		end = line + len;
		if (*line == '>' || begins(line, "-----") || memmem(line, len, "写道", 6) ||
		    memmem(line, len, "wrote:", 6) || begins(line, "发件人") ||
		    begins(line, "From:"))
			break;
	}
	return (size_t)(line - text);
}

bool
survey_read(const struct survey_form *f, const char *text, int64_t *score)
{
	struct fold folded = FOLD_INIT;
	struct reading n, w;
	const char *s;
	bool word;

	fold_text(&folded, text, own_len(text));
	s = buf_cstr(&folded.text);
	n = read_number(f, s);
	w = read_words(f, s, folded.text.len);
	word = w.found && (!n.found || (w.start <= n.start && w.end > n.end));
	*score = word ? w.score : n.score;
	fold_release(&folded);
	return (word || n.found) && *score >= f->min && *score <= f->max;
}
