/* answer_eval - how well the knowledge base answers questions whose articles are known */
#include <math.h>
#include <string.h>

#include "store/answer_eval.h"
#include "stream/jsonl.h"

enum { LOOKED_AT = 20 };

static void
tell_wrong(struct answer_eval *ev, const char *text, const char *wanted,
    const struct suggestion *s, int n)
{
	struct node *line;

	if (ev->wrong == NULL)
		return;
	line = node_object();
	node_set_text(line, "text", text);
	node_set_text(line, "right", wanted);
	node_set_text(line, "given", n > 0 ? s[0].of->a.id : NULL);
	if (n > 0) {
		node_set_text(line, "passage", s[0].passage);
		node_set_real(line, "score", round(s[0].score * 1e4) / 1e4);
	}
	node_print(line, ev->wrong);
	buf_char(ev->wrong, '\n');
	node_free(line);
}

static int
ask(struct answer_eval *ev, const struct rec *r, struct err *e)
{
	struct question q = { .text = rec_text(r, "text"), .now = ev->now, .staff = true,
		.offers = true };
	const char *wanted = rec_text(r, "article");
	struct suggestion s[LOOKED_AT];
	int n, i;

	if (q.text == NULL || wanted == NULL)
		return err_set(e, ERR_DATA, "no \"%s\"", q.text == NULL ? "text" : "article");
	q.labels.v[DIM_AREA] = rec_text(r, "area");
	q.labels.v[DIM_LANGUAGE] = rec_text(r, "language");
	if ((n = knowledge_ask(ev->k, &q, s, LOOKED_AT, e)) < 0)
		return -1;
	for (i = 0; i < n && strcmp(s[i].of->a.id, wanted) != 0; i++)
		continue;
	ev->n++;
	ev->hit1 += i == 0 && n > 0;
	ev->hit5 += i < n && i < 5;
	ev->reciprocal += i < n ? 1.0 / (i + 1) : 0;
	if (i != 0 || n == 0)
		tell_wrong(ev, q.text, wanted, s, n);
	return 0;
}

static int
run_file(struct answer_eval *ev, const char *path, struct err *e)
{
	struct jsonl in;
	int got;

	if (jsonl_open(&in, path, e) < 0)
		return -1;
	while ((got = jsonl_next(&in, e)) != 0) {
		if (got > 0 && ask(ev, &in.rec, e) == 0)
			continue;
		if (e->code != ERR_DATA)
			break;
		if (got > 0)
			err_at(e, in.in.name, in.in.line);
		ev->refused++;
		ev->complain(e);
	}
	jsonl_close(&in);
	return got == 0 ? 0 : -1;
}

int
answer_eval_run(struct answer_eval *ev, int argc, char **argv, struct err *e)
{
	int i, bad = argc == 0 ? run_file(ev, NULL, e) : 0;

	for (i = 0; i < argc && bad == 0; i++)
		bad = run_file(ev, argv[i], e);
	return bad;
}

static void
put_share(struct node *n, const char *key, double sum, uint64_t of)
{
	if (of > 0)
		node_set_real(n, key, round(sum / (double)of * 1e4) / 1e4);
}

void
answer_eval_print(const struct answer_eval *ev, struct buf *out)
{
	struct node *n = node_object();

	node_set_int(n, "n", (int64_t)ev->n);
	put_share(n, "hit1", (double)ev->hit1, ev->n);
	put_share(n, "hit5", (double)ev->hit5, ev->n);
	put_share(n, "mrr", ev->reciprocal, ev->n);
	node_print(n, out);
	buf_char(out, '\n');
	node_free(n);
}
