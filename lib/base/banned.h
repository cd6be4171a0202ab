/* banned - calls that are compile errors here (forced in with -include).
 * Unbounded copies, hidden state, numbers without errors, a shell. */
#ifndef CSR_BANNED_H
#define CSR_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#pragma GCC poison strcpy strcat sprintf vsprintf strtok atoi atol atof gets
#pragma GCC poison localtime gmtime ctime asctime system popen rand srand tmpnam mktemp

#endif
