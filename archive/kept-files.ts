import Dexie from 'dexie'
import { describePicture, isHtmlPage } from '../formats/describe-picture.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import type { FileAddressRecord, FileRecord } from './file-records.ts'
import { omit } from './plain-value.ts'

/** Rows that are read at once when all files stream: each holds a handle to bytes, not the bytes. */
const BATCH = 100

/** A file that was looked at: what is stored of it, and how large a picture is, where it is one. */
export interface LookedAtFile extends FileRecord {
  /** CSS pixels. */
  width?: number
  height?: number
  /** True for a page of HTML, as servers send in the place of what they refuse. */
  isPage: boolean
}

/** Finds out all that is stored of a file: its hash, and what the bytes themselves say that it is. */
export async function lookAtFile(bytes: Uint8Array<ArrayBuffer>): Promise<LookedAtFile> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  const { type = 'application/octet-stream', width, height } = describePicture(bytes) ?? {}
  return {
    hash: Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''),
    type,
    size: bytes.length,
    bytes: new Blob([bytes], { type }),
    ...(width && height ? { width, height } : {}),
    isPage: isHtmlPage(bytes),
  }
}

/**
 * Puts a file back that came out of {@link readFiles}, for a backup that is restored; the addresses that have it follow
 * by `putFileAddresses`. False, and nothing is stored, when the bytes are not those that the hash is of. Its type is
 * found out anew. Throws {@link ArchiveError}.
 */
export async function putFile(
  archive: Archive,
  file: { hash: string; bytes: Uint8Array<ArrayBuffer> | Blob },
): Promise<boolean> {
  const bytes = file.bytes instanceof Blob ? new Uint8Array(await file.bytes.arrayBuffer()) : file.bytes
  const found = await lookAtFile(bytes)
  if (found.hash !== file.hash) return false
  await guard(archive, () => archive.transaction('rw', archive.files, () => addFile(archive, found)))
  return true
}

/**
 * Streams all files by their hashes. Each batch is a transaction of its own, so that a slow consumer blocks no write.
 * Throws {@link ArchiveError}.
 */
export async function* readFiles(archive: Archive): AsyncGenerator<FileRecord> {
  let above = ''
  for (;;) {
    const batch = await guard(archive, () => archive.files.where('hash').above(above).limit(BATCH).toArray())
    yield* batch
    if (batch.length < BATCH) return
    above = batch.at(-1)!.hash
  }
}

/** A file by its hash, undefined when it is not there. Throws {@link ArchiveError}. */
export function findFile(archive: Archive, hash: string): Promise<FileRecord | undefined> {
  return guard(archive, () => archive.files.get(hash))
}

/** Stores a file unless it is there; the caller has the transaction. */
export async function addFile(archive: Archive, { hash, type, size, bytes }: FileRecord): Promise<void> {
  if (await archive.files.where('hash').equals(hash).count()) return
  await archive.files.add({ hash, type, size, bytes })
}

/** All that a thread has of files: what its deletion took out. */
export interface ThreadFiles {
  addresses: FileAddressRecord[]
  /** Handles to the bytes, also of files that other threads have and that stay for them. */
  files: FileRecord[]
}

/** The rows of a thread's addresses. */
export function addressesOf(archive: Archive, threadKey: string) {
  return archive.fileAddresses
    .where('[threadKey+url]')
    .between([threadKey, Dexie.minKey], [threadKey, Dexie.maxKey], true, true)
}

/** Takes a thread's addresses out, and the files that no other thread has; the caller has the transaction. */
export async function takeFiles(archive: Archive, threadKey: string): Promise<ThreadFiles> {
  const addresses = await addressesOf(archive, threadKey).toArray()
  if (addresses.length === 0) return { addresses, files: [] }
  const hashes = hashesOf(addresses)
  const files = await archive.files.bulkGet(hashes)
  await addressesOf(archive, threadKey).delete()
  await removeUnreferenced(archive, hashes)
  return { addresses, files: files.filter((file) => file !== undefined) }
}

/**
 * Puts back what {@link takeFiles} took out; the caller has the transaction. What was had anew meanwhile stays as it is,
 * and an address whose file is nowhere is open again.
 */
export async function returnFiles(archive: Archive, { addresses, files }: ThreadFiles): Promise<void> {
  for (const file of files) await addFile(archive, file)
  const present = await archive.fileAddresses.bulkGet(addresses.map(keyOf))
  const known = new Set(await archive.files.where('hash').anyOf(hashesOf(addresses)).primaryKeys())
  const returned = addresses
    .filter((_address, index) => present[index]?.state !== 'kept')
    .map((row) => (row.hash === undefined || known.has(row.hash) ? row : openAgain(row)))
  await archive.fileAddresses.bulkPut(returned)
  await removeUnreferenced(
    archive,
    files.map(({ hash }) => hash),
  )
}

/** Removes those of the files that no address has; the caller has the transaction. */
export async function removeUnreferenced(archive: Archive, hashes: readonly string[]): Promise<void> {
  const counts = await Promise.all(hashes.map((hash) => archive.fileAddresses.where('hash').equals(hash).count()))
  await archive.files.bulkDelete(hashes.filter((_hash, index) => counts[index] === 0))
}

/** Removes files that no address has, as an interrupted restore may leave them. Throws {@link ArchiveError}. */
export async function removeLooseFiles(archive: Archive): Promise<void> {
  const hashes = await guard(archive, () => archive.files.toCollection().primaryKeys())
  for (let from = 0; from < hashes.length; from += BATCH) {
    const part = hashes.slice(from, from + BATCH)
    await guard(archive, () =>
      archive.transaction('rw', archive.files, archive.fileAddresses, () => removeUnreferenced(archive, part)),
    )
  }
}

export function keyOf({ threadKey, url }: FileAddressRecord): [threadKey: string, url: string] {
  return [threadKey, url]
}

/** The address without what was kept of it, to be asked for. */
export function openAgain(row: FileAddressRecord): FileAddressRecord {
  return { ...omit(row, 'hash', 'width', 'height', 'reason', 'attempts'), state: 'open', size: 0 }
}

/** The hashes of addresses, each once. */
export function hashesOf(addresses: readonly FileAddressRecord[]): string[] {
  return [...new Set(addresses.flatMap(({ hash }) => (hash === undefined ? [] : [hash])))]
}
