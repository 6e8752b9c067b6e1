"""The names of languages that authors bring and Pygments calls otherwise: those of Shiki, highlight.js and Chroma.

A name without a lexer of its own has that of the language that it is written in or looks like; what is no language,
as `log` or `gitignore`, is text. Source: the lists of languages in the documentation of Shiki, highlight.js and Chroma.
"""

from notegen.diagrams.kinds import KINDS
from notegen.text.patterns import lazy_regex

PLAIN = frozenset({"", "text", "txt", "plain", "plaintext", "none", "output"})
_PYTHON = lazy_regex(r"(?:i?python|py)[23]?(?:\.\d{1,2}){1,2}|ipython3?|pyspark|pytorch")

# The name that Pygments knows -> what authors write.
_OTHERS = {
    "bash": "env dotenv shellscript",
    "batch": "cmd",
    "c": "h opencl",
    "console": "shellsession terminal session sh-session",
    "cpp": "cc cxx hpp hxx hh metal",
    "css": "postcss qss",
    "cuda": "nvcc",
    "diff": "patch git-diff",
    "fortran": "f95 f03 f08 fortran-free-form",
    "fortranfixed": "fortran-fixed-form",
    "gas": "arm armasm",
    "gherkin": "feature",
    "glsl": "gdshader",
    "graphql": "gql",
    "groovy": "gradle nextflow nf",
    "hexdump": "hex xxd dump",
    "hlsl": "shaderlab",
    "html": "svelte astro ejs xhtml razor cshtml marko edge",
    "html+handlebars": "hbs mustache",
    "html+jinja": "jinja2 nunjucks njk j2",
    "html+php": "blade",
    "http": "https",
    "ini": "conf editorconfig gitconfig git-config setup.cfg",
    "javascript": "mjs cjs node",
    "json": "jsonc jsonl ndjson hjson vega vega-lite chart echarts notebook",
    "kotlin": "kt kts",
    "latex": "tikz beamer context math katex",
    "llvm": "mlir",
    "make": "just",
    "makefile": "mk",
    "markdown": "mdx rmd qmd",
    "nasm": "masm x86asm",
    "objective-c++": "objcpp objective-cpp",
    "objdump": "disassembly",
    "ocaml": "ml",
    "php": "hack",
    "plpgsql": "pgsql plsql",
    "powershell": "ps",
    "properties": "java-properties",
    "pwsh-session": "powershell-session",
    "pycon": "python-repl",
    "pytb": "traceback pythontraceback",
    "python": "bzl triton tensorflow keras jax torch numba einops",
    "ruby": "vagrantfile",
    "solidity": "sol",
    "sql": "sqlite duckdb bigquery clickhouse redshift snowsql hiveql hql sparksql",
    "terraform": "tfvars",
    "text": "mermaid log csv tsv gitignore gitattributes git-commit git-rebase gitcommit codeowners ignore prompt ascii"
    " raw ansi asciiart console-output asciidoc adoc regex regexp crontab cron hosts ssh-config sshconfig pseudocode"
    " pseudo algorithm requirements pip-requirements pip",
    "toml": "toml+jinja",
    "typescript": "mts cts typespec",
    "typst": "typ",
    "vbnet": "vb vba",
    "vim": "viml vimrc vimscript",
    "wast": "wasm",
    "wikitext": "wiki",
    "xml": "svg plist xsl urdf xacro launch sdf mjcf",
    "yaml": "docker-compose compose ansible",
}
_NAMES = {
    **{name: kind for name, kind in KINDS.items() if kind == "graphviz"},
    **{name: language for language, names in _OTHERS.items() for name in names.split()},
}


def lexer_name(language: str) -> str:
    """Return the name by which Pygments knows a language that authors call otherwise: `python3.10`, `jsonc`."""
    return "python" if _PYTHON.fullmatch(language) else _NAMES.get(language, language)
