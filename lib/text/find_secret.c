/* find_secret - what is looked for only to be masked, tried in turn */
#include <string.h>

#include "text/email.h"
#include "text/find.h"

typedef size_t simple_fn(const struct find *f, size_t at);
typedef size_t place_fn(const struct find *f, size_t at, size_t *start);

static size_t
simple(simple_fn *fn, enum finding_kind is, const struct find *f, size_t at,
    enum finding_kind *kind)
{
	*kind = is;
	return fn(f, at);
}

static size_t
place(place_fn *fn, const struct find *f, size_t at, size_t *start, enum finding_kind *kind)
{
	*kind = FIND_ADDRESS;
	return fn(f, at, start);
}

/* True if a Chinese character stands before AT, perhaps with a blank between. */
static bool
follows_han(const struct find *f, size_t at)
{
	at -= at > 0 && f->t[at - 1] == ' ';
	return at > 0 && (unsigned char)f->t[at - 1] >= 0x80;
}

static size_t
at_digit(const struct find *f, size_t at, size_t *start, enum finding_kind *kind)
{
	size_t end;

	if ((end = simple(find_ssn, FIND_SSN, f, at, kind)) == 0 && follows_han(f, at))
		end = place(find_place, f, at, start, kind);
	if (end == 0)
		end = simple(find_street, FIND_ADDRESS, f, at, kind);
	if (end == 0)
		end = find_spoken(f, at, kind);
	return end;
}

static size_t
at_letter(const struct find *f, size_t at, size_t *start, enum finding_kind *kind)
{
	size_t end = simple(find_iban, FIND_IBAN, f, at, kind);

	if (end == 0 && f->t[at] == 'a')
		end = place(find_stated_street, f, at, start, kind);
	if (*start != at)
		return end;
	if (end == 0 && strchr("apsufrb", f->t[at]) != NULL)
		end = simple(find_street, FIND_ADDRESS, f, at, kind);
	if (end == 0 && !find_letter(f, at + 1) && follows_han(f, at))
		end = place(find_place, f, at, start, kind);
	return end;
}

static size_t
at_han(const struct find *f, size_t at, size_t *start, enum finding_kind *kind)
{
	size_t end = find_spoken(f, at, kind);

	if (end == 0)
		end = place(find_stated_place, f, at, start, kind);
	if (end == 0)
		end = place(find_place, f, at, start, kind);
	return end;
}

size_t
find_secret(const struct find *f, size_t at, size_t next, size_t *start,
    enum finding_kind *kind)
{
	size_t end;

	*start = at;
	if (!find_latin(f, at))
		return at_han(f, at, start, kind);
	end = simple(find_ip, FIND_IP, f, at, kind);
	if (end == 0)
		end = simple(find_social, FIND_SOCIAL, f, at, kind);
	if (end == 0)
		end = find_digit(f, at) ? at_digit(f, at, start, kind) :
		    at_letter(f, at, start, kind);
	/* Digits alone are find_number()'s, which knows an order's number. */
	if (end == 0 && strspn(f->t + at, "0123456789") < next - at)
		end = find_glued(f, at, next, start, kind);
	return end;
}

size_t
find_in_url(const struct find *f, size_t at, size_t end, size_t *start,
    enum finding_kind *kind)
{
	static const struct find_word names[] = {
		FIND_WORD("phone="), FIND_WORD("mobile="), FIND_WORD("tel="), FIND_WORD("mob="),
		FIND_WORD("cell="), FIND_WORD("sj="), FIND_WORD("phone/"), FIND_WORD("tel/"),
		FIND_WORD("mobile/"), FIND_END
	};
	static const struct find_word nothing[] = { FIND_END };
	size_t stop, n;

	*start = at;
	n = email_len(f->t + at, end - at);
	if (n != 0 && strcspn(f->t + at, "/?=&") > strcspn(f->t + at, "@")) {
		*kind = FIND_EMAIL;
		return at + n;
	}
	stop = find_digit(f, at) ? find_glued(f, at, find_run(f, at), start, kind) : 0;
	if (stop != 0 && (*kind == FIND_ID_CARD ||
	    find_context(f, at, 12, names, nothing) > 0))
		return stop;
	return 0;
}
