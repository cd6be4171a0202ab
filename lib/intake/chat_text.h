/* chat_text - what a message that is no text says, in words: [图片], [文件: 行程单.pdf] */
#ifndef CSR_CHAT_TEXT_H
#define CSR_CHAT_TEXT_H

/* The label of a word of [msgtype] in share/aliases/values.conf, brackets included; "[WORD]"
 * never: NULL for text and for words nobody knows. */
const char *chat_label(const char *word);

#endif
