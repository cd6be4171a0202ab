/* mention - whom a message calls by "@name" */
#include <stdbool.h>
#include <string.h>

#include "text/mention.h"

static bool
is_word(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    c == '.' || c == '_';
}

/* Bytes of the blank at S that ends a name: a space, U+2005 as WeChat's clients put it,
 * punctuation; 0: S is part of the name. */
static bool
ends_name(const char *s)
{
	static const char *const ends[] = { "\xe2\x80\x85", "\xc2\xa0", "　", "，", "。", "：", "！",
		"？", "、", "＠" };
	size_t i;

	if (*s == '\0' || strchr(" \t\r\n,:;!?@", *s) != NULL)
		return true;
	for (i = 0; i < sizeof(ends) / sizeof(*ends); i++)
		if (strncmp(s, ends[i], strlen(ends[i])) == 0)
			return true;
	return false;
}

const char *
mention_next(const char **at, size_t *len)
{
	enum { NAME_MAX_BYTES = 64 };
	const char *s = *at;

	for (; (s = strpbrk(s, "@\xef")) != NULL; s++) {
		bool wide = strncmp(s, "＠", 3) == 0;
		const char *name = s + (wide ? 3 : 1);

		/* The address a@b.cn mentions nobody. */
		if ((*s != '@' && !wide) || (s > *at && is_word(s[-1])))
			continue;
		for (*len = 0; !ends_name(name + *len); (*len)++)
			continue;
		if (*len == 0 || *len > NAME_MAX_BYTES)
			continue;
		*at = name + *len;
		return name;
	}
	return NULL;
}
