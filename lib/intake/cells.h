/* cells - a JSON object as names and values, so that aliases can say what they mean.
 *
 * A member of a member is named by its path, "user.name"; a list of texts and numbers is
 * one value, "a,b"; other lists, and what lies too deep, are kept as JSON.
 */
#ifndef CSR_CELLS_H
#define CSR_CELLS_H

#include "base/mem.h"
#include "stream/csvin.h"
#include "stream/rec.h"

struct cells {
	struct csvin_field *name, *value;
	const struct node **node;	/* the values as they are */
	size_t n, cap;
	struct arena mem;
	struct buf path;
};

/* Adds the members of OBJECT that are not null, but for the list SKIP (may be NULL); all
 * are borrowed from OBJECT and C. False: there are too many. */
bool cells_add(struct cells *c, const struct node *object, const struct node *skip);
/* Adds those FROM on of another, borrowed from it. */
void cells_join(struct cells *c, const struct cells *other);
void cells_clear(struct cells *c);
void cells_release(struct cells *c);

/* True for names of lists of records or messages: "messages", "msg_list" ... */
bool cells_is_list(const char *key, size_t len);
/* The first such list of objects in ROOT, or of nothing if EMPTY_TOO, at most three levels
 * deep; NULL: there is none. */
const struct node *cells_list(const struct node *root, bool empty_too);

#endif
