import { i18n } from '#i18n'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '../../components/base.css'
import { describePage } from '../../components/page-language.ts'
import App from './App.vue'

describePage(document, i18n.t('sidePanel.title'))
createApp(App).use(createPinia()).mount('#app')
