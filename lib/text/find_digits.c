/* find_digits - digits as they are written, in groups with signs between them */
#include "text/find_digits.h"

enum { EXTENSION = 5 };

/* Bytes of a hyphen at AT that is not ASCII's, of a keycap's frame, of a middle dot. */
static size_t
odd_sign(const struct find *f, size_t at)
{
	const unsigned char *s = (const unsigned char *)f->t + at;

	if (s[0] == 0xE2 && s[1] == 0x80 && s[2] >= 0x90 && s[2] <= 0x95)
		return 3;
	if (s[0] == 0xE2 && s[1] == 0x83 && s[2] == 0xA3)
		return 3;
	return s[0] == '_' ? 1 : s[0] == 0xC2 && s[1] == 0xB7 ? 2 : 0;
}

/* Bytes of the sign between two groups of digits at AT, 0 if there is none. */
static size_t
gap(const struct find *f, size_t at, enum signs signs)
{
	size_t n = f->t[at] == ')', start = at, odd;

	at += n;
	if (f->t[at] == ' ' || f->t[at] == '-' || (signs == SIGNS_DOTS && f->t[at] == '.'))
		at++;
	else if (signs != SIGNS_PLAIN && (odd = odd_sign(f, at)) != 0)
		at += odd;
	if (signs != SIGNS_PLAIN && at > start && f->t[at] == '(')
		at++;
	return at > start && find_digit(f, at) ? at - start : 0;
}

/* The end of an extension at AT: "x12", " ext. 22", "转8001"; 0 if there is none. */
static size_t
extension(const struct find *f, size_t at)
{
	static const char *const words[] = { "x", " x", "ext", " ext", "转", "分机", NULL };
	size_t n = find_any(f, at, words), end = at + n;
	int ignored;

	if (n == 0)
		return 0;
	end += f->t[end] == '.';
	end += f->t[end] == ' ';
	n = end - at;
	end += find_int(f, end, EXTENSION, &ignored);
	return end > at + n && !find_latin(f, end) ? end : 0;
}

static void
end_group(struct digits *g, size_t end)
{
	g->upto[g->groups] = g->n;
	g->end[g->groups++] = end;
}

void
digits_read(const struct find *f, size_t at, enum signs signs, struct digits *g)
{
	size_t sign, end;

	g->n = g->groups = 0;
	while (g->groups < DIGITS_GROUPS) {
		while (find_digit(f, at) && g->n < DIGITS_MAX)
			g->d[g->n++] = f->t[at++];
		if (g->n == 17 && f->t[at] == 'x' && !find_digit(f, at + 1))
			g->d[g->n++] = f->t[at++];
		if (find_latin(f, at)) {
			if (signs != SIGNS_PLAIN && (end = extension(f, at)) != 0)
				end_group(g, end);
			break;		/* runs on into letters: no number of ours */
		}
		end_group(g, at);
		if ((sign = gap(f, at, signs)) == 0) {
			if (signs != SIGNS_PLAIN && (end = extension(f, at)) != 0)
				g->end[g->groups - 1] = end;
			break;
		}
		at += sign;
	}
	g->d[g->n] = '\0';
}

size_t
digits_group(const struct digits *g, size_t n)
{
	size_t i;

	for (i = 0; i < g->groups; i++)
		if (g->upto[i] == n)
			return i + 1;
	return 0;
}
