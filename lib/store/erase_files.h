/* erase_files - what holds a person outside the database */
#ifndef CSR_ERASE_FILES_H
#define CSR_ERASE_FILES_H

#include <stddef.h>

#include "base/err.h"
#include "store/erase_needle.h"

/* Blanks the lines of refused records in PATH that have a needle; *n lines. The file is
 * replaced whole, or left alone. A file that is not there has none. */
int erase_rejects(struct needles *n, const char *path, int *lines, struct err *e);
/* Removes DIR/HASH for each file needle that nobody else was seen to have; *n files. */
int erase_attachments(const struct needles *n, const char *dir, int *files, struct err *e);
/* Searches all files of the folder of DB for needles; removes DB.schemaN copies that have
 * one. FOUND gets their names with commas. */
int erase_search(struct needles *n, const char *db, struct buf *found, struct err *e);
/* Appends LINE and a newline to PATH, on the disk before 0 is returned. */
int erase_append(const char *path, const char *line, size_t len, struct err *e);

#endif
