/* choose - by which channel to write to somebody, and why */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/conf.h"
#include "desk/choose.h"

static const char *const traits[TRAITS] = { "speed", "proof", "richness", "cost" };

static int
set(struct choosing *c, const char *section, double *v, const char *key, const char *value,
    struct err *e)
{
	char *end;
	double n = strtod(value, &end);
	int i;

	if (end == value || *end != '\0' || n < 0 || n > 100)
		return err_set(e, ERR_CONFIG, "%s is a number from 0 to 100, not \"%s\"",
		    key, value);
	if (strcmp(section, "preference") == 0) {
		if (strcmp(key, "first") != 0 && strcmp(key, "second") != 0)
			return err_set(e, ERR_CONFIG, "unknown key \"%s\"", key);
		*(strcmp(key, "first") == 0 ? &c->preferred : &c->second) = n;
		return 0;
	}
	for (i = 0; i < TRAITS; i++)
		if (strcmp(traits[i], key) == 0) {
			v[i] = n;
			return 0;
		}
	return err_set(e, ERR_CONFIG, "unknown key \"%s\"", key);
}

static int
on_key(void *ctx, const char *section, const char *key, const char *value, size_t line,
    struct err *e)
{
	struct choosing *c = ctx;
	bool channel = strncmp(section, "channel ", 8) == 0;
	bool purpose = strncmp(section, "purpose ", 8) == 0;

	(void)line;
	if (key != NULL)
		return set(c, section, channel ? c->channels[c->n_channels - 1].v : purpose ?
		    c->purposes[c->n_purposes - 1].v : NULL, key, value, e);
	if (channel && c->n_channels < 32)
		c->channels[c->n_channels++].name = arena_str(&c->arena, section + 8);
	else if (purpose && c->n_purposes < 32)
		c->purposes[c->n_purposes++].name = arena_str(&c->arena, section + 8);
	else if (strcmp(section, "preference") != 0)
		return err_set(e, ERR_CONFIG, "unknown section [%s]", section);
	return 0;
}

int
choosing_parse(struct choosing *c, const char *source, char *text, struct err *e)
{
	*c = (struct choosing){ .arena = ARENA_INIT };
	if (conf_parse_text(source, text, on_key, c, e) == 0)
		return 0;
	choosing_release(c);
	return -1;
}

void
choosing_release(struct choosing *c)
{
	arena_release(&c->arena);
	c->n_channels = c->n_purposes = 0;
}

static const struct choice_rule *
find(const struct choice_rule *v, size_t n, const char *name)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(v[i].name, name) == 0)
			return &v[i];
	return NULL;
}

const struct choice_rule *
choosing_channel(const struct choosing *c, const char *name)
{
	return find(c->channels, c->n_channels, name);
}

const struct choice_rule *
choosing_purpose(const struct choosing *c, const char *name)
{
	return find(c->purposes, c->n_purposes, name);
}

double
choice_worth(const struct choosing *c, const struct choice_rule *channel,
    const struct choice_rule *purpose, int place, bool valued, char *why, size_t size)
{
	double like = place == 1 ? c->preferred : place > 1 ? c->second : 0;
	double sum = like;
	size_t n = 0;
	int i;

	*why = '\0';
	for (i = 0; i < TRAITS; i++) {
		double sign = i != TRAIT_COST ? 1 : valued ? -0.5 : -1;
		double part = channel->v[i] * purpose->v[i] * sign;

		sum += part;
		if (n < size && (part > 0 || part < 0))
			n += (size_t)snprintf(why + n, size - n, "%s%s%+g", n > 0 ? " " : "",
			    traits[i], part);
	}
	if (n < size && like > 0)
		snprintf(why + n, size - n, "%spreferred%+g", n > 0 ? " " : "", like);
	return sum;
}

static int
better(const void *a, const void *b)
{
	const struct choice *x = a, *y = b;

	if (x->out != y->out)
		return x->out ? 1 : -1;
	if (x->worth < y->worth || x->worth > y->worth)
		return x->worth > y->worth ? -1 : 1;
	return strcmp(x->channel, y->channel);
}

void
choices_sort(struct choice *v, size_t n)
{
	if (n > 1)
		qsort(v, n, sizeof(*v), better);
}
