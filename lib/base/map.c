/* map - a hash table from byte strings to pointers or numbers */
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/map.h"

static uint64_t seed[2];

static void
seed_once(void)
{
	if (seed[0] != 0)
		return;
	if (getrandom(seed, sizeof(seed), 0) != (ssize_t)sizeof(seed))
		seed[1] = (uint64_t)(uintptr_t)&seed;
	seed[0] |= 1;
}

static uint64_t
mix(uint64_t a, uint64_t b)
{
	__uint128_t r = (__uint128_t)a * b;

	return (uint64_t)r ^ (uint64_t)(r >> 64);
}

/* A folded-multiply hash keyed by the seed (the construction of wyhash and
 * rapidhash: public domain idea by Wang Yi). */
static uint64_t
hash_bytes(const void *key, size_t len)
{
	const unsigned char *p = key;
	uint64_t h = seed[0] ^ len, a, b;

	while (len >= 16) {
		memcpy(&a, p, 8);
		memcpy(&b, p + 8, 8);
		h = mix(a ^ seed[1] ^ h, b ^ seed[0]);
		p += 16;
		len -= 16;
	}
	a = b = 0;
	memcpy(&a, p, len < 8 ? len : 8);
	if (len > 8)
		memcpy(&b, p + 8, len - 8);
	return mix(mix(a ^ seed[1] ^ h, b ^ seed[0]), 0x9e3779b97f4a7c15u ^ seed[1]);
}

static struct map_slot *
find(struct map_slot *slots, size_t cap, const void *key, size_t len, uint64_t hash)
{
	size_t i = (size_t)hash & (cap - 1);

	while (slots[i].key != NULL) {
		if (slots[i].hash == hash && slots[i].len == len &&
		    memcmp(slots[i].key, key, len) == 0)
			break;
		i = (i + 1) & (cap - 1);
	}
	return &slots[i];
}

union map_value *
map_get(const struct map *m, const void *key, size_t len)
{
	struct map_slot *s;

	if (m->n == 0)
		return NULL;
	s = find(m->slots, m->cap, key, len, hash_bytes(key, len));
	return s->key != NULL ? &s->value : NULL;
}

static void
grow(struct map *m)
{
	size_t cap = m->cap ? m->cap * 2 : 64, i;
	struct map_slot *slots = xcalloc(cap, sizeof(*slots));

	for (i = 0; i < m->cap; i++) {
		struct map_slot *s = &m->slots[i];

		if (s->key != NULL)
			*find(slots, cap, s->key, s->len, s->hash) = *s;
	}
	free(m->slots);
	m->slots = slots;
	m->cap = cap;
}

union map_value *
map_put(struct map *m, const void *key, size_t len, int *is_new)
{
	struct map_slot *s;
	uint64_t hash;

	seed_once();
	if (m->n * 4 >= m->cap * 3)
		grow(m);
	hash = hash_bytes(key, len);
	s = find(m->slots, m->cap, key, len, hash);
	if (is_new != NULL)
		*is_new = s->key == NULL;
	if (s->key == NULL) {
		s->key = arena_strn(&m->keys, key, len);
		s->len = len;
		s->hash = hash;
		s->value.num = 0;
		s->value.ptr = NULL;
		m->n++;
	}
	return &s->value;
}

void
map_clear(struct map *m)
{
	if (m->n > 0)
		memset(m->slots, 0, m->cap * sizeof(*m->slots));
	m->n = 0;
	arena_clear(&m->keys);
}

void
map_release(struct map *m)
{
	free(m->slots);
	arena_release(&m->keys);
	*m = (struct map)MAP_INIT;
}

struct map_slot *
map_each(const struct map *m, size_t *at)
{
	while (*at < m->cap) {
		struct map_slot *s = &m->slots[(*at)++];

		if (s->key != NULL)
			return s;
	}
	return NULL;
}
