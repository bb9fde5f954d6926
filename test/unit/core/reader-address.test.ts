import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseReaderHash, readerAddress } from '../../../core/reader-address.ts'

const hashOf = (address: string) => address.slice(address.indexOf('#'))

test('an address names its thread and its post again, whatever they are made of', () => {
  const part = fc.string({ unit: 'binary', minLength: 1 }).map((text) => text.toWellFormed())
  fc.assert(
    fc.property(part, fc.option(part, { nil: undefined }), (key, postId) => {
      expect(parseReaderHash(hashOf(readerAddress(key, postId)))).toEqual(
        postId === undefined ? { key } : { key, postId },
      )
    }),
  )
})

test('a browser leaves the address as it is', () => {
  const address = readerAddress('pku-bbs/bbs.pku.edu.cn/22/17625528', '22222309')
  expect(address).toBe('/reader.html#pku-bbs%2Fbbs.pku.edu.cn%2F22%2F17625528/22222309')
  expect(new URL(address, 'chrome-extension://abc').hash).toBe(hashOf(address))
})

test.each(['', '#', '#/5', '/'])('%j names no thread', (hash) => expect(parseReaderHash(hash)).toBeUndefined())

test('a hash that nobody encoded is taken as it stands', () => {
  expect(parseReaderHash('#100%/1')).toEqual({ key: '100%', postId: '1' })
  expect(parseReaderHash('#key/')).toEqual({ key: 'key' })
})

test('half a surrogate pair makes no address fail', () =>
  expect(readerAddress('a\ud800')).toBe('/reader.html#a%EF%BF%BD'))
