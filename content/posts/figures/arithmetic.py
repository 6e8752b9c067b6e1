"""What the notes say of sizes, ratios and bounds that need no figure: the words around each number, and its value."""

import math

from chart import Quote


def _kib(layers: int, numbers: float) -> float:
    """Return the KiB that a token occupies in a cache of 16-bit numbers."""
    return layers * numbers * 2 / 1024


def _shift(threshold: float) -> float:
    """Return by which share of its side a square may be moved along both axes, for an IoU of the threshold."""
    return 1 - math.sqrt(2 * threshold / (1 + threshold))


FULL, GROUPS, LATENT = _kib(32, 2 * 32 * 128), _kib(80, 2 * 8 * 128), _kib(60, 512 + 64)
IOU = [
    Quote(
        "map-metric", f"| {t:.2f} | {{}}% | {{}} 像素 | {{}} 像素 |", (100 * _shift(t), 16 * _shift(t), 128 * _shift(t))
    )
    for t in (0.5, 0.75, 0.95)
]
QUOTES = (
    Quote("kv-cache", "| Llama 2 7B | 32 | MHA, 32 heads | {} KiB | {} GiB |", (FULL, FULL * 4096 / 2**20)),
    Quote(
        "kv-cache",
        "| Llama 2 70B | 80 | GQA, 64 query / 8 KV heads | {} KiB | {} GiB |",
        (GROUPS, GROUPS * 4096 / 2**20),
    ),
    Quote("kv-cache", "| DeepSeek-V2 | 60 | MLA, 512 + 64 | {} KiB | {} GiB |", (LATENT, LATENT * 4096 / 2**20)),
    Quote("kv-cache", "the 70B model would need {} MiB per token", (_kib(80, 2 * 64 * 128) / 1024,)),
    Quote("kv-cache", "DeepSeek-V2 (128 heads) {} MiB", (_kib(60, 2 * 128 * 128) / 1024,)),
    Quote("kv-cache", "$128\\cdot1088/576\\approx{}$", (128 * 1088 / 576,)),
    *IOU,
    Quote("adam-adamw", "默认参数 $\\beta_1=0.9$、$\\beta_2=0.999$ 下约为 ${}$ 倍的学习率", (0.1 / math.sqrt(0.001),)),
    Quote("adam-adamw", "默认参数下系数约为 ${}$", (0.1 / math.sqrt(0.001) / math.sqrt(1 - 0.81 / 0.999),)),
    Quote("adam-adamw", "$\\sqrt{1-e^{-0.8}}\\approx{}$", (math.sqrt(1 - math.exp(-0.8)),)),
    Quote(
        "rope",
        "最短的约 ${}$ 个位置，最长的约 ${}\\times 10^4$ 个位置",
        (2 * math.pi, 2 * math.pi * 1e4 ** (126 / 128) / 1e4),
    ),
    Quote("receptive-field", "$n=50$ 时约为 ${}\\%$", (100 * 4 * math.sqrt(100 / 3) / 101,)),
    Quote("flash-attention", "=M/(2d^2)={}$", (96 * 1024 / 2 / (2 * 64**2),)),
    Quote("vq-vae", "$32\\cdot32\\cdot\\log_2 512={}$ 比特，约为原来的 $1/{}$", (9216, 128 * 128 * 24 / 9216)),
    Quote("mixed-precision", "$n=2000$ 时约为 ${}\\%$", (100 / 2001,)),
    Quote("vit", "比值只有 ${}$", (197 / (6 * 768),)),
    Quote("vit", "需要 $N=6D={}$，即边长约 ${}$ 块，对应约 ${}$ 像素", (4608, math.sqrt(4607), 16 * math.sqrt(4607))),
    Quote("position-encodings", "窗口为 ${}$ 个 token", (math.ceil((10 + math.log(100)) * 2),)),
    Quote("position-encodings", "$m=2^{-8}$ 时为 ${}$ 个", (math.ceil((10 + math.log(100)) * 256),)),
    Quote("infonce", "$K=256$、$\\tau=1$ 时它是 ${}$", (math.log(1 + 255 * math.exp(-2)),)),
    Quote("infonce", "随机猜测也不过 $\\log256\\approx{}$", (math.log(256),)),
    Quote("infonce", "$e^{10.2}\\approx{}$ 万", (math.exp(10.2) / 1e4,)),
    Quote("word2vec", "下采样后约为 ${}$", (math.sqrt(1e-5 * 0.05),)),
    Quote("n-gram", "$\\lambda_h=10^4/10100\\approx{}$", (1e4 / 10100,)),
    Quote("quantisation", "$20\\log_{10}2\\approx{}$", (20 * math.log10(2),)),
    Quote("quantisation", "每组 128 个时是 ${}$ 比特，每组 32 个时是 ${}$ 比特", (16 / 128, 16 / 32)),
    Quote("moe-routing", "小于抽样噪声 $\\sqrt{E/(nk)}$（这里是 ${}$）", (math.sqrt(16 / 2048),)),
)
