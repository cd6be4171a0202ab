/* segments - the plans of share/segments, read and checked */
#ifndef CSR_SEGMENTS_H
#define CSR_SEGMENTS_H

#include <stddef.h>

#include "base/err.h"
#include "desk/segment.h"

enum { SEGMENTS_MAX = 8 };

struct segments {
	struct segment_plan v[SEGMENTS_MAX];	/* by file name */
	size_t n;
	char **paths;
	int n_paths;
};

/* Reads every segments/NAME.conf, as base/conf.h finds them. 78 names file and line. */
int segments_load(struct segments *s, struct err *e);
void segments_release(struct segments *s);
/* The first plan that sets the segment; NULL if there is none. Its words for what is void
 * hold wherever orders are counted. */
const struct segment_plan *segments_value(const struct segments *s);

#endif
