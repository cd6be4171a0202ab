/* json_facts - any JSON as facts, by the names of its members
 *
 * Orders, customers, comments and messages in JSON are read as the columns of a CSV file
 * are: aliases say what a name means.  Records stand one a line, in an array, or in a list
 * within a document ({"visitor":{...},"messages":[...]}); what stands around the list
 * holds for each of its items.  Records of one file are of one kind, that of the first.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "intake/csv_row.h"
#include "intake/docs.h"
#include "intake/formats.h"
#include "intake/look.h"
#include "intake/cells.h"

enum { SHAPES_MAX = 512, OWN_ID_MAX = 8 };

struct state {
	struct docs docs;
	int layout;		/* of the documents, LAYOUT_NONE until one is known */
	struct aliases aliases;
	struct column_map map;
	struct csv_row row;
	struct map shapes;	/* names of members to struct csv_head */
	struct cells cells, around;
	struct buf key;		/* of a shape */
	struct fact answer;	/* of the present row, not yet given */
	struct arena scratch;	/* of records in our own form */
};

static docs_list_fn list_of;

static int
open_json(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct state *s = xcalloc(1, sizeof(*s));

	docs_open(&s->docs, in, fd, head, len, list_of, s);
	in->state = s;
	if (aliases_load(&s->aliases, e) == 0 &&
	    column_map_load(&s->map, in->opts.map, &s->aliases, e) == 0) {
		column_map_lean(&s->map, in->opts.channel);
		csv_row_init(&s->row, NULL, &s->aliases, &s->map, &in->opts);
		return 0;
	}
	in->format->close(in);
	return -1;
}

static void
forget_shapes(struct state *s)
{
	struct map_slot *slot;
	size_t at = 0;

	while ((slot = map_each(&s->shapes, &at)) != NULL) {
		csv_head_release(slot->value.ptr);
		free(slot->value.ptr);
	}
	map_clear(&s->shapes);
}

static void
close_json(struct intake *in)
{
	struct state *s = in->state;

	forget_shapes(s);
	map_release(&s->shapes);
	csv_row_release(&s->row);
	cells_release(&s->cells);
	cells_release(&s->around);
	column_map_release(&s->map);
	aliases_release(&s->aliases);
	docs_close(&s->docs);
	arena_release(&s->scratch);
	buf_release(&s->key);
	free(s);
	in->state = NULL;
}

/* What the first record's names mean. */
static void
explain(const struct intake *in, const struct csv_head *h)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		intake_note(in, "%s: %s: %s -> %s", in->name, csv_kinds[h->kind], h->names[i],
		    h->columns[i].slot != SLOT_EXTRA ? csv_slots[h->columns[i].slot].name :
		    "extra");
}

/* What the names of the present cells mean: known, or found out. NULL: *e says why not. */
static struct csv_head *
shape_of(struct intake *in, struct state *s, size_t around, struct err *e)
{
	union map_value *known;
	struct csv_head *h;
	int is_new;
	size_t i;

	buf_clear(&s->key);
	for (i = 0; i < s->cells.n; i++) {
		buf_add(&s->key, s->cells.name[i].p, s->cells.name[i].len);
		buf_char(&s->key, i + 1 == around ? '\r' : '\n');
	}
	known = map_get(&s->shapes, s->key.p, s->key.len);
	if (known != NULL)
		return known->ptr;
	h = xcalloc(1, sizeof(*h));
	if (csv_head_of(h, s->cells.name, s->cells.n, around, &s->aliases, &s->map, e) <= 0) {
		csv_head_release(h);
		free(h);
		return NULL;
	}
	if (s->shapes.n >= SHAPES_MAX)
		forget_shapes(s);
	s->map.kind = h->kind;
	map_put(&s->shapes, s->key.p, s->key.len, &is_new)->ptr = h;
	if (in->opts.note != NULL && s->shapes.n == 1)
		explain(in, h);
	return h;
}

/* What stands around a list is said once: what nobody knows with its first item, how the
 * conversation ended with its last. */
static void
hush(struct state *s, const struct csv_head *h, size_t around)
{
	bool first = docs_is_first(&s->docs), last = docs_is_last(&s->docs);
	size_t i;

	for (i = around; i < s->cells.n; i++) {
		enum csv_slot slot = h->columns[i].slot;
		bool end = slot == SLOT_STATUS || slot == SLOT_SCORE || slot == SLOT_SOLVED_AT;

		if ((slot == SLOT_EXTRA && !first) || (end && !last))
			s->cells.value[i].len = 0;
	}
}

/* Numbers of messages in a conversation are its own: "1" of another one is another.  They
 * go by the conversation's id; short ones of a conversation without an id mean nothing. */
static void
own_ids(struct state *s, struct fact *f, size_t around)
{
	const char **ids[] = { &f->external_id, &f->message.reply_to };
	const char *thread = f->message.thread;
	bool named = s->row.v[SLOT_THREAD].len > 0 && s->row.column[SLOT_THREAD] >= around;
	bool here = s->row.v[SLOT_THREAD].len > 0 || s->row.v[SLOT_GROUP].len > 0;
	size_t i;

	for (i = 0; i < 2 && f->kind == FACT_MESSAGE; i++) {
		const char *id = *ids[i];

		if (id == NULL || (here && !named))
			continue;
		if (named) {
			size_t size = strlen(thread) + strlen(id) + 2;
			char *own = arena_alloc(&s->row.scratch, size);

			snprintf(own, size, "%s/%s", thread, id);
			*ids[i] = own;
		} else if (strlen(id) < OWN_ID_MAX) {
			*ids[i] = NULL;
		}
	}
}

static int
read_row(struct intake *in, struct state *s, struct fact *f, struct err *e)
{
	struct csv_head *h;
	size_t n;

	cells_clear(&s->cells);
	if (!cells_add(&s->cells, s->docs.item, NULL))
		return err_set(e, ERR_DATA, "more than %d members", CSV_COLUMNS_MAX);
	n = s->cells.n;
	if (s->docs.list != NULL)
		cells_join(&s->cells, &s->around);
	if (s->cells.n == 0)
		return err_set(e, ERR_DATA, "an empty object");
	h = shape_of(in, s, n, e);
	if (h == NULL)
		return -1;
	hush(s, h, n);
	memset(s->row.v, 0, sizeof(s->row.v));
	s->row.head = h;
	s->row.nodes = s->cells.node;
	if (csv_row_fill(&s->row, s->cells.value, e) < 0)
		return -1;
	if (csv_row_facts(&s->row, f, &s->answer, e) < 0)
		return -1;
	if (s->row.part.of > 1)
		return err_set(e, ERR_DATA, "a part of a message: only CSV's are joined");
	if (s->docs.list == NULL)
		return 0;
	own_ids(s, f, n);
	/* Whom the conversation names did not write what a machine wrote in it. */
	if (f->message.automatic && s->row.column[SLOT_AGENT] >= n)
		memset(&f->agent, 0, sizeof(f->agent));
	return 0;
}

static int
read_record(struct intake *in, struct state *s, struct fact *f, struct err *e)
{
	struct rec r = REC_INIT;

	if (!look_ours(s->docs.item))
		return read_row(in, s, f, e);
	arena_clear(&s->scratch);
	r.root = (struct node *)(uintptr_t)s->docs.item;
	return fact_from_rec(f, &r, in->opts.zone, &s->scratch, e) > 0 ? 0 : -1;
}

static void
raw(struct intake *in)
{
	struct state *s = in->state;

	docs_raw(&s->docs, in);
	s->answer.kind = FACT_NONE;
}

/* The list of a document, and what stands around it. */
static int
list_of(void *ctx, const struct node *root, const struct node **list, struct err *e)
{
	struct state *s = ctx;

	cells_clear(&s->around);
	if (look_ours(root))
		return 0;
	if (s->layout == LAYOUT_NONE)
		s->layout = look_layout(root, &s->aliases, &s->map);
	if (s->layout == LAYOUT_LIST)
		*list = cells_list(root, true);
	else if (s->docs.in.part || s->docs.in.again)
		return err_set(e, ERR_DATA, "a part of a record that is broken");
	if (*list == NULL || cells_add(&s->around, root, *list))
		return 0;
	*list = NULL;
	return err_set(e, ERR_DATA, "more than %d members", CSV_COLUMNS_MAX);
}

static int
next(struct intake *in, struct fact *f, struct err *e)
{
	struct state *s = in->state;
	int got;

	if (s->answer.kind != FACT_NONE) {
		*f = s->answer;
		s->answer.kind = FACT_NONE;
		return 1;
	}
	got = docs_next(&s->docs, in, e);
	if (got <= 0)
		return got;
	s->answer.kind = FACT_NONE;
	if (read_record(in, s, f, e) < 0)
		return docs_refuse(&s->docs, in, e);
	f->line = s->answer.line = s->docs.in.line;
	return 1;
}

const struct intake_format intake_json = {
	"json", "any JSON by the names of its members: chats, comments, orders, customers",
	look_sniff, open_json, next, close_json, raw
};
