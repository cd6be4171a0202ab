/* answer_study - measuring and teaching the ranking, as csr-answer offers it */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "store/answer_eval.h"
#include "store/answer_study.h"
#include "store/answer_train.h"

/* Writes all of B to PATH, or leaves what was there. */
static int
write_file(const char *path, const struct buf *b, struct err *e)
{
	struct buf next = BUF_INIT;
	size_t done = 0;
	ssize_t n = 0;
	int fd, bad = 0;

	buf_fmt(&next, "%s.new", path);
	fd = open(next.p, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
	while (fd >= 0 && done < b->len && (n = write(fd, b->p + done, b->len - done)) > 0)
		done += (size_t)n;
	if (fd < 0 || done < b->len || fsync(fd) < 0 || close(fd) < 0 ||
	    rename(next.p, path) < 0)
		bad = err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	buf_release(&next);
	return bad;
}

static int
measure(struct answer_study *s, struct knowledge *k, int argc, char **argv, struct buf *out,
    struct err *e)
{
	struct answer_eval ev = { .k = k, .now = s->now, .complain = s->complain,
		.wrong = s->errors ? out : NULL };
	int bad;

	k->plain = s->plain;
	bad = answer_eval_run(&ev, argc, argv, e);
	s->refused = ev.refused;
	if (bad == 0)
		answer_eval_print(&ev, out);
	return bad;
}

static int
teach(struct answer_study *s, struct knowledge *k, int argc, char **argv, struct buf *out,
    struct err *e)
{
	struct answer_train at = { .k = k, .now = s->now, .zone = s->zone,
		.complain = s->complain, .simple = s->simple, .folds = s->folds };
	struct buf model = BUF_INIT;
	int bad = answer_train_run(&at, argc, argv, e);

	s->refused = at.refused;
	if (bad == 0 && s->model != NULL) {
		rank_write(&at.model, &model);
		bad = write_file(s->model, &model, e);
	}
	if (bad == 0)
		answer_train_print(&at, out);
	buf_release(&model);
	answer_train_release(&at);
	return bad;
}

int
answer_study_run(struct answer_study *s, struct knowledge *k, int argc, char **argv,
    struct buf *out, struct err *e)
{
	return (s->train ? teach : measure)(s, k, argc, argv, out, e);
}
