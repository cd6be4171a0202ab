/* mail - one e-mail (RFC 5322, MIME) as a fact.
 *
 * The sender, the addressees, subject, time and references come from the header; the text is the
 * best part of the body, cut into new words, repeated history and signature (mail_quote).  Labels
 * of encodings are not trusted (stream/charset).  Mail written by machines is marked automatic,
 * bounces are taken apart (RFC 3464), attachments are listed with their SHA-256 and, if asked,
 * saved under it.
 *
 * The fact's `extra` holds, where there is something to say: quoted, signature, attachments
 * [{name,type,size,sha256}], auto_reason, bounce {recipients [{address,action,status,diagnostic}],
 * message_id}, loop, list, reply_address, delivered_to, bad_bytes, cut.
 *
 * Hostile mail is refused by name before the MIME library sees it: over 32 MiB, a header block
 * over 256 KiB or 2,000 fields, over 100 boundaries, 2,000 parts or 200 mails within mails.
 */
#ifndef CSR_MAIL_H
#define CSR_MAIL_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/mem.h"
#include "intake/fact.h"

enum { MAIL_MAX_BYTES = 32 * 1024 * 1024 };
enum { MAIL_MAX_TEXT = 1024 * 1024 };	/* longer texts are cut; `cut` then says their length */

struct mail_reader {
	const char *encoding;	/* of bytes neither UTF-8 nor declared; NULL is GB18030 */
	const char *channel;	/* NULL is "email" */
	const char *account;	/* our address; mail from it goes out */
	const char *save_dir;	/* where attachments are saved, NULL: nowhere */
	struct arena arena;	/* what the last fact borrows */
};

/* Reads the mail of LEN bytes at RAW (changed: NUL bytes of its header become '?').  ARRIVED_AT is
 * used when neither Date nor Received can be read, FACT_NO_TIME when there is none such.  F is
 * borrowed from R until the next call.  -1 with 65 saying why the mail is refused, 74 when an
 * attachment could not be saved, or 69 when the MIME library is not there. */
int mail_read(struct mail_reader *r, char *raw, size_t len, int64_t arrived_at,
    struct fact *f, struct err *e);
void mail_release(struct mail_reader *r);

#endif
