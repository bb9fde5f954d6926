import { defineConfig } from 'wxt'

/** Pages of PKU BBS, the first home; every other site is asked for at the moment of use. */
const PKU_BBS_PAGES = ['*://bbs.pku.edu.cn/v2/*', '*://www.bdwm.net/v2/*', '*://bdwm.net/v2/*']

export default defineConfig({
  modules: ['@wxt-dev/module-vue', '@wxt-dev/webextension-polyfill', '@wxt-dev/i18n/module'],
  imports: false,
  manifestVersion: 3,
  manifest: {
    name: '__MSG_extensionName__',
    description: '__MSG_extensionDescription__',
    default_locale: 'zh_CN',
    permissions: ['storage', 'contextMenus', 'activeTab', 'clipboardRead'],
    host_permissions: PKU_BBS_PAGES,
  },
  // A service worker has no DOM: with the default conditions some packages bring a build that uses `document` and the
  // worker dies at start-up without a word.
  vite: () => ({ resolve: { conditions: ['worker', 'import', 'module', 'default'] } }),
})
