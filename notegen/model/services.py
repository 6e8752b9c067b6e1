"""Comments and counters of site.yaml: what other programs and hosts do for a site, each a field of Config."""

from typing import Literal

import msgspec


class GiscusConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments by giscus, kept in the discussions of a GitHub repository. https://giscus.app gives these values."""

    repo: str = ""  # owner/name; empty: no comments, and nothing is loaded
    repo_id: str = ""
    category: str = ""
    category_id: str = ""
    mapping: Literal["pathname", "url", "title", "og:title"] = "pathname"  # what ties a discussion to a note
    host: str = "https://giscus.app"  # or where you run it yourself


class UtterancesConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments by utterances, kept in the issues of a GitHub repository."""

    repo: str = ""  # owner/name; empty: no comments, and nothing is loaded
    issue_term: Literal["pathname", "url", "title", "og:title"] = "pathname"  # what ties an issue to a note
    label: str = ""  # of the issues
    host: str = "https://utteranc.es"  # or where you run it yourself


class WalineConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments by Waline."""

    server: str = ""  # address of your server; empty: no comments, and nothing is loaded
    client: str = "https://unpkg.com/@waline/client@v3/dist"  # where waline.js and waline.css are


class TwikooConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments by Twikoo."""

    env_id: str = ""  # address of your server, or the id of its environment; empty: none, and nothing is loaded
    client: str = "https://cdn.jsdelivr.net/npm/twikoo@1/dist/twikoo.min.js"


class ArtalkConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments by Artalk, whose server has its script, too."""

    server: str = ""  # address of your server; empty: no comments, and nothing is loaded
    site: str = ""  # the name of the site there; empty: the title


class IssoConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments by Isso, whose server has its script, too."""

    server: str = ""  # address of your server; empty: no comments, and nothing is loaded


class CommentsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Comments below notes. They are loaded when a reader asks for them: the one request to another host.

    Of several systems the first one in this order is shown.
    """

    giscus: GiscusConfig = GiscusConfig()
    utterances: UtterancesConfig = UtterancesConfig()
    waline: WalineConfig = WalineConfig()
    twikoo: TwikooConfig = TwikooConfig()
    artalk: ArtalkConfig = ArtalkConfig()
    isso: IssoConfig = IssoConfig()


class UmamiConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counting by Umami, without cookies."""

    website_id: str = ""  # empty: nothing is loaded
    host: str = "https://cloud.umami.is"  # or where you run it yourself


class PlausibleConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counting by Plausible, without cookies."""

    domain: str = ""  # the site's name there, example.org; empty: nothing is loaded
    host: str = "https://plausible.io"  # or where you run it yourself


class CloudflareConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counting by Cloudflare Web Analytics, without cookies."""

    token: str = ""  # empty: nothing is loaded
    host: str = "https://static.cloudflareinsights.com"


class StatisticsConfig(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Counting of visits without cookies: by a counter of your own, or one that you choose. Without one nothing is."""

    goatcounter: str = ""  # address of your GoatCounter, such as https://stats.example.org; empty: nothing is loaded
    umami: UmamiConfig = UmamiConfig()
    plausible: PlausibleConfig = PlausibleConfig()
    cloudflare: CloudflareConfig = CloudflareConfig()
