/* map - a hash table from byte strings to pointers or numbers.
 *
 * The hash is seeded per process, so that keys chosen by a stranger cannot be made
 * to collide.  Keys are copied into the map.  Start from MAP_INIT.
 */
#ifndef CSR_MAP_H
#define CSR_MAP_H

#include <stddef.h>
#include <stdint.h>

#include "base/mem.h"

union map_value {
	void *ptr;
	int64_t num;
};

struct map_slot {
	const char *key;	/* in the arena, NULL when the slot is free */
	size_t len;
	uint64_t hash;
	union map_value value;
};

struct map {
	struct map_slot *slots;
	size_t n;		/* entries */
	size_t cap;		/* slots, a power of two */
	struct arena keys;
};
#define MAP_INIT { NULL, 0, 0, ARENA_INIT }

/* The value under KEY, or NULL; borrowed until the next map_put(). */
union map_value *map_get(const struct map *m, const void *key, size_t len);
/* The place of KEY's value, made (zero) if there was none: *is_new then is 1. */
union map_value *map_put(struct map *m, const void *key, size_t len, int *is_new);
/* Forgets all entries, keeps the slots. Values are not freed. */
void map_clear(struct map *m);
void map_release(struct map *m);
/* Walks: start with *at = 0, call until NULL. Order means nothing. */
struct map_slot *map_each(const struct map *m, size_t *at);

#endif
