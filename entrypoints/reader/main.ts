import { i18n } from '#i18n'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import '../../components/base.css'
import '../../aids/collapse-long-posts.css'
import '../../aids/keyboard.css'
import '../../aids/length.css'
import '../../aids/mute.css'
import '../../aids/new-posts.css'
import '../../aids/only-author.css'
import '../../aids/outline.css'
import '../../aids/quotes.css'
import '../../aids/reading-bar.css'
import '../../aids/resume.css'
import '../../aids/thread-search.css'
import '../../aids/unwrap-links.css'
import './themes.css'
import './reader.css'
import './post-body.css'
import './tree.css'
import './looks.css'
import './print.css'
import { describePage } from '../../components/page-language.ts'
import { rememberContextTarget } from '../../dom/context-target.ts'
import { onTabMessage } from '../../messages/messenger.ts'
import { copyFromPage } from '../copy/copy-from-page.ts'
import App from './App.vue'
import { readerPlace } from './reader-place.ts'

describePage(document, i18n.t('reader.title'))
createApp(App).use(createPinia()).mount('#app')

rememberContextTarget(document, new AbortController().signal)
onTabMessage('copy', (request) => copyFromPage(request, document, readerPlace(document)))
