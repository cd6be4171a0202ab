/* survey_results - what the answers come to, as a whole or by what they are about. */
#ifndef CSR_SURVEY_RESULTS_H
#define CSR_SURVEY_RESULTS_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "desk/survey.h"
#include "store/db.h"
#include "store/forms.h"

enum survey_dim { SURVEY_CHANNEL, SURVEY_AGENT, SURVEY_QUEUE, SURVEY_AREA, SURVEY_MODE,
	SURVEY_DIMS };

struct survey_result {
	const char *form;
	const char *by[SURVEY_DIMS];	/* in the order asked for; NULL: none */
	enum survey_measure measure;
	struct survey_stats stats;
	int64_t invited;	/* invitations of the time asked about */
	int64_t answered;	/* of these */
};

struct survey_results {
	struct survey_result **v;	/* by form, then by the rest */
	size_t n;
	struct map groups;
	struct arena text;
};

struct survey_question {
	enum survey_dim by[SURVEY_DIMS];
	size_t n_by;
	int64_t from, to;	/* answered, invited: [from, to) */
	const char *form;	/* NULL: all */
};

/* "channel,agent": -1 with 64 for a word it does not know. */
int survey_parse_by(struct survey_question *q, const char *list, struct err *e);
const char *survey_dim_name(enum survey_dim d);

/* Forms that are not in FORMS any more are counted on the scale they were answered on. */
int survey_results(struct db *db, const struct survey_question *q,
    const struct forms *forms, struct survey_results *out, struct err *e);
void survey_results_release(struct survey_results *r);

#endif
