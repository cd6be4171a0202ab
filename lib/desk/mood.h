/* mood - how a customer's messages sound, and whether that gets better or worse.
 *
 * Pure.  A message counts angry -2, negative -1, neutral 0, positive 1.  The trend compares
 * the mean of the last five messages with that of up to ten before them; a difference of
 * half a point is one.
 */
#ifndef CSR_MOOD_H
#define CSR_MOOD_H

#include <stdbool.h>
#include <stddef.h>

enum { MOOD_LAST = 5, MOOD_BEFORE = 10, MOOD_ENOUGH = 3 };

enum mood_trend { MOOD_UNKNOWN, MOOD_WORSE, MOOD_STEADY, MOOD_BETTER };

/* False for a word that is no sentiment, or NULL. */
bool mood_score(const char *sentiment, int *score);
/* Of N scores, the latest first; MOOD_UNKNOWN without MOOD_ENOUGH on either side. */
enum mood_trend mood_trend(const int *scores, size_t n);
/* "", "worse", "steady", "better". */
const char *mood_trend_name(enum mood_trend t);

#endif
