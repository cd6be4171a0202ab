/* segments - the plans of share/segments, read and checked */
#include <stdlib.h>

#include "base/conf.h"
#include "store/segments.h"

enum { TEXT_MAX = 1024 * 1024 };

int
segments_load(struct segments *s, struct err *e)
{
	int i, bad = 0;

	*s = (struct segments){ .n = 0 };
	s->n_paths = conf_list("segments", ".conf", &s->paths, e);
	if (s->n_paths > SEGMENTS_MAX)
		return err_set(e, ERR_CONFIG, "more than %d files in segments/", SEGMENTS_MAX);
	for (i = 0; i < s->n_paths && bad == 0; i++) {
		char *text = conf_read(s->paths[i], TEXT_MAX, NULL, e);

		bad = text != NULL ? segment_parse(&s->v[s->n], s->paths[i], text, e) : -1;
		s->n += bad == 0;
		free(text);
	}
	return s->n_paths < 0 ? -1 : bad;
}

void
segments_release(struct segments *s)
{
	while (s->n > 0)
		segment_release(&s->v[--s->n]);
	conf_list_free(s->paths, s->n_paths);
}

const struct segment_plan *
segments_value(const struct segments *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		if (!s->v[i].is_profile)
			return &s->v[i];
	return NULL;
}
