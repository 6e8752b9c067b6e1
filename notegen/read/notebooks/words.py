"""The words around outputs, in the language of the note."""

_ENGLISH = {
    "output": "Output",
    "lines": "Output ({} lines)",
    "error": "Error message ({} lines)",
    "cut": "… {} more lines are in the notebook",
    "interactive": "Interactive output: it can be used where the notebook runs.",
    "named": "Interactive output ({}): it can be used where the notebook runs.",
    "download": "Download notebook",
    "colab": "Open in Colab",
    "binder": "Open in Binder",
}
_WORDS = {
    "en": _ENGLISH,
    "zh": {
        "output": "输出",
        "lines": "输出（{} 行）",
        "error": "错误信息（{} 行）",
        "cut": "…… 其余 {} 行见笔记本",
        "interactive": "交互式输出：需在运行的笔记本中使用。",
        "named": "交互式输出（{}）：需在运行的笔记本中使用。",
        "download": "下载笔记本",
        "colab": "在 Colab 中打开",
        "binder": "在 Binder 中打开",
    },
    "zh-tw": {
        "output": "輸出",
        "lines": "輸出（{} 行）",
        "error": "錯誤訊息（{} 行）",
        "cut": "…… 其餘 {} 行見筆記本",
        "interactive": "互動式輸出：需在執行的筆記本中使用。",
        "named": "互動式輸出（{}）：需在執行的筆記本中使用。",
        "download": "下載筆記本",
        "colab": "在 Colab 中開啟",
        "binder": "在 Binder 中開啟",
    },
    "ja": {
        "output": "出力",
        "lines": "出力（{} 行）",
        "error": "エラーメッセージ（{} 行）",
        "cut": "…… 残り {} 行はノートブックにあります",
        "interactive": "対話的な出力：実行中のノートブックで使えます。",
        "named": "対話的な出力（{}）：実行中のノートブックで使えます。",
        "download": "ノートブックをダウンロード",
        "colab": "Colab で開く",
        "binder": "Binder で開く",
    },
    "de": {
        "output": "Ausgabe",
        "lines": "Ausgabe ({} Zeilen)",
        "error": "Fehlermeldung ({} Zeilen)",
        "cut": "… {} weitere Zeilen stehen im Notebook",
        "interactive": "Interaktive Ausgabe: benutzbar, wo das Notebook läuft.",
        "named": "Interaktive Ausgabe ({}): benutzbar, wo das Notebook läuft.",
        "download": "Notebook herunterladen",
        "colab": "In Colab öffnen",
        "binder": "In Binder öffnen",
    },
    "es": {
        "output": "Salida",
        "lines": "Salida ({} líneas)",
        "error": "Mensaje de error ({} líneas)",
        "cut": "… {} líneas más en el cuaderno",
        "interactive": "Salida interactiva: se puede usar donde se ejecuta el cuaderno.",
        "named": "Salida interactiva ({}): se puede usar donde se ejecuta el cuaderno.",
        "download": "Descargar el cuaderno",
        "colab": "Abrir en Colab",
        "binder": "Abrir en Binder",
    },
    "fr": {
        "output": "Sortie",
        "lines": "Sortie ({} lignes)",
        "error": "Message d’erreur ({} lignes)",
        "cut": "… {} lignes de plus dans le notebook",
        "interactive": "Sortie interactive : utilisable là où le notebook s’exécute.",
        "named": "Sortie interactive ({}) : utilisable là où le notebook s’exécute.",
        "download": "Télécharger le notebook",
        "colab": "Ouvrir dans Colab",
        "binder": "Ouvrir dans Binder",
    },
    "ko": {
        "output": "출력",
        "lines": "출력({}줄)",
        "error": "오류 메시지({}줄)",
        "cut": "… 나머지 {}줄은 노트북에 있습니다",
        "interactive": "대화형 출력: 노트북을 실행하는 곳에서 사용할 수 있습니다.",
        "named": "대화형 출력({}): 노트북을 실행하는 곳에서 사용할 수 있습니다.",
        "download": "노트북 다운로드",
        "colab": "Colab에서 열기",
        "binder": "Binder에서 열기",
    },
}
_TRADITIONAL = ("zh-tw", "zh-hk", "zh-mo", "zh-hant")


def words_of(*languages: str) -> dict[str, str]:
    """Return the words in the first of these languages (BCP 47 tags) that there are words in, else English ones."""
    for language in languages:
        tag = language.lower()
        name = "zh-tw" if tag.startswith(_TRADITIONAL) else tag.partition("-")[0]
        if name in _WORDS:
            return _WORDS[name]
    return _ENGLISH
