import { i18n } from '#i18n'
import type { PostVersion } from '../../archive/records.ts'
import { ownDay } from '../../components/thread/wall-clock.ts'
import { createElement } from './create-element.ts'
import { buildBody } from './render-body.ts'

/**
 * The words that a post had before, behind a line that opens them, the newest first. They are rendered when they are
 * asked for: few readers look, and a thread may have thousands of them.
 */
export function buildVersions(versions: readonly PostVersion[], document: Document): HTMLElement {
  const words = i18n.t('thread.versions', versions.length, [String(versions.length)])
  const details = createElement(document, 'details', 'post-versions', createElement(document, 'summary', '', words))
  const render = () => details.append(...versions.toReversed().map((version) => buildVersion(version, document)))
  details.addEventListener('toggle', render, { once: true })
  return details
}

function buildVersion({ html, seenAt, source }: PostVersion, document: Document): HTMLElement {
  const day = ownDay(seenAt)
  const words = source === 'dump' ? i18n.t('thread.versionFromDump', [day]) : i18n.t('thread.versionSeen', [day])
  // What is kept is looked up for the pictures that a post holds now: those of earlier words are shown when asked for.
  const body = buildBody(html, () => undefined, document)
  return createElement(document, 'section', 'post-version', createElement(document, 'p', 'muted', words), body)
}
