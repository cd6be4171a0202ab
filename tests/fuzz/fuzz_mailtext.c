/* fuzz_mailtext - HTML as text, and texts cut into new words, history, signature: no line is lost
 * seeds: tests/data/mail */
#include "fuzz.h"
#include "intake/mail_html.h"
#include "intake/mail_quote.h"
#include "stream/charset.h"

static size_t
visible(const struct buf *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->len; i++)
		n += strchr(" \t\r\n", b->p[i]) == NULL;
	return n;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct mail_split s = MAIL_SPLIT_INIT;
	struct buf utf8 = BUF_INIT, text = BUF_INIT;

	charset_decode(&utf8, (const char *)data, size, NULL, NULL, NULL);
	mail_html(&text, buf_cstr(&utf8), utf8.len);
	MUST(charset_is_utf8(buf_cstr(&text), text.len));
	mail_split(&s, buf_cstr(&text), size % 2 == 1);
	mail_split(&s, buf_cstr(&utf8), size % 2 == 1);
	MUST(visible(&s.text) + visible(&s.quoted) + visible(&s.signature) == visible(&utf8));
	mail_split_release(&s);
	buf_release(&utf8);
	buf_release(&text);
	return 0;
}
