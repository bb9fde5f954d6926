import { i18n } from '#i18n'
import { offerCommand } from './commands.ts'
import type { AidContext } from './define-aid.ts'

const FOLD = '.loulan-collapse-long-posts-button'

/**
 * Offers what the aids of the first script do, by the buttons that they have on the page: that script is full, and a
 * button is all they need.
 */
export function offerButtons(context: AidContext, signal: AbortSignal): void {
  const { root } = context.page
  offerCommand(
    context,
    'fold',
    {
      isOffered: () => root.querySelector(FOLD) !== null,
      run: (post) => {
        const button = post?.element.querySelector<HTMLButtonElement>(FOLD)
        // With the focus on it, a screen reader says what has become of the fold.
        button?.focus({ preventScroll: true })
        button?.click()
        return button !== undefined && button !== null
      },
    },
    signal,
  )
  const saveLine = () => root.querySelector('.loulan-saved-state')
  offerCommand(
    context,
    'save',
    {
      isOffered: () => saveLine() !== null,
      run: () => {
        const button = saveLine()?.querySelector('button')
        if (!button) return false
        // While a save is under way, that button would pause it.
        if (saveLine()?.querySelector('progress')?.hidden === false) return i18n.t('keyboard.underWay')
        button.click()
        return i18n.t('keyboard.saves')
      },
    },
    signal,
  )
}
