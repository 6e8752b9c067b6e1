"""Files beside a site: what git leaves alone, and the workflow that publishes it on GitHub Pages."""

from notegen import __version__

DISTRIBUTION = "notegen-ssg"  # the name to install; the command is `notegen`
_WORKFLOW = """\
# Builds the notes and publishes them on GitHub Pages. In Settings > Pages choose "GitHub Actions" as the source, once.
name: notegen

on:
  push:
    branches: [main, master]
  schedule:
    - cron: "17 22 * * *" # notes dated in the future appear on their day
  workflow_dispatch:

permissions:
  contents: read

concurrency:
  group: pages
  cancel-in-progress: false

jobs:
  build:
    runs-on: ubuntu-latest
    permissions:
      contents: read
      pages: read
    steps:
      - uses: actions/checkout@v7
        with:
          persist-credentials: false
      - uses: astral-sh/setup-uv@v7
        with:
          enable-cache: true
          cache-dependency-glob: .github/workflows/*.yml # which names the release
      - id: pages
        uses: actions/configure-pages@v6
      # What the last run remembered: notes that did not change are not read again. Deleting it is always safe.
      - uses: actions/cache@v6
        with:
          path: .notegen
          key: notegen-${{ github.run_id }}-${{ github.run_attempt }}
          restore-keys: notegen-
      - run: uvx --python 3.13 --from "@REQUIREMENT@" notegen build
        env:
          NOTEGEN_BASE_URL: ${{ steps.pages.outputs.base_url }}/
      - uses: actions/upload-pages-artifact@v5
        with:
          path: "@OUTPUT@"
          include-hidden-files: true # .well-known

  deploy:
    needs: build
    runs-on: ubuntu-latest
    permissions:
      pages: write
      id-token: write
    environment:
      name: github-pages
      url: ${{ steps.deployment.outputs.page_url }}
    steps:
      - id: deployment
        uses: actions/deploy-pages@v5
"""


def workflow(output_dir: str) -> str:
    """Return the workflow (YAML), which installs this release of notegen and no other."""
    return _WORKFLOW.replace("@REQUIREMENT@", f"{DISTRIBUTION}[search]=={__version__}").replace("@OUTPUT@", output_dir)


def gitignore(text: str | None, output_dir: str) -> str | None:
    """Return the text of .gitignore with what a build writes added to `text`, its old one; None when all is there."""
    lines = {line.strip().strip("/") for line in (text or "").splitlines()}
    missing = [f"/{folder}/" for folder in (output_dir, ".notegen") if folder not in lines]
    if not missing:
        return None
    start = (text or "").rstrip("\n")
    return "\n".join([*([start, ""] if start else []), "# written by notegen", *missing]) + "\n"
