/* survey - what the answers come to */
#include <math.h>

#include "desk/survey.h"

void
survey_count(struct survey_stats *s, int64_t max, int64_t score, int64_t n)
{
	s->n += n;
	s->sum += score * n;
	if (score >= max - 1)
		s->top += n;
	if (score >= 9)
		s->promoters += n;
	else if (score <= 6)
		s->detractors += n;
}

static double
share(int64_t k, int64_t n)
{
	return n > 0 ? 100.0 * (double)k / (double)n : (double)NAN;
}

double
survey_mean(const struct survey_stats *s)
{
	return s->n > 0 ? (double)s->sum / (double)s->n : (double)NAN;
}

double
survey_top_pct(const struct survey_stats *s)
{
	return share(s->top, s->n);
}

double
survey_nps(const struct survey_stats *s)
{
	return share(s->promoters - s->detractors, s->n);
}

/* E. B. Wilson, Probable inference, the law of succession, and statistical inference,
 * J. Am. Stat. Assoc. 22 (1927). */
void
survey_wilson(int64_t k, int64_t n, double *low_pct, double *high_pct)
{
	const double z = 1.959963984540054;
	double p, all = (double)n, middle, half;

	*low_pct = *high_pct = (double)NAN;
	if (n <= 0)
		return;
	p = (double)k / all;
	middle = p + z * z / (2 * all);
	half = z * sqrt(p * (1 - p) / all + z * z / (4 * all * all));
	*low_pct = 100 * fmax(0, (middle - half) / (1 + z * z / all));
	*high_pct = 100 * fmin(1, (middle + half) / (1 + z * z / all));
}
