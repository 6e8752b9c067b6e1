import { defineConfig } from 'vitepress'

export default defineConfig({
  title: "A Notebook",
  description: "Notes",
  lang: 'en-US',
  rewrites: {
    'packages/core/docs/:rest*': 'core/:rest*'
  },
  themeConfig: {
    nav: [{ text: 'Home', link: '/' }, { text: 'Examples', link: '/markdown-examples' }]
  }
})
