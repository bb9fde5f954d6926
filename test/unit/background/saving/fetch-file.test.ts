import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { fetchFile } from '../../../../background/saving/fetch-file.ts'
import type { FetchedFile, FileRequest } from '../../../../background/saving/fetch-file.ts'
import { makePng } from '../../../forum/bytes.ts'

const PNG = makePng('a', 30, 20)

let server: Server | undefined
afterEach(() => {
  server?.closeAllConnections()
  server?.close()
})

/** Asks a server that answers by `answer` for a picture. */
async function ask(answer: RequestListener, more: Partial<FileRequest> = {}): Promise<FetchedFile> {
  const started = createServer(answer)
  server = started
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(started.address() as AddressInfo).port}`
  return fetchFile({
    ...{ url: `${origin}/1.png`, kind: 'picture', forumHosts: [new URL(origin).host] },
    room: { bytes: 100_000, full: 'too-large' },
    signal: new AbortController().signal,
    ...more,
  })
}

/** An answer with a body and a type. */
const sent =
  (body: Buffer | string, type = 'image/png', headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(200, { 'Content-Type': type, ...headers })
    response.end(body)
  }

const status =
  (code: number, headers = {}): RequestListener =>
  (_request, response) =>
    void response.writeHead(code, headers).end()

test('a picture is what its bytes say, whatever the server calls it', async () => {
  const kept = await ask(sent(PNG, 'text/plain'))
  expect(kept).toMatchObject({ file: { type: 'image/png', size: PNG.length, width: 30, height: 20 } })
})

describe('what is refused', () => {
  test.each<[string, RequestListener, unknown]>([
    ['nothing there', status(404), { problem: 'not-found' }],
    ['gone', status(410), { problem: 'not-found' }],
    ['a login', status(403), { problem: 'refused' }],
    ['no content', status(204), { problem: 'refused' }],
    ['broken down', status(500), { problem: 'server-error', retryAfter: null }],
    ['busy', status(503, { 'Retry-After': '7' }), { problem: 'server-error', retryAfter: '7' }],
    ['a page', sent('<!DOCTYPE html><p>login', 'text/html; charset=utf-8'), { problem: 'refused' }],
    ['a page that says it is a picture', sent('<!DOCTYPE html><p>login'), { problem: 'refused' }],
    ['words', sent('not found'), { problem: 'not-a-picture' }],
    ['nothing', sent(''), { problem: 'not-a-picture' }],
    ['the head of a picture alone', sent(PNG.subarray(0, 16)), { problem: 'not-a-picture' }],
    ['a script', sent('alert(1)', 'image/svg+xml'), { problem: 'not-a-picture' }],
    [
      'redirections without end',
      (_, response) => void response.writeHead(302, { Location: '/2' }).end(),
      { problem: 'network' },
    ],
    [
      'a redirection to no address',
      (_, response) => void response.writeHead(302, { Location: 'data:,x' }).end(),
      { problem: 'network' },
    ],
    ['a closed door', (request) => void request.socket.destroy(), { problem: 'network' }],
  ])('%s', async (_name, answer, expected) => expect(await ask(answer)).toEqual(expected))

  test('what is too large by its own word is not read', async () => {
    let isClosed = false
    const answer: RequestListener = (_request, response) => {
      response.on('close', () => (isClosed = true))
      response.writeHead(200, { 'Content-Type': 'image/png', 'Content-Length': '100001' })
      response.write(PNG)
    }
    expect(await ask(answer)).toEqual({ problem: 'too-large' })
    await expect.poll(() => isClosed).toBe(true)
  })

  test('what is too large without saying so is not read on', async () => {
    let isClosed = false
    const answer: RequestListener = (_request, response) => {
      response.on('close', () => (isClosed = true))
      response.writeHead(200, { 'Content-Type': 'image/png' })
      const more = (): unknown => !isClosed && response.write(Buffer.alloc(10_000), () => setImmediate(more))
      more()
    }
    expect(await ask(answer, { room: { bytes: 50_000, full: 'thread-full' } })).toEqual({ problem: 'thread-full' })
    await expect.poll(() => isClosed).toBe(true)
  })

  test('what is small packed and large unpacked', async () => {
    const packed = gzipSync(Buffer.alloc(50_000_000))
    expect(packed.length).toBeLessThan(100_000)
    expect(await ask(sent(packed, 'image/png', { 'Content-Encoding': 'gzip' }))).toEqual({ problem: 'too-large' })
  })

  test('what breaks off', async () => {
    const answer: RequestListener = (_request, response) => {
      response.writeHead(200, { 'Content-Length': String(PNG.length) })
      response.write(PNG.subarray(0, 100), () => response.socket!.destroy())
    }
    expect(await ask(answer)).toEqual({ problem: 'network' })
  })

  test('what never comes', async () => {
    expect(await ask(() => undefined, { silence: 50 })).toEqual({ problem: 'timeout' })
    const half: RequestListener = (_request, response) => {
      response.writeHead(200)
      response.write(PNG.subarray(0, 100))
    }
    server!.closeAllConnections()
    expect(await ask(half, { silence: 200 })).toEqual({ problem: 'timeout' })
  })

  test.each(['http://192.168.1.1/x.png', 'http://localhost/x.png', 'https://me:secret@img.example/x.png'])(
    'an address that is not asked for: %s',
    async (url) => {
      const request = {
        url,
        kind: 'picture' as const,
        forumHosts: ['bbs.pku.edu.cn'],
        room: { bytes: 1, full: 'too-large' as const },
      }
      const controller = new AbortController()
      expect(await fetchFile({ ...request, signal: controller.signal })).toEqual({ problem: 'bad-address' })
    },
  )
})

test('a file may be anything but a page in its place', async () => {
  const file = { kind: 'file' as const }
  expect(await ask(sent('%PDF', 'application/pdf'), file)).toMatchObject({ file: { type: 'application/octet-stream' } })
  expect(await ask(sent('<html>', 'application/pdf'), file)).toEqual({ problem: 'refused' })
  const download = { 'Content-Disposition': 'attachment; filename=a.html' }
  const page = await ask(sent('<html>', 'text/html', download), file)
  expect(page).toMatchObject({ file: { type: 'application/octet-stream' } })
})

test('the caller can give up', async () => {
  const controller = new AbortController()
  const asked = ask(() => controller.abort(new Error('enough')), { signal: controller.signal })
  await expect(asked).rejects.toThrow('enough')
})
