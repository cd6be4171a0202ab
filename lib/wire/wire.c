/* wire - hands one message to the outside world */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "wire/proc.h"
#include "wire/wire_own.h"

enum { SAID = 400 };

void
wire_say(struct wire_result *r, enum wire_end end, int code, const char *fmt, ...)
{
	va_list ap;
	char *p;

	r->end = end;
	r->code = code;
	va_start(ap, fmt);
	vsnprintf(r->detail, sizeof(r->detail), fmt, ap);
	va_end(ap);
	for (p = r->detail; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			*p = ' ';
}

/* By sysexits(3): what may pass is tried again. */
static enum wire_end
end_of(int status)
{
	static const int lasting[] = { 64, 65, 66, 67, 68, 76, 77, 78, 127 };
	size_t i;

	for (i = 0; i < sizeof(lasting) / sizeof(*lasting); i++)
		if (status == lasting[i])
			return WIRE_PERMANENT;
	return status == 0 ? WIRE_SENT : WIRE_TEMPORARY;
}

void
wire_run(char *const *argv, const char *input, size_t len, int64_t timeout_ms,
    struct wire_result *r)
{
	char said[SAID];
	int status = proc_run(argv, input, len, timeout_ms, said, sizeof(said));

	if (status < 0)
		wire_say(r, WIRE_TEMPORARY, 0, "%s: took too long", argv[0]);
	else
		wire_say(r, end_of(status), status, "%s%s%s", status == 0 ? "" : argv[0],
		    status == 0 || *said == '\0' ? "" : ": ", said);
}

static void
send_mail(const struct transport *t, const struct wire_message *m, struct wire_result *r)
{
	char from[ADDRESS_SIZE], to[ADDRESS_SIZE];
	struct buf mail = BUF_INIT;

	if (wire_mail(t, m, &mail, from, to, r) == 0) {
		if (t->kind == WAY_SENDMAIL)
			wire_run(t->argv, mail.p, mail.len, t->timeout_ms, r);
		else
			wire_smtp(t, mail.p, mail.len, from, to, r);
	}
	buf_release(&mail);
}

/* The recipient stands behind "--": what begins with a dash is no option. */
static void
send_command(const struct transport *t, const struct wire_message *m, struct wire_result *r)
{
	char dashes[] = "--", to[ADDRESS_SIZE];
	char *argv[WAY_ARGS + 3];
	size_t n = 0;

	for (; t->argv[n] != NULL; n++)
		argv[n] = t->argv[n];
	snprintf(to, sizeof(to), "%s", m->recipient);
	argv[n++] = dashes;
	argv[n++] = to;
	argv[n] = NULL;
	wire_run(argv, m->record, strlen(m->record), t->timeout_ms, r);
}

void
wire_send(const struct transport *t, const struct wire_message *m, struct wire_result *r)
{
	wire_say(r, WIRE_PERMANENT, 0, "no such way");
	switch (t->kind) {
	case WAY_SENDMAIL:
	case WAY_SMTP:
		send_mail(t, m, r);
		break;
	case WAY_WEBHOOK:
		wire_post(t, m, r);
		break;
	case WAY_COMMAND:
		send_command(t, m, r);
		break;
	case WAY_SPOOL:
		wire_spool(t, m, r);
		break;
	case WAY_NONE:
		break;
	}
}

int
wire_show(const struct transport *t, const struct wire_message *m, struct buf *out,
    struct wire_result *r)
{
	char from[ADDRESS_SIZE], to[ADDRESS_SIZE];

	if (t->kind == WAY_SENDMAIL || t->kind == WAY_SMTP)
		return wire_mail(t, m, out, from, to, r);
	if (t->kind == WAY_WEBHOOK)
		return wire_hook_body(t, m, out);
	buf_str(out, m->record);
	return 0;
}
