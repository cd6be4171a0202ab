/* wire - hands one message to the outside world.
 *
 * Knows nothing of the database: a message and a way out (transports.h) come in, what
 * became of it comes out.  That is a result, not an error: a server's no is an answer.
 * Sending may be repeated after a crash, with the same key and the same Message-ID, so that
 * who receives it can tell.
 *
 * Nothing is handed to a shell; text from outside reaches headers only through the mail
 * library, arguments only behind "--"; a web hook goes to the hosts that are allowed, by
 * https, without redirects, and to no private address unless that is said.
 */
#ifndef CSR_WIRE_H
#define CSR_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "wire/transports.h"

struct wire_message {
	const char *key;		/* what makes it one and the same */
	const char *channel, *recipient;
	const char *subject, *text;	/* subject NULL: none */
	const char *message_id, *in_reply_to;	/* without brackets; the latter may be NULL */
	int64_t at;			/* ms since 1970 UTC: when it was written */
	bool automatic;			/* not written by a person */
	const char *unsubscribe;	/* a mail address or URL, NULL: none */
	const char *record;		/* the outbox record, JSON on one line */
	const char *attachment;		/* a file's path, NULL: none */
};

enum wire_end { WIRE_SENT, WIRE_TEMPORARY, WIRE_PERMANENT };

struct wire_result {
	enum wire_end end;
	int code;		/* SMTP, HTTP or exit status; 0: none */
	char detail[160];	/* in words, of one line */
};

/* Sends M by T. */
void wire_send(const struct transport *t, const struct wire_message *m,
    struct wire_result *r);
/* What would be sent, appended: a whole mail, the body of a request, the words. -1 with the
 * reason in *r if it cannot be made. */
int wire_show(const struct transport *t, const struct wire_message *m, struct buf *out,
    struct wire_result *r);

#endif
