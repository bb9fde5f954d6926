import { i18n } from '#i18n'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '../../components/base.css'
import { describePage } from '../../components/page-language.ts'
import App from './App.vue'
import type { EarlyLook } from './early-look.ts'

/** Draws the popup; what was asked before is handed to it. */
export function mountPopup(look: Promise<EarlyLook>): void {
  describePage(document, i18n.t('popup.title'))
  createApp(App, { look }).use(createPinia()).mount('#app')
}
