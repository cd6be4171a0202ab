/* index_own - what the files of index share, and nobody else. */
#ifndef CSR_INDEX_OWN_H
#define CSR_INDEX_OWN_H

#include <stddef.h>

/* The inverse document frequency of a term that WITH of ALL passages have. */
float index_idf(size_t all, size_t with);

#endif
