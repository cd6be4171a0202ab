/* fuzz_model - bytes that say they are a model, their sums made right
 * seeds: build/share/csr/models */
#include "fuzz.h"
#include "learn/model_file.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct gram_setting usual = { GRAM_CHARS, GRAM_WORDS };
	struct grams g = GRAMS_INIT;
	struct model_reason why[8];
	struct model_sum sum;
	struct model m;
	struct guess guess;
	struct err e;
	unsigned char *p = malloc(size + 1);

	memcpy(p, data, size);
	if (size >= MODEL_HEAD) {
		uint32_t len = htole32((uint32_t)size);

		memcpy(p, MODEL_MAGIC, 8);
		memcpy(p + AT_BYTES, &len, 4);
		sum = model_sum(p, size);
		memcpy(p + AT_SUM_A, &sum.a, 8);
		memcpy(p + AT_SUM_B, &sum.b, 8);
	}
	if (model_open(&m, p, size, &e) == 0) {
		grams_find(&g, &usual, "退票 refund please 123", 25);
		model_guess(&m, &g, &guess);
		MUST(guess.label < m.n_labels);
		MUST(model_explain(&m, &g, guess.label, why, 8) <= 8);
		grams_release(&g);
	} else {
		MUST(e.code == ERR_CONFIG);
	}
	free(p);
	return 0;
}
