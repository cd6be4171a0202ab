/* forms - all forms of share/surveys, read and checked. */
#ifndef CSR_FORMS_H
#define CSR_FORMS_H

#include <stddef.h>

#include "base/err.h"
#include "desk/survey.h"
#include "store/letter.h"

struct forms {
	struct survey_form *v;	/* by name */
	size_t n;
};

/* Reads every surveys/NAME.survey, as base/conf.h finds them, and L's templates for them.
 * 78 names file and line. */
int forms_load(struct forms *f, struct letters *l, struct err *e);
void forms_release(struct forms *f);
/* NULL with 64 if there is none. */
const struct survey_form *forms_find(const struct forms *f, const char *name,
    struct err *e);

#endif
