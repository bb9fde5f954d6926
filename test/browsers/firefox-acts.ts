import type { Firefox } from './firefox.ts'

/** What a reader does with keys and wheel: events that the browser vouches for, unlike those of a script. */

/** Keys that write nothing, as WebDriver names them. */
const NAMED: Readonly<Record<string, string>> = {
  Enter: '\uE007',
  Escape: '\uE00C',
  End: '\uE010',
  Home: '\uE011',
  ArrowLeft: '\uE012',
  ArrowRight: '\uE014',
  Space: ' ',
  Tab: '\uE004',
}

/** Presses keys one after another, by their character or name. */
export async function press({ client }: Firefox, ...keys: string[]): Promise<void> {
  const actions = keys.flatMap((key) => {
    const value = NAMED[key] ?? key
    return [
      { type: 'keyDown', value },
      { type: 'keyUp', value },
    ]
  })
  await client.send('WebDriver:PerformActions', { actions: [{ type: 'key', id: 'keys', actions }] })
}

/** Scrolls to the end of what stands there by now, until `script` returns something truthy. */
export async function scrollUntil({ waitFor }: Firefox, script: string): Promise<void> {
  await waitFor(
    `scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }); return (() => { ${script} })()`,
    [],
    20_000,
  )
}

/** Stores values of the extension, as its settings page does, in a tab of their own; the tab before is in front again. */
export async function store(firefox: Firefox, values: Readonly<Record<string, unknown>>): Promise<void> {
  await inOwnTab(firefox, 'return browser.storage.local.set(arguments[0])', [values])
}

/** Runs a script on a page of the extension in a tab of its own; gives what it returns. */
export async function inOwnTab<T>(firefox: Firefox, script: string, args: readonly unknown[] = []): Promise<T> {
  const { client, switchTo, newTab, navigate, execute, extensionUrl } = firefox
  const { value: before } = (await client.send('WebDriver:GetWindowHandle')) as { value: string }
  await switchTo(await newTab())
  try {
    await navigate(extensionUrl('icon/loulan.svg'))
    return await execute<T>(script, args)
  } finally {
    await client.send('WebDriver:CloseWindow')
    await switchTo(before)
  }
}
