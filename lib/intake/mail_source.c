/* mail_source - one mail from a file or from stdin, and what the mail formats share */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "intake/mail_lib.h"
#include "intake/mail_source.h"
#include "time/tm.h"

enum { RAW_OF_LARGE = 64 * 1024 };	/* what --rejects gets of a mail over the limit */

void
mail_source_init(struct mail_source *s, const struct intake *in)
{
	s->reader.encoding = in->opts.encoding;
	s->reader.channel = in->opts.channel;
	s->reader.account = in->opts.account;
	s->reader.save_dir = in->opts.attachments;
}

void
mail_source_release(struct mail_source *s)
{
	mail_release(&s->reader);
	buf_release(&s->raw);
}

void
mail_source_raw(struct mail_source *s, struct intake *in)
{
	in->bad = buf_cstr(&s->raw);
	in->bad_len = s->raw.len > MAIL_MAX_BYTES ? RAW_OF_LARGE : s->raw.len;
	in->bad_line = s->number;
}

int
mail_source_fact(struct mail_source *s, struct intake *in, const char *name, int64_t arrived_at,
    struct fact *f, struct err *e)
{
	int got = -1;

	if (s->long_line)
		err_set(e, ERR_DATA, "mail with a line over 4 MiB");
	else if (s->raw.len == 0)
		err_set(e, ERR_DATA, "empty mail");
	else
		got = mail_read(&s->reader, s->raw.p, s->raw.len, arrived_at, f, e);
	if (got == 0) {
		f->line = s->number;
		return 1;
	}
	if (e->code == ERR_DATA)
		mail_source_raw(s, in);
	return err_at(e, name, s->number);
}

int
mail_source_slurp(struct mail_source *s, int fd, struct err *e)
{
	while (s->raw.len <= MAIL_MAX_BYTES) {
		char *to = buf_room(&s->raw, 64 * 1024);
		ssize_t n = read(fd, to, 64 * 1024);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(e, ERR_IO, "cannot read: %s", strerror(errno));
		if (n == 0)
			return 0;
		s->raw.len += (size_t)n;
	}
	s->raw.len = MAIL_MAX_BYTES + 1;
	return 0;
}

/* Field names at the beginnings of the first lines: two of those every mail has. */
static int
sniff(const char *path, bool is_dir, const char *head, size_t len)
{
	static const char *const names[] = { "from:", "to:", "subject:", "date:", "message-id:",
		"received:", "return-path:", "mime-version:", "delivered-to:", "content-type:" };
	size_t at = 0, known = 0;

	(void)path;
	if (is_dir)
		return 0;
	while (at < len && head[at] != '\n' && head[at] != '\r') {
		const char *nl = memchr(head + at, '\n', len - at);

		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (len - at > strlen(names[i]) &&
			    strncasecmp(head + at, names[i], strlen(names[i])) == 0)
				known++;
		at = nl != NULL ? (size_t)(nl - head) + 1 : len;
	}
	return known >= 2 ? 85 : 0;
}

struct one {
	struct mail_source s;
	int fd;
};

static int
open_mail(struct intake *in, int fd, const char *head, size_t len, struct err *e)
{
	struct one *o;

	if (mail_lib_open(e) < 0)
		return -1;
	o = xcalloc(1, sizeof(*o));
	mail_source_init(&o->s, in);
	buf_add(&o->s.raw, head, len);
	o->fd = fd;
	in->state = o;
	return 0;
}

/* What comes through a pipe comes now: an MTA would bounce a mail that is refused for
 * having no time.  A file may have lain anywhere. */
static int64_t
arrival(const struct one *o)
{
	struct stat st;

	return fstat(o->fd, &st) == 0 && S_ISFIFO(st.st_mode) ? tm_now() : FACT_NO_TIME;
}

static int
next_mail(struct intake *in, struct fact *f, struct err *e)
{
	struct one *o = in->state;

	if (o->s.number > 0)
		return 0;
	if (mail_source_slurp(&o->s, o->fd, e) < 0)
		return err_at(e, in->name, 0);
	if (o->s.raw.len == 0)
		return 0;
	o->s.number = 1;
	return mail_source_fact(&o->s, in, in->name, arrival(o), f, e);
}

static void
close_mail(struct intake *in)
{
	struct one *o = in->state;

	if (o->fd > STDIN_FILENO)
		close(o->fd);
	mail_source_release(&o->s);
	free(o);
}

static void
raw_mail(struct intake *in)
{
	struct one *o = in->state;

	mail_source_raw(&o->s, in);
}

const struct intake_format intake_mail = {
	"mail", "one e-mail, as from an MTA's pipe", sniff, open_mail, next_mail, close_mail,
	raw_mail
};
