/* t2s - the table of traditional and simplified characters.
 *
 * Made at build time by t2s.sh from the installed OpenCC; in ascending order of
 * `from`.  Read it through fold.h.
 */
#ifndef CSR_T2S_H
#define CSR_T2S_H

#include <stddef.h>
#include <stdint.h>

struct t2s {
	uint32_t from;	/* traditional character */
	uint32_t to;	/* its simplified form */
};

extern const struct t2s t2s_map[];
extern const size_t t2s_len;

#endif
