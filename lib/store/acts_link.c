/* acts_link - what is done to several people: are they one, or two? */
#include <string.h>

#include "store/acts_link.h"
#include "store/conflicts.h"

enum { MOST = 64 };

static int
find_all(struct acts *a, int argc, char **words, int64_t *ids, struct err *e)
{
	struct whois w = { .db = a->ask.db, .fold = FOLD_INIT };
	struct whois_hit hit = { .id = 0 };
	int i, bad = 0;

	if (argc < 2 || argc > MOST)
		return err_set(e, ERR_USAGE, "name two customers, or more (try --help)");
	for (i = 0; i < argc && bad == 0; i++) {
		bad = whois_one(&w, words[i], &hit, e);
		ids[i] = hit.id;
	}
	whois_release(&w);
	return bad < 0 ? -1 : customers_begin(&a->customers, e);
}

static int
push_link(struct acts *a, int64_t x, int64_t y, const char *state, struct node *out,
    struct err *e)
{
	struct node *o = node_object(), *roots = node_array();
	int64_t min = x < y ? x : y, max = x < y ? y : x;
	int64_t root = customers_root(&a->customers, min, e);
	int64_t other = customers_root(&a->customers, max, e);

	node_set_text(o, "kind", "link");
	node_set_int(o, "a", min);
	node_set_int(o, "b", max);
	node_set_text(o, "state", state);
	node_push(roots, node_int(root));
	if (other != root)
		node_push(roots, node_int(other));
	node_set(o, "customers", roots);
	node_push(out, o);
	return root < 0 || other < 0 ? -1 : 0;
}

int
acts_link(struct acts *a, int argc, char **words, struct node *out, struct err *e)
{
	int64_t ids[MOST];
	bool linked;
	int i;

	if (find_all(a, argc, words, ids, e) < 0)
		return -1;
	for (i = 1; i < argc; i++)
		if (customers_link(&a->customers, ids[0], ids[i], 0, a->actor, a->ask.now, &linked,
		    e) < 0 ||
		    push_link(a, ids[0], ids[i], linked ? "linked" : "linked already", out, e) < 0)
			return -1;
	return 0;
}

int
acts_unlink(struct acts *a, int argc, char **words, struct node *out, struct err *e)
{
	int64_t ids[MOST];

	if (find_all(a, argc, words, ids, e) < 0)
		return -1;
	if (argc > 2)
		return err_set(e, ERR_USAGE, "unlink takes two customers (try --help)");
	if (customers_unlink(&a->customers, ids[0], ids[1], a->actor, a->ask.now, e) < 0)
		return -1;
	return push_link(a, ids[0], ids[1], customers_root(&a->customers, ids[0], e) ==
	    customers_root(&a->customers, ids[1], e) ? "unlinked, but one by other links" :
	    "unlinked", out, e);
}

static int
resolve(struct acts *a, int argc, char **words, struct node *out, struct err *e)
{
	const char *how = argc > 0 ? words[argc - 1] : "";
	int64_t ids[MOST];
	int i, j;

	if (strcmp(how, "link") == 0)
		return acts_link(a, argc - 1, words, out, e);
	if (strcmp(how, "keep") != 0)
		return err_set(e, ERR_USAGE, "how: customers, then link or keep (try --help)");
	if (find_all(a, --argc, words, ids, e) < 0)
		return -1;
	for (i = 0; i < argc; i++)
		for (j = i + 1; j < argc; j++)
			if (customers_keep_apart(&a->customers, ids[i], ids[j], a->actor,
			    a->ask.now, e) < 0 ||
			    push_link(a, ids[i], ids[j], "kept apart", out, e) < 0)
				return -1;
	return 0;
}

int
acts_conflicts(struct acts *a, int argc, char **words, struct node *out, struct err *e)
{
	if (a->resolve)
		return resolve(a, argc, words, out, e);
	if (argc > 0)
		return err_set(e, ERR_USAGE, "conflicts takes no \"%.40s\" without --resolve",
		    words[0]);
	return conflicts_list(&a->ask, out, e);
}
