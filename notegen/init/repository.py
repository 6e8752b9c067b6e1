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
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with:
          persist-credentials: false
      - uses: astral-sh/setup-uv@37802adc94f370d6bfd71619e3f0bf239e1f3b78 # v7.6.0
        with:
          version: "0.10.10"
          enable-cache: true
          cache-dependency-glob: .github/workflows/*.yml # which names the release
      - id: pages
        uses: actions/configure-pages@45bfe0192ca1faeb007ade9deae92b16b8254a0d # v6.0.0
      # What the last run remembered: notes that did not change are not read again. Deleting it is always safe.
      - uses: actions/cache@27d5ce7f107fe9357f9df03efb73ab90386fccae # v5.0.5
        with:
          path: .notegen
          key: notegen-${{ github.run_id }}-${{ github.run_attempt }}
          restore-keys: notegen-
      - run: uvx --python 3.13 --from "@REQUIREMENT@" notegen build
        env:
          NOTEGEN_BASE_URL: ${{ steps.pages.outputs.base_url }}/
      - uses: actions/upload-pages-artifact@fc324d3547104276b827a68afc52ff2a11cc49c9 # v5.0.0
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
        uses: actions/deploy-pages@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128 # v5.0.0
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
