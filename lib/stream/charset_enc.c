/* charset_enc - the closed list of encodings */
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "stream/charset_enc.h"

static const struct charset_enc encs[] = {
	{ "utf8", "UTF-8", ENC_UTF8 },
	{ "cp65001", "UTF-8", ENC_UTF8 },
	{ "unicode11utf8", "UTF-8", ENC_UTF8 },

	{ "gb18030", "GB18030", ENC_PAIRS },
	{ "gb2312", "GB18030", ENC_PAIRS },
	{ "gb231280", "GB18030", ENC_PAIRS },
	{ "csgb2312", "GB18030", ENC_PAIRS },
	{ "csgb231280", "GB18030", ENC_PAIRS },
	{ "chinese", "GB18030", ENC_PAIRS },
	{ "euccn", "GB18030", ENC_PAIRS },
	{ "gbk", "GB18030", ENC_PAIRS },
	{ "xgbk", "GB18030", ENC_PAIRS },
	{ "cp936", "GB18030", ENC_PAIRS },
	{ "ms936", "GB18030", ENC_PAIRS },
	{ "windows936", "GB18030", ENC_PAIRS },

	{ "big5", "BIG5-HKSCS", ENC_PAIRS },
	{ "big5hkscs", "BIG5-HKSCS", ENC_PAIRS },
	{ "cnbig5", "BIG5-HKSCS", ENC_PAIRS },
	{ "csbig5", "BIG5-HKSCS", ENC_PAIRS },
	{ "xxbig5", "BIG5-HKSCS", ENC_PAIRS },
	{ "cp950", "CP950", ENC_PAIRS },
	{ "windows950", "CP950", ENC_PAIRS },

	{ "shiftjis", "CP932", ENC_PAIRS },
	{ "sjis", "CP932", ENC_PAIRS },
	{ "xsjis", "CP932", ENC_PAIRS },
	{ "mskanji", "CP932", ENC_PAIRS },
	{ "cp932", "CP932", ENC_PAIRS },
	{ "ms932", "CP932", ENC_PAIRS },
	{ "windows31j", "CP932", ENC_PAIRS },
	{ "eucjp", "EUC-JP-MS", ENC_PAIRS },
	{ "xeucjp", "EUC-JP-MS", ENC_PAIRS },
	{ "eucjpms", "EUC-JP-MS", ENC_PAIRS },
	{ "iso2022jp", "ISO-2022-JP-2", ENC_ESCAPES },
	{ "iso2022jp2", "ISO-2022-JP-2", ENC_ESCAPES },

	{ "euckr", "CP949", ENC_PAIRS },
	{ "ksc5601", "CP949", ENC_PAIRS },
	{ "ksc56011987", "CP949", ENC_PAIRS },
	{ "korean", "CP949", ENC_PAIRS },
	{ "cp949", "CP949", ENC_PAIRS },
	{ "uhc", "CP949", ENC_PAIRS },
	{ "windows949", "CP949", ENC_PAIRS },
	{ "iso2022kr", "ISO-2022-KR", ENC_ESCAPES },

	{ "usascii", "WINDOWS-1252", ENC_LATIN },
	{ "ascii", "WINDOWS-1252", ENC_LATIN },
	{ "ansix341968", "WINDOWS-1252", ENC_LATIN },
	{ "iso88591", "WINDOWS-1252", ENC_LATIN },
	{ "latin1", "WINDOWS-1252", ENC_LATIN },
	{ "l1", "WINDOWS-1252", ENC_LATIN },
	{ "ansi", "WINDOWS-1252", ENC_LATIN },
	{ "cp1252", "WINDOWS-1252", ENC_LATIN },
	{ "windows1252", "WINDOWS-1252", ENC_LATIN },

	{ "iso88592", "ISO-8859-2", ENC_SINGLE },
	{ "latin2", "ISO-8859-2", ENC_SINGLE },
	{ "iso88593", "ISO-8859-3", ENC_SINGLE },
	{ "iso88594", "ISO-8859-4", ENC_SINGLE },
	{ "iso88595", "ISO-8859-5", ENC_SINGLE },
	{ "iso88596", "ISO-8859-6", ENC_SINGLE },
	{ "iso88597", "ISO-8859-7", ENC_SINGLE },
	{ "iso88598", "ISO-8859-8", ENC_SINGLE },
	{ "iso88598i", "ISO-8859-8", ENC_SINGLE },
	{ "iso88599", "ISO-8859-9", ENC_SINGLE },
	{ "iso885910", "ISO-8859-10", ENC_SINGLE },
	{ "iso885913", "ISO-8859-13", ENC_SINGLE },
	{ "iso885914", "ISO-8859-14", ENC_SINGLE },
	{ "iso885915", "ISO-8859-15", ENC_SINGLE },
	{ "latin9", "ISO-8859-15", ENC_SINGLE },
	{ "iso885916", "ISO-8859-16", ENC_SINGLE },
	{ "cp1250", "WINDOWS-1250", ENC_SINGLE },
	{ "windows1250", "WINDOWS-1250", ENC_SINGLE },
	{ "cp1251", "WINDOWS-1251", ENC_SINGLE },
	{ "windows1251", "WINDOWS-1251", ENC_SINGLE },
	{ "windows1253", "WINDOWS-1253", ENC_SINGLE },
	{ "windows1254", "WINDOWS-1254", ENC_SINGLE },
	{ "windows1255", "WINDOWS-1255", ENC_SINGLE },
	{ "windows1256", "WINDOWS-1256", ENC_SINGLE },
	{ "windows1257", "WINDOWS-1257", ENC_SINGLE },
	{ "windows1258", "WINDOWS-1258", ENC_SINGLE },
	{ "koi8r", "KOI8-R", ENC_SINGLE },
	{ "koi8u", "KOI8-U", ENC_SINGLE },
	{ "macintosh", "MACINTOSH", ENC_SINGLE },
	{ "tis620", "TIS-620", ENC_SINGLE },
	{ "windows874", "TIS-620", ENC_SINGLE },

	/* Without a mark, practice is little-endian, whatever RFC 2781 wished. */
	{ "utf16", "UTF-16LE", ENC_WIDE },
	{ "ucs2", "UTF-16LE", ENC_WIDE },
	{ "unicode", "UTF-16LE", ENC_WIDE },
	{ "utf16le", "UTF-16LE", ENC_WIDE },
	{ "utf16be", "UTF-16BE", ENC_WIDE },
	{ "utf32", "UTF-32LE", ENC_WIDE4 },
	{ "utf32le", "UTF-32LE", ENC_WIDE4 },
	{ "utf32be", "UTF-32BE", ENC_WIDE4 },
	{ "utf7", "UTF-7", ENC_ESCAPES },
	{ "unicode11utf7", "UTF-7", ENC_ESCAPES },
};

/* Lower case, letters and digits only. False when it cannot be a label of the list. */
static bool
squeeze(char *out, size_t size, const char *label)
{
	size_t n = 0;

	for (; *label != '\0'; label++) {
		char c = *label;

		if (c >= 'A' && c <= 'Z')
			c = (char)(c - 'A' + 'a');
		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9'))
			continue;
		if (n + 1 == size)
			return false;
		out[n++] = c;
	}
	out[n] = '\0';
	return n > 0;
}

const struct charset_enc *
charset_enc_find(const char *label)
{
	char key[24];

	if (label == NULL || !squeeze(key, sizeof(key), label))
		return NULL;
	for (size_t i = 0; i < sizeof(encs) / sizeof(encs[0]); i++)
		if (strcmp(encs[i].label, key) == 0)
			return &encs[i];
	return NULL;
}

/* The lowest and highest second byte keep out overlong forms, surrogates and what lies beyond
 * U+10FFFF (RFC 3629 part 4). */
int
charset_utf8_len(const unsigned char *p, size_t left)
{
	unsigned char low = 0x80, high = 0xbf;
	int len;

	if (p[0] < 0x80)
		return 1;
	if (p[0] < 0xc2 || p[0] > 0xf4)
		return 0;
	len = p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	if (p[0] == 0xe0)
		low = 0xa0;
	else if (p[0] == 0xed)
		high = 0x9f;
	else if (p[0] == 0xf0)
		low = 0x90;
	else if (p[0] == 0xf4)
		high = 0x8f;
	for (int i = 1; i < len; i++) {
		if ((size_t)i == left)
			return -1;
		if (p[i] < low || p[i] > high)
			return 0;
		low = 0x80;
		high = 0xbf;
	}
	return len;
}

size_t
charset_plain(const char *p, size_t len)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), highs = ones << 7;
	size_t i = 0;

	for (; i + 8 <= len; i += 8) {
		uint64_t w;

		memcpy(&w, p + i, 8);
		if ((w & highs) != 0 || ((w - ones) & ~w & highs) != 0)
			break;
	}
	while (i < len && p[i] > 0)
		i++;
	return i;
}
