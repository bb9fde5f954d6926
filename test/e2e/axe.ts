import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface AxeResult {
  violations: { id: string; nodes: { html: string; failureSummary?: string }[] }[]
}

/** What axe finds wrong, a line each; `within` limits it to parts of the page. */
export async function violations(page: Page, within?: string): Promise<string[]> {
  await page.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished.catch(() => undefined))))
  // By CDP: the pages' own security policy lets no script element in, and need not.
  await page.evaluate(AXE)
  const { violations: found } = await page.evaluate(
    (selector) =>
      (window as unknown as { axe: { run: (context?: unknown) => Promise<AxeResult> } }).axe.run(
        selector === undefined ? document : { include: [[selector]] },
      ),
    within,
  )
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} ${failureSummary ?? ''}`),
  )
}
