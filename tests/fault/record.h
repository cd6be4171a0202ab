/* record - what preload.c notes of a program and image.c replays */
#ifndef CSR_RECORD_H
#define CSR_RECORD_H

#include <stdint.h>

enum record_kind {
	RECORD_CREATE = 1,	/* a file that was not there */
	RECORD_WRITE,		/* len bytes at off, they follow */
	RECORD_TRUNCATE,	/* to off bytes */
	RECORD_SYNC,		/* all of the file is on the disk */
	RECORD_SYNC_FOLDER,	/* so are the names in the folder */
	RECORD_UNLINK,
	RECORD_ACK		/* len bytes left by stdout, they follow */
};

struct record {
	uint32_t kind;
	uint32_t name_len;	/* the file's name follows, without NUL */
	uint64_t off;
	uint64_t len;
};

#endif
