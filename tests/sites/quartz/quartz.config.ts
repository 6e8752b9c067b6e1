import { QuartzConfig } from "./quartz/cfg"
import * as Plugin from "./quartz/plugins"

const config: QuartzConfig = {
  configuration: {
    pageTitle: "A Garden",
    locale: "en-US",
    baseUrl: "lin.example.org",
    ignorePatterns: ["private", "templates", ".obsidian"],
  },
  plugins: {
    transformers: [Plugin.FrontMatter()],
    filters: [Plugin.RemoveDrafts()],
    emitters: [Plugin.AliasRedirects()],
  },
}

export default config
