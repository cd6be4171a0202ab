/* find_street - English addresses: house number, street, flat, town, post code */
#include <string.h>

#include "text/find.h"

enum { WORDS_MOST = 5, TOWN_MOST = 60, STATED_MOST = 160 };

static const char *const types[] = { "street", "st", "road", "rd", "avenue", "ave", "boulevard",
	"blvd", "lane", "ln", "drive", "dr", "way", "court", "ct", "place", "pl", "square",
	"squares", "sq", "terrace", "crescent", "close", "highway", "hwy", "parkway", "pkwy",
	"circle", "cir", "trail", "alley", "row", "gardens", "walk", "mews", "loop", "plaza",
	"path", "grove", "hill", "quay", "expressway", "estate", "estates", NULL };
/* Ends of words, and words before a name, that mean a street elsewhere in Europe. */
static const char *const foreign_ends[] = { "strasse", "strase", "str", "gata", "gatan", "gate",
	"vej", "vagen", "weg", "allee", "platz", "laan", "straat", "katu", "tie", "utca", NULL };
static const char *const foreign_words[] = { "rue", "rua", "via", "viale", "calle", "avenida",
	"ul", "ulica", "strada", "plac", "piazza", "praca", "corso", "chemin", "utca", "ter",
	NULL };
/* Those that are no other words, so that they count in small letters too. */
static const char *const sure[] = { "street", "road", "avenue", "boulevard", "lane", "blvd", NULL };
/* Words of no street's name. */
static const char *const plain[] = { "minutes", "minute", "mins", "min", "hours", "hour",
	"days", "day", "nights", "night", "miles", "mile", "km", "blocks", "block", "of", "the",
	"on", "in", "to", "down", "from", "and", "my", "your", "off", "per", "times", "people",
	"at", "for", "a", "is", "was", "i", "we", "it", "by", "with", "years", "year", "weeks",
	"months", "am", "pm", NULL };
static const char *const flats[] = { "apartment", "apt", "suite", "ste", "unit", "flat", "room",
	"rm", "floor", "fl", "#", "building", "bldg", "po box", "p.o. box", NULL };

/* The word of letters at AT, as one of WORDS. */
static bool
is_word(const struct find *f, size_t at, size_t n, const char *const *words)
{
	for (; *words != NULL; words++)
		if (strncmp(f->t + at, *words, n) == 0 && (*words)[n] == '\0')
			return true;
	return false;
}

/* The end of a word at AT: letters of any alphabet, apostrophes and hyphens within. */
static size_t
word_end(const struct find *f, size_t at)
{
	size_t start = at;

	while (find_letter(f, at) || (unsigned char)f->t[at] >= 0x80 ||
	    (at > start && (f->t[at] == '\'' || f->t[at] == '-') && find_letter(f, at + 1)))
		at++;
	return at;
}

/* Bytes of blanks and commas at AT; in mail that was answered a ">" begins the lines. */
static size_t
blanks(const struct find *f, size_t at)
{
	size_t start = at;

	for (;;) {
		at += strspn(f->t + at, " \t\r\n,");
		if (f->t[at] != '>' || at == start || f->t[at - 1] != '\n')
			return at - start;
		at++;
	}
}

/* The end of a flat's number at AT with what stands before it: ", Apt. 595". */
static size_t
flat_end(const struct find *f, size_t at)
{
	size_t p = at + blanks(f, at), n = find_any(f, p, flats), end;

	if (n == 0)
		return at;
	p += n;
	if (f->t[p] == '.')
		p++;
	if (f->t[p - 1] != '#' && f->t[p] != ' ')
		return at;
	p += blanks(f, p);
	end = find_run(f, p);
	return end > p && end - p <= 6 && (find_digit(f, p) || end - p == 1) ? end : at;
}

/* Bytes of a post code at AT: 12345, 12345-6789, EC1A 1BB. */
static size_t
post_code(const struct find *f, size_t at)
{
	size_t n = find_run(f, at) - at, m;

	if (strspn(f->t + at, "0123456789") == n && n >= 4 && n <= 6) {
		if (n == 5 && f->t[at + n] == '-' && find_run(f, at + n + 1) == at + n + 5)
			n += 5;
		return n;
	}
	if (n < 2 || n > 4 || !find_letter(f, at) || f->t[at + n] != ' ')
		return 0;
	m = find_run(f, at + n + 1) - (at + n + 1);
	return m == 3 && find_digit(f, at + n + 1) && find_letter(f, at + n + 2) &&
	    find_letter(f, at + n + 3) ? n + 4 : 0;
}

/* The end of the town behind a street that ends at AT, if a post code closes it. */
static size_t
town_end(const struct find *f, size_t at)
{
	size_t p = at, word, code;

	while (p < f->len && p - at < TOWN_MOST) {
		p += blanks(f, p);
		if ((code = post_code(f, p)) != 0)
			return p + code;
		word = word_end(f, p);
		if (word == p || !find_capital(f, p))
			break;
		p = word + (f->t[word] == '.');
	}
	return at;
}

/* True for the word of N bytes at AT that means a street in another language. */
static bool
is_foreign(const struct find *f, size_t at, size_t n)
{
	size_t i, len;

	for (i = 0; foreign_ends[i] != NULL; i++) {
		len = strlen(foreign_ends[i]);
		if (n > len + 2 && strncmp(f->t + at + n - len, foreign_ends[i], len) == 0)
			return true;
	}
	return is_word(f, at, n, foreign_words);
}

/* The end of the name of a street at AT, its type included (*TYPED); without a type the
 * end of up to WORDS_MOST words with capitals and a number behind them. */
static size_t
street_end(const struct find *f, size_t at, bool *typed)
{
	size_t words, end = 0, named = 0, n, next;
	bool capitals = true, foreign = false;

	for (words = 0; words <= WORDS_MOST; words++, at++) {
		next = word_end(f, at);
		n = next - at;
		if (n == 0) {	/* "5th Avenue"; "Koskikatu 25" */
			next = find_run(f, at);
			if (next == at || next - at > 4)
				break;
			if (find_digit(f, next - 1)) {
				named = words > 0 && capitals ? next : named;
				break;
			}
		} else {
			if (is_word(f, at, n, plain) || is_word(f, at, n, flats))
				break;
			capitals = capitals && find_capital(f, at);
			foreign |= is_foreign(f, at, n);
			named = capitals ? next : named;
			if (words > 0 && (capitals ? is_word(f, at, n, types) :
			    is_word(f, at, n, sure) && words <= 3))
				end = next;
		}
		at = next + (f->t[next] == '.');
		if (f->t[at] != ' ')
			break;
	}
	*typed = end != 0 || (foreign && named != 0);
	return end != 0 ? end : named;
}

/* The place behind the number of a house at AT and the blanks after it, 0 if none. */
static size_t
after_house(const struct find *f, size_t at)
{
	size_t n = find_run(f, at), digits = strspn(f->t + at, "0123456789");

	if (digits == 0 || digits > 6 || n - at > digits + 1)
		return 0;
	if (f->t[n] == '-' && find_digit(f, n + 1))
		n = find_run(f, n + 1);
	if (f->t[n] == ',' && f->t[n + 1] == ' ')
		n++;
	if (f->t[n] != ' ' || !(find_latin(f, n + 1) || (unsigned char)f->t[n + 1] >= 0x80))
		return 0;
	return n + 1;
}

/* Bytes of a box for mail at AT with its number: "po box 186". */
static size_t
box_len(const struct find *f, size_t at)
{
	static const char *const boxes[] = { "po box ", "p.o. box ", "p.o.box ", "p o box ", NULL };
	static const char *const units[] = { "unit ", "psc ", NULL };
	size_t n = find_any(f, at, units), end;

	if (n != 0) {	/* of armed forces: PSC 3294, Box 9168 */
		end = find_run(f, at + n);
		n = end - at + (f->t[end] == ',');
		return strncmp(f->t + at + n, " box ", 5) == 0 && find_digit(f, at + n + 5) ?
		    find_run(f, at + n + 5) - at : 0;
	}
	n = find_any(f, at, boxes);
	return n != 0 && find_digit(f, at + n) ? find_run(f, at + n) - at : 0;
}

/* True if the words before AT say that somebody or something is to be found there. */
static bool
is_lived_at(const struct find *f, size_t at)
{
	static const struct find_word yes[] = {
		FIND_WORD("lives at"), FIND_WORD("live at"), FIND_WORD("living at"),
		FIND_WORD("live in"), FIND_WORD("lives in"), FIND_WORD("address with"),
		FIND_WORD("address to"), FIND_WORD("deliver to"), FIND_WORD("delivered to"),
		FIND_WORD("ship to"), FIND_WORD("shipped to"), FIND_WORD("send it to"),
		FIND_WORD("sent to"), FIND_WORD("return to"), FIND_WORD("pick me up at"),
		FIND_WORD("reside at"), FIND_WORD("one to"), FIND_END
	};
	static const struct find_word nothing[] = { FIND_END };

	return find_context(f, at, 20, yes, nothing) > 0;
}

size_t
find_street(const struct find *f, size_t at)
{
	size_t start = at, end, flat, town;
	bool typed;

	if ((end = box_len(f, at)) != 0)
		return town_end(f, flat_end(f, at + end));
	if (find_letter(f, at)) {
		if ((flat = flat_end(f, at)) == at || !find_digit(f, flat + blanks(f, flat)))
			return 0;
		at = flat + blanks(f, flat);
	}
	if ((at = after_house(f, at)) == 0)
		return 0;
	if ((end = box_len(f, at)) != 0)
		return town_end(f, flat_end(f, at + end));
	if ((end = street_end(f, at, &typed)) == 0)
		return 0;
	end += f->t[end] == '.' && f->t[end + 1] == ' ';
	flat = flat_end(f, end);
	town = town_end(f, flat);
	/* Words with capitals alone are no street; a flat's number behind them tells, or that
	 * somebody lives there. */
	return typed || flat > end || find_letter(f, start) || (find_digit(f, end - 1) &&
	    is_lived_at(f, start)) ? town : 0;
}

/* True if the word for an address at AT means another one: "e-mail address". */
static bool
is_other_address(const struct find *f, size_t at)
{
	static const struct find_word others[] = {
		FIND_WORD("email"), FIND_WORD("e-mail"), FIND_WORD("mail"), FIND_WORD("ip"),
		FIND_WORD("mac"), FIND_WORD("web"), FIND_WORD("url"), FIND_WORD("wallet"), FIND_END
	};
	static const struct find_word nothing[] = { FIND_END };

	return find_context(f, at, 8, others, nothing) > 0;
}

/* The end of what is stated from AT on: a full stop, an empty line, another clause. */
static size_t
statement_end(const struct find *f, size_t at)
{
	static const char *const ends[] = { "\n\n", " and ", " but ", " please", "?", ";", "!",
		" thanks", "\n- ", ". please", NULL };
	size_t p = at, word = at;

	for (; p < f->len && p - at < STATED_MOST; p++) {
		if (find_any(f, p, ends) != 0)
			break;
		if (f->t[p] == '.' && (f->t[p + 1] == '\0' || (f->t[p + 1] == ' ' && p - word > 4)))
			break;
		if (f->t[p] == ' ' || f->t[p] == '\n')
			word = p + 1;
	}
	while (p > at && strchr(" \t\r\n,.", f->t[p - 1]) != NULL)
		p--;
	return p;
}

size_t
find_stated_street(const struct find *f, size_t at, size_t *start)
{
	static const char *const links[] = { ":", " is", "\n", " is:", NULL };
	size_t end = at + 7, n, i, digits = 0;	/* "address" */

	if (strncmp(f->t + at, "address", 7) != 0 || find_latin(f, end) ||
	    (n = find_any(f, end, links)) == 0 || is_other_address(f, at))
		return 0;
	end += n;
	end += strspn(f->t + end, ": \t\r\n");
	if (!find_digit(f, end) && !(find_latin(f, end) && find_capital(f, end)))
		return 0;
	*start = end;
	end = statement_end(f, end);
	for (i = *start; i < end; i++) {
		digits += find_digit(f, i);
		if (f->t[i] == '@' || strncmp(f->t + i, "://", 3) == 0)
			return 0;
	}
	return digits > 0 && end - *start >= 8 ? end : 0;
}
