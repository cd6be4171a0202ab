/* aliases - what columns and cells are called: share/aliases/NAME.conf and --map FILE.
 *
 * Names are compared folded: without case, blanks, "_", "-", ":" and "*", full width as
 * half, traditional characters as simplified, a byte order mark gone.
 */
#ifndef CSR_ALIASES_H
#define CSR_ALIASES_H

#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/map.h"
#include "intake/csv_slot.h"
#include "text/fold.h"
#include "time/zone.h"

/* One name: which field or word it stands for. */
struct alias {
	const char *key;
	size_t rank;		/* the lower one counts first */
};

/* What may stand behind a column's name: the unit of its numbers, or whose hours count. */
struct alias_ending {
	const char *folded;
	int64_t unit_ms;	/* 0: in working time */
};

struct aliases {
	struct map names;	/* "section\nfolded name" to struct alias */
	struct arena mem;
	const char **notes;	/* folded words a note begins with */
	size_t notes_n;
	struct alias_ending *endings;
	size_t endings_n;
	size_t n, rank;		/* names read so far; where their file stands */
	struct fold fold;
	struct buf key;
};

/* All files of the configuration's aliases/ directories. 78 names file and line. */
int aliases_load(struct aliases *a, struct err *e);
void aliases_release(struct aliases *a);
/* S folded; borrowed until the next call on A. */
const char *aliases_fold(struct aliases *a, const char *s, size_t len);
/* What S means in SECTION ("message", "status" ...); NULL when nobody said. */
const struct alias *aliases_find(struct aliases *a, const char *section, const char *s,
    size_t len);
/* The longest ending of NAME (folded) that leaves something before it; NULL: none. */
const struct alias_ending *aliases_ending(const struct aliases *a, const char *name);
/* True when S begins with a word of [note], or as a WHOLE is one. */
bool aliases_is_note(struct aliases *a, const char *s, size_t len, bool whole);

/* A file of the user's for one export:
 *
 *   at = Created On tz=America/New_York format=%m/%d/%Y %H:%M
 *   first_response_ms = "First Answer" unit=hour
 *   text = "What happened?"
 *   [set]
 *   kind = message
 *   channel = webchat
 */
struct column_map {
	struct column_rule {
		enum csv_slot slot;
		const char *name;	/* of the column, as written */
		const char *folded;
		struct csv_figure figure;	/* of SLOT_FIGURE */
		const struct zone *zone;	/* NULL: as for the file */
		const char *format;	/* of strptime(3), NULL: any known */
		bool optional;		/* the file need not have it */
	} *rules;
	size_t n;
	const char *set[SLOTS];	/* the same for every row; NULL: not set */
	bool any_set;
	enum csv_kind kind;	/* CSV_KINDS: by the columns */
	enum csv_kind lean;	/* of several that fit, this one; CSV_KINDS: none */
	struct arena mem;
};
/* Reads PATH, or maps/PATH.map of the configuration if there is no such file; NULL makes
 * an empty map. 66, or 78 naming file and line. */
int column_map_load(struct column_map *m, const char *path, struct aliases *a, struct err *e);
/* What the user calls CHANNEL (NULL: nothing) tells of the kind. */
void column_map_lean(struct column_map *m, const char *channel);
void column_map_release(struct column_map *m);

#endif
