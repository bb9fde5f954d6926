import { defineConfig } from 'wxt'

/** Pages of PKU BBS, the first home; every other site is asked for at the moment of use. */
const PKU_BBS_PAGES = ['*://bbs.pku.edu.cn/*', '*://www.bdwm.net/*', '*://bdwm.net/*']

export default defineConfig({
  modules: ['@wxt-dev/module-vue', '@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  imports: false,
  manifestVersion: 3,
  manifest: ({ browser }) => ({
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'zh_CN',
    permissions: ['activeTab', 'contextMenus', 'scripting', 'storage'],
    optional_permissions: ['clipboardRead'],
    host_permissions: PKU_BBS_PAGES,
    optional_host_permissions: ['*://*/*'],
    // Folded text that find-in-page finds (hidden="until-found") and light-dark() in styles.
    ...(browser === 'firefox'
      ? {
          browser_specific_settings: {
            gecko: {
              id: 'loulan@loulan.example',
              strict_min_version: '140.0',
              data_collection_permissions: { required: ['none'] },
            },
          },
        }
      : { minimum_chrome_version: '123' }),
  }),
  hooks: {
    // Both browsers' own APIs return promises under Manifest V3: a page need not load 10 KB to have them wrapped.
    'vite:build:extendConfig': (entrypoints, config) => {
      if (!entrypoints.every(({ type }) => type === 'content-script')) return
      config.resolve = { ...config.resolve, alias: { ...config.resolve?.alias, 'wxt/browser': '@wxt-dev/browser' } }
    },
  },
  // A service worker has no DOM: with the default conditions some packages bring a build that uses `document`, and the
  // worker dies at start-up without a word.
  vite: () => ({ resolve: { conditions: ['worker', 'import', 'module', 'default'] } }),
})
