/* mail_source - what the mail formats share: one mail's bytes, and its fact. */
#ifndef CSR_MAIL_SOURCE_H
#define CSR_MAIL_SOURCE_H

#include <stdbool.h>

#include "base/buf.h"
#include "intake/formats.h"
#include "intake/mail.h"

struct mail_source {
	struct mail_reader reader;
	struct buf raw;		/* the bytes of the present mail */
	size_t number;		/* of the present mail, from 1 */
	bool long_line;		/* it had a line over 4 MiB, which is not in raw */
};

/* Takes over what the command line said. */
void mail_source_init(struct mail_source *s, const struct intake *in);
void mail_source_release(struct mail_source *s);

/* The fact of the mail in s->raw; ARRIVED_AT as for mail_read(), NAME as the place in messages. */
int mail_source_fact(struct mail_source *s, struct intake *in, const char *name,
    int64_t arrived_at, struct fact *f, struct err *e);
/* The refused mail's bytes (intake_format.raw); enough of them when it was too large. */
void mail_source_raw(struct mail_source *s, struct intake *in);

/* Reads FD to its end behind what raw holds, but no more than one byte over MAIL_MAX_BYTES. */
int mail_source_slurp(struct mail_source *s, int fd, struct err *e);

#endif
