/* answer_look - what the knowledge base says to questions, for people and for pipes */
#include <string.h>

#include "base/mem.h"
#include "store/answer_look.h"
#include "store/knowledge_say.h"
#include "stream/jsonl.h"

enum { TOP_MOST = 50 };

struct looking {
	struct answer_look *l;
	struct knowledge *k;
	struct buf out;
	size_t asked;
};

static int
ask(struct looking *w, const char *text, const char *area, struct err *e)
{
	struct answer_look *l = w->l;
	struct question q = { .text = text, .now = l->now, .labels = l->labels,
		.staff = l->search, .offers = l->search };
	struct suggestion s[TOP_MOST];
	size_t max = l->top < 1 ? 1 : l->top > TOP_MOST ? TOP_MOST : (size_t)l->top, i;
	int n;

	if (q.labels.v[DIM_AREA] == NULL)
		q.labels.v[DIM_AREA] = area;
	if ((n = knowledge_ask(w->k, &q, s, max, e)) < 0)
		return -1;
	if (l->people && w->asked++ > 0)
		buf_char(&w->out, '\n');
	for (i = 0; i < (size_t)n; i++) {
		if (l->people)
			suggestion_show(&s[i], i + 1, &w->out);
		else
			suggestion_print(&s[i], i + 1, true, &w->out);
	}
	return 0;
}

static int
dry(void *ctx, struct err *e)
{
	struct looking *w = ctx;

	(void)e;
	w->l->flush(&w->out);
	return 0;
}

/* A line of stdin. */
static int
ask_line(struct looking *w, const char *line, size_t len, struct err *e)
{
	struct rec r = REC_INIT;
	const char *text;
	int bad;

	if (*line != '{')
		return len > 0 ? ask(w, line, NULL, e) : 0;
	bad = rec_parse(&r, line, len, e);
	text = bad == 0 ? rec_text(&r, "text") : NULL;
	if (bad == 0)
		bad = text != NULL ? ask(w, text, rec_text(&r, "class.area"), e) :
		    err_set(e, ERR_DATA, "no \"text\"");
	rec_release(&r);
	return bad;
}

static int
ask_lines(struct looking *w, struct err *e)
{
	struct lines in;
	char *line;
	size_t len;
	int got;

	if (lines_open(&in, NULL, e) < 0)
		return -1;
	in.dry = dry;
	in.ctx = w;
	while ((got = lines_next(&in, &line, &len, e)) != 0) {
		if (got > 0 && (got = ask_line(w, line, len, e)) == 0)
			continue;
		if (e->code != ERR_DATA)
			break;
		err_at(e, in.name, in.line);
		w->l->refused++;
		w->l->complain(e);
	}
	lines_close(&in);
	return got < 0 ? -1 : 0;
}

int
answer_look_run(struct answer_look *l, struct knowledge *k, int argc, char **argv,
    struct err *e)
{
	struct looking w = { .l = l, .k = k, .out = BUF_INIT };
	struct buf text = BUF_INIT;
	int i, bad;

	for (i = 0; i < argc; i++)
		buf_fmt(&text, "%s%s", i > 0 ? " " : "", argv[i]);
	bad = argc > 0 ? ask(&w, text.p, NULL, e) : ask_lines(&w, e);
	l->flush(&w.out);
	buf_release(&w.out);
	buf_release(&text);
	return bad;
}
