/* phrase - what pages say around the figures, in Chinese and English */
#include "report/phrase.h"

static const char *const phrases[PHRASES][LANGS] = {
	[PH_ALL] = { "All", "全部" },
	[PH_DATA] = { "Figures", "数据" },
	[PH_TABLE] = { "table", "表格" },
	[PH_SUMMARY] = { "In short", "要点" },
	[PH_CONTENTS] = { "Contents", "目录" },
	[PH_SKIP] = { "Skip to the figures", "跳到正文" },
	[PH_DEFINITION] = { "What is counted", "统计口径" },
	[PH_MADE_AT] = { "As of", "数据截至" },
	[PH_ZONE] = { "Times are those of", "时区" },
	[PH_BY] = { "made by csr-report", "由 csr-report 生成" },
	[PH_COMPARED_WITH] = { "compared with", "对比" },
	[PH_WAS] = { "was", "此前" },
	[PH_NEWS] = { "more than noise", "超出正常波动" },
	[PH_NOISE] = { "may be noise", "可能只是波动" },
	[PH_TOO_FEW] = { "too few to tell", "样本太少，无法判断" },
	[PH_TESTS_TITLE] = { "How changes are judged", "变化如何判断" },
	[PH_TESTS] = {
		"A change is called more than noise if one as large would come about by chance "
		"less than once in twenty times (p < 0.05, two-sided). Shares are compared by the "
		"z test of two proportions, means and medians by the Mann-Whitney U test over all "
		"values, other percentiles by the shares above that of both periods together, "
		"counts by the z test of two Poisson rates corrected by how much days scatter. "
		"Where many figures are tested at once, p is corrected by Holm.",
		"若同样大小的变化纯属偶然的概率低于二十分之一（双侧 p < 0.05），即称为超出正常波动。"
		"比例用两比例 z 检验；平均与中位数用全部数值的 Mann-Whitney U 检验，"
		"其他百分位数比较两期中超过合并百分位的占比；数量用两泊松率 z 检验，并按各天之间的离散程度校正。同时检验多个数字时，p 值经 Holm 校正。" },
	[PH_MORE_X] = { "more are in the table", "项见表格" },
	[PH_NO_ROWS] = { "Nothing in this period.", "此时段没有数据。" },
	[PH_BEFORE_LEGEND] = { "before", "此前" },
	[PH_RANGE_LEGEND] = { "95 % interval", "95 % 置信区间" },
	[PH_LESS] = { "less", "少" },
	[PH_MORE] = { "more", "多" },
	[PH_NOTES] = { "Notes", "说明" },
};

const char *
phrase(enum lang lang, enum phrase p)
{
	return phrases[p][lang];
}
