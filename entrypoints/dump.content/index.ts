import { i18n } from '#i18n'
import { defineContentScript } from 'wxt/utils/define-content-script'
import { failureText } from '../../components/archive/issue-text.ts'
import { looksLikeDump } from '../../core/dump-sign.ts'
import { whenParsed } from '../../dom/watch-page.ts'
import { sendToBackground } from '../../messages/messenger.ts'
import { showOffer } from './offer.ts'

/** Longer texts do not fit into one message; they are opened as files, on the library page. In characters. */
const LONGEST_MESSAGE = 20_000_000

export default defineContentScript({
  // On the rest of the web the popup offers the same, and looks at the page only when it is opened there.
  matches: ['file:///*', '*://bbs.pku.edu.cn/*.txt*', '*://www.bdwm.net/*.txt*', '*://bdwm.net/*.txt*'],
  async main(context) {
    if (document.contentType !== 'text/plain') return
    await whenParsed(document)
    const text = document.body?.textContent ?? ''
    if (!looksLikeDump(text)) return
    const offer = showOffer(document, context.signal)
    offer.onAccept(async () => {
      if (text.length > LONGEST_MESSAGE) return offer.say(i18n.t('dumpOffer.tooLong'))
      offer.say(i18n.t('dumpOffer.opening'))
      const reply = await sendToBackground('dumpTextOpened', { text })
      if (reply.failure) offer.say(failureText({ code: reply.failure.code, detail: reply.failure.message }))
      else if (reply.threads.length === 0)
        offer.say(i18n.t('dumpOffer.notADump', [String(reply.diagnostics[0]?.line ?? 1)]))
      else offer.say(i18n.t('dumpOffer.opened'))
    })
  },
})
