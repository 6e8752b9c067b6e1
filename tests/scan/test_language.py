"""The language of notes, guessed from samples of prose."""

from notegen.scan.language import guess_language
from tests.support.cases import all_cases


@all_cases(
    ("text", "language"),
    [
        ("A note on the attention of transformers, which is used for sequences.", "en"),
        ("Der Gradient der Verlustfunktion wird mit der Kettenregel berechnet und ist nicht linear.", "de"),
        ("El gradiente de la función de pérdida se calcula con la regla de la cadena para las capas.", "es"),
        ("Le gradient de la fonction est calculé avec la règle de la chaîne pour les couches du réseau.", "fr"),
        ("O gradiente da função de perda não é linear, e uma rede com camadas é treinada para dados.", "pt"),
        ("Il gradiente della funzione di costo non è lineare, e la rete con gli strati si addestra per i dati.", "it"),
        ("梯度下降法 is an optimisation method 用于最小化损失函数的值。", "zh-CN"),
        ("```python\nfor x in data: del x\n```\nRun it.", "en"),
        ("def gram(x)", "en"),
        ("```\ncode\n```", None),
        ("---\ntitle: 尺寸\ndate: 2024-05-01\n---\n![曲线|250](pic.png) ![[pic.png#outline|200]]", "zh-CN"),
        ("---\ntitle: 演示\n---\n<iframe src='plots/loss.html' height='300' class='wide'></iframe>", "zh-CN"),
        ("甲乙\n\\begin{itemize}\n\\item 丙\n\\end{itemize}\n见 \\textbf{粗} 与 \\cite{kingma}", "zh-CN"),
        ("+++\ntitle = '注意'\n+++\n{% note success no-icon %}{{< figure src=x.png alt=plot >}}", "zh-CN"),
        ("注意 \\(\\mathrm{softmax} + bias\\) \\[loss = data\\] <!-- more about this -->", "zh-CN"),
        ("---\ntitle: keys\n---\nPress ++ctrl+del++ or ~~del~~ {--del--}; a para in a list.", "en"),
    ],
)
def test_a_language_is_told_by_its_frequent_words(text: str, language: str | None) -> None:
    assert guess_language([text]) == language


def test_english_with_names_of_another_language_is_english() -> None:
    assert (
        guess_language(["The talk of El Niño para los de la casa is for the people of Los Angeles with the data."])
        == "en"
    )


def test_a_long_front_matter_is_no_prose() -> None:
    tags = "".join(f"- optimisation {number}\n" for number in range(200))
    assert guess_language([f"---\ntags:\n{tags}title: 优化\n---\n梯度下降"]) == "zh-CN"
