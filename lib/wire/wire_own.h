/* wire_own - what the ways out share; for lib/wire only */
#ifndef CSR_WIRE_OWN_H
#define CSR_WIRE_OWN_H

#include "wire/wire.h"

/* Sets *r; DETAIL is cut and made one line. */
void wire_say(struct wire_result *r, enum wire_end end, int code, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* wire_mail.c: the mail as RFC 5322 text with CRLF, appended; the bare addresses of sender and
 * recipient (SIZE bytes each).  -1 with *r. */
enum { ADDRESS_SIZE = 320 };
int wire_mail(const struct transport *t, const struct wire_message *m, struct buf *out,
    char from[ADDRESS_SIZE], char to[ADDRESS_SIZE], struct wire_result *r);

/* wire_proc.c: runs ARGV (NULL behind) with LEN bytes at its standard input.  Exit statuses
 * by sysexits(3). */
void wire_run(char *const *argv, const char *input, size_t len, int64_t timeout_ms,
    struct wire_result *r);

/* wire_curl.c */
void wire_smtp(const struct transport *t, const char *mail, size_t len, const char *from,
    const char *to, struct wire_result *r);
void wire_post(const struct transport *t, const struct wire_message *m, struct wire_result *r);

/* wire_hook.c: the body, and what is appended to the URL (DingTalk's signature). */
int wire_hook_body(const struct transport *t, const struct wire_message *m, struct buf *out);
int wire_hook_sign(const struct transport *t, int64_t now, struct buf *out,
    struct wire_result *r);
/* What the answer of LEN bytes says (robots say yes with 200 and no in the body). */
void wire_hook_answer(const struct transport *t, int status, const char *body, size_t len,
    struct wire_result *r);

/* wire_spool.c */
void wire_spool(const struct transport *t, const struct wire_message *m,
    struct wire_result *r);

#endif
