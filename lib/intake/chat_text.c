/* chat_text - what a message that is no text says, in words */
#include <stddef.h>
#include <string.h>

#include "intake/chat_text.h"

const char *
chat_label(const char *word)
{
	static const char *const labels[][2] = {
		{ "image", "[图片]" }, { "voice", "[语音]" }, { "video", "[视频]" },
		{ "file", "[文件]" }, { "emotion", "[表情]" }, { "location", "[位置]" },
		{ "link", "[链接]" }, { "card", "[名片]" }, { "weapp", "[小程序]" },
		{ "call", "[通话]" }, { "redpacket", "[红包]" }, { "system", "[系统消息]" },
		{ "recalled", "[已撤回]" }
	};
	size_t i;

	for (i = 0; i < sizeof(labels) / sizeof(*labels); i++)
		if (strcmp(labels[i][0], word) == 0)
			return labels[i][1];
	return NULL;
}
