/* rejects - the file of refused records, raw bytes kept */
#include <errno.h>
#include <fcntl.h>
#include <nettle/base64.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "stream/jsonl.h"
#include "stream/span.h"

int
rejects_open(struct rejects *r, const char *path, struct err *e)
{
	*r = (struct rejects){ .fd = -1 };
	if (path == NULL)
		return 0;
	r->fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (r->fd < 0)
		return err_set(e, ERR_IO, "%s: %s", path, strerror(errno));
	return 0;
}

static bool
is_text(const char *s, size_t len)
{
	size_t i = 0, n;

	while (i < len) {
		n = s[i] != '\0' ? span_utf8((const unsigned char *)s + i, len - i) : 0;
		if (n == 0)
			return false;
		i += n;
	}
	return true;
}

static void
set_raw(struct node *o, const char *raw, size_t len)
{
	struct buf text = BUF_INIT;

	if (is_text(raw, len)) {
		buf_add(&text, raw, len);
		node_set_text(o, "raw", buf_cstr(&text));
	} else {
		buf_room(&text, BASE64_ENCODE_RAW_LENGTH(len));
		base64_encode_raw(text.p, len, (const uint8_t *)raw);
		text.len = BASE64_ENCODE_RAW_LENGTH(len);
		text.p[text.len] = '\0';
		node_set_text(o, "raw_base64", text.p);
	}
	buf_release(&text);
}

void
rejects_add(struct rejects *r, const char *source, size_t line, const char *error,
    const char *raw, size_t len)
{
	struct node *o;

	r->n++;
	if (r->fd < 0)
		return;
	o = node_object();
	node_set_int(o, "line", (int64_t)line);
	node_set_text(o, "source", source);
	node_set_text(o, "error", error);
	set_raw(o, raw != NULL ? raw : "", raw != NULL ? len : 0);
	node_print(o, &r->held);
	buf_char(&r->held, '\n');
	node_free(o);
}

int
rejects_flush(struct rejects *r, struct err *e)
{
	size_t done = 0;

	while (done < r->held.len) {
		ssize_t n = write(r->fd, r->held.p + done, r->held.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_set(e, ERR_IO, "rejects: %s", strerror(errno));
		done += (size_t)n;
	}
	buf_clear(&r->held);
	return 0;
}

int
rejects_close(struct rejects *r, struct err *e)
{
	int bad = rejects_flush(r, e);

	if (r->fd >= 0 && close(r->fd) != 0 && bad == 0)
		bad = err_set(e, ERR_IO, "rejects: %s", strerror(errno));
	buf_release(&r->held);
	r->fd = -1;
	return bad;
}
