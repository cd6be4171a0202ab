/* docs - the records of JSON documents, one after another */
#include "intake/cells.h"
#include "intake/docs.h"

void
docs_open(struct docs *d, const struct intake *in, int fd, const char *head, size_t len,
    docs_list_fn *list_of, void *ctx)
{
	*d = (struct docs){ .list_of = list_of, .ctx = ctx };
	jdoc_attach(&d->in, fd, in->name, head, len);
	d->in.dry = in->opts.dry;
	d->in.ctx = in->opts.ctx;
	d->in.cuts = cells_is_list;
}

void
docs_close(struct docs *d)
{
	jdoc_close(&d->in);
	buf_release(&d->raw);
}

void
docs_raw(struct docs *d, struct intake *in)
{
	in->bad = d->in.raw;
	in->bad_len = d->in.len;
	in->bad_line = d->in.line;
	if (d->list == NULL || d->item == NULL)
		return;
	buf_clear(&d->raw);
	node_print(d->item, &d->raw);
	in->bad = d->raw.p;
	in->bad_len = d->raw.len;
}

int
docs_refuse(struct docs *d, struct intake *in, struct err *e)
{
	const struct err why = *e;

	docs_raw(d, in);
	if (d->list != NULL)
		err_set(e, why.code, "item %zu: %s", d->at, why.msg);
	return err_at(e, in->name, d->in.line);
}

/* The next document. 1, 0 the end, -1. */
static int
next_document(struct docs *d, struct intake *in, struct err *e)
{
	int got = jdoc_next(&d->in, e);

	d->list = d->item = NULL;
	d->at = 0;
	if (got < 0 && e->code == ERR_DATA)
		docs_raw(d, in);
	if (got > 0 && d->list_of(d->ctx, d->in.root, &d->list, e) < 0)
		return docs_refuse(d, in, e);
	return got;
}

int
docs_next(struct docs *d, struct intake *in, struct err *e)
{
	for (;;) {
		int got;

		if (d->list != NULL && d->at < node_len(d->list)) {
			d->item = node_at(d->list, d->at++);
			return 1;
		}
		got = next_document(d, in, e);
		if (got > 0 && d->list == NULL)
			d->item = d->in.root;
		if (got <= 0 || d->list == NULL)
			return got;
	}
}

bool
docs_is_first(const struct docs *d)
{
	return d->list == NULL || (d->at == 1 && !d->in.again);
}

bool
docs_is_last(const struct docs *d)
{
	return d->list == NULL || (d->at == node_len(d->list) && !d->in.part);
}

int
docs_by_member(void *ctx, const struct node *root, const struct node **list, struct err *e)
{
	(void)e;
	*list = node_is_null(node_get(root, ctx)) ? cells_list(root, true) : NULL;
	return 0;
}
