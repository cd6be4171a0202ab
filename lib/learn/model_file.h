/* model_file - the layout of a model's file (csr-model(5)); private to lib/learn/model*.c
 *
 * All numbers are little-endian; reals are IEEE 754 doubles.  A head of MODEL_HEAD bytes
 * is followed by the names, the labels' numbers, the slots' checks, the slots' rows and
 * the entries, each beginning at a multiple of eight, with zeros between.
 */
#ifndef CSR_MODEL_FILE_H
#define CSR_MODEL_FILE_H

#include <endian.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "learn/model.h"

#define MODEL_MAGIC "csrmodel"

enum {
	AT_MAGIC = 0, AT_VERSION = 8, AT_BYTES = 12, AT_SUM_A = 16, AT_SUM_B = 24,
	AT_LABELS = 32, AT_SLOTS = 36, AT_ENTRIES = 40, AT_GRAMS = 44, AT_NAMES = 48,
	AT_CHARS = 52, AT_WORDS = 53, AT_SAMPLES = 56, AT_SEED = 64, AT_TIME = 72,
	AT_ACCURACY = 80, AT_ECE = 88, AT_UNIT = 96, AT_THRESHOLD = 104, AT_SLOPE = 112,
	AT_CONSTANT = 120, AT_ODDS = 128, AT_KNOWN = 136, MODEL_HEAD = 144
};

struct model_sum {
	uint64_t a, b;
};

static inline uint32_t
model_u32(const unsigned char *p)
{
	uint32_t v;

	memcpy(&v, p, sizeof(v));
	return le32toh(v);
}

static inline uint64_t
model_u64(const unsigned char *p)
{
	uint64_t v;

	memcpy(&v, p, sizeof(v));
	return le64toh(v);
}

static inline double
model_real(const unsigned char *p)
{
	uint64_t bits = model_u64(p);
	double v;

	memcpy(&v, &bits, sizeof(v));
	return v;
}

static inline size_t
model_aligned(size_t at)
{
	return (at + 7) & ~(size_t)7;
}

/* Fletcher's sums of the 32-bit words behind AT_LABELS; LEN is a multiple of four. */
static inline struct model_sum
model_sum(const unsigned char *p, size_t len)
{
	struct model_sum s = { 0, 0 };
	size_t i;

	for (i = AT_LABELS; i + 4 <= len; i += 4) {
		s.a += model_u32(p + i);
		s.b += s.a;
	}
	return s;
}

/* Where an n-gram is looked for, and what marks it there (never 0, which is empty). */
static inline size_t
model_slot(uint32_t hash, size_t n_slots)
{
	return hash & (n_slots - 1);
}

static inline uint16_t
model_check(uint32_t hash)
{
	return (uint16_t)(hash >> 16 | (hash >> 16 == 0));
}

/* The row of HASH: the number of its pairs, then label and weight of each; NULL if the
 * model does not know it. */
static inline const unsigned char *
model_row(const struct model *m, uint32_t hash)
{
	uint16_t check = htole16(model_check(hash)), have;
	size_t i = model_slot(hash, m->n_slots);

	for (;; i = (i + 1) & (m->n_slots - 1)) {
		memcpy(&have, m->checks + i * 2, sizeof(have));
		if (have == check)
			return m->entries + model_u32(m->rows + i * 4);
		if (have == 0)
			return NULL;
	}
}

/* Weights are kept as roots, so that a byte is fine near zero and reaches far. */
static inline int32_t
model_weight(unsigned char kept)
{
	int32_t root = (int8_t)kept;

	return root * abs(root);
}

#endif
