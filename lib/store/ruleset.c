/* ruleset - the files of rules of this desk: load them, list them */
#include <stdlib.h>

#include "base/conf.h"
#include "store/ruleset.h"
#include "stream/rec.h"

enum { RULES_MAX = 4 * 1024 * 1024 };

static int
read_all(struct rules *r, struct err *e)
{
	char **paths;
	int i, n = conf_list("rules", ".rules", &paths, e), bad = n < 0 ? -1 : 0;

	for (i = 0; i < n && bad == 0; i++) {
		char *text = conf_read(paths[i], RULES_MAX, NULL, e);

		bad = text != NULL ? rules_read(r, paths[i], text, e) : -1;
		free(text);
	}
	if (n >= 0)
		conf_list_free(paths, n);
	return bad < 0 ? -1 : rules_ready(r, e);
}

struct rules *
ruleset_load(struct err *e)
{
	struct rules *r = rules_new();

	if (read_all(r, e) == 0)
		return r;
	rules_free(r);
	return NULL;
}

void
ruleset_list(const struct rules *r, struct buf *out)
{
	struct rules_info info;
	size_t i;

	for (i = 0; rules_info(r, i, &info); i++) {
		struct node *n = node_object();

		node_set_text(n, "rule", info.name);
		node_set_text(n, "dimension", info.dimension);
		node_set_text(n, "label", info.label);
		if (info.hard)
			node_set_bool(n, "hard", true);
		else
			node_set_real(n, "weight", info.weight);
		node_set_text(n, "file", info.source);
		node_set_int(n, "line", (int64_t)info.line);
		node_print(n, out);
		buf_char(out, '\n');
		node_free(n);
	}
}
