/* chat - what the readers of chat platforms' JSON share: the documents, the scratch memory
 * of the present message, and the small questions all of them ask of a record. */
#ifndef CSR_CHAT_H
#define CSR_CHAT_H

#include "intake/docs.h"

struct chat {
	struct docs docs;
	struct arena scratch;	/* of the present message */
	struct buf text, extra;
	struct node *inner;	/* JSON that stood in a string of it */
	struct node *envelope;	/* the whole of it, when all stood in a string */
};

/* For intake_format: a document is a message if it has a member called MEMBER. */
int chat_open(struct intake *in, int fd, const char *head, size_t len, const char *member);
void chat_close(struct intake *in);
void chat_raw(struct intake *in);
/* The next message as READ makes it of the record in c->docs.item: 0, or -1 with 65. */
typedef int chat_read(struct chat *c, const struct intake *in, struct fact *f, struct err *e);
int chat_next(struct intake *in, chat_read *read, struct fact *f, struct err *e);

/* For sniffing: the head has a member called KEY somewhere. */
bool chat_has(const char *head, size_t len, const char *key);

/* The member KEY of N as text: a string that is not empty, or a whole number's digits; NULL:
 * there is none. Borrowed from N or C. */
const char *chat_member(struct chat *c, const struct node *n, const char *key);
/* A time: milliseconds, seconds where the number is that small, as a number or text of one,
 * or any text tm_parse() reads in the zone of IN. -1 (65) also when KEY is not there. */
int chat_time(const struct node *n, const char *key, const struct intake *in, int64_t *at,
    struct err *e);
/* N, or what it is if it is JSON written into a string; borrowed. */
const struct node *chat_inner(struct chat *c, const struct node *n);
/* Sets extra to the members of ROOT that are not among the words of KNOWN (" a b "). */
void chat_extra(struct chat *c, struct fact *f, const struct node *root, const char *known);

#endif
