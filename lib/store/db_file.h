/* db_file - the database as a file: where it is, who may open it, the lock beside it.
 */
#ifndef CSR_DB_FILE_H
#define CSR_DB_FILE_H

#include "base/err.h"
#include "store/db.h"

/* The path of the database by the rule of db_open(); yours to free. */
char *db_file_path(const char *path);
/* Refuses what must not be opened (missing, no regular file, a network file system that
 * WAL cannot work on), makes its folder for DB_CREATE, opens PATH.lock into *lock. */
int db_file_ready(const char *path, enum db_mode mode, int *lock, struct err *e);
/* Takes the lock, waiting at most the patience of db_file_patience(); 75 after that. */
int db_file_lock(int lock, const char *path, struct err *e);
void db_file_unlock(int lock);
/* Milliseconds to wait for others: $CSR_BUSY_MS, else USUAL. */
int db_file_patience(int usual);

#endif
