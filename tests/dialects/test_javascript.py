"""JavaScript settings read as text: literals, nested; all else left out; nothing raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notegen.dialects.configuration import importer
from notegen.dialects.javascript import read_module, read_objects
from tests.support.cases import all_cases

CONFIG = """
import {themes as prismThemes} from 'prism-react-renderer';

// a comment with {title: 'no'}
const config: Config = {
  title: 'My "Site"', /* {url: 1} */
  url: "https://example.org",
  "baseUrl": `/x/`,
  onBrokenLinks: strict ? 'throw' : 'warn',
  presets: [
    ['classic', {
      docs: { routeBasePath: '/', sidebarPath: require.resolve('./sidebars.js') },
      blog: false,
    } satisfies Options],
  ],
  head: () => ({ lang: 'no' }),
  count: -3, share: 0.5, on: true, off: false, none: null,
  template: `a ${b}`,
  escaped: 'a\\u0041\\n\\'',
};

export default config;
"""


def test_literals_are_read_and_all_else_is_left_out() -> None:
    assert read_objects(CONFIG) == {
        "title": 'My "Site"',
        "url": "https://example.org",
        "baseUrl": "/x/",
        "presets": [["classic", {"docs": {"routeBasePath": "/"}, "blog": False}]],
        "count": -3,
        "share": 0.5,
        "on": True,
        "off": False,
        "none": None,
        "escaped": "aA\n'",
    }


def test_of_several_objects_the_first_with_a_key_gives_it() -> None:
    assert read_objects("a({x: 1, y: 2}); b({x: 3, z: 4})") == {"x": 1, "y": 2, "z": 4}


def test_a_block_of_statements_is_no_object() -> None:
    assert read_objects("function f() { return 1 } if (a) { b() }") == {}


@all_cases("text", ["{a:", "{a: [", "{a: 1 }}}", "[[[{x:1", "{'a': ((((", "{a:1,,,}", "{a:)", "'", "/*", "`${"])
def test_what_is_not_closed_ends_with_the_text(text: str) -> None:
    assert isinstance(read_objects(text), dict)


@given(st.text(alphabet="{}[]():,'\"`/*\\ab1 \n$"))
def test_no_text_raises(text: str) -> None:
    read_objects(text)


@pytest.mark.slow
@pytest.mark.parametrize(
    "pump", ["{a:", "[", "{a:[", "(", "{a:({", "const a = (", "const a = ({a:[", "'", "`", "/*", "a:", "{a:(", "\\"]
)
def test_nesting_without_end_is_read_once(pump: str) -> None:
    assert isinstance(read_objects(pump * 50_000), dict)


def test_constants_of_the_module_are_read_and_what_is_code_is_named() -> None:
    module = read_module("""
        import generated from './generated'
        const nav: DefaultTheme.NavItem[] = [{ text: 'A', link: '/a/' }]
        const side = { '/guide/': [{ text: 'G', link: '/guide/' }, ...generated] }
        const base = process.env.BASE ?? '/x/'
        export default defineConfig({
          title: 'T', base,
          themeConfig: { nav, sidebar: side, footer: text() },
        })
    """)
    guide = [{"text": "G", "link": "/guide/"}]
    assert module.settings["title"] == "T"
    assert module.settings["themeConfig"] == {"nav": [{"text": "A", "link": "/a/"}], "sidebar": {"/guide/": guide}}
    assert module.code >= {"base", "themeConfig.sidebar", "themeConfig.footer"}
    assert not {"themeConfig.nav", "title"} & module.code


def test_literals_in_parentheses_are_read_and_expressions_there_are_code() -> None:
    module = read_module("""
        const config = /** @type {Config} */ ({
          presets: [['classic', /** @type {Options} */ ({ docs: { path: 'd' } })]],
          themeConfig: ({ navbar: (('x')) } as Theme),
          sum: (1 + 2), call: ('x').trim(), made: ({ title }) => ({ x: 1 }),
        });
    """)
    assert module.settings == {"presets": [["classic", {"docs": {"path": "d"}}]], "themeConfig": {"navbar": "x"}}
    assert module.code >= {"sum", "call", "made"}


def test_code_in_an_object_that_is_a_constant_is_named_by_its_setting() -> None:
    module = read_module("const config = { url: origin(), title: 'T' };\nmodule.exports = config")
    assert module.settings == {"title": "T"}
    assert "url" in module.code


def test_constants_in_constants_do_not_grow_without_end() -> None:
    lines = ["const a0 = [1, 2]"] + [f"const a{n} = [a{n - 1}, a{n - 1}]" for n in range(1, 60)]
    module = read_module("\n".join([*lines, "export default { last: a59, first: a0 }"]))
    assert {"first", "last"} <= module.code


def test_constants_are_imported_from_modules_that_are_there() -> None:
    files = {
        "a/nav.ts": "import { home as start } from '../parts'\nexport const nav = [start]\nexport const other = 1",
        "parts/index.ts": "export const home = { text: 'Home', link: '/' }",
        "a/sidebar.ts": "export default [{ text: 'A', link: '/a' }]",
    }
    config = """
        import { nav, other as count } from './nav'
        import sidebar, { type Item } from './sidebar.js'
        import missing from './missing'
        import { x } from 'vitepress'
        import('./lazy')
        export default { nav, sidebar, count, missing }
    """
    module = read_module(config, importer(files, "a"))
    assert module.settings["nav"] == [{"text": "Home", "link": "/"}]
    assert module.settings["sidebar"] == [{"text": "A", "link": "/a"}]
    assert module.settings["count"] == 1
    assert "missing" in module.code
    assert not {"nav", "sidebar", "count"} & module.code


def test_what_is_spread_out_is_a_part() -> None:
    module = read_module("""
        const one = { '/a/': [1] }
        const list = [1, 2]
        export default { ...one, title: 'T', sidebar: { ...one, ...made() }, nav: [...list, 3], more: [...made(), 4] }
    """)
    assert module.settings["sidebar"] == {"/a/": [1]}
    assert (module.settings["nav"], module.settings["more"]) == ([1, 2, 3], [4])
    assert (module.settings["title"], module.settings["/a/"]) == ("T", [1])
    assert module.code >= {"sidebar", "more"}
    assert "nav" not in module.code


def test_modules_that_import_each_other_end() -> None:
    files = {
        "a.ts": "import { b } from './b'\nexport const a = [b, 1]",
        "b.ts": "import { a } from './a'\nexport const b = [a, 2]",
    }
    assert "x" in read_module("import { a } from './a'\nexport default { x: a }", importer(files, "")).settings
