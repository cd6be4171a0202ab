/* follow_private - what follow.c and follow_dir.c share */
#ifndef CSR_FOLLOW_PRIVATE_H
#define CSR_FOLLOW_PRIVATE_H

#include "store/follow.h"

struct followed {
	struct ingest_run *r;
	void (*note)(void *ctx, const char *text);
};

void follow_note(const struct followed *f, const char *path, const char *what);
/* What is remembered of the file FD; as place_find(). */
int follow_place(const struct followed *f, struct place *p, int fd, bool *known,
    struct err *e);
int follow_dir(struct followed *f, const char *path, struct err *e);

#endif
