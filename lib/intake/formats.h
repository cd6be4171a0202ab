/* formats - the readers of lib/intake, one a source format.  To add one: write its file,
 * name it here, put it into the table in intake.c.
 */
#ifndef CSR_FORMATS_H
#define CSR_FORMATS_H

#include "intake/intake.h"

extern const struct intake_format intake_csv;		/* any CSV with a header */
extern const struct intake_format intake_jsonl;		/* our own JSON Lines */
extern const struct intake_format intake_json;		/* other JSON, by its names */
extern const struct intake_format intake_wecom;		/* the WeCom message archive */
extern const struct intake_format intake_wxkf;		/* WeChat customer service */
extern const struct intake_format intake_dingtalk;	/* DingTalk robots */
extern const struct intake_format intake_qianniu;	/* chats of Taobao shops */
extern const struct intake_format intake_roster;		/* members of group chats */
extern const struct intake_format intake_flight;		/* the state of flights */
extern const struct intake_format intake_vcard;		/* address cards */
extern const struct intake_format intake_asterisk;	/* call detail records */
extern const struct intake_format intake_freeswitch;
extern const struct intake_format intake_queuelog;	/* Asterisk's queue_log */
extern const struct intake_format intake_transcript;	/* chats as text */
extern const struct intake_format intake_wechat;	/* WeChat's export as TXT */
extern const struct intake_format intake_mail;		/* one e-mail */
extern const struct intake_format intake_mbox;		/* RFC 4155, as a stream */
extern const struct intake_format intake_maildir;	/* also a directory of .eml */

#endif
