/* look - what the beginning of a JSON file shows of its layout */
#include <string.h>

#include "intake/cells.h"
#include "intake/csv_head.h"
#include "intake/fact_fields.h"
#include "intake/look.h"
#include "stream/jdoc.h"

bool
look_ours(const struct node *n)
{
	const char *kind = node_as_text(node_get(n, "kind"));

	return kind != NULL && fact_word(kind, fact_kinds, FACT_KINDS_READ) != 0;
}

/* What the members of RECORD, beside the list SKIP, make: a kind, or CSV_KINDS. */
static enum csv_kind
kind_of(const struct node *record, const struct node *skip, struct aliases *a,
    const struct column_map *m)
{
	struct cells cells = { .n = 0 };
	enum csv_kind kind = CSV_KINDS;
	struct csv_head h;
	struct err e;

	if (node_is_object(record) && cells_add(&cells, record, skip)) {
		if (csv_head_of(&h, cells.name, cells.n, cells.n, a, m, &e) > 0)
			kind = h.kind;
		csv_head_release(&h);
	}
	cells_release(&cells);
	return kind;
}

enum layout
look_layout(const struct node *root, struct aliases *a, const struct column_map *m)
{
	const struct node *list = cells_list(root, false);
	enum csv_kind item = kind_of(node_at(list, 0), NULL, a, m);

	if (item == CSV_MESSAGE)
		return LAYOUT_LIST;
	if (kind_of(root, list, a, m) != CSV_KINDS)
		return LAYOUT_RECORD;
	return item != CSV_KINDS || look_ours(node_at(list, 0)) ? LAYOUT_LIST : LAYOUT_NONE;
}

static bool
fits(const struct node *first)
{
	struct column_map none;
	struct aliases a;
	struct err e;
	bool good = false;

	column_map_load(&none, NULL, &a, &e);
	if (aliases_load(&a, &e) == 0)
		good = look_layout(first, &a, &none) != LAYOUT_NONE;
	aliases_release(&a);
	return good;
}

int
look_sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	size_t at = len >= 3 && memcmp(head, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	struct node *first;
	int sure = 0;

	(void)path;
	while (at < len && strchr(" \t\r\n", head[at]) != NULL)
		at++;
	if (is_dir || at == len || (head[at] != '{' && head[at] != '['))
		return 0;
	first = jdoc_first(head, len, false, cells_is_list);
	if (node_as_text(node_get(first, "kind")) != NULL)
		sure = head[at] == '[' ? 90 : 0;	/* our own records, as an array */
	else if (first != NULL)
		sure = fits(first) ? 60 : 0;
	node_free(first);
	return sure;
}
