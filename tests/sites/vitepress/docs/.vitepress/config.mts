import { defineConfig } from 'vitepress'

export default defineConfig({
  title: "A Notebook",
  description: "Notes",
  lang: 'en-US',
  rewrites: {
    'packages/core/docs/:rest*': 'core/:rest*',
    'old/place.md': 'new/place.md',
    'old/start.md': 'begin/index.md',
    'x-(.*).md': 'y/(.*).md',
  },
  themeConfig: {
    nav: [{ text: 'Home', link: '/' }, { text: 'Examples', link: '/markdown-examples' }]
  }
})
