/* charset_in - a file or pipe as chunks of UTF-8 */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/charset.h"
#include "stream/charset_enc.h"

enum { PAUSE_MS = 200 };	/* a pipe silent for so long is a live feed */

int
charset_in_open(struct charset_in *in, int fd, const char *declared, const char *fallback,
    struct err *e)
{
	*in = (struct charset_in){ .fd = fd, .declared = declared, .fallback = fallback,
		.fresh = true };
	if (declared != NULL && !charset_known(declared))
		return err_set(e, ERR_CONFIG, "unknown encoding \"%s\"", declared);
	if (fallback != NULL && !charset_known(fallback))
		return err_set(e, ERR_CONFIG, "unknown encoding \"%s\"", fallback);
	in->raw = xmalloc(CHARSET_BLOCK);
	return 0;
}

void
charset_in_close(struct charset_in *in)
{
	charset_close(&in->cs);
	free(in->raw);
	in->raw = NULL;
	buf_release(&in->out);
}

static bool
has_input(int fd, int wait_ms)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };

	return poll(&p, 1, wait_ms) != 0;
}

bool
charset_in_ready(const struct charset_in *in)
{
	return in->eof || has_input(in->fd, 0);
}

/* One read behind what is there, made room for first. */
static int
fill(struct charset_in *in, struct err *e)
{
	ssize_t n;

	if (in->start > 0) {
		memmove(in->raw, in->raw + in->start, in->end - in->start);
		in->end -= in->start;
		in->start = 0;
	}
	if (in->end == CHARSET_BLOCK)
		return 0;
	do
		n = read(in->fd, in->raw + in->end, CHARSET_BLOCK - in->end);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return err_set(e, ERR_IO, "cannot read: %s", strerror(errno));
	in->end += (size_t)n;
	in->eof = n == 0;
	return 0;
}

/* Plain ASCII goes on undecided.  Of a block that turns foreign midway only a long plain part
 * does, longer than any UTF-16 text can look plain. */
static size_t
plain_part(const struct charset_in *in)
{
	size_t len = in->end - in->start;
	size_t plain = charset_plain(in->raw + in->start, len);

	return plain == len || plain >= CHARSET_BLOCK / 2 ? plain : 0;
}

static int
decide(struct charset_in *in, struct err *e)
{
	const char *name;
	size_t bom;

	while (!in->eof && in->end - in->start < CHARSET_BLOCK && has_input(in->fd, PAUSE_MS))
		if (fill(in, e) < 0)
			return -1;
	name = charset_detect(in->raw + in->start, in->end - in->start, in->eof, in->declared,
	    in->fallback, &bom);
	if (!in->fresh)
		bom = 0;
	in->start += bom;
	in->bom = bom > 0;
	return charset_open(&in->cs, name, e);
}

/* ASCII may mean something else in what was declared: ISO-2022-JP, UTF-16. */
static bool
plain_is_ascii(const struct charset_in *in)
{
	const struct charset_enc *said = charset_enc_find(in->declared);

	return said == NULL || said->kind < ENC_WIDE;
}

/* Moves what can be moved from raw to out; nothing when the encoding is open and must be. */
static void
advance(struct charset_in *in)
{
	size_t used;

	if (in->cs.name == NULL) {
		used = plain_is_ascii(in) ? plain_part(in) : 0;
		buf_add(&in->out, in->raw + in->start, used);
	} else {
		used = charset_feed(&in->cs, &in->out, in->raw + in->start, in->end - in->start,
		    in->eof);
	}
	in->start += used;
	if (in->out.len > 0)
		in->fresh = false;
}

int
charset_in_next(struct charset_in *in, const char **p, size_t *len, struct err *e)
{
	buf_clear(&in->out);
	while (in->out.len == 0 && !(in->eof && in->start == in->end)) {
		if (!in->eof && fill(in, e) < 0)
			return -1;
		advance(in);
		if (in->out.len == 0 && in->cs.name == NULL && in->start < in->end) {
			if (decide(in, e) < 0)
				return -1;
			advance(in);
		}
	}
	*p = in->out.p;
	*len = in->out.len;
	return in->out.len > 0;
}
