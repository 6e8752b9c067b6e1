// @ts-check
/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'A Notebook',
  tagline: 'Notes are cool',
  url: 'https://lin.example.org',
  baseUrl: '/',
  i18n: { defaultLocale: 'en', locales: ['en'] },
  presets: [
    ['classic', { docs: { sidebarPath: './sidebars.js' }, blog: { showReadingTime: true } }],
  ],
  plugins: [
    ['@docusaurus/plugin-client-redirects', { redirects: [{ from: '/docs/old', to: '/docs/intro' }] }],
  ],
};

export default config;
