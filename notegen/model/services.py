"""Settings of what is fetched from other hosts: comments, on a click, and counters, where site.yaml names one."""

from typing import Literal

import msgspec


class GiscusConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments by giscus, kept in the discussions of a GitHub repository. https://giscus.app gives these values."""

    repo: str = ""  # owner/name; empty: no comments, and nothing is loaded
    repo_id: str = ""  # as giscus.app gives it
    category: str = ""  # of the discussions
    category_id: str = ""  # as giscus.app gives it
    mapping: Literal["pathname", "url", "title", "og:title"] = "pathname"  # what ties a discussion to a note
    strict: bool = False  # only a discussion that giscus has made for the note, none whose title is alike
    host: str = "https://giscus.app"  # or where you run it yourself


class CommentsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments below notes, of the first system that is set. They are loaded when a reader asks for them."""

    giscus: GiscusConfig = GiscusConfig()
    utterances: str = ""  # owner/name of the GitHub repository whose issues are the comments
    utterances_host: str = "https://utteranc.es"  # or where you run it yourself
    waline: str = ""  # address of your Waline server
    waline_client: str = "https://unpkg.com/@waline/client@v3/dist"  # where waline.js and waline.css are
    twikoo: str = ""  # address of your Twikoo server, or the id of its environment
    twikoo_client: str = "https://cdn.jsdelivr.net/npm/twikoo@1/dist/twikoo.min.js"  # its script
    twikoo_region: str = ""  # of that environment in the cloud of Tencent, where it is not ap-shanghai: ap-guangzhou
    artalk: str = ""  # address of your Artalk server, where its script is, too
    artalk_site: str = ""  # the site's name in Artalk; empty: its title
    isso: str = ""  # address of your Isso server, where its script is, too


class StatisticsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counting of visits without cookies; where none of these is set, nothing is loaded."""

    goatcounter: str = ""  # address of your GoatCounter, such as https://me.goatcounter.com
    umami: str = ""  # the id of the website in Umami
    umami_host: str = "https://cloud.umami.is"  # or where you run it yourself
    plausible: str = ""  # the name of its script in Plausible, pa-XXXXX, or the site's domain for the older script
    plausible_host: str = "https://plausible.io"  # or where you run it yourself
    cloudflare: str = ""  # the token of Cloudflare Web Analytics
    cloudflare_host: str = "https://static.cloudflareinsights.com"  # where its script is
