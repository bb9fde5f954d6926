import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import {
  onOwnMessage,
  onPublicMessage,
  onTabMessage,
  sendToBackground,
  type Sender,
} from '../../../messages/messenger.ts'
import { contentScriptOn, deliver, OWN_ID, OWN_ORIGIN, ownPage } from './deliver.ts'

const FORUM = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1'
let asked: [string, unknown, Sender][] = []
let stops: (() => void)[] = []

beforeEach(() => {
  asked = []
  stops = [
    onPublicMessage('dumpTextOpened', (data, sender) => {
      asked.push(['dumpTextOpened', data, sender])
      return { threads: [], diagnostics: [], diagnosticCount: 0 }
    }),
    onOwnMessage('dumpPasted', (data, sender) => {
      asked.push(['dumpPasted', data, sender])
      if (data.text === 'throw') throw new TypeError('A dump is text')
      return { threads: [], diagnostics: [], diagnosticCount: 0 }
    }),
    onTabMessage('showPost', ({ postId }) => postId === '1'),
  ]
})

afterEach(() => stops.forEach((stop) => stop()))

describe('a message that content scripts may send', () => {
  test.each([
    ['a content script', contentScriptOn(FORUM)],
    ['a page of the extension', ownPage('popup.html')],
  ])('is answered when %s sends it, with the sender that the browser names', async (_who, sender) => {
    expect(await deliver('dumpTextOpened', { text: 'a', sender: 'forged' }, sender)).toMatchObject({ threads: [] })
    expect(asked).toEqual([['dumpTextOpened', { text: 'a', sender: 'forged' }, sender]])
  })

  test.each<[string, Partial<Sender>]>([
    ['another extension', { id: 'another-extension-id', url: 'chrome-extension://another-extension-id/x.html' }],
    ['another extension that names our pages', { id: 'another-extension-id', url: `${OWN_ORIGIN}popup.html` }],
    ['a page that may speak to us', { url: FORUM }],
    ['nobody', {}],
  ])('is refused when %s sends it', async (_who, sender) => {
    await expect(deliver('dumpTextOpened', { text: 'a' }, sender as Sender)).rejects.toThrow('may not be sent')
    expect(asked).toEqual([])
  })
})

describe('a message that only our own pages may send', () => {
  test.each(['popup.html', 'popup.html?tab=1#x', 'library.html', 'reader.html#KEY'])(
    'is answered on %s',
    async (path) => {
      expect(await deliver('dumpPasted', { text: 'a' }, ownPage(path))).toMatchObject({ threads: [] })
      expect(asked).toHaveLength(1)
    },
  )

  test.each<[string, Partial<Sender>]>([
    ['a content script on the forum', contentScriptOn(FORUM)],
    ['a content script on a page whose address holds ours', contentScriptOn(`https://evil.example/#${OWN_ORIGIN}`)],
    ['a content script on a page that begins like ours', contentScriptOn(`${OWN_ORIGIN.slice(0, -1)}.evil.example/`)],
    ['a content script on a blank page', contentScriptOn('about:blank')],
    ['a sender without an address', { id: OWN_ID }],
    ['another extension', { id: 'another', url: `${OWN_ORIGIN}popup.html` }],
  ])('is refused from %s', async (_who, sender) => {
    await expect(deliver('dumpPasted', { text: 'a' }, sender as Sender)).rejects.toThrow('dumpPasted may not be sent')
    expect(asked).toEqual([])
  })
})

describe('a message for the content script', () => {
  test('is answered for us, and for nobody else', async () => {
    expect(await deliver('showPost', { postId: '1' }, ownPage('popup.html'))).toBe(true)
    expect(await deliver('showPost', { postId: '2' }, { id: OWN_ID } as Sender)).toBe(false)
    await expect(deliver('showPost', { postId: '1' }, { id: 'another' } as Sender)).rejects.toThrow('was not sent by')
  })
})

test('what a handler throws comes back to the sender as an error', async () => {
  await expect(deliver('dumpPasted', { text: 'throw' }, ownPage('popup.html'))).rejects.toThrow('A dump is text')
})

test('messages that nobody knows, or of another form, get no answer and do no harm', async () => {
  expect(await deliver('noSuchMessage', {}, ownPage('popup.html'))).toBeUndefined()
  const { onMessage } = fakeBrowser.runtime as unknown as {
    onMessage: { trigger: (...values: unknown[]) => Promise<unknown> }
  }
  for (const odd of [undefined, 7, 'text', {}, { type: 'dumpPasted' }, { type: 7, timestamp: 1 }, []])
    await onMessage.trigger(odd, ownPage('popup.html'), () => {}).catch(() => undefined)
  expect(asked).toEqual([])
})

test('the fake browser names no sender: a message sent through it is refused', async () => {
  await expect(sendToBackground('dumpPasted', { text: 'a' })).rejects.toThrow('may not be sent from here')
})
