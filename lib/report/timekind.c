/* timekind - clock time or working time, where a report has both of the same span */
#include "report/timekind.h"

static bool
is_between(const struct origin *o)
{
	return o->kind == FROM_SPAN || o->kind == FROM_WORK;
}

/* Where the same two columns are told of in the other time; FIELD itself if nowhere. */
static size_t
twin(const struct report *r, size_t field)
{
	const struct origin *o = &r->origins[field];
	size_t i;

	for (i = 0; i < r->n && is_between(o); i++)
		if (is_between(&r->origins[i]) && r->origins[i].kind != o->kind &&
		    r->origins[i].from == o->from && r->origins[i].to == o->to)
			return i;
	return field;
}

bool
time_shows(const struct report *r, enum time_kind kind, size_t field)
{
	enum origin_kind origin = r->origins[field].kind;

	if (kind == TIME_CLOCK)
		return origin != FROM_WORK;
	return kind == TIME_BOTH || origin != FROM_SPAN || twin(r, field) == field;
}

size_t
time_column(const struct report *r, enum time_kind kind, size_t field)
{
	return time_shows(r, kind, field) ? field : twin(r, field);
}

const struct measure *
time_measure(const struct report *r, enum time_kind kind, size_t i)
{
	const struct measure *m = &r->measures[i];
	size_t field = time_column(r, kind, m->field), k;

	if (m->fn == M_COUNT || time_shows(r, kind, m->field))
		return m;
	for (k = 0; k < r->n_measures; k++)
		if (r->measures[k].fn == m->fn && r->measures[k].rank == m->rank &&
		    r->measures[k].field == field)
			return &r->measures[k];
	return NULL;
}
