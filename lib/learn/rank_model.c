/* rank_model - the weights of rank, those of the program and those of a file */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/mem.h"
#include "learn/rank.h"

enum { BITS_LEAST = 10, BITS_MOST = 22 };

void
rank_usual(struct rank_model *m)
{
	/* Set by hand: from what the shipped articles teach (`csr-answer train`, each question left
	 * out in turn), rounded and kept where tests/bench/answer shows no loss elsewhere. */
	static const double learned[RANK_FEATURES] = {
		[RANK_BIAS] = -5.50,
		[RANK_SCORE] = 7.00,
		[RANK_ASKED] = 1.50,
		[RANK_SAID] = 0.00,
		[RANK_UNITS] = 2.00,
		[RANK_PAIRS] = 0.00,
		[RANK_ORDER] = 1.00,
		[RANK_RUN] = -2.00,
		[RANK_LENGTH] = 0.00,
		[RANK_KIND] = 0.00,
		[RANK_NOT] = -0.40,
		[RANK_NUMBERS] = -0.50,
		[RANK_SUPPORT] = 6.00,
	};

	*m = (struct rank_model){ .sparse = NULL };
	memcpy(m->dense, learned, sizeof(learned));
}

void
rank_release(struct rank_model *m)
{
	free(m->sparse);
	m->sparse = NULL;
}

void
rank_write(const struct rank_model *m, struct buf *out)
{
	size_t i;

	buf_fmt(out, "csr-answer rank 1\nbits %u\n", m->sparse != NULL ? m->bits : 0);
	for (i = 0; i < RANK_FEATURES; i++)
		buf_fmt(out, "%s %.6g\n", rank_feature_name((enum rank_feature)i), m->dense[i]);
	for (i = 0; m->sparse != NULL && i < (size_t)1 << m->bits; i++)
		if (m->sparse[i] > 1e-4f || m->sparse[i] < -1e-4f)
			buf_fmt(out, "%zx %.4g\n", i, (double)m->sparse[i]);
}

/* The weight called NAME is V; false for a name that is none. */
static bool
set(struct rank_model *m, const char *name, double v)
{
	char *end;
	unsigned long at;
	size_t i;

	for (i = 0; i < RANK_FEATURES; i++)
		if (strcmp(name, rank_feature_name((enum rank_feature)i)) == 0) {
			m->dense[i] = v;
			return true;
		}
	at = strtoul(name, &end, 16);
	if (*end != '\0' || m->sparse == NULL || at >= 1ul << m->bits)
		return false;
	m->sparse[at] = (float)v;
	return true;
}

static bool
set_bits(struct rank_model *m, const char *line)
{
	char *end;
	unsigned long bits = strtoul(line + 5, &end, 10);

	if (strncmp(line, "bits ", 5) != 0 || *end != '\0' ||
	    (bits != 0 && (bits < BITS_LEAST || bits > BITS_MOST)))
		return false;
	m->bits = (unsigned)bits;
	if (bits != 0)
		m->sparse = xcalloc((size_t)1 << bits, sizeof(*m->sparse));
	return true;
}

/* One line behind the first two: a name and a number that is one. */
static bool
read_line(struct rank_model *m, char *line)
{
	char *blank = strchr(line, ' '), *end;
	double v;

	if (blank == NULL || blank == line)
		return false;
	*blank = '\0';
	v = strtod(blank + 1, &end);
	return end != blank + 1 && *end == '\0' && v > -1e6 && v < 1e6 && set(m, line, v);
}

int
rank_read(struct rank_model *m, const char *source, const char *text, struct err *e)
{
	char *copy = xstrdup(text), *p = copy, *next;
	size_t line = 0;
	bool good = true;

	*m = (struct rank_model){ .sparse = NULL };
	for (; good && *p != '\0'; p = next) {
		size_t n = strcspn(p, "\n");

		next = p + n + (p[n] == '\n');
		p[n] = '\0';
		line++;
		good = line == 1 ? strcmp(p, "csr-answer rank 1") == 0 :
		    line == 2 ? set_bits(m, p) : read_line(m, p);
	}
	free(copy);
	if (good && line >= 2 + RANK_FEATURES)
		return 0;
	rank_release(m);
	err_set(e, ERR_CONFIG, "not a model of csr-answer train");
	return err_at(e, source, line);
}
