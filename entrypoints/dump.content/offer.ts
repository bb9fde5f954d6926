import { i18n } from '#i18n'
import { failureText } from '../../components/archive/issue-text.ts'

/** A bar at the bottom of a text page that offers to open it as a thread. */
export interface Offer {
  onAccept(accept: () => Promise<void>): void
  /** Shows one sentence in place of the offer; also read aloud. */
  say(sentence: string): void
}

const STYLE = `
  :host { all: initial; color-scheme: light dark; }
  div { position: fixed; inset-inline: 0; bottom: 0; display: flex; flex-wrap: wrap; gap: 8px 12px; align-items: center;
    padding: 10px 16px; font: 14px/1.5 system-ui, sans-serif; color: light-dark(#222, #eee);
    background: light-dark(#fbf8f3, #26231f); border-top: 1px solid light-dark(#d9d0c3, #4a443c); }
  p { flex: 1 1 16em; margin: 0; }
  button { padding: 6px 14px; border: 1px solid light-dark(#8b1a1a, #e39a94); border-radius: 6px; font: inherit; cursor: pointer;
    color: light-dark(#8b1a1a, #f0b8b3); background: none; }
  button.accept { color: #fff; background: #8b1a1a; border-color: #8b1a1a; }
  button:focus-visible { outline: 2px solid light-dark(#8b1a1a, #f0b8b3); outline-offset: 2px; }
  @media print { div { display: none } }
`

/** Shows the bar in a closed shadow tree, so that neither the page nor its text is changed; gone when `signal` aborts. */
export function showOffer(document: Document, signal: AbortSignal): Offer {
  const host = document.createElement('loulan-offer')
  const shadow = host.attachShadow({ mode: 'closed' })
  const style = document.createElement('style')
  style.textContent = STYLE
  const bar = document.createElement('div')
  const sentence = document.createElement('p')
  sentence.setAttribute('role', 'status')
  sentence.textContent = i18n.t('dumpOffer.question')
  const accept = createButton(document, i18n.t('dumpOffer.accept'))
  accept.className = 'accept'
  const dismiss = createButton(document, i18n.t('dumpOffer.dismiss'))
  bar.append(sentence, accept, dismiss)
  shadow.append(style, bar)
  document.documentElement.append(host)

  const remove = () => host.remove()
  dismiss.addEventListener('click', remove, { signal })
  signal.addEventListener('abort', remove)
  const say = (words: string) => (sentence.textContent = words)
  return {
    say,
    onAccept(handler) {
      const onClick = () => {
        accept.disabled = true
        handler()
          .catch((error: unknown) => say(failureText({ code: 'failed', detail: String(error) })))
          .finally(() => (accept.disabled = false))
      }
      accept.addEventListener('click', onClick, { signal })
    },
  }
}

function createButton(document: Document, label: string): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.textContent = label
  return button
}
