/* mentions - whom a message's text calls, as the fact lists them */
#include <string.h>

#include "intake/mentions.h"
#include "text/mention.h"

void
mentions_set(struct fact_message *m, struct arena *a)
{
	const char *at = m->text, *name;
	size_t len, n = 0;
	const char **list;

	if (m->mentions_n > 0 || at == NULL || (strchr(at, '@') == NULL &&
	    strstr(at, "＠") == NULL))
		return;
	while (mention_next(&at, &len) != NULL)
		n++;
	list = arena_alloc(a, (n + 1) * sizeof(*list));
	for (at = m->text; (name = mention_next(&at, &len)) != NULL;)
		list[m->mentions_n++] = arena_strn(a, name, len);
	m->mentions = list;
}
