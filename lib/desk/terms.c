/* terms - the small language in which tickets are asked for */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"
#include "desk/terms.h"
#include "text/fold.h"
#include "time/tm.h"

enum { TERMS_MAX = 64, VALUES_MAX = 256 };

static const char *const fields[TERM_FIELDS] = {
	"status", "queue", "agent", "channel", "account", "type", "area", "urgency", "sentiment",
	"segment", "language", "cause", "outcome", "id", "customer", "priority", "csat",
	"reopens", "age", "waiting", "due", "opened", "resolved", "name", "subject", "text",
	"order", "is"
};
static const char *const states[TERM_STATES] = {
	"open", "unanswered", "unassigned", "overdue", "breached", "reopened", "merged", "group"
};

const char *
term_name(enum term_field field)
{
	return fields[field];
}

/* One term as it is read. */
struct reading {
	struct terms *t;
	const struct zone *zone;
	const char *word;	/* the whole term, for messages */
	struct err *e;
};

static int
refuse(struct reading *r, const char *why)
{
	return err_set(r->e, ERR_USAGE, "\"%.80s\": %s", r->word, why);
}

static int
find_field(const char *s, size_t len)
{
	int i;

	for (i = 0; i < TERM_FIELDS; i++)
		if (strlen(fields[i]) == len && strncasecmp(fields[i], s, len) == 0)
			return i;
	return -1;
}

/* One end of a range: *low to *high are all that S can mean (a day is a day long). */
static int
read_end(struct reading *r, enum term_field field, const char *s, int64_t *low, int64_t *high)
{
	int64_t day;
	char *end;
	struct err ignored;

	if (field >= TERM_OPENED) {
		if (tm_parse_date(s, &day, &ignored) == 0) {
			*low = zone_day_start(r->zone, day);
			*high = zone_day_start(r->zone, day + 1) - 1;
			return 0;
		}
		if (tm_parse(s, strlen(s), r->zone, low, &ignored) < 0)
			return refuse(r, "not a day or time");
	} else if (field >= TERM_AGE) {
		if (tm_parse_span(s, low, &ignored) < 0)
			return refuse(r, "not a length of time, as 30m or 2d");
	} else {
		*low = strtoll(s, &end, 10);
		if (end == s || *end != '\0')
			return refuse(r, "not a number");
	}
	*high = *low;
	return 0;
}

/* N, >N, >=N, <N, <=N, A..B */
static int
read_range(struct reading *r, enum term_field field, char *s, struct term_value *v)
{
	char *dots = strstr(s, "..");
	int64_t low, high, unused;
	size_t sign = strspn(s, "<>=");

	if (dots != NULL && sign == 0) {
		*dots = '\0';
		return read_end(r, field, s, &v->low, &unused) < 0 ||
		    read_end(r, field, dots + 2, &unused, &v->high) < 0 ? -1 : 0;
	}
	if (read_end(r, field, s + sign, &low, &high) < 0)
		return -1;
	v->low = INT64_MIN;
	v->high = INT64_MAX;
	if (sign == 0 || strncmp(s, "=", sign) == 0) {
		v->low = low;
		v->high = high;
	} else if (strncmp(s, ">=", sign) == 0) {
		v->low = sign == 2 ? low : high + 1;
	} else if (strncmp(s, "<=", sign) == 0) {
		v->high = sign == 2 ? high : low - 1;
	} else {
		return refuse(r, "only >, >=, <, <= and .. compare");
	}
	return 0;
}

static int
read_state(struct reading *r, const char *s, struct term_value *v)
{
	int i;

	for (i = 0; i < TERM_STATES; i++)
		if (strcasecmp(states[i], s) == 0)
			v->low = i;
	return v->low >= 0 ? 0 : refuse(r, "is: knows open, unanswered, unassigned, overdue, "
	    "breached, reopened, merged, group");
}

static const char *
folded(struct reading *r, const char *s)
{
	struct fold f = FOLD_INIT;
	const char *copy;

	fold_text(&f, s, strlen(s));
	copy = arena_strn(&r->t->arena, buf_cstr(&f.text), f.text.len);
	fold_release(&f);
	return copy;
}

static int
read_value(struct reading *r, struct term *t, char *s)
{
	struct term_value v = { NULL, -1, -1 };
	bool words = t->field >= TERM_NAME && t->field <= TERM_TEXT;

	if (t->n == VALUES_MAX)
		return refuse(r, "has too many values");
	if (*s == '\0')
		return refuse(r, "has no value");
	if (t->field == TERM_IS ? read_state(r, s, &v) < 0 :
	    t->field >= TERM_ID && t->field <= TERM_RESOLVED ?
	    read_range(r, t->field, s, &v) < 0 : false)
		return -1;
	v.text = words ? folded(r, s) : arena_str(&r->t->arena, s);
	t->v[t->n++] = v;
	return 0;
}

/* Values by commas, out of quotes; WORD's quotes are taken off on the way. */
static int
read_values(struct reading *r, struct term *t, const char *s)
{
	struct buf one = BUF_INIT;
	bool quoted = false;
	int bad = 0;

	t->v = arena_alloc(&r->t->arena, VALUES_MAX * sizeof(*t->v));
	for (; bad == 0; s++) {
		if (*s == '"') {
			quoted = !quoted;
		} else if (*s == '\0' || (*s == ',' && !quoted)) {
			buf_char(&one, '\0');
			bad = read_value(r, t, one.p);
			buf_clear(&one);
			if (*s == '\0')
				break;
		} else {
			buf_char(&one, *s);
		}
	}
	buf_release(&one);
	return bad;
}

static int
read_term(struct reading *r)
{
	struct terms *all = r->t;
	const char *s = r->word, *colon;
	struct term *t = &all->v[all->n];
	int field;

	if (all->n == TERMS_MAX)
		return refuse(r, "is one term too many");
	*t = (struct term){ .field = TERM_TEXT,
		.negated = (*s == '-' || *s == '!') && s[1] != '\0' };
	s += t->negated;
	colon = strchr(s, ':');
	if (colon != NULL && *s != '"') {
		if ((field = find_field(s, (size_t)(colon - s))) < 0)
			return refuse(r, "no such field (csr-ticket(1) lists them)");
		t->field = (enum term_field)field;
		s = colon + 1;
	}
	all->n++;
	return read_values(r, t, s);
}

/* The words of one argument, at blanks out of quotes. */
static int
read_words(struct reading *r, const char *s)
{
	struct buf word = BUF_INIT;
	bool quoted = false;
	int bad = 0;

	for (; bad == 0; s++) {
		if (*s == '"')
			quoted = !quoted;
		if (*s != '\0' && (quoted || strchr(" \t\n", *s) == NULL)) {
			buf_char(&word, *s);
			continue;
		}
		r->word = buf_cstr(&word);
		if (quoted)
			bad = refuse(r, "its quote is not closed");
		else if (word.len > 0)
			bad = read_term(r);
		buf_clear(&word);
		if (*s == '\0')
			break;
	}
	buf_release(&word);
	return bad;
}

int
terms_parse(struct terms *t, char *const *args, size_t n, const struct zone *z,
    struct err *e)
{
	struct reading r = { .t = t, .zone = z, .e = e };
	size_t i;

	*t = (struct terms){ .arena = ARENA_INIT };
	t->v = arena_alloc(&t->arena, TERMS_MAX * sizeof(*t->v));
	for (i = 0; i < n; i++)
		if (read_words(&r, args[i]) < 0) {
			terms_release(t);
			return -1;
		}
	return 0;
}

void
terms_release(struct terms *t)
{
	arena_release(&t->arena);
	*t = (struct terms){ .n = 0 };
}

const struct term *
terms_find(const struct terms *t, enum term_field field)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (t->v[i].field == field && !t->v[i].negated)
			return &t->v[i];
	return NULL;
}

/* The number FIELD asks about; false if the ticket has none. */
static bool
number_of(const struct term_facts *f, enum term_field field, int64_t now, int64_t *v)
{
	*v = field == TERM_ID ? f->id : field == TERM_CUSTOMER ? f->customer :
	    field == TERM_PRIORITY ? f->priority : field == TERM_CSAT ? f->csat :
	    field == TERM_AGE ? f->opened_at : field == TERM_WAITING ? f->waiting_since_at :
	    field == TERM_DUE ? f->due_at : field == TERM_OPENED ? f->opened_at :
	    field == TERM_RESOLVED ? f->resolved_at : f->reopens;
	if (*v == 0 && field != TERM_REOPENS)
		return false;
	if (field == TERM_AGE || field == TERM_WAITING)
		*v = now - *v;
	else if (field == TERM_DUE)
		*v -= now;
	return true;
}

static bool
value_holds(const struct term *t, const struct term_value *v, const struct term_facts *f,
    int64_t now)
{
	int64_t n;

	if (t->field == TERM_STATUS && strcmp(v->text, "any") == 0)
		return true;
	if (t->field < TERM_ID)
		return f->text[t->field] != NULL ? strcasecmp(f->text[t->field], v->text) == 0 :
		    strcmp(v->text, "none") == 0;
	if (t->field == TERM_IS)
		return f->is[v->low];
	return number_of(f, t->field, now, &n) && n >= v->low && n <= v->high;
}

static bool
is_costly(const struct term *t)
{
	return t->field >= TERM_NAME && t->field <= TERM_ORDER;
}

static bool
cheap_holds(const struct term *t, const struct term_facts *f, int64_t now)
{
	size_t i;

	for (i = 0; i < t->n; i++)
		if (value_holds(t, &t->v[i], f, now))
			return !t->negated;
	return t->negated;
}

static int
costly_holds(const struct term *t, int64_t ticket, term_ask_fn *ask, void *ctx,
    struct err *e)
{
	size_t i;
	int got;

	for (i = 0; i < t->n; i++) {
		if ((got = ask(ctx, ticket, t->field, t->v[i].text, e)) < 0)
			return -1;
		if (got > 0)
			return !t->negated;
	}
	return t->negated;
}

int
terms_hold(const struct terms *t, const struct term_facts *f, int64_t now,
    term_ask_fn *ask, void *ctx, struct err *e)
{
	size_t i;
	int got;

	for (i = 0; i < t->n; i++)
		if (!is_costly(&t->v[i]) && !cheap_holds(&t->v[i], f, now))
			return 0;
	for (i = 0; i < t->n; i++)
		if (is_costly(&t->v[i]) &&
		    (got = costly_holds(&t->v[i], f->id, ask, ctx, e)) <= 0)
			return got;
	return 1;
}
