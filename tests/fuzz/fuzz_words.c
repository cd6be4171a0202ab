/* fuzz_words - word lists and patterns: the first line is the list, the rest the text
 * seeds: share/rules */
#include "fuzz.h"
#include "stream/charset.h"
#include "text/fold.h"
#include "text/pattern.h"
#include "text/words.h"

static void
on_hit(void *ctx, const struct words_hit *hit)
{
	const struct fold *f = ctx;

	MUST(hit->start < hit->end && hit->end <= f->text.len);
}

static void
scan(char *list, const struct fold *f)
{
	struct words w = WORDS_INIT;
	uint32_t id = 0;

	for (char *word = list; *word != '\0' && id < 64; id++) {
		char *end = word + strcspn(word, ",");
		bool more = *end != '\0';

		*end = '\0';
		words_add(&w, word, id, id % 4);
		word = end + more;
	}
	words_build(&w);
	words_scan(&w, buf_cstr(&f->text), f->text.len, on_hit, (void *)(uintptr_t)f);
	words_release(&w);
}

static void
match(const char *source, const struct fold *f)
{
	struct err e;
	struct pattern *p = pattern_new(source, &e);
	size_t start, end;

	if (p != NULL && pattern_match(p, buf_cstr(&f->text), f->text.len, &start, &end, &e) == 1)
		MUST(start <= end && end <= f->text.len);
	pattern_free(p);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = BUF_INIT;
	struct fold f = FOLD_INIT;
	char *line;

	charset_decode(&text, (const char *)data, size, NULL, NULL, NULL);
	line = xstrndup(buf_cstr(&text), strcspn(buf_cstr(&text), "\n"));
	fold_text(&f, buf_cstr(&text) + strlen(line), text.len - strlen(line));
	match(line, &f);
	scan(line, &f);
	free(line);
	fold_release(&f);
	buf_release(&text);
	return 0;
}
