"""The language of notes, guessed from samples of prose."""

import pytest

from notegen.scan.language import guess_language


@pytest.mark.parametrize(
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
    ],
)
def test_a_language_is_told_by_its_frequent_words(text: str, language: str | None) -> None:
    assert guess_language([text]) == language


def test_english_with_names_of_another_language_is_english() -> None:
    assert (
        guess_language(["The talk of El Niño para los de la casa is for the people of Los Angeles with the data."])
        == "en"
    )
