module.exports = {
  title: 'A Notebook',
  url: 'https://lin.example.org',
  baseUrl: '/',
  i18n: {
    defaultLocale: 'en',
    locales: ['en', 'zh-Hans'],
    localeConfigs: { 'zh-Hans': { label: '简体中文', htmlLang: 'zh-CN' } },
  },
  presets: [['classic', { docs: { sidebarPath: './sidebars.js' } }]],
};
