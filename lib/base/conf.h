/* conf - where configuration lives, and the plain files it is written in.
 *
 * A name such as "rules/zh.rules" is looked for in: the -c directory, $CSR_CONFIG,
 * $XDG_CONFIG_HOME/csr (else ~/.config/csr), /etc/csr, then the installed share/csr,
 * which is found from the place of the running program (../share/csr), so that an
 * installation can be moved.  The first one found wins, file by file.
 */
#ifndef CSR_CONF_H
#define CSR_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

/* The path of NAME, yours to free; or NULL with *e set (78) naming where was looked. */
char *conf_find(const char *name, struct err *e);

/* The whole of file NAME, found as above, at most 16 MiB; yours to free, *path too. NULL with
 * *e set (78, 74), *path then NULL. */
char *conf_text(const char *name, char **path, struct err *e);

/* All files DIR/NAME+SUFFIX over all places, by name, a name found earlier hiding later
 * ones.  Returns how many, -1 on error; free each and the array with conf_list_free. */
int conf_list(const char *dir, const char *suffix, char ***paths, struct err *e);
void conf_list_free(char **paths, int n);

/* The whole file (NUL behind it), at most MAX bytes; yours to free. 66 or 74 on error. */
char *conf_read(const char *path, size_t max, size_t *len, struct err *e);

/* Lines of "key = value" under "[section]" heads, '#' comments.  Feed a text, get one
 * call a key; SECTION is "" before the first head.  A trailing "\" joins the next line.
 * The callback returns -1 with *e set to refuse; its message gets "file:line: " put
 * before it here, and parsing ends. */
typedef int conf_fn(void *ctx, const char *section, const char *key, const char *value,
    size_t line, struct err *e);
int conf_parse(const char *path, conf_fn *fn, void *ctx, struct err *e);
int conf_parse_text(const char *source, char *text, conf_fn *fn, void *ctx, struct err *e);

#endif
