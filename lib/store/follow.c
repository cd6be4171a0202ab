/* follow - one growing file, line by line */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/stop.h"
#include "store/follow_private.h"
#include "stream/feed.h"

void
follow_note(const struct followed *f, const char *path, const char *what)
{
	char text[512];

	if (f->note == NULL)
		return;
	snprintf(text, sizeof(text), "%.400s: %s", path, what);
	f->note(f->r->opts.ctx, text);
}

int
follow_place(const struct followed *f, struct place *p, int fd, bool *known, struct err *e)
{
	*known = false;
	if (f->r->in == NULL)
		return 0;
	if (ingest_run_settle(f->r, e) < 0)
		return -1;
	return place_find(f->r->in->db, p, fd, known, e) < 0 ? -1 : 0;
}

static int
more(void *ctx, struct err *e)
{
	return feed_more(ctx, e);
}

/* A stream that waits has given whole lines only, so its place is a line's begin. */
static bool
mark(void *ctx, const struct intake *src, bool whole, struct place *p)
{
	const struct feed *feed = ctx;
	struct intake_place at;
	struct stat st;

	(void)whole;
	if (src->resume == NULL || !src->resume->place(src, &at) || fstat(feed->fd, &st) < 0)
		return false;
	place_of(&st, 0, p);
	place_mark(p, feed->fd, &at);
	return p->at.offset > 0;
}

/* The file as it is now, until it is replaced or we are to stop. */
static int
one_file(struct followed *f, const char *path, struct err *e)
{
	struct feed feed;
	struct ingest_follow follow = { mark, more, &feed };
	struct place place;
	bool known;
	int got = feed_open(&feed, path, e);

	if (got <= 0)
		return got;
	place_of(&feed.st, 0, &place);
	got = follow_place(f, &place, feed.fd, &known, e);
	if (got == 0)
		got = ingest_run_attach(f->r, feed.out, path, &place.at, &follow, e);
	else
		close(feed.out);
	if (got == 0)
		got = ingest_run_flush(f->r, e);
	if (got == 0)
		got = feed_wait(&feed, e);
	if (feed.end == FEED_CUT)
		follow_note(f, path, "was cut short: read from its begin");
	else if (feed.end == FEED_REPLACED)
		follow_note(f, path, "was replaced");
	feed_close(&feed);
	return got;
}

static int
follow_file(struct followed *f, const char *path, struct err *e)
{
	int bad = 0;

	while (bad == 0 && !stop_wanted())
		bad = one_file(f, path, e);
	return bad;
}

int
follow_path(struct ingest_run *r, const char *path,
    void (*note)(void *ctx, const char *text), struct err *e)
{
	struct followed f = { .r = r, .note = note };
	struct stat st;

	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return follow_dir(&f, path, e);
	if (access(path, F_OK) != 0)
		follow_note(&f, path, "not there yet; waiting for it");
	while (stat(path, &st) != 0)
		if (stop_wanted() || (stop_poll(NULL, 0, 200) <= 0 && stop_wanted()))
			return 0;
	return S_ISDIR(st.st_mode) ? follow_dir(&f, path, e) : follow_file(&f, path, e);
}
