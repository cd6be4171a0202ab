/* script_look - what the name and the beginning of a text file show of the chat in it */
#ifndef CSR_SCRIPT_LOOK_H
#define CSR_SCRIPT_LOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The file's name without folders and suffix; yours to free. */
char *script_stem(const char *path);
/* A date in a file's name (2026-10-01, 20261001), else SCRIPT_NO_DAY. */
int64_t script_day_in(const char *name);
/* As intake_format.sniff; names in lines of their own are WECHAT's. */
int script_sniff(bool wechat, bool is_dir, const char *head, size_t len);

#endif
