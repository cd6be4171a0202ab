/* checklist - the steps of a return, a refund, a change, as read from checklists/NAME.conf */
#include <string.h>

#include "base/conf.h"
#include "desk/checklist.h"
#include "time/tm.h"

const char *
task_state_name(enum task_state s)
{
	static const char *const names[] = { "", "later", "open", "done", "failed", "skipped" };

	return names[s];
}

struct reading {
	struct checklist *c;
	cal_find_fn *find;
};

static int
unknown(struct err *e, const char *key)
{
	return err_set(e, ERR_CONFIG, "unknown key \"%s\"", key);
}

/* The words of VALUE at commas and blanks, one call of FN each. */
static int
each_word(struct checklist *c, const char *value, void *to,
    int (*fn)(struct checklist *c, const char *word, void *to, struct err *e), struct err *e)
{
	const char *s = value;
	size_t n;

	for (;; s += n) {
		s += strspn(s, ", \t");
		if ((n = strcspn(s, ", \t")) == 0)
			return 0;
		if (fn(c, arena_strn(&c->arena, s, n), to, e) < 0)
			return -1;
	}
}

static int
add_reason(struct checklist *c, const char *word, void *to, struct err *e)
{
	(void)to;
	if (c->n_reasons == CHECKLIST_REASONS)
		return err_set(e, ERR_CONFIG, "more than %d reasons", CHECKLIST_REASONS);
	c->reasons[c->n_reasons++] = word;
	return 0;
}

/* Only steps above can come before one, so there are no circles. */
static int
add_after(struct checklist *c, const char *word, void *to, struct err *e)
{
	struct checklist_step *step = to;
	int i = checklist_step(c, word);

	if (i < 0 || &c->steps[i] == step)
		return err_set(e, ERR_CONFIG, "no step \"%s\" above this one", word);
	if (step->n_after == CHECKLIST_AFTER)
		return err_set(e, ERR_CONFIG, "more than %d steps before one", CHECKLIST_AFTER);
	step->after[step->n_after++] = (size_t)i;
	return 0;
}

static int
set_head(struct reading *r, const char *key, const char *value, struct err *e)
{
	struct checklist *c = r->c;

	if (strcmp(key, "title") == 0)
		c->title = arena_str(&c->arena, value);
	else if (strcmp(key, "calendar") == 0)
		return (c->calendar = r->find(value, e)) != NULL ? 0 : -1;
	else if (strcmp(key, "reasons") == 0)
		return each_word(c, value, NULL, add_reason, e);
	else
		return unknown(e, key);
	return 0;
}

static int
set_step(struct reading *r, struct checklist_step *s, const char *key, const char *value,
    struct err *e)
{
	struct checklist *c = r->c;

	if (strcmp(key, "title") == 0)
		s->title = arena_str(&c->arena, value);
	else if (strcmp(key, "queue") == 0)
		s->queue = arena_str(&c->arena, value);
	else if (strcmp(key, "after") == 0)
		return each_word(c, value, s, add_after, e);
	else if (strcmp(key, "within") == 0)
		return tm_parse_span(value, &s->within_ms, e);
	else if (strcmp(key, "waits") != 0)
		return unknown(e, key);
	else if ((s->waits = strcmp(value, "yes") == 0) || strcmp(value, "no") == 0)
		return 0;
	else
		return err_set(e, ERR_CONFIG, "waits is yes or no, not \"%s\"", value);
	return 0;
}

/* A head begins a step. */
static int
on_head(struct checklist *c, const char *section, struct err *e)
{
	if (strcmp(section, "checklist") == 0)
		return 0;
	if (strncmp(section, "step ", 5) != 0 || section[5] == '\0')
		return err_set(e, ERR_CONFIG, "unknown section [%s]", section);
	if (checklist_step(c, section + 5) >= 0)
		return err_set(e, ERR_CONFIG, "[%s] is there twice", section);
	if (c->n == CHECKLIST_STEPS)
		return err_set(e, ERR_CONFIG, "more than %d steps", CHECKLIST_STEPS);
	c->steps[c->n++].name = arena_str(&c->arena, section + 5);
	return 0;
}

static int
on_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct reading *r = ctx;

	(void)line;
	if (key == NULL)
		return on_head(r->c, section, e);
	if (strcmp(section, "checklist") == 0)
		return set_head(r, key, value, e);
	if (*section == '\0')
		return err_set(e, ERR_CONFIG, "\"%s\" stands before the first section", key);
	return set_step(r, &r->c->steps[r->c->n - 1], key, value, e);
}

static int
check(const struct checklist *c, struct err *e)
{
	size_t i;

	if (c->title == NULL || c->n == 0)
		return err_set(e, ERR_CONFIG, "a checklist has a title and at least one step");
	for (i = 0; i < c->n; i++) {
		if (c->steps[i].title == NULL)
			return err_set(e, ERR_CONFIG, "step \"%s\" has no title", c->steps[i].name);
		if (c->steps[i].within_ms > 0 && c->calendar == NULL)
			return err_set(e, ERR_CONFIG, "step \"%s\" has a time, and there is no "
			    "calendar", c->steps[i].name);
	}
	return 0;
}

int
checklist_parse(struct checklist *c, const char *source, char *text, cal_find_fn *find,
    struct err *e)
{
	struct reading r = { c, find };

	*c = (struct checklist){ .arena = ARENA_INIT };
	if (conf_parse_text(source, text, on_key, &r, e) == 0) {
		if (check(c, e) == 0)
			return 0;
		err_at(e, source, 0);
	}
	checklist_release(c);
	return -1;
}

void
checklist_release(struct checklist *c)
{
	arena_release(&c->arena);
	c->n = 0;
}

int
checklist_step(const struct checklist *c, const char *name)
{
	size_t i;

	for (i = 0; i < c->n; i++)
		if (strcmp(c->steps[i].name, name) == 0)
			return (int)i;
	return -1;
}

bool
checklist_has_reason(const struct checklist *c, const char *reason)
{
	size_t i;

	for (i = 0; i < c->n_reasons; i++)
		if (strcmp(c->reasons[i], reason) == 0)
			return true;
	return c->n_reasons == 0;
}
