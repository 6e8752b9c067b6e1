"""Terms of machine learning and mathematics that a segmenter of newspapers cuts: lines of titles keep them whole."""

from collections.abc import Iterator

from notegen.text.patterns import lazy_regex

_TERMS = """
深度学习 机器学习 强化学习 元学习 无监督 半监督 自监督 预训练 大模型 零样本 少样本 小样本 提示词
思维链 反向传播 前向传播 正向传播 计算图 自动微分 梯度下降 学习率 批量大小 批归一化 层归一化 权重衰减
超参数 过拟合 欠拟合 动量法 正则项 全连接层 卷积核 可变形卷积 图卷积 感受野 特征图 上采样 下采样
双线性 交并比 非极大值 边界框 自注意力 注意力头 序列到序列 词嵌入 词向量 核函数 核回归 岭回归
支持向量机 主成分分析 最小二乘 最近邻 线搜索 凸优化 下水平集 牛顿法 低秩 奇异值 随机变量 交叉熵 相对熵
点互信息 自编码器 重参数化 自回归 流模型 隐变量 潜变量 隐状态 隐空间 潜空间 负采样 马尔可夫链
隐马尔可夫 雅可比 勒让德 切比雪夫 埃尔米特 李普希茨 奥恩斯坦 前缀和 浅拷贝 深拷贝
"""
_TERM = lazy_regex("|".join(sorted(_TERMS.split(), key=len, reverse=True)))


def joined_terms(pieces: list[str]) -> Iterator[str]:
    """Yield the pieces of a text without the breaks that fall inside of terms."""
    text = "".join(pieces)
    inside = {place for term in _TERM.finditer(text) for place in range(term.start() + 1, term.end())}
    joined, at = "", 0
    for piece in pieces:
        if joined and at not in inside:
            yield joined
            joined = ""
        joined, at = joined + piece, at + len(piece)
    yield joined
