/* mood - how a customer's messages sound, and whether that gets better or worse */
#include <string.h>

#include "desk/mood.h"

bool
mood_score(const char *sentiment, int *score)
{
	static const char *const words[] = { "angry", "negative", "neutral", "positive" };
	int i;

	for (i = 0; sentiment != NULL && i < 4; i++)
		if (strcmp(words[i], sentiment) == 0) {
			*score = i - 2;
			return true;
		}
	return false;
}

static double
mean(const int *v, size_t n)
{
	double sum = 0;
	size_t i;

	for (i = 0; i < n; i++)
		sum += v[i];
	return sum / (double)n;
}

enum mood_trend
mood_trend(const int *scores, size_t n)
{
	size_t last = n < MOOD_LAST + MOOD_ENOUGH ? MOOD_ENOUGH : MOOD_LAST;
	size_t before = n - last < MOOD_BEFORE ? n - last : MOOD_BEFORE;
	double change;

	if (n < 2 * MOOD_ENOUGH)
		return MOOD_UNKNOWN;
	change = mean(scores, last) - mean(scores + last, before);
	return change <= -0.5 ? MOOD_WORSE : change >= 0.5 ? MOOD_BETTER : MOOD_STEADY;
}

const char *
mood_trend_name(enum mood_trend t)
{
	static const char *const names[] = { "", "worse", "steady", "better" };

	return names[t];
}
