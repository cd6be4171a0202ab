/* fuzz_charset - any bytes as UTF-8, whole and in pieces
 * seeds: tests/fuzz/seeds/charset tests/data/mail */
#include "fuzz.h"
#include "stream/charset.h"

static void
pieces(const char *p, size_t len, size_t step, const char *name, const struct buf *want,
    size_t bad)
{
	struct buf out = BUF_INIT;
	struct charset cs;
	size_t at = 0, end = 0;
	struct err e;

	MUST(charset_open(&cs, name, &e) == 0);
	while (end < len) {
		end = len - end > step ? end + step : len;
		at += charset_feed(&cs, &out, p + at, end - at, end == len);
		MUST(at <= end);
	}
	MUST(at == len);
	MUST(out.len == want->len && memcmp(buf_cstr(&out), buf_cstr(want), out.len) == 0);
	MUST(cs.bad == bad);
	charset_close(&cs);
	buf_release(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const labels[] = { NULL, "gb2312", "big5", "shift_jis", "iso-8859-1",
		"utf-8", "utf-16le", "euc-kr", "cp950", "euc-jp", "utf-32", "windows-1251" };
	const char *p = (const char *)data + 1;
	struct buf out = BUF_INIT;
	struct charset_found f;
	size_t bom;

	if (size == 0)
		return 0;
	charset_decode(&out, p, size - 1, labels[data[0] % 12], NULL, &f);
	MUST(charset_is_utf8(buf_cstr(&out), out.len));
	MUST(memchr(buf_cstr(&out), '\0', out.len) == NULL);
	MUST(f.nul <= f.bad);
	charset_detect(p, size - 1, true, labels[data[0] % 12], NULL, &bom);
	if (size - 1 > bom)
		pieces(p + bom, size - 1 - bom, 1 + data[0] / 12, f.name, &out, f.bad);
	buf_release(&out);
	return 0;
}
