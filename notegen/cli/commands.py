"""The command line: init, new, build, check, serve and others, each done in a module of its own.

Messages go to stderr, machine output to stdout. Modules are imported by the command that needs them: `--help` is quick.
"""

import atexit
import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from notegen import __version__
from notegen.cli.exit_codes import INTERRUPTED, OK, USAGE
from notegen.cli.shared_options import completed, context_options, new_options, site_options, source_option

if TYPE_CHECKING:
    from notegen.model.source import Installed


def main(arguments: list[str] | None = None, installed: "Installed | None" = None) -> None:
    """Run a command and leave with its exit code. It is the whole process: garbage is not looked for, see `BuildLoop`.

    `installed`: what is there for sites to use, in place of what this machine has.
    0 clean, 1 errors (or warnings with --strict), 2 usage, 129 SIGHUP, 130 Ctrl-C, 143 SIGTERM.
    """
    gc.disable()  # what a build makes lives until its end
    from notegen.system.stopping import stopping_in_order

    atexit.register(gc.freeze)  # all memory is given back at once: looking for garbage then takes 30 ms
    try:
        with stopping_in_order():
            code = cli.main(args=arguments, prog_name="notegen", standalone_mode=False, obj=installed)
    except click.ClickException as error:
        error.show()
        code = USAGE
    except (click.Abort, KeyboardInterrupt):
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else OK)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "-V", "--version", message="notegen %(version)s")
def cli() -> None:
    """Turn a folder of Markdown notes with LaTeX into a static site."""


@cli.command("init")
@click.argument("folder", metavar="[DIR]", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing.")
@click.option("-n", "--dry-run", is_flag=True, help="Show the plan and the site.yaml, write nothing.")
@click.option("--language", metavar="TAG", help="The site's language, such as en [the notes', else zh-CN].")
@click.option(
    "--old-site",
    metavar="DIR|SITEMAP",
    type=click.Path(path_type=Path, exists=True),
    help="What was published so far: its addresses that differ become redirects.",
)
def init(folder: Path, yes: bool, dry_run: bool, language: str | None, old_site: Path | None) -> int:
    """Make a folder a site: site.yaml, .gitignore and a workflow for GitHub Pages; notes stay as they are.

    The configuration of Hexo, Hugo, Jekyll, Quarto, Obsidian, Quartz, MkDocs, VitePress, VuePress, Docusaurus, Jupyter
    Book, MyST, GitBook, mdBook or docsify is read; an empty folder gets a first note. Nothing is overwritten.
    """
    from notegen.cli.init.init import init_command

    return init_command(folder, yes=yes, dry_run=dry_run, language=language, old_site=old_site)


@cli.command("new")
@click.argument("title")
@new_options
def new(title: str, **options: Any) -> int:
    """Write a new note called TITLE and print its path. An existing file stays.

    The text is that of templates/note.md, Hexo's scaffolds/post.md or Hugo's archetypes/default.md where there is one:
    {{title}} and {{date}} are filled in.
    """
    from notegen.cli.new import new_command

    return new_command(title, options)


@cli.command("import")
@click.argument("export", metavar="SRC", type=click.Path(path_type=Path, exists=True))
@source_option
@click.option(
    "--from", "program", type=click.Choice(["wordpress", "notion", "medium"]), help="What the export is of [seen]."
)
@click.option("--to", metavar="FOLDER", help="A folder below the content folder.", shell_complete=completed("folders"))
@click.option("-n", "--dry-run", is_flag=True, help="Show what would be written, write nothing.")
def import_(export: Path, **options: Any) -> int:
    """Turn an export of WordPress (.xml), Notion or Medium (.zip, or a folder) into notes; formulas stay.

    Pictures are those of the export; nothing is fetched. Old addresses become aliases. Nothing is overwritten. Folders
    of other programs (Hexo, Hugo, Jekyll, Obsidian, ...) are read as they are: `notegen init` in them.
    """
    from notegen.cli.init.imports import import_command

    return import_command(export, options)


@cli.command("rename")
@click.argument("old")
@click.argument("new_name", metavar="NEW")
@site_options
@context_options
@click.option("--as", "kind", type=click.Choice(["note", "label", "tag"]), help="What OLD is [seen].")
@click.option("--alias/--no-alias", default=True, help="Keep a published note's old address as an alias [yes].")
@click.option("-n", "--dry-run", is_flag=True, help="Show what would change, and change nothing.")
def rename(old: str, new_name: str, **options: Any) -> int:
    """Rename a note (its path or name), a label or a #tag, and mend every link to it, in notes and site.yaml's nav."""
    from notegen.cli.writing.rename import rename_command

    return rename_command(old, new_name, options)


@cli.command()
@site_options
@click.option("-o", "--output", "-d", "--destination", type=click.Path(path_type=Path), help="Output folder [public].")
@click.option("--strict", is_flag=True, help="Let warnings fail the build.")
@click.option("--keep-going", is_flag=True, help="Write the site in spite of errors.")
@click.option("--force", is_flag=True, help="Overwrite files in the output folder that notegen did not write.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "sarif"]), default="text", help="How problems are printed."
)
@context_options
@click.option("--explain", is_flag=True, help="Say why each note and page was made anew.")
@click.option("--profile", is_flag=True, help="Print what each stage took.")
def build(
    output: Path | None, strict: bool, keep_going: bool, force: bool, style: str, profile: bool, **options: Any
) -> int:
    """Build the site into the output folder. With errors, the site that is there stays."""
    from notegen.cli.build_site import build_command

    return build_command(
        options, output, style=style, strict=strict, keep_going=keep_going, force=force, show_profile=profile
    )


@cli.command()
@site_options
@click.option("--strict", is_flag=True, help="Let warnings fail the check.")
@click.option(
    "--format", "style", type=click.Choice(["text", "json", "sarif"]), default="text", help="How remarks are printed."
)
@click.option("--external", is_flag=True, help="Ask other sites for the pages that notes link to.")
@context_options
def check(style: str, strict: bool, external: bool, **options: Any) -> int:
    """Look for what is wrong with the notes, and what could be better; nothing is written.

    Besides all that a build reports: pictures without a text, skipped levels of headings, what nothing uses or
    links to: labels, macros, pictures, notes. `check:` in site.yaml sets the severity of each rule.
    """
    from notegen.cli.check import check_command

    return check_command(options, style=style, strict=strict, external=external)


@cli.command()
@click.argument("names", metavar="CODE|SETTING...", nargs=-1, shell_complete=completed("codes_and_settings"))
@click.option("--list", "as_list", is_flag=True, help="List all codes of messages.")
@click.option("--settings", "of_settings", is_flag=True, help="List all settings of site.yaml.")
def explain(names: tuple[str, ...], as_list: bool, of_settings: bool) -> int:
    """Explain a message by its code, the word in brackets: what it means, an example, what to do. Or a setting."""
    from notegen.cli.reference.explain import explain_command

    return explain_command(names, as_list=as_list, of_settings=of_settings)


@cli.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> None:
    """Print the script by which a shell completes commands, options, categories and tags.

    bash, in ~/.bashrc: eval "$(notegen completion bash)". zsh, in ~/.zshrc behind compinit: eval "$(notegen completion
    zsh)". fish: notegen completion fish > ~/.config/fish/completions/notegen.fish
    """
    from notegen.cli.reference.completion import completion_script

    click.echo(completion_script(cli, shell), nl=False)


@cli.command()
@click.argument("what", type=click.Choice(["site", "front-matter"]), default="site")
def schema(what: str) -> None:
    """Print the JSON Schema of site.yaml, or of the front matter of notes, by which editors complete and check keys."""
    from notegen.cli.reference.schema import schema_command

    schema_command(what)


@cli.command()
@click.option(
    "-s",
    "--source",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The site's folder [the nearest one above a file with a site.yaml].",
)
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Folder of the cache [.notegen].")
@click.option("--no-cache", is_flag=True, help="Neither read nor write the cache.")
@click.option("--now", metavar="TIME", help="The build's clock, such as 2026-01-31T08:00+08:00.")
@click.option("--stdio", is_flag=True, help="Answer over stdin and stdout, as it does anyway.")
def lsp(source: Path | None, cache_dir: Path | None, no_cache: bool, now: str | None, stdio: bool) -> int:
    """Be the language server of an editor: diagnostics, completion, hover, definition, references, rename.

    It needs pip install "notegen-ssg[lsp]". How editors are set up is in the manual, "Editors".
    """
    del stdio
    from notegen.cli.writing.lsp import lsp_command

    return lsp_command(source, cache_dir, no_cache=no_cache, now=now)


@cli.command()
@site_options
@click.option("-o", "--output", "-d", "--destination", type=click.Path(path_type=Path), help="Output folder [public].")
@click.option("--cache-dir", type=click.Path(path_type=Path, file_okay=False), help="Folder of the cache [.notegen].")
def clean(output: Path | None, **options: Any) -> int:
    """Delete what builds have written into the output folder, and the cache. Other files stay."""
    from notegen.cli.clean import clean_command

    return clean_command(options, output)


@cli.command()
@site_options
@click.option("-p", "--port", type=click.IntRange(0, 65535), help="Port [the first free one from 8000 on].")
@click.option("--host", "--bind", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("-O", "--open", "browser", is_flag=True, help="Open the site in the browser.")
@click.option("--no-reload", is_flag=True, help="Leave the pages as they are; they do not follow changes.")
@click.option("--poll", is_flag=True, help="Look for changes every second: for network drives, which tell of none.")
@click.option("--no-drafts", is_flag=True, help="Hide drafts and future notes, as a build does.")
@context_options
def serve(
    port: int | None, host: str, browser: bool, no_reload: bool, poll: bool, no_drafts: bool, **options: Any
) -> None:
    """Show the site in the browser while it is written; drafts and future notes too. Nothing is written.

    Every save shows at once, mistakes are shown where one looks.
    """
    from notegen.cli.serve import Address, serve_command

    serve_command(options, Address(host, port, browser, not no_reload), poll=poll, drafts=not no_drafts)


_LISTS = ("all", "drafts", "future", "pages", "tags", "categories", "public")


@cli.command("list")
@site_options
@context_options
@click.argument("what", type=click.Choice(_LISTS), default="all")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--since", metavar="last|FILE", help="Of `public` what is new since the last build, or a list in a file.")
@click.option("-o", "--output", "-d", "--destination", type=click.Path(path_type=Path), help="Output folder [public].")
def list_notes(what: str, as_json: bool, since: str | None, output: Path | None, **options: Any) -> int:
    """List the notes and pages of the site (drafts and future ones too), its tags or its categories.

    `public` lists every address that a build would publish, with the file it comes from and the reason. In JSON pages
    are listed by `pages` alone.
    """
    if what == "public":
        from notegen.cli.list_notes import public_command

        return public_command(options, output, since=since, as_json=as_json)
    from notegen.cli.list_notes import list_command

    return list_command(options, what, as_json=as_json)


@cli.group("cite")
def cite() -> None:
    """Keep the bibliography of a site."""


@cite.command("add")
@click.argument("work", metavar="ARXIV|DOI")
@source_option
@click.option("--to", metavar="FILE", help="The .bib file [the first one].", shell_complete=completed("bibliographies"))
@click.option("-n", "--dry-run", is_flag=True, help="Print the entry, write nothing.")
def cite_add(work: str, **options: Any) -> int:
    """Look up a work and write its entry into a .bib file: 1706.03762, 10.1038/nature14539, or an address of either.

    arXiv or doi.org is asked once, now; builds ask nobody. Prints how the work is cited. A work that is there stays.
    """
    from notegen.bibliography.lookup import Services
    from notegen.cli.new import cite_add_command

    return cite_add_command(work, options, Services())


@cli.command("diagrams")
@site_options
@context_options
@click.option("--prune", is_flag=True, help="Delete pictures that no note shows any more.")
def diagrams(prune: bool, **options: Any) -> int:
    """Draw the pictures of TikZ in notes with LaTeX and keep them in diagrams/, so that builds need none."""
    from notegen.cli.new import diagrams_command

    return diagrams_command(options, prune=prune)


@cli.command()
@site_options
@context_options
@click.argument("note", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--to",
    type=click.Choice(["markdown", "zhihu", "wechat", "epub", "pdf"]),
    required=True,
    help="Markdown with whole addresses; Markdown for Zhihu; HTML to paste into WeChat; a book; PDF by Chromium.",
)
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="The file [NOTE.md or the like].")
def export(note: Path, to: str, output: Path | None, **options: Any) -> int:
    """Write a note for another place, with its formulas, and print the file's path. `-o -` prints the text itself.

    Links are whole addresses, embeds and references are filled in. Drafts may be exported too.
    """
    from notegen.cli.export.command import export_command

    return export_command(options, note, to=to, output=output)


@cli.command("inspect")
@site_options
@context_options
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def inspect(file: Path, as_json: bool, **options: Any) -> int:
    """Show what notegen understood of one note: metadata, formulas, headings, links, problems."""
    from notegen.cli.inspect import inspect_command

    return inspect_command(options, file, json_output=as_json)
